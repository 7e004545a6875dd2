"""Files that nobody should read, each with the refusals that are right for it.

    python -m tests.hostile.corpus FOLDER

writes them all into a folder.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from .build import (
    LIST,
    NUMBER,
    list_xml,
    lying,
    ods_row,
    old_workbook,
    opendocument,
    parts,
    protected,
    row_xml,
    sheet_xml,
    spreadsheet_2003,
    text,
    workbook,
    zipped,
)
from .xlsb import Odd, binary_workbook

MB = 1 << 20


class Hostile(NamedTuple):
    """A file: its name, how it is made, and the codes of right refusals."""

    name: str
    make: Callable[[], bytes]
    codes: tuple[str, ...]


_ALL: list[Hostile] = []


def _add(name: str, codes: str, make: Callable[[], bytes]) -> None:
    _ALL.append(Hostile(name, make, tuple(codes.split())))


def corpus() -> list[Hostile]:
    """All of them."""
    return list(_ALL)


def _cells(*cells: str) -> bytes:
    rows = "".join(
        f'<row r="{c.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{c}"><v>1</v></c></row>'
        for c in cells
    )
    return sheet_xml(rows)


def _laughs(of: str) -> bytes:
    """A document type in which a few lines mean gigabytes."""
    entities = '<!ENTITY a "哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return f'<?xml version="1.0"?><!DOCTYPE {of} [{entities}]>'.encode()


def _with_dtd(xml: bytes, of: str) -> bytes:
    return _laughs(of) + xml.replace(b'<?xml version="1.0"?>', b"").replace("许诺".encode(), b"&i;")


# Zips that unpack to gigabytes, or say what is not so.
_add("空格炸弹.xlsx", "file_bomb", lambda: workbook(sheet_xml(list_xml() + " " * (64 * MB))))
_add("长串炸弹.xlsx", "file_bomb", lambda: workbook(sheet_xml(row_xml(1, "x" * (64 * MB)))))
_add(
    "单元格炸弹.xlsx",
    "file_bomb",
    lambda: workbook(sheet_xml("<row>" + "<c><v>1</v></c>" * 3_000_000 + "</row>")),
)
_add("部件炸弹.xlsx", "file_bomb", lambda: workbook(xl__theme_xml=b"<a>" + b" " * (64 * MB)))
_add(
    "字符串表炸弹.xlsx",
    "file_bomb",
    lambda: workbook(xl__sharedStrings_xml=b"<sst>" + b"<si/>" * (8 * MB)),
)
_add(
    "样式炸弹.xlsx",
    "file_bomb",
    lambda: workbook(xl__styles_xml=b"<styleSheet>" + b"<xf/>" * (8 * MB)),
)
_add(
    "目录说小.xlsx",
    "file_damaged file_bomb",
    lambda: lying(workbook(sheet_xml(" " * (32 * MB))), 5000),
)
_add("目录说零.xlsx", "file_damaged", lambda: lying(workbook(), 0))
_add("目录说大.xlsx", "file_damaged", lambda: lying(workbook(), 50_000))
_add(
    "目录说很大.zip", "file_damaged", lambda: lying(zipped({"名册.csv": text().encode()}), 1 << 30)
)
_add(
    "重复部件.xlsx",
    "file_suspect",
    lambda: zipped([*parts().items(), ("xl/worksheets/sheet1.xml", sheet_xml(""))]),
)
_add(
    "大小写重复.xlsx",
    "file_suspect",
    lambda: zipped([*parts().items(), ("XL/worksheets/Sheet1.xml", sheet_xml(""))]),
)
_add(
    "五千部件.xlsx",
    "file_bomb",
    lambda: zipped([*parts().items(), *((f"xl/m/{n}", b"") for n in range(5000))]),
)
_add("部件加密.xlsx", "file_protected", lambda: zipped(parts(), flags=1))
_add("校验错.xlsx", "file_damaged", lambda: _flipped(workbook(), -400))

# Workbooks that make a parser reserve all memory.
_add(
    "字符串数假.xlsx",
    "file_damaged",
    lambda: workbook(
        xl__sharedStrings_xml=b'<sst uniqueCount="4294967295" count="1"><si><t>a</t></si></sst>'
    ),
)
_add(
    "字符串数大.xlsx",
    "file_damaged",
    lambda: workbook(xl__sharedStrings_xml=b'<sst uniqueCount="99999999999999999999"/>'),
)
_add(
    "引用数假.xlsx",
    "file_damaged",
    lambda: workbook(xl__sharedStrings_xml=b'<sst count="99999999999999" uniqueCount="1"/>'),
)
_add("最远单元格.xlsx", "cell_too_far", lambda: workbook(_cells("A1", "XFD1048576")))
_add("很远的列.xlsx", "cell_too_far", lambda: workbook(_cells("A1", "XFD9000")))
_add("很远的行.xlsx", "cell_too_far", lambda: workbook(_cells("A1", "BZ1048576")))
_add("行号过大.xlsx", "cell_too_far file_damaged", lambda: workbook(_cells("A1", "A4294967295")))
_add(
    "行号溢出.xlsx",
    "cell_too_far file_damaged header_missing",
    lambda: workbook(_cells("A1", "A9999999999")),
)
_add("列名过长.xlsx", "file_damaged file_too_big_inside", lambda: workbook(_cells("A1", "ZZZZZZ1")))
_add("行号为零.xlsx", "file_damaged header_missing", lambda: workbook(_cells("A0")))
_add("没有行号.xlsx", "file_damaged header_missing", lambda: workbook(_cells("A")))

# XML that is none, or is a trap.
_add(
    "实体在工作表.xlsx",
    "file_suspect",
    lambda: workbook(_with_dtd(sheet_xml(list_xml()), "worksheet")),
)
_add(
    "实体在字符串表.xlsx",
    "file_suspect",
    lambda: workbook(xl__sharedStrings_xml=_laughs("sst") + b"<sst><si><t>&i;</t></si></sst>"),
)
_add(
    "实体在目录.xlsx",
    "file_suspect",
    lambda: zipped(
        parts() | {"xl/workbook.xml": _with_dtd(parts()["xl/workbook.xml"], "workbook")}
    ),
)
_add(
    "外部实体.xlsx",
    "file_suspect",
    lambda: workbook(
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + sheet_xml(row_xml(1, "&x;"))
    ),
)
_add(
    "外部文档类型.xlsx",
    "file_suspect",
    lambda: workbook(b'<!DOCTYPE a SYSTEM "http://localhost/a.dtd">' + sheet_xml(list_xml())),
)
_add(
    "关系里的实体.xlsx",
    "file_suspect",
    lambda: zipped(parts() | {"xl/_rels/workbook.xml.rels": _laughs("a") + b"<a/>"}),
)
_add(
    "标签不闭合.xlsx", "file_damaged header_missing", lambda: workbook(sheet_xml(list_xml())[:-60])
)
_add(
    "标签错位.xlsx",
    "file_damaged",
    lambda: workbook(sheet_xml('<row r="1"><c r="A1"><v>1</c></v></row>')),
)
_add("不是XML.xlsx", "file_damaged header_missing", lambda: workbook(bytes(range(256)) * 8))
_add("工作表为空.xlsx", "file_damaged header_missing", lambda: workbook(b""))
_add(
    "嵌套十万层.xlsx",
    "file_damaged file_bomb header_missing",
    lambda: workbook(sheet_xml("<a>" * 100_000)),
)
_add(
    "坏字节.xlsx",
    "file_damaged",
    lambda: workbook(
        sheet_xml(row_xml(1, "姓名", "身份证号")).replace("姓名".encode(), b"\xff\xfe\xff")
    ),
)
_add(
    "字符串序号假.xlsx",
    "file_damaged header_missing",
    lambda: workbook(sheet_xml('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')),
)
_add(
    "缺工作表.xlsx",
    "file_damaged",
    lambda: zipped({k: v for k, v in parts().items() if "sheet1" not in k}),
)
_add(
    "缺目录.xlsx",
    "format_unknown",
    lambda: zipped({k: v for k, v in parts().items() if not k.endswith("workbook.xml")}),
)
_add(
    "缺关系.xlsx",
    "file_damaged",
    lambda: zipped({k: v for k, v in parts().items() if not k.endswith(".rels")}),
)
_add(
    "关系指向别处.xlsx",
    "file_damaged",
    lambda: zipped(
        parts()
        | {
            "xl/_rels/workbook.xml.rels": parts()["xl/_rels/workbook.xml.rels"].replace(
                b"worksheets/sheet1.xml", b"../../../../etc/passwd"
            )
        }
    ),
)

# Cut off, empty, or something else.
_add("半个.xlsx", "file_damaged", lambda: workbook()[: len(workbook()) // 2])
_add("缺尾.xlsx", "file_damaged", lambda: workbook()[:-30])
_add("只有开头.xlsx", "file_damaged", lambda: b"PK\x03\x04")
_add("零字节.xlsx", "file_empty", lambda: b"")
_add("全是零.xlsx", "file_damaged", lambda: bytes(8192))
_add("只有空白.csv", "file_empty", lambda: b" \r\n\t\r\n")
_add(
    "文档.xlsx",
    "format_unknown",
    lambda: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}),
)
_add(
    "幻灯片.xls",
    "format_unknown",
    lambda: zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<a/>"}),
)
_add("图片.xlsx", "format_unknown", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
_add("照片.csv", "format_unknown", lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)
_add("打印稿.xls", "format_unknown", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20)
_add("压缩.xlsx", "format_unknown", lambda: b"Rar!\x1a\x07\x00" + bytes(100))
_add("压缩七.xls", "format_unknown", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100))
_add("压缩单个.csv", "format_unknown", lambda: b"\x1f\x8b\x08" + bytes(100))
_add("富文本.xls", "format_unknown", lambda: b"{\\rtf1 " + b"a" * 200)
_add("设置.csv", "format_unknown", lambda: b'<?xml version="1.0"?><a><b/></a>')
_add("零夹在中间.csv", "format_unknown", lambda: text().encode() + b"\x00\x01\x02" * 20)
_add("一行五兆.csv", "line_endless", lambda: b"a," * (3 * MB))

# Old workbooks.
_add(
    "乱码容器.xls",
    "file_damaged",
    lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8,
)
_add("只有容器头.xls", "file_damaged", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_add("半个.xls", "file_damaged header_missing", lambda: old_workbook()[:1500])
_add("扇区循环.xls", "file_damaged", lambda: _looped(old_workbook()))
_add("小扇区循环.xls", "file_damaged", lambda: _looped_small(old_workbook()))
_add("扇区表不计数.xls", "file_damaged", lambda: _patched(old_workbook(), 68, b"\x01\x00\x00\x00"))
_add("扇区过大.xls", "file_damaged", lambda: _patched(old_workbook(), 30, b"\x1f\x00"))
_add("目录越界.xls", "file_damaged", lambda: _patched(old_workbook(), 48, b"\xf0\xff\xff\x7f"))
_add(
    "记录越界.xls",
    "file_damaged header_missing format_unknown",
    lambda: _patched(old_workbook(), 514, b"\xff\xff"),
)
_add(
    "旧版残缺.xls",
    "file_damaged header_missing",
    lambda: b"\x09\x00\x04\x00\x02\x00\x10\x00\xff\xff\xff\xff",
)

# Under a password.
_add("有密码.xlsx", "file_protected", lambda: protected("青溪2024"))
_add(
    "密码文件被改.xlsx",
    "file_damaged",
    lambda: _flipped(protected("VelvetSweatshop"), -700),
)
_add("密码文件残缺.xlsx", "file_damaged", lambda: protected("青溪2024")[:3000])

# OpenDocument.
_add(
    "重复行列.ods",
    "file_too_big_inside file_damaged file_bomb file_slow",
    lambda: opendocument(
        ods_row(
            "x",
            more='table:number-rows-repeated="1048576"',
            repeat='table:number-columns-repeated="16384"',
        )
    ),
)
_add(
    "重复数假.ods",
    "file_too_big_inside file_damaged file_bomb header_missing",
    lambda: opendocument(ods_row("x", more='table:number-rows-repeated="99999999999999"')),
)
_add(
    "实体.ods",
    "file_suspect",
    lambda: zipped({"mimetype": b"x", "content.xml": _laughs("a") + b"<a>&i;</a>"}),
)
_add(
    "残缺.ods",
    "file_damaged header_missing",
    lambda: zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"<office:document-content",
        }
    ),
)
_add(
    "表没有结尾.ods",
    "file_damaged",
    lambda: opendocument(
        ods_row("x") + '</table:tabl><table:table table:name="乙">' + ods_row("y")
    ),
)
_add("炸弹.ods", "file_bomb", lambda: opendocument(ods_row("x" * (64 * MB))))
_add(
    "乱码.xlsb",
    "file_damaged",
    lambda: zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": bytes(range(256))}),
)

_add(
    "一行四百万列.xlsb",
    "cell_too_far file_too_big_inside",
    lambda: binary_workbook([("姓名",), ("x",)], Odd(shift=4_200_000)),
)
_add("一行十万列.csv", "line_endless", lambda: b"," * 100_000 + text().encode())
_add("后面一行十万列.csv", "line_endless", lambda: text().encode("gbk") * 100 + b"," * 100_000)
_add("只有全角空格.csv", "file_empty", lambda: "\ufeff\u3000\n\x0b\n".encode("utf-8-sig"))

# Pages and XML of 2003.
_add("登录页.xls", "file_damaged", lambda: "<html><body>请先登录</body></html>".encode())
_add(
    "跨列炸弹.xls",
    "file_bomb",
    lambda: b"<table>" + b"<tr>" + b"<td colspan=10000>1" * 40 + b"</table>",
)
_add(
    "跨行炸弹.xls",
    "file_bomb",
    lambda: b"<table><tr>" + b"<td rowspan=9999>1" * 9000 + b"<tr>" * 9999 + b"</table>",
)
_add(
    "编码混合.xls",
    "encoding_mixed",
    lambda: (
        "<html><table><tr><td>姓名</td></tr>\n".encode()
        + "<tr><td>许诺</td></tr>\n".encode("gbk")
        + b"</table>"
    ),
)
_add(
    "实体.xls",
    "file_suspect",
    lambda: spreadsheet_2003(
        "<Row><Cell><Data>&i;</Data></Cell></Row>", _laughs("Workbook").decode().partition("?>")[2]
    ),
)
_add("不闭合.xls", "file_damaged", lambda: spreadsheet_2003("<Row>"))
_add(
    "很远的行.xls",
    "file_bomb",
    lambda: spreadsheet_2003(
        '<Row ss:Index="1048576"><Cell ss:Index="16384"><Data>1</Data></Cell></Row>'
    ),
)
_add(
    "很远的列.xls",
    "file_bomb",
    lambda: spreadsheet_2003('<Row><Cell ss:Index="999999"><Data>1</Data></Cell></Row>'),
)
_add(
    "没有工作表.xml.xls",
    "file_damaged",
    lambda: (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    ),
)

# Text in two encodings, or in none.
_add(
    "上半GBK下半UTF8.csv",
    "encoding_mixed",
    lambda: text().encode("gbk") + (text(LIST[1]) * 50).encode(),
)
_add(
    "上半UTF8下半GBK.csv",
    "encoding_mixed",
    lambda: text().encode() + (text(LIST[1]) * 50).encode("gbk"),
)
_add(
    "一行UTF8.csv",
    "encoding_mixed",
    lambda: (text() + text(LIST[1]) * 100).encode("gbk") + text(LIST[1]).encode(),
)
_add(
    "一行GBK.csv",
    "encoding_mixed",
    lambda: (text() + text(LIST[1]) * 100).encode() + text(LIST[1]).encode("gbk"),
)
_add(
    "有标记的混合.csv",
    "encoding_mixed",
    lambda: b"\xef\xbb\xbf" + text().encode() + text(LIST[1]).encode("gbk"),
)
_add("半个字.csv", "encoding_mixed", lambda: text().encode("gbk") + "许".encode("gbk")[:1])
_add("奇数字节.csv", "encoding_mixed format_unknown", lambda: text().encode("utf-16") + b"\x4e")
_add(
    "简繁不明.csv",
    "encoding_unclear",
    lambda: "陈白,冯高\r\n崔安,包丁\r\n".encode("gbk"),
)

# Parquet.
_add("只有标记.parquet", "file_damaged", lambda: b"PAR1PAR1")
_add("残缺.parquet", "file_damaged", lambda: b"PAR1" + bytes(range(256)) * 4)
_add("尾长假.parquet", "file_damaged", lambda: b"PAR1" + bytes(100) + b"\xff\xff\xff\x7fPAR1")

# Zips of exports.
_add(
    "套娃.zip",
    "archive_in_archive",
    lambda: zipped({"内.csv": zipped({"名册.csv": text().encode()})}),
)
_add("上级路径.zip", "archive_path", lambda: zipped({"../../名册.csv": text().encode()}))
_add("绝对路径.zip", "archive_path", lambda: zipped({"/etc/名册.csv": text().encode()}))
_add("盘符.zip", "archive_path", lambda: zipped({"C:\\名册.csv": text().encode()}))
_add("没有名单.zip", "archive_empty", lambda: zipped({"说明.docx": b"x"}))
_add("空压缩包.zip", "file_damaged archive_empty format_unknown", lambda: zipped({}))
_add(
    "压缩包有密码.zip", "archive_protected", lambda: zipped({"名册.csv": text().encode()}, flags=1)
)
_add("压缩包炸弹.zip", "file_bomb", lambda: zipped({"名册.csv": b"a,b\n" * (16 * MB)}))
_add("压缩包重名.zip", "file_suspect", lambda: zipped([("名册.csv", b"a"), ("名册.csv", b"b")]))
_add(
    "压缩包无名.zip",
    "file_damaged",
    lambda: zipped({"名册.csv": text().encode(), "a": b"x"}).replace(b"a", b"\x00"),
)
_add("六百文件.zip", "file_bomb", lambda: zipped({f"{n}.csv": text().encode() for n in range(600)}))
_add("内有残缺.zip", "file_damaged", lambda: zipped({"名册.xlsx": workbook()[:300]}))

# A key column without values.
_add(
    "公式无值.xlsx",
    "formula_uncalculated",
    lambda: workbook(
        sheet_xml(
            row_xml(1, *LIST[0])
            + f'<row r="2"><c r="A2" t="inlineStr"><is><t>许诺</t></is></c><c r="B2"><f>"{NUMBER[:6]}"</f></c></row>'
        )
    ),
)


def _flipped(data: bytes, at: int) -> bytes:
    made = bytearray(data)
    made[at] ^= 0xFF
    return bytes(made)


def _patched(data: bytes, at: int, value: bytes) -> bytes:
    return data[:at] + value + data[at + len(value) :]


def _looped(data: bytes) -> bytes:
    """An .xls of which every sector of the table of sectors leads to the first."""
    sector = int.from_bytes(data[76:80], "little")
    at = 512 + sector * 512
    return _patched(data, at, b"\x00\x00\x00\x00" * 64)


def _looped_small(data: bytes) -> bytes:
    """An .xls whose records lie in small sectors, each of which leads to the first."""
    end = b"\xfe\xff\xff\xff"
    table, directory = (512 + 512 * int.from_bytes(data[at : at + 4], "little") for at in (76, 48))
    fresh = (len(data) - 512) // 512
    made = _patched(data + bytes(512), table + 4 * fresh, end)
    made = _patched(made, 60, struct.pack("<II", fresh, 1))
    made = _patched(made, directory + 116, struct.pack("<II", 0, 4096))
    return _patched(made, directory + 128 + 116, struct.pack("<II", 0, 3000))


def main(folder: Path) -> None:
    """Write them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in corpus():
        (folder / each.name).write_bytes(each.make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
