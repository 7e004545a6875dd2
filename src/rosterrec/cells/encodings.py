"""In which encoding a text is: never by trying until something does not fail.

GB18030 decodes nearly anything, and half a file of UTF-8 within it becomes nonsense without an
error. So a text is taken for GB18030 only where none of its lines is Chinese in UTF-8, and where
it does not look like Big5.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from rosterrec.cells.eastern import (
    BIG5,
    GB,
    SAMPLE,
    encoding_of_eastern,
    is_suspect,
    refuse_other,
)
from rosterrec.errors import InputError


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was in.

    Args:
        name: the file, for the refusal.
        data: its bytes.
        encoding: the encoding that the settings name, if they do.

    Raises:
        InputError: ``encoding_mixed`` naming the first line that does not fit the rest,
            ``encoding_unclear`` where GB18030 and Big5 cannot be told apart, ``encoding_unknown``
            for a pinned encoding that does not fit, ``format_unknown`` for what is no text.
    """
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except (LookupError, UnicodeDecodeError, TypeError):
            raise InputError("encoding_unknown", file=name, encoding=encoding) from None
    used = encoding_of(name, data)
    text = _strictly(name, data, used)
    if used.startswith("utf-16"):
        _refuse_bytes_in_wide(name, text)
    if used in {GB, BIG5}:
        refuse_other(name, data, used)
    return text.replace("\ufeff", ""), used


def to_utf8(name: str, data: bytes, encoding: str | None = None) -> tuple[bytes, str]:
    """The text in UTF-8 without marks, and the encoding it was in; piece by piece, to save memory.

    Raises:
        InputError: as ``decode``.
    """
    used = encoding or encoding_of(name, data)
    if used in {"utf-8", "utf-8-sig"} and not encoding and is_utf8(data):
        return data.replace(codecs.BOM_UTF8, b""), used
    whole = io.BytesIO()  # its buffer is handed over without a copy
    try:
        for piece in pieces_in_utf8(name, data, used, checked=not encoding):
            whole.write(piece)
    except (LookupError, UnicodeError, TypeError):
        return decode(name, data, encoding)[0].encode("utf-8", "replace"), used
    return whole.getvalue(), used


def pieces_in_utf8(name: str, data: bytes, used: str, *, checked: bool = True) -> Iterator[bytes]:
    """The text in UTF-8, a few megabytes at a time, however lines fall.

    Marks within the text stand where files were put one behind the other, and are left out.

    Args:
        name: the file, for the refusal.
        data: its bytes.
        used: the encoding it is in.
        checked: refuse it where parts of it are in another.

    Raises:
        InputError: ``encoding_mixed``.
        LookupError, UnicodeError, TypeError: it is in no such encoding.
    """
    decoder = codecs.getincrementaldecoder(used)()
    for start in range(0, len(data), _PIECE):
        last = start + _PIECE >= len(data)
        text = decoder.decode(data[start : start + _PIECE], last)
        if used.startswith("utf-16"):
            _refuse_bytes_in_wide(name, text, data.count(b"\n", 0, start))
        piece = text.encode()
        if checked and used in {GB, BIG5}:
            whole = used == BIG5 or is_suspect(piece)
            _refuse_other_eastern(name, data, start, used, whole=whole)
        yield piece.replace(codecs.BOM_UTF8, b"") if _MARK in text else piece


_PIECE = 2 * 1024 * 1024
_MARK = "\ufeff"


def _refuse_other_eastern(name: str, data: bytes, start: int, used: str, *, whole: bool) -> None:
    """Look over a piece from its first whole line on, or else the beginning of the text only."""
    if whole or not start:
        first = data.find(b"\n", start) + 1 if start else 0
        until = start + _PIECE if whole else data.find(b"\n", SAMPLE)
        refuse_other(name, data[first:until], used, data.count(b"\n", 0, first))


def encoding_of(name: str, data: bytes) -> str:
    """The encoding of a text, seen from all of it.

    Raises:
        InputError: as ``decode``.
    """
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in data:
        return _wide(name, data)
    if is_utf8(data):
        return "utf-8"
    _refuse_mixture(name, data)
    return encoding_of_eastern(name, data)


def _wide(name: str, data: bytes) -> str:
    """UTF-16 without a mark: exchanged, line ends and commas are other letters."""
    fitting = [used for used in ("utf-16-le", "utf-16-be") if _reads_as_list(data, used)]
    if len(fitting) != 1:
        raise InputError("format_unknown", file=name)
    return fitting[0]


def _reads_as_list(data: bytes, encoding: str) -> bool:
    """Whether the beginning is written in the characters of lists, with a line end or delimiter."""
    head = data[: SAMPLE & ~3]
    try:
        text = head.decode(encoding, "strict" if len(head) == len(data) else "ignore")
    except UnicodeDecodeError:
        return False
    return bool(re.search("[\t\n,;|]", text)) and not _UNLISTED.search(text)


#: Controls, and what tabs, line ends and commas become where their halves are exchanged.
_UNLISTED = re.compile("[\x00-\x08\x0e-\x1f\u0900\u0a00\u0d00\u2c00]")


