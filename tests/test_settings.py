import datetime as dt
from pathlib import Path

import pytest

from rosterrec.errors import InputError
from rosterrec.settings import Settings, load

TODAY = dt.date(2024, 10, 15)


def write(folder: Path, text: str) -> None:
    (folder / "rosterrec.toml").write_text(text, "utf-8")


def test_without_a_file_defaults_and_today_hold(tmp_path: Path) -> None:
    settings = load(tmp_path, None, {}, TODAY)
    assert settings == Settings(as_of=TODAY, as_of_today=True)


def test_a_typed_flag_beats_the_file_and_an_untyped_one_does_not(tmp_path: Path) -> None:
    write(tmp_path, 'home = "青溪镇"\ncounty = "349921"\n')
    settings = load(tmp_path, None, {"home": "柳河镇", "county": None}, TODAY)
    assert (settings.home, settings.county) == ("柳河镇", "349921")


def test_a_typed_role_leaves_the_other_roles_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, '[roles]\nroster = ["a*"]\nregistry = ["b*"]\n')
    settings = load(tmp_path, None, {"roles": {"roster": ("c*",)}}, TODAY)
    assert settings.roles == {"roster": ("c*",), "registry": ("b*",)}


def test_an_unknown_key_is_named_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, 'home = "青溪镇"\nhoem = 1\n')
    with pytest.raises(InputError) as refused:
        load(tmp_path, None, {}, TODAY)
    assert refused.value.code == "unknown_setting"
    assert refused.value.facts["key"] == "hoem"
    assert refused.value.facts["line"] == 2


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, "home = 'a'\ncounty = [\n'b'\nx")
    with pytest.raises(InputError) as refused:
        load(tmp_path, None, {}, TODAY)
    assert (refused.value.code, refused.value.facts["file"]) == ("config_syntax", "rosterrec.toml")


def test_a_named_settings_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        load(tmp_path, tmp_path / "other.toml", {}, TODAY)
    assert refused.value.code == "config_missing"


@pytest.mark.parametrize(
    ("as_of", "year"),
    [("2024-10-15", 2024), ("2024-09-01", 2024), ("2024-08-31", 2023), ("2025-02-01", 2024)],
)
def test_the_school_year_turns_in_september(as_of: str, year: int) -> None:
    settings = Settings(as_of=dt.date.fromisoformat(as_of))
    assert settings.school_year == year
    assert settings.cutoff_date == dt.date(year, 8, 31)
