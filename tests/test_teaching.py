"""Decided pairs looked at once more, and what they teach brought to the links."""

from __future__ import annotations

import datetime as dt
import random

import polars as pl
import pytest

from listed import records
from rosterrec import frames
from rosterrec.frames import ROLE, Field, Finding, Links, Role
from rosterrec.ids import complete
from rosterrec.link import link
from rosterrec.link.teaching import is_worth_hearing, teach
from rosterrec.score.taught import HEARD, LEAST

DAY = dt.timedelta(days=1)
TOLD = {**frames.PAIRS, "verdict": pl.String()}
Row = dict[Field, str]


def child(n: int, *, late: int = 0, numbered: bool = False) -> Row:
    """A child of whom the other list may say a birthday so many days late."""
    born = dt.date(2010, 1, 1) + 9 * n * DAY
    row = {Field.NAME: f"王{chr(0x4E00 + n)}{chr(0x5E00 + n)}", Field.SEX: "男",
           Field.BIRTH: (born + late * DAY).isoformat()}  # fmt: skip
    number = complete(f"349921{born:%Y%m%d}011")
    return row | ({Field.ID: number} if numbered else {})


def heard_of(
    told: list[tuple[int, int, str]], right: list[Row], role: Role = Role.REGISTRY
) -> pl.DataFrame:
    """What is heard of these judgements; the police list has as many people, all with numbers."""
    people = records(Role.POPULATION, [child(n, numbered=True) for n in range(len(right))])
    judged = pl.DataFrame(told, schema=TOLD, orient="row")
    made = link(people, records(role, right), Role.POPULATION, role, judged, hear=True)
    return made.heard


LATE = [child(n, late=1) for n in range(4)]


def test_decided_pairs_of_the_queue_are_heard() -> None:
    found = heard_of([(0, 0, "same"), (1, 1, "different")], LATE)
    assert dict(found.schema) == HEARD
    assert sorted(found["same"]) == [False, True]
    assert found["probability"].is_between(0.1, 0.999).all()


def test_a_pair_that_number_and_name_settle_teaches_nothing() -> None:
    assert heard_of([(0, 0, "same")], [child(0, numbered=True), *LATE[1:]]).is_empty()


def test_strangers_whom_nobody_would_ask_about_teach_nothing() -> None:
    assert heard_of([(3, 0, "different")], LATE).is_empty()


def test_what_people_left_open_teaches_nothing() -> None:
    assert heard_of([(0, 0, "unsure"), (1, 1, "disputed")], LATE).is_empty()


def test_nobody_decided_nothing_is_heard() -> None:
    assert heard_of([], LATE).is_empty()


def queue(n: int, wrong: int = 0) -> tuple[Links, pl.DataFrame]:
    """Links of every decision, and decisions that say less than the weights, some turned round."""
    chance = random.Random(3)
    rows, said = [], []
    for at in range(n):
        weight = chance.uniform(-3, 6)
        likely = 2**weight / (1 + 2**weight)
        same = chance.random() < 2 ** (weight - 3) / (1 + 2 ** (weight - 3))
        said.append((f"f{at}", weight, likely, same != (at < wrong)))
        pair = {
            "left_source": "population", "right_source": "registry", "left": at, "right": at,
            "weight": weight, "probability": likely, "basis": "likely",
        }  # fmt: skip
        rows += [{**pair, "decision": it} for it in ("accepted", "review", "rejected")]
    whole = frames.conform(pl.DataFrame(rows), frames.LINKS)
    return Links(whole), pl.DataFrame(said, schema=HEARD, orient="row")


def judged(heard: pl.DataFrame) -> pl.DataFrame:
    """What people said of pairs, were it of these."""
    verdict = pl.when("same").then(pl.lit("same")).otherwise(pl.lit("different"))
    sources = {"left_source": pl.lit("population"), "right_source": pl.lit("registry")}
    told = heard.with_row_index("left").with_columns(verdict=verdict, right="left", **sources)
    return frames.conform(told, frames.JUDGEMENTS)


def taught_by(links: Links, heard: pl.DataFrame) -> tuple[Links, tuple[Finding, ...]]:
    return teach(links, [heard], judged(heard))


def codes(n: int, wrong: int = 0) -> list[str]:
    links, heard = queue(n, wrong)
    return [note.code for note in taught_by(links, heard)[1]]


def test_the_run_says_what_it_made_of_decisions() -> None:
    links, _ = queue(3)
    assert teach(links, [], frames.empty(frames.JUDGEMENTS)) == (links, ())
    assert codes(LEAST - 1) == ["learning_few"]
    assert codes(600) == ["learning_used"]
    assert codes(600, wrong=300) == ["learning_no_help"]


def test_too_few_decisions_are_not_looked_at_again_and_counted_all_the_same() -> None:
    links, heard = queue(LEAST - 1)
    few = judged(heard)
    assert not is_worth_hearing(few)
    (note,) = teach(links, [], few)[1]
    assert (note.code, note.facts["n"]) == ("learning_few", LEAST - 1)
    assert is_worth_hearing(judged(queue(LEAST)[1]))


def test_of_many_decisions_only_those_of_the_queue_can_be_learnt_from() -> None:
    links, heard = queue(LEAST)
    (note,) = teach(links, [heard.head(3)], judged(heard))[1]
    assert (note.code, note.facts["n"]) == ("learning_few", 3)
    (note,) = teach(links, [], judged(heard))[1]
    assert (note.code, note.facts["n"]) == ("learning_few", 0)


def test_pairs_that_come_before_nobody_are_not_counted() -> None:
    links, heard = queue(LEAST)
    between = judged(heard).with_columns(left_source=pl.lit("registry"))
    assert not is_worth_hearing(between)
    assert teach(links, [], between) == (links, ())


def test_decisions_that_do_not_help_leave_every_link_as_it_was() -> None:
    links, heard = queue(600, wrong=300)
    assert taught_by(links, heard)[0].equals(links)


@pytest.mark.parametrize("wrong", [0, 60, 540, 600])
def test_no_clerk_moves_a_link_out_of_or_into_review(wrong: int) -> None:
    links, heard = queue(600, wrong)
    found, _ = taught_by(links, heard)
    same = ["left", "right", "basis", "decision"]
    assert found.select(same).equals(links.select(same))
    settled = pl.col("decision") != "review"
    assert found.filter(settled).equals(links.filter(settled))


def test_what_is_learnt_reaches_the_queue_alone() -> None:
    links, heard = queue(600)
    others = links.with_columns(
        left_source=pl.lit("registry", dtype=ROLE), right_source=pl.lit("roster", dtype=ROLE)
    )  # fmt: skip
    left_open = links.with_columns(basis=pl.lit("unsure"))
    found, _ = taught_by(Links(pl.concat([links, others, left_open])), heard)
    n = len(links)
    assert found[n:].equals(pl.concat([others, left_open]))
    waiting = found[:n].filter(pl.col("decision") == "review")
    before = links.filter(pl.col("decision") == "review")
    assert (waiting["probability"] < before["probability"]).mean() > 0.9