def _units(highs: tuple[int, int], lows: tuple[int, int]) -> str:
    """A class of all letters of UTF-16 with halves in these ranges."""
    every = range(highs[0], highs[1] + 1)
    return "[" + "".join(f"{chr(h << 8 | lows[0])}-{chr(h << 8 | lows[1])}" for h in every) + "]"


_HAN, _REST = (0xE3, 0xE9), (0x80, 0xBF)  # the first byte of a Han character in UTF-8, the others
#: What text of another encoding becomes within UTF-16: from an odd place on every line end and
#: comma, numbers a row of letters of which each is two digits, and two characters of UTF-8 three
#: letters, one of them for private use.
_BYTES_IN_WIDE = re.compile(
    f"[\u0900\u0a00\u0d00\u2c00]|{_units((0x30, 0x39), (0x30, 0x39))}{{3}}|"
    f"(?:{_units(_REST, _HAN)}{_units(_HAN, _REST)}|{_units(_HAN, _REST)}{_units(_REST, _HAN)})"
    f"{_units(_REST, _REST)}"
)


#: Scripts that no list of pupils is written in, but what pairs of bytes become within UTF-16; so do
#: the Korean ones and those for private use, which a list may hold now and then, but not together.
_STRANGE = (
    "\u0700-\u0eff\u1000-\u17ff\u1900-\u1dff\u2c00-\u2dff\ua000-\uabff\ud7b0-\ud7ff"
    "\ufb1d-\ufdff\ufe70-\ufefe"
)
_KOREAN, _PRIVATE = "\uac00-\ud7a3", "\ue000-\uf8ff"
_TOGETHER = (
    (_STRANGE, _STRANGE + _KOREAN + _PRIVATE),
    (_KOREAN + _PRIVATE, _STRANGE),
    (_KOREAN, _PRIVATE),
    (_PRIVATE, _KOREAN),
)
_SCRIPTS_IN_WIDE = re.compile("|".join(f"[{one}][^\n]*[{other}]" for one, other in _TOGETHER))


def _refuse_bytes_in_wide(name: str, text: str, lines: int = 0) -> None:
    """Refuse UTF-16 into which a text of another encoding was put, after so many lines."""
    found = _BYTES_IN_WIDE.search(text) or _SCRIPTS_IN_WIDE.search(text)
    if found:
        line = lines + text.count("\n", 0, found.start()) + 1
        raise InputError("encoding_mixed", file=name, line=line)


def is_utf8(data: bytes) -> bool:
    """Whether all of it is UTF-8; block by block, so that no copy of it is made."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(view[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("encoding_mixed", file=name, line=_line_at(data, error.start)) from None


def _refuse_mixture(name: str, data: bytes) -> None:
    """Refuse a text of which some cells are Chinese in UTF-8 and others are no UTF-8.

    By chance three characters in GB18030 are two in UTF-8 now and then, in three of a hundred
    thousand names; longer cells never are. One such cell alone proves a mixture only where it would
    hold a rare character in GB18030 (two of UTF-8 nearly always do), more of them do anyhow.
    """
    found: list[bytes] = []
    cells = end = 0
    while (start := end) < len(data):
        end = data.rfind(b"\n", start, start + _PIECE) + 1 or start + _PIECE
        # All that is not ASCII, cell by cell: a loop over a million lines would take a second.
        piece = data[start:end].translate(_CELL_ENDS, _ASCII)
        foreign = b"\n" + piece + b"\n"
        found += _CHINESE_CELL.findall(foreign)
        cells += foreign.count(b"\n")
    proof = next((cell for cell in found if len(cell) != 6 or _is_rare(cell)), None)
    if proof is None and len(found) > max(1, cells // 1000):
        proof = found[0]
    if proof is not None:
        line = max(_line_at(data, data.find(proof)), _first_other(data))
        raise InputError("encoding_mixed", file=name, line=line)


def _is_rare(cell: bytes) -> bool:
    """Whether a cell holds, in GB18030, what GB2312 has no Chinese character for."""
    pairs = zip(cell[::2], cell[1::2], strict=True)
    return any(not 0xB0 <= first <= 0xF7 or second < 0xA1 for first, second in pairs)


#: Which end of a line or cell it is does not matter here; a carriage return may end a line alone.
_CELL_ENDS = bytes.maketrans(b"\r,\t;|", b"\n" * 5)
_ASCII = bytes(b for b in range(128) if b not in b"\n\r,\t;|")
#: A cell whose characters beyond ASCII are Han, their punctuation or middle dots, in UTF-8.
_CHINESE_CELL = re.compile(
    rb"[\xe3-\xe9\xef\xc2\xe2\xf0](?<=\n.)(?:(?<=[\xe2-\xe9\xef])[\x80-\xbf]{2}|(?<=\xc2)\xb7"
    rb"|(?<=\xf0)[\xa0-\xbf][\x80-\xbf]{2})"
    rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}|\xc2\xb7|\xf0[\xa0-\xbf][\x80-\xbf]{2})*(?=\n)"
)


def _first_other(data: bytes) -> int:
    """The first line that is no UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _line_at(data, error.start)
    return 0


def _line_at(data: bytes, place: int) -> int:
    return (data.count(b"\n", 0, place) or data.count(b"\r", 0, place)) + 1
