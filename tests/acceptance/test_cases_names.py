"""Cases 16 to 23 and 32 to 35: names, namesakes and birthdates when IDs do not settle it."""

import pytest

from .township import C, P, R, Township, child, citizen

ZIHAN = "349921201406010267"
ZHAO_LEI = "349921201206170354"
YAQI = "349921201309120288"


def test_case_16_similar_name_without_id(town: Township) -> None:
    town.neighbour().police(child("王梓涵", ZIHAN))
    town.roster("青溪小学", "五(1)班", child("王子涵", birth="2014-06-01"))

    run = town.match()

    assert run.link(P("王梓涵"), C("王子涵")) == "review"
    assert run.status("王梓涵") == "review"


def test_case_17_exact_name_beats_similar_name(town: Township) -> None:
    town.neighbour().police(
        child("王梓涵", ZIHAN, mother="何秋菊"),
        child("王子涵", citizen("20140601", 348), mother="龙小凤"),
    )
    town.roster("青溪小学", "五(1)班", child("王子涵", birth="2014-06-01", mother="龙小凤"))

    run = town.match()

    assert run.link(P("王子涵"), C("王子涵")) == "accepted"
    assert run.status("王子涵") == "local"
    assert "id_missing" in run.flags("王子涵")
    assert run.partners(P("王梓涵"), "accepted") == []
    assert run.status("王梓涵") == "not_found"


def test_case_18_dialect_surname_with_id(town: Township) -> None:
    number = "349921201310100428"
    town.neighbour().police(child("胡文静", number))
    town.registry(child("吴文静", number, grade="五年级"))

    run = town.match()

    assert run.link(P("胡文静"), R("吴文静")) == "accepted"
    assert "name_variant" in run.flags("胡文静")


def test_case_18_dialect_surname_without_id(town: Township) -> None:
    town.neighbour().police(child("胡文静", "349921201310100428"))
    town.registry(child("吴文静", birth="20131010", sex="女", grade="五年级"))

    run = town.match()

    assert run.link(P("胡文静"), R("吴文静")) == "review"
    assert run.status("胡文静") == "review"


def test_case_19_former_name_without_id(town: Township) -> None:
    town.neighbour().police(child("李思雨", "349921201312010207", former="王思雨"))
    town.roster("青溪小学", "五(1)班", child("王思雨", birth="2013-12-01"))

    run = town.match()

    assert run.link(P("李思雨"), C("王思雨")) == "review"
    assert run.status("李思雨") == "review"


def test_case_19_former_name_with_id(town: Township) -> None:
    number = "349921201312010207"
    town.neighbour().police(child("李思雨", number, former="王思雨"))
    town.roster("青溪小学", "五(1)班", child("王思雨", number, birth="2013-12-01"))

    run = town.match()

    assert run.link(P("李思雨"), C("王思雨")) == "accepted"
    assert run.status("李思雨") == "local"
    assert "name_variant" in run.flags("李思雨")


def test_case_20_id_shared_by_two_registrations(town: Township) -> None:
    town.neighbour().police(child("赵磊", ZHAO_LEI))
    town.registry(
        child("赵磊", ZHAO_LEI, school="青溪初中", grade="七年级"),
        child("赵雷", ZHAO_LEI, school="东屏初中", grade="七年级"),
    )
    town.roster("青溪初中", "七(1)班", child("赵磊", ZHAO_LEI))

    run = town.match()

    assert run.link(P("赵磊"), R("赵磊")) == "accepted"
    assert run.link(P("赵磊"), R("赵雷")) == "review"
    assert "shared_id" in run.flags("赵磊")
    assert run.status("赵磊") == "local"
    assert run.people.height == 2


def test_case_21_registered_twice(town: Township) -> None:
    number = "349921201208230373"
    town.neighbour().police(child("蒋涛", number))
    town.registry(
        child("蒋涛", number, school="青溪初中", grade="七年级"),
        child("蒋涛", number, school="东屏民办学校", grade="七年级"),
    )
    town.roster("青溪初中", "七(1)班", child("蒋涛", number))

    run = town.match()

    assert run.link(P("蒋涛"), R("蒋涛", school="青溪初中")) == "accepted"
    assert run.link(P("蒋涛"), R("蒋涛", school="东屏民办学校")) == "accepted"
    assert run.status("蒋涛") == "local"
    assert "double_registry" in run.flags("蒋涛")


