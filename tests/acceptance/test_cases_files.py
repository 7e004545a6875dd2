"""Case 45: a roster as an old school system exports it."""

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
