"""The ledger: a chain of entries, superseded and never edited; the file proven before use."""

import sqlite3
import stat
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rosterrec.errors import LedgerError, OutputError
from rosterrec.ledger import Entry, Hand, Kind, Ledger, Run, Verdict, find, people, schema, store
from rosterrec.ledger.mounts import kind_of_mount

A, B = "population.a.b.c.-", "registry.a.d.c.-"
WANG = Hand("wang", "decide", workbook="a.xlsx", workbook_sha256="1", run_id="r_1", known=0)
LI = replace(WANG, who="li", workbook="b.xlsx", workbook_sha256="2")
SAME = Entry(Kind.PAIR, A, B, Verdict.SAME)
DIFFERENT = replace(SAME, verdict=Verdict.DIFFERENT)
RUN = Run(
    run_id="2024-10-15_1", run_key="k", folder="rosterrec", as_of=date(2024, 10, 15),
    started="s", finished="f", version="1", settings={"lang": "zh"}, figures={"n": 1},
    inputs=(("a.csv", "00"),),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rosterrec.db"


def test_an_entry_is_read_back_as_written(path: Path) -> None:
    entry = Entry(
        Kind.STATUS, A, verdict="deceased", on_date=date(2024, 9, 1), document_no="〔2024〕3号",
        document_date=date(2024, 9, 2), reason="户口注销", note="村委会", left_shown="张*",
    )  # fmt: skip
    with Ledger(path) as ledger:
        ledger.add([entry], WANG)
    with Ledger(path, write=False) as ledger:
        (read,) = ledger.standing()
    assert read.entry == entry
    assert (read.who, read.workbook, read.run_id) == ("wang", "a.xlsx", "r_1")


def test_the_same_entry_twice_adds_nothing(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add([SAME], WANG)
        taken = ledger.add([SAME], replace(WANG, workbook_sha256="9"))
        assert (taken.added, taken.again) == ((), (SAME,))
        assert ledger.head().seq == 1


def test_a_change_of_mind_supersedes(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add([SAME], WANG)
        taken = ledger.add([DIFFERENT], WANG)
        assert taken.overturned == ((2, 1),)
        assert [d.entry.verdict for d in ledger.standing()] == ["different"]
        assert [d.superseded_by for d in ledger.every()] == [(2,), ()]


def test_two_hands_that_disagree_both_stand(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add([SAME], WANG)
        taken = ledger.add([DIFFERENT], LI)
        assert taken.against == ((2, 1),)
        assert [d.entry.verdict for d in ledger.standing()] == ["same", "different"]
        ledger.add([SAME], WANG)
        ledger.add([DIFFERENT], LI)
        assert ledger.head().seq == 2


def test_who_knew_of_a_disagreement_settles_it(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add([SAME], WANG)
        ledger.add([DIFFERENT], LI)
        ledger.add([SAME], replace(WANG, run_id="r_2", known=2))
        assert [(d.seq, d.entry.verdict) for d in ledger.standing()] == [(3, "same")]


def test_what_was_retracted_does_not_come_back_with_the_same_workbook(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add([SAME], WANG)
        assert ledger.retract([1, 7], "看错了", replace(WANG, command="ledger")) == [2]
        assert ledger.standing() == []
        assert ledger.add([SAME], WANG).added == ()


def test_visits_add_up(path: Path) -> None:
    first = Entry(Kind.ATTEMPT, A, on_date=date(2024, 9, 1), note="无人接听")
    second = replace(first, on_date=date(2024, 9, 8))
    with Ledger(path) as ledger:
        ledger.add([first, second], WANG)
        ledger.add([first, second], WANG)
        assert len(ledger.standing()) == 2


def test_nothing_is_changed_or_removed(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add([SAME], WANG)
        for statement in ("UPDATE decisions SET who = 'x'", "DELETE FROM decisions"):
            with pytest.raises(sqlite3.IntegrityError, match="append only"):
                ledger.connection.execute(statement)


def test_every_table_is_sealed(path: Path) -> None:
    with Ledger(path) as ledger:
        names = "SELECT name FROM sqlite_master WHERE type = ?"
        tables = {name for (name,) in ledger.connection.execute(names, ("table",))}
        triggers = {name for (name,) in ledger.connection.execute(names, ("trigger",))}
    assert triggers >= {f"{table}_no_{act}" for table in tables for act in ("update", "delete")}


def test_an_act_is_whole_or_nothing(path: Path) -> None:
    with Ledger(path) as ledger:
        with suppress(ZeroDivisionError), ledger.act():
            ledger.record(RUN)
            raise ZeroDivisionError
        assert ledger.runs() == []


def test_a_run_is_read_back(path: Path) -> None:
    with Ledger(path) as ledger:
        with ledger.act():
            number = ledger.record(RUN)
        assert ledger.runs() == [replace(RUN, run=number)]
        assert ledger.run("2024-10-15_1", "rosterrec") == replace(RUN, run=number)
        assert ledger.run("2024-10-15_1", "elsewhere") is None


def test_check_finds_an_entry_that_was_altered(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add([SAME, Entry(Kind.NOTE, A, note="x")], WANG)
        ledger.check()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER decisions_no_update")
        raw.execute("UPDATE decisions SET verdict = 'different' WHERE seq = 1")
        raw.commit()
    with Ledger(path, write=False) as ledger, pytest.raises(LedgerError) as refused:
        ledger.check()
    assert (refused.value.code, refused.value.facts["entry"]) == ("ledger_altered", 1)


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    Ledger(path).connection.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"not a database", "ledger_foreign"), (b"SQLite format 3\0" + b"\0" * 90, "ledger_damaged")],
)
def test_what_is_no_ledger_is_refused_and_left_alone(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    with pytest.raises(LedgerError) as refused:
        Ledger(path)
    assert (refused.value.code, refused.value.exit_status) == (code, 5)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE theirs (x)")
    with pytest.raises(LedgerError) as refused:
        Ledger(path)
    assert refused.value.code == "ledger_foreign"


def test_a_damaged_page_is_found_on_opening(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add([replace(SAME, note=f"{n}" * 50, right=f"{B}{n}") for n in range(300)], WANG)
    content = bytearray(path.read_bytes())
    content[8192:12000] = b"\xff" * 3808
    path.write_bytes(content)
    with pytest.raises(LedgerError) as refused:
        Ledger(path)
    assert refused.value.code == "ledger_damaged"


def test_a_newer_ledger_is_refused(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError) as refused:
        Ledger(path)
    assert refused.value.code == "ledger_newer"


def test_an_older_ledger_is_migrated_and_a_copy_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(path) as ledger:
        ledger.add([SAME], WANG)
    more = (*schema.MIGRATIONS, ("CREATE TABLE fresh (x)",))
    monkeypatch.setattr(store, "MIGRATIONS", more)
    monkeypatch.setattr(store, "VERSION", len(more))
    with Ledger(path) as ledger:
        assert len(ledger.standing()) == 1
        assert store.pragma(ledger.connection, "user_version") == len(more)
        ledger.connection.execute("SELECT * FROM fresh")
    copy = path.with_name(f"rosterrec.db.v{len(more) - 1}.bak")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT count(*) FROM decisions").fetchone() == (1,)
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name, copy.name]


def test_a_ledger_of_every_earlier_version_with_people_in_it_opens(path: Path) -> None:
    with pytest.MonkeyPatch.context() as then:
        then.setattr(store, "MIGRATIONS", schema.MIGRATIONS[:2])
        then.setattr(store, "VERSION", 2)
        with Ledger(path) as ledger, ledger.act() as connection:
            number = ledger.record(RUN)
            connection.execute(
                "INSERT INTO person_aliases (person_id, copies, run) VALUES ('P1', 1, ?)", (number,)
            )
    with Ledger(path) as ledger:
        assert people.aliases(ledger.connection).is_empty()
        assert len(ledger.runs()) == 1
    with closing(sqlite3.connect(path.with_name("rosterrec.db.v2.bak"))) as raw:
        assert raw.execute("SELECT count(*) FROM person_aliases").fetchone() == (1,)


def test_a_failed_migration_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(path) as ledger:
        ledger.add([SAME], WANG)
    before = path.read_bytes()
    more = (*schema.MIGRATIONS, ("CREATE TABLE fresh (x)", "CREATE TABLE fresh (x)"))
    monkeypatch.setattr(store, "MIGRATIONS", more)
    monkeypatch.setattr(store, "VERSION", len(more))
    with pytest.raises(LedgerError):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_busy_ledger_is_refused_after_waiting(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(path) as holder, holder.act():
        monkeypatch.setattr(store, "PATIENCE", 0.05)
        with pytest.raises(OutputError) as refused, Ledger(path) as other:
            other.add([SAME], WANG)
    assert (refused.value.code, refused.value.exit_status) == ("ledger_locked", 4)


def test_a_ledger_one_folder_up_serves_every_month(tmp_path: Path) -> None:
    month = tmp_path / "2024-10"
    month.mkdir()
    assert find(month) == month / "rosterrec.db"
    (tmp_path / "rosterrec.db").touch()
    assert find(month) == tmp_path / "rosterrec.db"
    (month / "rosterrec.db").touch()
    assert find(month) == month / "rosterrec.db"


def test_the_mount_of_a_folder_is_the_innermost() -> None:
    table = (
        "21 1 8:1 / / rw - ext4 /dev/sda rw\n22 21 0:40 / /mnt/my\\040share rw - cifs //s/x rw\n"
    )
    assert kind_of_mount(Path("/mnt/my share/2024"), table) == "cifs"
    assert kind_of_mount(Path("/mnt/other"), table) == "ext4"


def test_a_network_share_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "on_a_network", lambda folder: True)
    with pytest.raises(OutputError) as refused:
        Ledger(path)
    assert refused.value.code == "ledger_on_network"
    assert not path.exists()