def test_case_22_namesakes_with_one_birthday(town: Township) -> None:
    numbers = ("349921201409090514", "349921201409090733")
    town.neighbour().police(*(child("王浩然", number) for number in numbers))
    town.roster("青溪小学", "四(1)班", child("王浩然", birth="2014-09-09"))

    run = town.match()

    for number in numbers:
        assert run.link(P("王浩然", id=number), C("王浩然")) == "review"
        assert run.status("王浩然", number) == "review"


def test_case_23_two_household_registrations(town: Township) -> None:
    numbers = (ZHAO_LEI, "349922201206170350")
    town.neighbour().police(
        *(child("赵磊", number, mother="彭桂香", household="H0700") for number in numbers)
    )

    run = town.match()

    for number in numbers:
        assert run.status("赵磊", number) == "review"
        assert "two_registrations" in run.flags("赵磊", number)
    one, other = (P("赵磊", id=number) for number in numbers)
    assert run.link(one, other) in (None, "review")
    assert run.people.height == 3


def test_case_32_transliterated_name(town: Township) -> None:
    number = "349921201404170558"
    town.neighbour().police(child("阿卜杜拉·买买提", number))
    town.registry(child("阿卜杜拉．买买提", number, grade="五年级"))
    town.roster("青溪小学", "五(1)班", child("阿不都拉•麦麦提", birth="2014-04-17"))

    run = town.match()

    assert run.link(P("阿卜杜拉·买买提"), R("阿卜杜拉．买买提")) == "accepted"
    assert run.link(P("阿卜杜拉·买买提"), C("阿不都拉•麦麦提")) == "review"
    assert run.status("阿卜杜拉·买买提") == "review"


def test_case_33_rare_character(town: Township) -> None:
    number = "349921201509220574"
    town.neighbour().police(child("王䶮", number))
    town.registry(child("王?", number, grade="三年级"))
    town.roster("青溪小学", "三(1)班", child("王龑", birth="2015-09-22"))

    run = town.match()

    assert run.link(P("王䶮"), R("王?")) == "accepted"
    assert run.link(P("王䶮"), C("王龑")) in ("review", "accepted")
    assert "name_variant" in run.flags("王䶮")


def test_case_33_rare_character_with_guardian(town: Township) -> None:
    number = "349921201509220574"
    town.neighbour().police(child("王䶮", number, mother="石春桃"))
    town.registry(child("王?", number, grade="三年级"))
    town.roster("青溪小学", "三(1)班", child("王龑", birth="2015-09-22", mother="石春桃"))

    run = town.match()

    assert run.link(P("王䶮"), R("王?")) == "accepted"
    assert run.link(P("王䶮"), C("王龑")) == "accepted"
    assert run.status("王䶮") == "local"


def test_case_34_lunar_birthday(town: Township) -> None:
    town.neighbour().police(child("田甜", "349921201204050682", village="上溪村"))
    town.roster("青溪初中", "七(1)班", child("田甜", birth="2012-03-15", village="上溪村"))

    run = town.match()

    assert run.link(P("田甜"), C("田甜")) == "review"
    assert run.status("田甜") == "review"


@pytest.mark.parametrize(("mother", "decision"), [("韦素芬", "accepted"), ("", "review")])
def test_case_35_birthday_one_day_off(town: Township, mother: str, decision: str) -> None:
    town.neighbour().police(child("郑雅琪", YAQI, mother=mother))
    town.roster("青溪小学", "五(1)班", child("郑雅琪", birth="2013-09-11", mother=mother))

    run = town.match()

    assert run.link(P("郑雅琪"), C("郑雅琪")) == decision
    assert run.status("郑雅琪") == ("local" if mother else "review")
    if mother:
        assert "birth_differs" in run.flags("郑雅琪")
