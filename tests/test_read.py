"""Parsing of files, in place: what the parsers make of odd text and odd workbooks."""

import pytest

from rosterrec.errors import InputError
from rosterrec.read import parse

HEAD = "姓名,身份证号,与户主关系"
XML = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="三(2)班"><Table>{}</Table></Worksheet></Workbook>"""


def rows(name: str, data: bytes) -> list[tuple[str | None, ...]]:
    (table,), _kind, _encoding = parse(name, data)
    return [row[:-1] for row in table.cells.iter_rows()]


@pytest.mark.parametrize("cell", ['"子', '子"', '"子" "', '"'])
def test_a_mark_that_nobody_closes_swallows_no_row(cell: str) -> None:
    text = "\n".join([HEAD, "甲,1,子", f"乙,2,{cell}", *(f"丙{n},{n},女" for n in range(60))])
    found = rows("a.csv", text.encode())
    assert len(found) == 63
    assert found[2][0] == "乙"
    assert found[-1] == ("丙59", "59", "女")


def test_a_cell_of_two_lines_stays_one_cell() -> None:
    found = rows("a.csv", f'{HEAD}\n甲,1,"长子,\n随母"\n乙,2,女\n'.encode())
    assert [row[:3] for row in found[1:]] == [("甲", "1", "长子,\n随母"), ("乙", "2", "女")]


def test_an_xml_spreadsheet_of_2003_is_read() -> None:
    body = (
        '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">名册</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell><Data ss:Type="String">村</Data></Cell>'
        '<Cell><Data ss:Type="String">姓名</Data></Cell>'
        '<Cell><Data ss:Type="String">出生日期</Data></Cell></Row>'
        '<Row><Cell ss:MergeDown="1"><Data ss:Type="String">上溪村</Data></Cell>'
        '<Cell><Data ss:Type="String">甲</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2012-03-05T00:00:00.000</Data></Cell></Row>'
        '<Row><Cell ss:Index="2"><Data ss:Type="String">乙</Data></Cell>'
        '<Cell><Data ss:Type="Number">3.4992120120305E+17</Data></Cell></Row>'
    )
    (table,), kind, _ = parse("a.xls", XML.format(body).encode())
    assert (table.sheet, kind, table.rounded) == ("三(2)班", "xml", {2: [5]})
    assert [row[:-1] for row in table.cells.iter_rows()][3:] == [
        ("上溪村", "甲", "2012-03-05"),
        ("上溪村", "乙", "349921201203050000"),
    ]


def test_a_broken_xml_spreadsheet_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        parse("a.xls", XML.format("<Row>").encode())
    assert refused.value.code == "file_damaged"
