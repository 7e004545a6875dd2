"""Case 45: a roster as an old school system exports it; and rosters as they are printed."""

import xlsxwriter

from .township import C, P, Township, child, citizen

PUPILS = {
    "龚小满": (citizen("20151103", 141), "上溪村"),
    "汤诗雅": (citizen("20160218", 262), "上溪村"),
    "段明轩": (citizen("20160709", 353), "下溪村"),
}


def test_case_45_html_table_named_xls(town: Township) -> None:
    town.neighbour()
    for name, (number, village) in PUPILS.items():
        town.police(child(name, number, village=village))
    rows = [child(name, number, village=v) for name, (number, v) in PUPILS.items()]
    town.html_roster("青溪小学", "三(2)班", *rows)

    run = town.match()

    for name in PUPILS:
        assert run.link(P(name), C(name)) == "accepted"
        person = run.person(name)
        assert (person["status"], person["grade"], person["class_name"]) == ("local", 3, "2")
    assert run.people.height == 4
    listed = {
        str(cell) for rows in (run.outsiders, run.rejects) for r in rows for cell in r.values()
    }
    assert not [cell for cell in listed if "制表人" in cell or "合计" in cell or "章文清" in cell]


def test_case_45_footer_and_titles_pair_with_nobody(town: Township) -> None:
    town.neighbour()
    number, village = PUPILS["龚小满"]
    town.police(child("龚小满", number, village=village))
    town.html_roster("青溪小学", "三(2)班", child("龚小满", number, village=village))

    run = town.match()

    _, sheet, row = town.find(C("龚小满"))
    ends = {
        (line[f"{side}_sheet"], line[f"{side}_row"])
        for line in run.links.to_dicts()
        for side in ("left", "right")
    }
    assert {at for name, at in ends if name == sheet} == {row}


def test_a_roster_printed_side_by_side_loses_nobody(town: Township) -> None:
    names = ("许诺", "田甜", "贾宁")
    numbers = [citizen("20130225", n) for n in (41, 43, 45)]
    town.neighbour().police(*map(child, names, numbers)).write()
    head = ("序号", "姓名", "身份证号")
    rows = [(str(n), *both) for n, both in enumerate(zip(names, numbers, strict=True), 1)]
    with xlsxwriter.Workbook(town.folder / "青溪小学双栏名册.xlsx") as book:
        page = book.add_worksheet("六(1)班")
        page.write(0, 0, "青溪小学学生名册")
        page.write_row(1, 0, (*head, "", *head))
        page.write_row(2, 0, (*rows[0], "", *rows[1]))
        page.write_row(3, 0, (*rows[2], "", "", "", ""))
        page.write_row(4, 0, ("合计", "3人"))

    run = town.match()

    assert [run.status(name) for name in names] == ["local"] * 3
    assert run.summary["rejected"] == {"footer": 1}
