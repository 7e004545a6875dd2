"""What lists of other offices say: poverty lists, provincial ledgers, certificates, deaths."""

import pytest

from .township import Township, child, citizen

BORN = "20150512"


def listed(town: Township, name: str, number: str) -> None:
    town.neighbour().police(child(name, number))


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("死亡", "deceased"),
        ("走失", "missing_person"),
        ("随父母出国", "abroad"),
        ("空挂户", "empty_registration"),
    ],
)
def test_a_ledger_closes_such_a_case_by_number_and_date_alone(
    town: Township, said: str, status: str
) -> None:
    documented, bare = citizen(BORN, 31), citizen(BORN, 52)
    town.neighbour().police(child("温如玉", documented), child("顾长安", bare)).write()
    rows = f"温如玉,{documented},{said},澄公〔2024〕7号,2024-05-06\n顾长安,{bare},{said},,\n"
    (town.folder / "摸排台账.csv").write_text(
        f"姓名,身份证号,就读去向,证明编号,证明日期\n{rows}", "utf-8"
    )

    run = town.match()

    assert run.status("温如玉") == status
    assert run.status("顾长安") == "not_found"
    assert "filing_undocumented" in run.flags("顾长安")


def test_a_death_told_without_document_contradicts_an_active_registration(town: Township) -> None:
    number = citizen(BORN, 31)
    listed(town, "温如玉", number)
    town.registry(child("温如玉", number, grade="三年级"))
    town.ledger(child("温如玉", number, destination="死亡", school="青溪小学"))

    run = town.match()

    assert (run.status("温如玉"), run.person("温如玉")["rule"]) == (
        "review", "undocumented_filing_against_registry",
    )  # fmt: skip


@pytest.mark.parametrize("said", ["父亲死亡，在家务农", "父母失踪，辍学"])
def test_a_parents_death_is_not_the_childs(town: Township, said: str) -> None:
    number = citizen(BORN, 31)
    listed(town, "温如玉", number)
    town.ledger(child("温如玉", number, destination=said))
    assert town.match().status("温如玉") == "dropout"


def test_a_dead_childs_former_school_is_no_claim(town: Township) -> None:
    number = citizen(BORN, 31)
    listed(town, "温如玉", number)
    town.ledger(child("温如玉", number, destination="病故", school="柳河小学", proof="是"))
    assert town.match().status("温如玉") == "not_found"


def test_suspension_in_a_ledger_is_no_approval(town: Township) -> None:
    number = citizen(BORN, 31)
    listed(town, "温如玉", number)
    town.registry(child("温如玉", number, grade="三年级", state="休学"))
    town.ledger(child("温如玉", number, destination="休学"))
    assert town.match().person("温如玉")["rule"] == "suspension_without_approval"


POVERTY = "户编号,人编号,户类型,姓名,证件类型,证件号码,与户主关系,在校生状况,{},健康状况"
LONG = "是否义务教育阶段适龄儿童少年失学辍学"


@pytest.mark.parametrize(
    ("heading", "state", "answer", "status"),
    [
        (LONG, "非在校生", "是", "dropout"),
        (LONG, "小学", "是", "dropout"),
        ("是否失学辍学", "非在校生", "否", "not_found"),
        ("是否失学辍学", "非在校生", "", "dropout"),
        ("是否辍学", "小学", "否", "not_found"),
    ],
)
def test_a_poverty_list_says_who_dropped_out(
    town: Township, heading: str, state: str, answer: str, status: str
) -> None:
    number = citizen(BORN, 31)
    listed(town, "温如玉", number)
    row = f"3499210001,01,脱贫户,温如玉,居民身份证,{number},之女,{state},{answer},健康"
    text = f"{POVERTY.format(heading)}\n{row}\n"
    town.write()
    (town.folder / "脱贫户信息.csv").write_bytes(text.encode("gb18030"))

    run = town.match()

    assert run.status("温如玉") == status


def test_a_poverty_list_holds_a_certificate_for_a_number(town: Township) -> None:
    number = citizen(BORN, 31)
    listed(town, "温如玉", number)
    row = f"3499210001,01,监测户,温如玉,残疾人证,{number}43,之女,非在校生,是,残疾"
    town.write()
    (town.folder / "监测户.csv").write_text(f"{POVERTY.format(LONG)}\n{row}\n", "utf-8")
    assert town.match().status("温如玉") == "dropout"


def test_a_provincial_dropout_ledger(town: Township) -> None:
    numbers = [citizen(BORN, n) for n in (31, 52, 73)]
    names = ("温如玉", "顾长安", "简书言")
    town.neighbour().police(*map(child, names, numbers)).write()
    said = [("辍学", "厌学", "否"), ("已送教上门", "残疾", "是"), ("疑似辍学", "在外省就读", "否")]
    rows = "".join(
        f"{n},某省,某市,澄溪县,青溪镇,{name},{number},{reason},{result},周国强,{done}\n"
        for n, (name, number, (result, reason, done)) in enumerate(
            zip(names, numbers, said, strict=True), 1
        )
    )
    head = "序号,省,市,县,乡镇,姓名,身份证件号,疑似辍学原因,核查结果,劝返责任人,是否销号\n"
    (town.folder / "疑似失学辍学台账.csv").write_text(
        f"疑似失学辍学台账,,\n{head}{rows}", "utf-8-sig"
    )

    run = town.match()

    assert [run.status(name) for name in names] == ["dropout", "home_teaching", "dropout"]


@pytest.mark.parametrize("column", ["残疾人证号", "证件号码"])
@pytest.mark.parametrize(
    ("tail", "status"),
    [("42", "severe_disability"), ("44", "not_found"), ("11B1", "severe_disability")],
)
def test_a_county_disability_list_has_the_number_inside_the_certificates(
    town: Township, column: str, tail: str, status: str
) -> None:
    number = citizen(BORN, 31)
    listed(town, "温如玉", number)
    town.write()
    head = f"序号,持证人姓名,性别,{column},残疾类别,监护人,发证日期"
    text = f"{head}\n1,温如玉,女,{number}{tail},,简大海,2020-03-04\n"
    (town.folder / "全县持证残疾人.csv").write_text(text, "utf-8")

    run = town.match()

    assert run.status("温如玉") == status
    if status == "severe_disability":
        assert "propose_home_teaching" in run.flags("温如玉")
