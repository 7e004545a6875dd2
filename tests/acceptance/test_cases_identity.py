"""Cases 1 to 15: what an ID cell and a student number are worth."""

import pytest

from .township import C, P, R, Township, child

XU_NUO = "34992120130225040X"
YIMING, YIHE = "349921201505060112", "349921201505060139"
JIAYI, XU_MENG = "349921201203050242", "349921201203050269"
IDENTITY_FLAGS = ("id_", "name_", "temporary_", "swapped_", "shared_")


def test_case_01_normalisation_only(town: Township) -> None:
    town.neighbour().police(child("许诺", XU_NUO))
    town.roster("青溪小学", "六(1)班", child("许　诺", "`３４９９２１２０１３０２２５０４０×"))

    run = town.match()

    assert run.link(P("许诺"), C("许　诺")) == "accepted"
    assert run.status("许诺") == "local"
    assert not [flag for flag in run.flags("许诺") if flag.startswith(IDENTITY_FLAGS)]


def test_case_02_recovered_from_student_number(town: Township) -> None:
    town.neighbour().police(child("夏天", "349921201503030606"))
    town.roster("青溪小学", "四(1)班", child("夏天", student_no="G349921201503030606"))

    run = town.match()

    assert run.link(P("夏天"), C("夏天")) == "accepted"
    assert run.status("夏天") == "local"
    assert "id_conflict" not in run.flags("夏天")


def test_case_03_temporary_number_is_no_id(town: Township) -> None:
    town.neighbour().police(child("沈悦", "349921201307040460", mother="方玉兰"))
    pupil = child("沈悦", student_no="L349921201307044821", mother="方玉兰")
    town.roster("青溪小学", "六(1)班", pupil)

    run = town.match()

    assert run.link(P("沈悦"), C("沈悦")) == "accepted"
    assert run.status("沈悦") == "local"
    assert "temporary_number" in run.flags("沈悦")
    assert "id_conflict" not in run.flags("沈悦")


def test_case_04_pupil_without_registration(town: Township) -> None:
    pupil = child("宋佳", student_no="J349921201501180010", birth="20150118", sex="女")
    town.neighbour().registry(pupil | {"grade": "四年级"})

    run = town.match()

    assert run.partners(R("宋佳"), "accepted", "population") == []
    assert run.outsider("宋佳") == "no_household_registration"
    assert run.people["name"].to_list() == ["邹远航"]


def test_case_05_old_id_in_student_number(town: Township) -> None:
    number = "349921201209110883"
    town.neighbour().police(child("贾宁", number))
    town.registry(child("贾宁", number, student_no="G349921201209110867", grade="六年级"))

    run = town.match()

    assert run.link(P("贾宁"), R("贾宁")) == "accepted"
    assert len(run.partners(P("贾宁"), "accepted", "registry")) == 1
    assert run.people.height == 2
    assert "id_old" in run.flags("贾宁")
    assert run.outsider("贾宁") is None


def test_case_06_one_digit_wrong(town: Township) -> None:
    town.neighbour().police(child("周子豪", "349921201602140333"))
    pupil = child("周子豪", "349921201602140833", birth="20160214", sex="男", grade="三年级")
    town.registry(pupil)

    run = town.match()

    assert run.link(P("周子豪"), R("周子豪")) == "accepted"
    assert run.status("周子豪") == "local"
    assert "id_invalid" in run.flags("周子豪")
    assert "id_conflict" not in run.flags("周子豪")


def test_case_07_transposed_id(town: Township) -> None:
    town.neighbour().police(child("郑雅琪", "349921201309120288"))
    town.roster("青溪小学", "五(1)班", child("郑雅琪", "349921201390120288"))

    run = town.match()

    assert run.link(P("郑雅琪"), C("郑雅琪")) == "accepted"
    assert run.status("郑雅琪") == "local"
    assert "id_invalid" in run.flags("郑雅琪")
    assert "id_conflict" not in run.flags("郑雅琪")


def test_case_08_twins_are_no_typo(town: Township) -> None:
    town.neighbour().police(child("陈一鸣", YIMING), child("陈一鹤", YIHE))
    town.registry(child("陈一鹤", YIHE, grade="四年级"))

    run = town.match()

    assert run.link(P("陈一鹤"), R("陈一鹤")) == "accepted"
    assert run.partners(P("陈一鸣"), "accepted") == []
    assert run.status("陈一鸣") == "not_found"
    assert run.status("陈一鹤") != "not_found"


def test_case_09_pupil_could_be_either_twin(town: Township) -> None:
    town.neighbour().police(child("陈一鸣", YIMING), child("陈一鹤", YIHE))
    town.roster("青溪小学", "四(1)班", child("陈一鹏", birth="2015-05-06"))

    run = town.match()

    for twin in ("陈一鸣", "陈一鹤"):
        assert run.link(P(twin), C("陈一鹏")) == "review"
        assert run.status(twin) == "review"


