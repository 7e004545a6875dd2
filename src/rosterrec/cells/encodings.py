"""In which encoding a text is: never by trying until something does not fail.

GB18030 decodes nearly anything, and half a file of UTF-8 within it becomes nonsense without an
error. So a text is taken for GB18030 only where none of its lines is Chinese in UTF-8, and where
it does not look like Big5.
"""

from __future__ import annotations

import codecs
import io
import re

from rosterrec.errors import InputError

_SAMPLE = 256 * 1024
#: Words of headings that Big5 and GB write with other bytes.
_GB_WORDS = tuple(
    w.encode("gb18030")
    for w in ("姓名", "性别", "年级", "班级", "学校", "身份证", "证件", "出生", "户")
)
_BIG5_WORDS = tuple(
    w.encode("big5")
    for w in ("姓名", "性別", "年級", "班級", "學校", "身份證", "身分證", "證件", "出生", "戶")
)
#: One character of two bytes; in GB2312 the second byte is never below A1.
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")


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
    return _strictly(name, data, used).removeprefix("\ufeff"), used


def to_utf8(name: str, data: bytes, encoding: str | None = None) -> tuple[bytes, str]:
    """The text in UTF-8 without a mark, and the encoding it was in; piece by piece, to save memory.

    Raises:
        InputError: as ``decode``.
    """
    used = encoding or encoding_of(name, data)
    if used in {"utf-8", "utf-8-sig"} and not encoding and is_utf8(data):
        return data.removeprefix(codecs.BOM_UTF8), used
    whole = io.BytesIO()  # its buffer is handed over without a copy
    try:
        decoder = codecs.getincrementaldecoder(used)()
        for start in range(0, len(data), _PIECE):
            last = start + _PIECE >= len(data)
            whole.write(decoder.decode(data[start : start + _PIECE], last).encode())
    except (LookupError, UnicodeError, TypeError):
        return decode(name, data, encoding)[0].encode("utf-8", "replace"), used
    return whole.getvalue().removeprefix(codecs.BOM_UTF8), used


_PIECE = 4 * 1024 * 1024


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
    return _eastern(name, data)


def _wide(name: str, data: bytes) -> str:
    """UTF-16 without a mark: digits, commas and line ends have their zero on one side only."""
    head = data[: _SAMPLE & ~1]
    low, high = head[1::2].count(0), head[0::2].count(0)
    if len(data) % 2 == 0 and max(low, high) * 20 >= len(head) // 2 and min(low, high) == 0:
        return "utf-16-le" if low else "utf-16-be"
    raise InputError("format_unknown", file=name)


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
    """Refuse a text of which some lines are Chinese in UTF-8 and others are no UTF-8.

    By chance a line in GB18030 is valid UTF-8 now and then; that it then reads as Chinese happens
    to three in a hundred thousand lines of one bare name, and to longer lines never.
    """
    # All that is not ASCII, line by line: a loop over a million lines would take a second.
    foreign = b"\n" + data.translate(_LINE_ENDS, _ASCII) + b"\n"
    found = _CHINESE_LINE.search(foreign)
    if found and sum(1 for _ in _CHINESE_LINE.finditer(foreign)) > foreign.count(b"\n") // 1000:
        first_utf8 = foreign.count(b"\n", 0, found.start() + 1)
        raise InputError("encoding_mixed", file=name, line=max(first_utf8, _first_other(data)))


#: A carriage return ends a line where no line feed does; which of both does not matter here.
_LINE_ENDS = bytes(range(256)).replace(b"\r", b"\n")
_ASCII = bytes(b for b in range(128) if b not in b"\n\r")
#: A line whose characters beyond ASCII are Han, their punctuation or middle dots, in UTF-8.
_CHINESE_LINE = re.compile(
    rb"\n(?:[\xe3-\xe9\xef][\x80-\xbf]{2}|\xc2\xb7|\xe2[\x80-\xbf]{2}|\xf0[\xa0-\xbf][\x80-\xbf]{2})+(?=\n)"
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


def _eastern(name: str, data: bytes) -> str:
    """GB18030 or Big5: by the headings' words, else by the bytes that only one of them uses."""
    head = data[:_SAMPLE]
    head = head[: head.rfind(b"\n") + 1] or head
    in_gb = sum(word in head for word in _GB_WORDS)
    in_big5 = sum(word in head for word in _BIG5_WORDS)
    if in_gb > in_big5 or not _decodes(head, "big5hkscs"):
        return "gb18030"
    pairs = _PAIR.findall(head)
    low = sum(pair[1] < 0xA1 for pair in pairs)
    if low * 20 < len(pairs):  # GBK's rare characters stand there; half of Big5 does
        return "gb18030"
    if in_big5 > in_gb and low * 5 >= len(pairs):
        return "big5hkscs"
    raise InputError("encoding_unclear", file=name)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
