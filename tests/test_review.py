"""The review on the terminal: what comes first, what an answer settles, and what keys do."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from rosterrec.cli import app
from rosterrec.commands.reviewing import Review, answered_since
from rosterrec.frames import FEATURES
from rosterrec.ledger import Hand, Ledger
from rosterrec.link import waiting
from rosterrec.report.beside import Beside
from rosterrec.screen.console import Console
from rosterrec.screen.contrast import lines
from rosterrec.screen.keyboard import END, keyboard

HAND = Hand("wang", "review", run_id="r_1", known=0)
BLANK = dict.fromkeys(
    ("id_text", "student_no", "birth_month", "sex", "guardians", "phone", "household", "village",
     "school", "grade", "class_name", "birth"),
)  # fmt: skip


def links(*rows: tuple[int, int, float]) -> pl.DataFrame:
    """Open pairs: row of the police list, row of the roster, probability."""
    return pl.DataFrame([
        {"left_source": "population", "left_file": "p", "left_sheet": "", "left_row": left,
         "right_source": "roster", "right_file": "c", "right_sheet": "", "right_row": right,
         "probability": p, "basis": "tied", "decision": "review",
         **{f"{feature}_level": "missing" for feature in FEATURES}}
        for left, right, p in rows
    ])  # fmt: skip


def people(**status: str) -> pl.DataFrame:
    """A police list by row, as ``row_<n>``."""
    return pl.DataFrame([
        {"file": "p", "sheet": "", "row": int(row[4:]), "status": code}
        for row, code in status.items()
    ])  # fmt: skip


def rows(pairs: pl.DataFrame) -> list[tuple[int, int]]:
    return list(pairs.select("left_row", "right_row").iter_rows())


def test_what_unlocks_most_comes_first_then_the_largest_doubt() -> None:
    pairs = links((2, 20, 0.9), (3, 30, 0.5), (4, 40, 0.6), (5, 40, 0.6))
    told = waiting.queue(pairs, people(row_2="review", row_3="review", row_4="review",
                                       row_5="review"))  # fmt: skip
    assert rows(told) == [(4, 40), (5, 40), (3, 30), (2, 20)]
    assert told["unlocks"].to_list() == [2, 2, 1, 1]


def test_a_child_settled_otherwise_unlocks_nothing() -> None:
    told = waiting.queue(links((2, 20, 0.5), (3, 30, 0.9)), people(row_2="local", row_3="review"))
    assert told.select("left_row", "unlocks").rows() == [(3, 1), (2, 0)]
    assert waiting.children(told) == 1


def test_a_row_that_is_one_childs_is_no_other_childs() -> None:
    pairs = waiting.queue(links((2, 20, 0.5), (3, 20, 0.5), (3, 30, 0.5)), people(row_2="review"))
    said = pl.Series(["same" if r == (2, 20) else None for r in rows(pairs)], dtype=pl.String)
    assert rows(waiting.still_open(pairs, said)) == [(3, 30)]


def beside(left: int, right: int) -> Beside:
    pair = links((left, right, 0.5)).with_columns(unlocks=1).row(0, named=True)
    own = {
        **BLANK,
        "key": f"population.a{left}.b.c.-",
        "name": "张小伟",
        "id": "349921201403070010",
    }
    other = {**BLANK, "key": f"roster.a{right}.b.c.-", "name": "张小炜", "id": "349921201403070029"}
    return Beside(own, other, pair)


class Fed:
    """Keys pressed beforehand."""

    def __init__(self, keys: str, words: str = "") -> None:
        self._keys, self._words = iter(keys), words

    def key(self) -> str:
        return next(self._keys, END)

    def line(self, prompt: str) -> str:
        return self._words


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "rosterrec.db") as opened:
        yield opened


def sitting(ledger: Ledger) -> Review:
    pairs = waiting.queue(links((2, 20, 0.5), (3, 30, 0.6)), people(row_2="review", row_3="review"))
    records = [beside(2, 20), beside(3, 30)]
    said = answered_since(ledger.standing_frame(), 0, records)
    return Review(Console("en"), ledger, HAND, pairs, records, said)


def verdicts(ledger: Ledger) -> list[tuple[str, str]]:
    return [(d.entry.left, d.entry.verdict) for d in ledger.standing()]


def test_each_answer_is_kept_and_the_next_sitting_goes_on(ledger: Ledger) -> None:
    sitting(ledger).walk(Fed("1q"))
    assert verdicts(ledger) == [("population.a2.b.c.-", "same")]
    again = sitting(ledger)
    assert len(again.remaining()) == 1
    again.walk(Fed("d"))
    assert verdicts(ledger)[1] == ("population.a3.b.c.-", "different")


def test_back_changes_an_answer(ledger: Ledger) -> None:
    sitting(ledger).walk(Fed("1bd3"))
    assert [v for _, v in verdicts(ledger)] == ["different", "unsure"]
    assert len(ledger.every()) == 3


def test_back_at_the_first_pair_and_other_keys_do_nothing(ledger: Ledger) -> None:
    sitting(ledger).walk(Fed("b\x1bxq"))
    assert verdicts(ledger) == []


def test_a_note_goes_with_the_answer(ledger: Ledger) -> None:
    sitting(ledger).walk(Fed("nu", "问过\x1b[31m老师 "))
    (kept,) = ledger.standing()
    assert (kept.entry.note, kept.entry.verdict) == ("问过[31m老师", "unsure")
    assert json.loads(kept.entry.seen or "")["levels"]["name"] == "missing"


def test_an_answer_given_anew_counts_once_and_keeps_its_note(ledger: Ledger) -> None:
    review = sitting(ledger)
    review.walk(Fed("n1bd", "问过老师"))
    (kept,) = ledger.standing()
    assert (kept.entry.verdict, kept.entry.note) == ("different", "问过老师")
    assert review.answered == 1


def test_what_the_run_knew_and_left_open_is_asked_again(ledger: Ledger) -> None:
    sitting(ledger).walk(Fed("u"))
    records = [beside(2, 20)]
    assert answered_since(ledger.standing_frame(), 0, records) == ["unsure"]
    assert answered_since(ledger.standing_frame(), 1, records) == [None]


def test_differing_characters_are_marked_and_the_rest_is_masked() -> None:
    name, number = lines(beside(2, 20), Console("zh"), reveal=False)
    assert (name.left, name.right, name.sign) == ("张*伟", "张*炜", "≠")
    assert name.marks == (frozenset({2}), frozenset({2}))
    assert (number.left, number.right) == ("349921**********10", "349921**********29")
    whole = lines(beside(2, 20), Console("zh"), reveal=True)
    assert whole[1].left == "349921201403070010"


def test_what_only_one_record_has_is_neither_same_nor_different() -> None:
    pair = beside(2, 20)
    alone = replace(pair, right={**pair.right, "id": None})
    assert lines(alone, Console("zh"), reveal=True)[1].sign == " "


def test_without_a_terminal_it_says_so() -> None:
    ended = CliRunner().invoke(app, ["review", "--lang", "en"])
    assert (ended.exit_code, "terminal" in ended.stderr) == (2, True)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal of which this end types."""
    here, there = os.openpty()
    with os.fdopen(there) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield here
    os.close(here)


def test_keys_come_one_by_one_and_an_arrow_is_no_letter(typing: int) -> None:
    with keyboard() as keys:
        os.write(typing, "S２同".encode())
        assert [keys.key() for _ in range(3)] == ["s", "2", "同"]
        os.write(typing, b"\x1b[D")
        assert keys.key() == "\x1b"
        os.write(typing, b"u\x04")
        assert [keys.key(), keys.key()] == ["u", END]


def test_ctrl_c_ends_the_wait_for_a_key(typing: int) -> None:
    assert len(pl.DataFrame({"a": [1]}).filter(pl.col("a") > 0)) == 1  # which lets waits go on
    press = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
    late = threading.Timer(20, os.write, (typing, b"x"))
    for timer in (press, late):
        timer.daemon = True
        timer.start()
    with keyboard() as keys, pytest.raises(KeyboardInterrupt):
        keys.key()
    late.cancel()
