"""What is typed or set wrongly is refused with what is allowed; no list's content is quoted."""

from pathlib import Path

import pytest

from .outcome import rosterrec
from .test_errors import NUMBER, assert_refused, untouched, write_table
from .township import AS_OF, HOME, Township, child

HERE = ("--as-of", AS_OF, "--lang", "zh")


@pytest.fixture
def good(town: Township) -> Township:
    """A folder that would be accepted."""
    town.neighbour().police(child("许诺", NUMBER))
    return town.roster("青溪小学", "六(1)班", child("许诺", NUMBER)).write()


def assert_refuses(town: Township, *flags: str, named: tuple[str, ...]) -> None:
    with untouched(town.folder):
        result = rosterrec("match", str(town.folder), *flags)
    assert_refused(result, *named)


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (("--ages", "15-6"), ("--ages 15-6", "6-15")),
        (("--lang", "fr"), ("--lang fr", "zh", "en")),
        (("--home", "火星镇"), ("火星镇", "青溪镇")),
        (("--county", "火星县"), ("火星县", "349921")),
        (("--county", "110101"), ("110101", "349921")),
    ],
)
def test_a_flag_that_cannot_be_is_named_with_what_can(
    good: Township, flags: tuple[str, ...], named: tuple[str, ...]
) -> None:
    assert_refuses(good, *HERE, *flags, named=named)


def test_a_county_is_not_held_against_lists_that_name_none(tmp_path: Path) -> None:
    """Without numbers, towns and schools nothing on them could agree with it."""
    (tmp_path / "户籍人口.csv").write_text(
        "姓名,出生日期,性别\n许诺,2013-02-25,男\n夏天,2015-03-03,女\n", encoding="utf-8"
    )
    result = rosterrec("match", str(tmp_path), *HERE, "--county", "349921")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ("homme = 1", ("第 1 行", "homme", "home")),
        ("home = 5", ("第 1 行", "home", "青溪镇")),
        ('\nages = "6-15"', ("第 2 行", "ages", "[6, 15]")),
        ("cutoff = [13, 40]", ("cutoff", "[8, 31]")),
        ('[roles]\npopulace = ["a"]', ("第 2 行", "roles.populace", "population")),
        ('[roles]\nroster = "名册_*.xlsx"', ("第 2 行", "roles.roster", '["名册_*.xlsx"]')),
        ('[[files]]\npattern = "*.xlsx"\nrole = "x"', ("第 3 行", "files.role", "registry")),
        ('[[files]]\nrole = "roster"', ("第 1 行", "pattern")),
        ('[[files]]\npattern = "户籍*"\ncolumns = { nam = "姓名" }', ("第 3 行", "name")),
        ('[[files]]\npattern = "户籍*"\ncolumns = { phone = "手记" }', ("手记", "户籍人口.xlsx")),
        ('[[files]]\npattern = "户籍*"\nsheet = "没有"', ("[没有]", "名单")),
        ('[[files]]\npattern = "户籍*"\nheader_row = 3', ("header_row = 3", "[名单]")),
        ('[[files]]\npattern = "户籍*"\nheader_row = 90', ("header_row = 90", "[名单]")),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_what_can(
    good: Township, settings: str, named: tuple[str, ...]
) -> None:
    (good.folder / "rosterrec.toml").write_text(settings + "\n", encoding="utf-8")
    assert_refuses(good, *HERE, named=named)


def test_settings_saved_in_another_encoding(good: Township) -> None:
    (good.folder / "rosterrec.toml").write_bytes('home = "青溪镇"\n'.encode("gb18030"))
    assert_refuses(good, *HERE, named=("rosterrec.toml", "UTF-8"))


@pytest.mark.parametrize(
    "row", [("许诺", NUMBER, "男"), ("许诺", "男", "上溪村"), ("邹远航", "许诺", "四年级")]
)
def test_a_list_without_headings_is_refused_without_quoting_a_person(
    good: Township, row: tuple[str, ...]
) -> None:
    write_table(good.folder / "无表头.xlsx", *[row] * 6)
    assert_refuses(good, *HERE, *HOME, named=("无表头.xlsx",))


def test_a_police_list_of_headings_alone(good: Township) -> None:
    write_table(good.folder / "户籍人口.xlsx", ("户籍镇街", "户号", "姓名", "公民身份号码"))
    assert_refuses(good, *HERE, named=("户籍人口.xlsx", "[甲]"))


def test_ages_that_leave_nobody(good: Township) -> None:
    assert_refuses(
        good, "--as-of", "2044-10-15", "--lang", "zh", *HOME, named=("--as-of", "--ages")
    )


def test_what_lists_were_seen_is_said_in_words(good: Township) -> None:
    (good.folder / "户籍人口.xlsx").unlink()
    assert_refuses(good, *HERE, named=("班级名册",))


@pytest.mark.parametrize("date", ["2024.10.15", "2024/10/15", "2024年10月15日", "20241015"])
def test_dates_as_people_type_them(good: Township, date: str) -> None:
    assert good.match(as_of=date).summary["as_of"] == AS_OF


def test_a_pattern_may_be_a_whole_path(good: Township) -> None:
    other = good.folder / "甲.xlsx"
    (good.folder / "青溪小学名册.xlsx").rename(other)
    run = good.match("--roster", str(good.folder / "*甲.xlsx"))
    assert [i["name"] for i in run.summary["inputs"]].count("甲.xlsx") == 1


def test_a_file_named_from_the_current_folder_is_read_once(
    good: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(good.folder.parent)
    name = str((good.folder / "户籍人口.xlsx").relative_to(good.folder.parent))
    run = good.match("--population", name)
    assert len(run.summary["inputs"]) == len({i["sha256"] for i in run.summary["inputs"]})


def test_the_outputs_say_that_the_date_is_todays(good: Township) -> None:
    result = rosterrec("match", str(good.folder), *HOME, "--ages", "3-25", "--lang", "zh")
    assert result.exit_code == 0
    assert "--as-of" in result.stderr
    out: Path = good.folder / "rosterrec"
    run = out / (out / "latest.txt").read_text("utf-8").strip()
    assert "as_of_today" in (run / "summary.json").read_text("utf-8")
