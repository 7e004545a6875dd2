"""Workbooks, pages and archives put together byte by byte, so that any of it can be wrong."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGED = "http://schemas.openxmlformats.org/package/2006/relationships"
NUMBER = "34992120130225040X"
LIST = (("姓名", "身份证号", "学校名称", "班级"), ("许诺", NUMBER, "青溪小学", "六(1)班"))


def sheet_xml(body: str, before: str = "") -> bytes:
    """A worksheet's XML around the rows."""
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{body}</sheetData></worksheet>"
    ).encode()


def row_xml(number: int, *cells: str) -> str:
    """A row of text cells."""
    written = "".join(
        f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for i, cell in enumerate(cells)
    )
    return f'<row r="{number}">{written}</row>'


def list_xml() -> str:
    return "".join(row_xml(n, *cells) for n, cells in enumerate(LIST, 1))


def parts(sheet: bytes | None = None, **others: bytes) -> dict[str, bytes]:
    """The parts of a small workbook; others by name, with ``__`` for slashes and ``_`` for dots."""
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    relations = (
        f'<Relationships xmlns="{PACKAGED}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    made = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations.replace("worksheet", "officeDocument", 1)
        .replace("worksheets/sheet1.xml", "xl/workbook.xml")
        .encode(),
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": relations.encode(),
        "xl/worksheets/sheet1.xml": sheet_xml(list_xml()) if sheet is None else sheet,
    }
    return made | {k.replace("__", "/").replace("_", "."): v for k, v in others.items()}


def zipped(made: dict[str, bytes] | list[tuple[str, bytes]], flags: int = 0) -> bytes:
    """A zip of parts in order; doubles are allowed."""
    import warnings

    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in made.items() if isinstance(made, dict) else made:
            archive.writestr(name, data)
    data = bytearray(held.getvalue())
    if flags:
        at = data.find(b"PK\x01\x02")
        while at >= 0:
            data[at + 8] |= flags
            at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def workbook(sheet: bytes | None = None, **others: bytes) -> bytes:
    """A small .xlsx."""
    return zipped(parts(sheet, **others))


def lying(data: bytes, size: int) -> bytes:
    """The zip with every size in its directory replaced."""
    made = bytearray(data)
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = made.find(mark)
        while at >= 0:
            made[at + place : at + place + 4] = struct.pack("<I", size)
            at = made.find(mark, at + 4)
    return bytes(made)


def stored_name(name: bytes, data: bytes) -> bytes:
    """A zip of one stored file whose name is in another encoding than its flags say."""
    crc = zlib.crc32(data)
    sizes = struct.pack("<III", crc, len(data), len(data))
    local = b"PK\x03\x04\x14\x00\x00\x00\x00\x00\x00\x00\x21\x58" + sizes
    local += struct.pack("<HH", len(name), 0) + name + data
    central = b"PK\x01\x02\x14\x00\x14\x00\x00\x00\x00\x00\x00\x00\x21\x58" + sizes
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def old_workbook(**kwargs: str) -> bytes:
    """A small .xls of BIFF8."""
    import xlwt

    book = xlwt.Workbook(encoding=kwargs.get("encoding", "utf-8"))
    sheet = book.add_sheet("甲")
    for n, cells in enumerate(LIST):
        for i, cell in enumerate(cells):
            sheet.write(n, i, cell)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def biff(version: int, *cells: tuple[str, ...]) -> bytes:
    """A workbook of 1993 or before in code page 936, without a container."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    page = record(0x42, struct.pack("<H", 936))
    labels = b"".join(
        record(0x204, struct.pack("<HHHH", r, c, 0, len(w := cell.encode("gbk"))) + w)
        for r, row in enumerate(cells)
        for c, cell in enumerate(row)
    )
    end = record(0x0A, b"")
    if version == 5:
        name = "甲".encode("gbk")
        start = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0))
        before = len(start + page + end) + 4 + 7 + len(name)
        sheet = record(0x85, struct.pack("<IHB", before, 0, len(name)) + name)
        return (
            start
            + page
            + sheet
            + end
            + record(0x809, struct.pack("<HHHH", 0x500, 16, 0, 0))
            + labels
            + end
        )
    return record(0x409, struct.pack("<HHH", 0, 16, 0)) + page + labels + end


def protected(password: str) -> bytes:
    """A workbook under a password, as Excel packs it; one too small is packed wrongly."""
    from msoffcrypto.format.ooxml import OOXMLFile

    picture = random.Random(1).randbytes(6000)
    held = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook(xl__media__a_bin=picture))).encrypt(password, held)
    return held.getvalue()


def opendocument(rows: str, extra: dict[str, bytes] | None = None) -> bytes:
    """A small .ods."""
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="甲">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    made = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": (
            b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        ),
    }
    return zipped(made | (extra or {}))


def ods_row(*cells: str, more: str = "", repeat: str = "") -> str:
    """A row of an .ods."""
    written = "".join(
        f'<table:table-cell office:value-type="string" {repeat}><text:p>{c}</text:p></table:table-cell>'
        for c in cells
    )
    return f"<table:table-row {more}>{written}</table:table-row>"


def text(*rows: tuple[str, ...]) -> str:
    """Comma separated text."""
    return "".join(",".join(cells) + "\r\n" for cells in rows or LIST)


def spreadsheet_2003(rows: str, before: str = "") -> bytes:
    """An XML Spreadsheet 2003."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>{before}<Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="甲"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()
