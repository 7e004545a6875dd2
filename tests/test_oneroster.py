"""OneRoster exports, 1.1 and 1.2: one list out of several files, with its places in users.csv."""

import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.acceptance.outcome import rosterrec
from tests.acceptance.township import citizen

from rosterrec.errors import InputError
from rosterrec.frames import Field, Role
from rosterrec.read import ReadResult, discover, read
from rosterrec.read.oneroster import kind_of
from rosterrec.settings import FilePin, Settings

SETTINGS = Settings(as_of=dt.date(2024, 10, 15))
NUMBER = citizen("20151103", 141)
HEAD = "sourcedId,status,dateLastModified"
V11 = {
    "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n",
    "orgs.csv": f"{HEAD},name,type,identifier,parentSourcedId\n"
    "o0,,,澄溪县教育局,district,,\no1,,,青溪小学,school,3149000001,o0\n",
    "courses.csv": f"{HEAD},schoolYearSourcedId,title,courseCode,grades,orgSourcedId\n"
    "k1,,,,三年级,G3,03,o1\n",
    "classes.csv": f"{HEAD},title,grades,courseSourcedId,classCode,classType,schoolSourcedId\n"
    "c1,,,三(2)班,,k1,302,homeroom,o1\nc2,,,数学提高班,,,M,scheduled,o1\n",
    "users.csv": f"{HEAD},enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "identifier,phone,agentSourcedIds,grades\n"
    f'u1,,,true,o1,student,x1,"{{citizenId:{NUMBER}}}",小满,龚,2024001,13800000001,p1,\n'
    "u2,tobedeleted,,true,o1,student,x2,,甲,赵,2,,,\n"
    "u3,active,,true,o1,teacher,x3,,老师,钱,3,,,\n"
    "u4,active,,true,o1,student,x4,,乙,孙,4,,,\n"
    "p1,active,,true,o1,guardian,x5,,大海,龚,5,,,\n",
    "demographics.csv": f"{HEAD},birthDate,sex\nu1,,,2015-11-03,female\n",
    "enrollments.csv": f"{HEAD},classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
    "beginDate,endDate\n"
    "e1,,,c2,o1,u1,student,,,\ne2,,,c1,o1,u1,student,,2024-09-01,2025-07-01\n"
    "e3,,,c1,o1,u4,student,,2023-09-01,2024-07-01\n",
}  # fmt: skip
V12 = {
    "orgs.csv": V11["orgs.csv"],
    "classes.csv": V11["classes.csv"],
    "roles.csv": f"{HEAD},userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n"
    "r1,,,u1,primary,student,,,o1\nr2,,,u2,primary,teacher,,,o1\n",
    "users.csv": f"{HEAD},enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
    "grades,userMasterIdentifier,primaryOrgSourcedId\n"
    f"u1,,,true,x1,,小满,龚,,7,03,{NUMBER},o1\nu2,,,true,x2,,老师,钱,,8,,,o1\n",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def lists(folder: Path, settings: Settings = SETTINGS) -> ReadResult:
    return read(discover(folder, settings), settings, base=folder)


def only(raw: pl.DataFrame) -> dict[str, Any]:
    assert len(raw) == 1, raw
    return raw.row(0, named=True)


@pytest.mark.parametrize("below", ["", "OneRoster"])
def test_an_export_in_a_folder_is_one_roster(tmp_path: Path, below: str) -> None:
    write(tmp_path / below, V11)
    found = lists(tmp_path)
    pupil = only(found.raw[Role.ROSTER])
    assert (pupil["row"], pupil["file"].rpartition("/")[2]) == (2, "users.csv")
    assert {f: pupil[f] for f in Field if pupil[f]} == {
        "name": "龚小满", "id": NUMBER, "birth": "2015-11-03", "sex": "female",
        "school": "青溪小学", "school_code": "3149000001", "grade": "03", "class_name": "三(2)班",
        "guardian": "龚大海", "phone": "13800000001",
    }  # fmt: skip
    assert dict(zip(found.rejects["row"], found.rejects["problem"], strict=True)) == {
        3: "to_be_deleted", 4: "not_a_pupil", 5: "not_enrolled", 6: "not_a_pupil",
    }  # fmt: skip
    (receipt,) = found.receipts
    assert (receipt.format, receipt.rows, receipt.used, receipt.rejected) == ("oneroster", 5, 1, 4)
    assert len(found.inputs) == len(V11)


def test_an_export_in_a_zip_is_read_with_its_places(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "导出.zip", "w") as parts:
        for name, text in V11.items():
            parts.writestr(f"bundle/{name}", text)
    pupil = only(lists(tmp_path).raw[Role.ROSTER])
    assert (pupil["file"], pupil["row"]) == ("导出.zip/bundle/users.csv", 2)
    assert pupil["class_name"] == "三(2)班"


def test_version_1_2_has_its_roles_and_numbers_elsewhere(tmp_path: Path) -> None:
    found = lists(write(tmp_path, V12))
    pupil = only(found.raw[Role.ROSTER])
    assert (pupil["name"], pupil["id"], pupil["school"]) == ("龚小满", NUMBER, "青溪小学")
    assert found.rejects["problem"].to_list() == ["not_a_pupil"]


def test_a_registry_keeps_whoever_left(tmp_path: Path) -> None:
    write(tmp_path, V11)
    pin = FilePin(pattern="users.csv", role=Role.REGISTRY)
    raw = lists(tmp_path, SETTINGS.model_copy(update={"files": (pin,)})).raw[Role.REGISTRY]
    assert raw.select("name", "reg_status").rows() == [("龚小满", "在籍在校"), ("孙乙", "离校")]


def test_a_folder_says_that_it_is_a_registry(tmp_path: Path) -> None:
    write(tmp_path / "学籍导出", V12)
    assert len(lists(tmp_path).raw[Role.REGISTRY]) == 1


def test_of_several_classes_of_subjects_none_is_the_pupils_own(tmp_path: Path) -> None:
    rows = "c3,,,英语班,,,E,scheduled,o1\n"
    listed = V11["enrollments.csv"].replace("e2,,,c1", "e2,,,c3")
    files = {"classes.csv": V11["classes.csv"] + rows, "enrollments.csv": listed}
    pupil = only(lists(write(tmp_path, V11 | files)).raw[Role.ROSTER])
    assert (pupil["class_name"], pupil["school"]) == (None, "青溪小学")


def test_without_users_nobody_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"classes.csv": V11["classes.csv"]})
    with pytest.raises(InputError) as refused:
        lists(tmp_path)
    assert refused.value.code == "oneroster_without_users"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", V11)
def test_each_file_is_known_by_its_headings(name: str, encoding: str) -> None:
    assert kind_of(V11[name].encode(encoding)) == name.removesuffix(".csv")


@pytest.mark.parametrize(
    "text", ["姓名,身份证号\n甲,1\n", "propertyName,value,姓名\n", "", "name,value"]
)
def test_other_lists_are_none(text: str) -> None:
    assert kind_of(text.encode()) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_inspect_shows_the_list_and_what_is_joined_to_it(tmp_path: Path, lang: str) -> None:
    write(tmp_path / "or", V11)
    shown = rosterrec("inspect", str(tmp_path), "--lang", lang, "--no-color")
    assert shown.exit_code == 0
    assert shown.stdout.count("or/users.csv") == len(V11)
    assert "demographics.csv birthDate" in shown.stdout
    assert NUMBER not in shown.stdout
    assert "龚小满" not in shown.stdout
    document = json.loads(rosterrec("inspect", str(tmp_path), "--json").stdout)
    assert {f["part_of"] for f in document["files"]} == {None, "or/users.csv"}
    assert document["totals"]["rows"] == 5
