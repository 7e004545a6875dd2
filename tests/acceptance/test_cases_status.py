"""Cases 24 to 31, 36 to 38 and 44: attendance, age and filings."""

from .township import C, P, R, Township, child, citizen

HAN_BING = "349921200903120294"


def test_case_24_registered_at_another_school(town: Township) -> None:
    number = "349921201204050682"
    town.neighbour().police(child("田甜", number))
    town.registry(child("田甜", number, school="柳河初中", grade="七年级"))
    town.roster("青溪初中", "七(1)班", child("田甜", number))

    run = town.match()

    assert run.link(P("田甜"), C("田甜")) == "accepted"
    assert run.link(P("田甜"), R("田甜")) == "accepted"
    assert run.status("田甜") == "local"
    assert "not_in_registry" in run.flags("田甜")


def test_case_25_registered_but_on_no_roster(town: Township) -> None:
    number = "349921201309120771"
    town.neighbour("五(1)班").police(child("金鑫", number))
    town.registry(child("金鑫", number, grade="五年级"))

    run = town.match()

    assert run.link(P("金鑫"), R("金鑫")) == "accepted"
    assert run.status("金鑫") == "not_found"
    assert "not_on_roster" in run.flags("金鑫")


def test_case_26_class_roster_not_supplied(town: Township) -> None:
    number = "349921201309120771"
    town.neighbour("四(1)班").police(child("金鑫", number))
    town.registry(child("金鑫", number, grade="五年级"))

    run = town.match()

    assert run.status("金鑫") == "local"
    assert "roster_not_supplied" in run.flags("金鑫")
    assert "not_on_roster" not in run.flags("金鑫")


def test_case_27_finished_junior_high(town: Township) -> None:
    left = child(
        "韩冰", HAN_BING, school="青溪初中", grade="九年级", state="毕业", left_on="2024-06"
    )
    town.neighbour().police(child("韩冰", HAN_BING)).registry(left)

    assert town.match().status("韩冰") == "graduated"


def test_case_27_registered_at_senior_school(town: Township) -> None:
    town.neighbour().police(child("韩冰", HAN_BING))
    town.registry(
        child("韩冰", HAN_BING, school="青溪初中", grade="九年级", state="毕业", left_on="2024-06"),
        child("韩冰", HAN_BING, school="澄溪高中", grade="高一"),
    )

    assert town.match().status("韩冰") == "senior"


def test_case_27_senior_school_by_the_ledger(town: Township) -> None:
    left = child(
        "韩冰", HAN_BING, school="青溪初中", grade="九年级", state="毕业", left_on="2024-06"
    )
    town.neighbour().police(child("韩冰", HAN_BING)).registry(left)
    town.ledger(child("韩冰", HAN_BING, destination="高中", school="澄溪高中", grade="高一"))

    assert town.match().status("韩冰") == "senior"


def test_case_28_left_before_finishing(town: Township) -> None:
    number = "349921200905200212"
    town.neighbour().police(child("杨帆", number))
    town.registry(child("杨帆", number, school="青溪初中", grade="九年级", state="辍学"))

    assert town.match().status("杨帆") == "dropout"


def test_case_29_last_day_of_the_cohort(town: Township) -> None:
    town.neighbour().police(
        child("曹睿", "349921201808310115"), child("彭程", "349921201809010130")
    )

    run = town.match()

    assert run.status("曹睿") == "not_found"
    assert run.status("彭程") == "not_yet_due"


def test_case_30_at_school_before_due(town: Township) -> None:
    number = "349921201810050228"
    town.neighbour().police(child("董妍", number))
    town.registry(child("董妍", number, grade="一年级"))
    town.roster("青溪小学", "一(1)班", child("董妍", number))

    run = town.match()

    assert run.status("董妍") == "local"
    assert "underage" in run.flags("董妍")


def test_case_31_deferral_runs_out(town: Township) -> None:
    number = "349921201803100151"
    town.neighbour().police(child("袁野", number))
    paper = {"number": "青教缓〔2024〕3号", "date": "2024-08-20", "until": "2025-08-31"}
    town.filing(child("袁野", number, kind="延缓入学", **paper))

    assert town.match().status("袁野") == "deferred"

    later = town.match(as_of="2025-10-15")
    assert later.status("袁野") == "not_found"
    assert "filing_expired" in later.flags("袁野")


def test_case_36_death_without_document(town: Township) -> None:
    number = "34992120110719019X"
    town.neighbour().police(child("马超", number))
    town.registry(child("马超", number, school="青溪初中", grade="八年级"))
    town.filing(child("马超", number, kind="死亡"))

    run = town.match()

    assert run.status("马超") == "review"
    assert "filing_undocumented" in run.flags("马超")


def test_case_37_taught_at_home(town: Township) -> None:
    number = "34992120140828048X"
    town.neighbour("五(1)班").police(child("何静", number))
    town.registry(child("何静", number, grade="五年级", mode="送教上门"))

    run = town.match()

    assert run.status("何静") == "home_teaching"
    assert "not_on_roster" not in run.flags("何静")


def test_case_38_disability_certificate(town: Township) -> None:
    number, certificate = "349921201412240392", "34992120141224039252"
    town.neighbour().police(child("石磊", number))
    town.disability(child("石磊", certificate=certificate, kind="智力", degree="二级"))

    run = town.match()

    assert run.status("石磊") == "severe_disability"
    assert "propose_home_teaching" in run.flags("石磊")


def test_case_44_suspension_ran_out(town: Township) -> None:
    number = citizen("20131116", 515)
    town.neighbour("五(1)班").police(child("白雪松", number))
    town.registry(child("白雪松", number, grade="五年级", state="休学"))
    paper = {"number": "青教休〔2023〕7号", "date": "2023-09-01", "until": "2024-08-31"}
    town.filing(child("白雪松", number, kind="休学", **paper))

    run = town.match()

    assert run.link(P("白雪松"), R("白雪松")) == "accepted"
    assert run.status("白雪松") == "not_found"
    assert "filing_expired" in run.flags("白雪松")
