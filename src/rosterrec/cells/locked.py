"""Workbooks under a password: opened in memory, with the check that nobody has changed them."""

from __future__ import annotations

import io

from rosterrec.errors import InputError

#: What Excel itself tries first: workbooks that are only to be read, not changed, have it.
_EVERYBODYS = "VelvetSweatshop"


def unlocked(name: str, data: bytes, password: str | None) -> bytes:
    """The workbook inside, as bytes.

    Raises:
        InputError: ``file_protected`` where a password is needed, ``password_wrong``,
            ``file_damaged`` where it was changed or broken.
    """
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        for word in (_EVERYBODYS, password):
            if word is None:
                continue
            opened = io.BytesIO()
            try:
                office.load_key(password=word, **_checked(office))
            except InvalidKeyError:
                continue
            office.decrypt(opened, **_whole(office))
            return opened.getvalue()
    except MemoryError:
        raise
    except Exception:
        raise InputError("file_damaged", file=name) from None
    raise InputError("password_wrong" if password else "file_protected", file=name)


def _checked(office: object) -> dict[str, bool]:
    """The newer files have a hash that tells a wrong password before anything is read."""
    return {"verify_password": True} if _is_package(office) else {}


def _whole(office: object) -> dict[str, bool]:
    """The newest have a sum over all their bytes."""
    return {"verify_integrity": True} if getattr(office, "type", "") == "agile" else {}


def _is_package(office: object) -> bool:
    return type(office).__name__ == "OOXMLFile"