def test_case_10_swapped_ids_of_near_homophones(town: Township) -> None:
    boy, girl = "349921201411020152", "349921201411020240"
    town.neighbour().police(child("刘子轩", boy), child("刘子萱", girl))
    common = {"birth": "20141102", "grade": "四年级"}
    town.registry(
        child("刘子轩", girl, sex="男", **common), child("刘子萱", boy, sex="女", **common)
    )

    run = town.match()

    for name in ("刘子轩", "刘子萱"):
        assert run.status(name) == "review"
        assert "swapped_ids" in run.flags(name)
        assert run.partners(P(name), "accepted") == []
        assert run.partners(P(name), "review", "registry") != []


def test_case_11_swapped_ids_of_siblings(town: Township) -> None:
    hao, ting = "349921201201090179", "349921201507210225"
    town.neighbour().police(child("孙浩", hao), child("孙婷", ting))
    town.registry(
        child("孙浩", ting, sex="男", birth="20120109", grade="七年级", school="青溪初中"),
        child("孙婷", hao, sex="女", birth="20150721", grade="四年级"),
    )

    run = town.match()

    for name in ("孙浩", "孙婷"):
        assert run.status(name) == "review"
        assert "swapped_ids" in run.flags(name)
        assert run.partners(P(name), "accepted") == []
        assert run.partners(P(name), "review", "registry") != []


def test_a_brothers_number_under_a_name_like_hers_asks_about_both(town: Township) -> None:
    hao, ting = "349921201201090179", "349921201507210225"
    town.neighbour().police(
        child("孙浩", hao, household="H0500"), child("孙婷", ting, household="H0500")
    )
    town.registry(child("孙婷", ting, grade="四年级"))
    town.roster("青溪小学", "四(1)班", child("孙廷", hao, birth="2015-07"))

    run = town.match()

    for name in ("孙浩", "孙婷"):
        assert run.link(P(name), C("孙廷")) == "review"
        assert run.status(name) == "review"


def test_a_brothers_number_under_another_name_says_nothing_of_her(town: Township) -> None:
    hao, ting = "349921201201090179", "349921201507210225"
    town.neighbour().police(
        child("孙浩", hao, household="H0500"), child("孙婷", ting, household="H0500")
    )
    town.registry(child("孙婷", ting, grade="四年级"))
    town.roster("青溪小学", "四(1)班", child("钱文博", hao, birth="2012-01"))

    run = town.match()

    assert run.partners(P("孙婷"), "review") == []
    assert run.status("孙婷") == "not_found"


def test_case_12_ids_rounded_by_a_spreadsheet(town: Township) -> None:
    town.neighbour().police(child("吴佳怡", JIAYI), child("徐梦", XU_MENG))
    usual = {"birth": "20120305", "sex": "女", "grade": "七年级", "school": "青溪初中"}
    town.registry(
        child("吴佳怡", 349921201203050000, **usual), child("徐梦", 349921201203050000, **usual)
    )

    run = town.match()

    for name, other in (("吴佳怡", "徐梦"), ("徐梦", "吴佳怡")):
        assert run.link(P(name), R(name)) == "accepted"
        assert run.link(P(name), R(other)) != "accepted"
        assert "id_damaged" in run.flags(name)
        assert "shared_id" not in run.flags(name)


def test_case_13_id_cut_to_fifteen_digits(town: Township) -> None:
    town.neighbour().police(child("吴佳怡", JIAYI))
    town.roster("青溪初中", "七(1)班", child("吴佳怡", "349921201203050"))

    run = town.match()

    assert run.link(P("吴佳怡"), C("吴佳怡")) == "accepted"
    assert run.status("吴佳怡") == "local"
    assert "id_damaged" in run.flags("吴佳怡")
    assert not {"id_relative", "birth_differs"} & run.flags("吴佳怡")


@pytest.mark.parametrize("mothers", ["349921870214026", "349921198702140264"])
def test_case_14_mothers_id(town: Township, mothers: str) -> None:
    town.neighbour().police(child("谢雨", "349921201306060806", mother="唐秀英"))
    usual = {"birth": "20130606", "sex": "女", "grade": "六年级"}
    town.registry(child("谢雨", mothers, mother="唐秀英", **usual))

    run = town.match()

    assert run.link(P("谢雨"), R("谢雨")) == "accepted"
    assert "id_relative" in run.flags("谢雨")
    assert "id_conflict" not in run.flags("谢雨")


def test_case_15_homophone_with_the_same_id(town: Township) -> None:
    number = "349921201303080318"
    town.neighbour().police(child("张伟", number))
    town.registry(child("张玮", number, grade="六年级"))

    run = town.match()

    assert run.link(P("张伟"), R("张玮")) == "accepted"
    assert "name_variant" in run.flags("张伟")
