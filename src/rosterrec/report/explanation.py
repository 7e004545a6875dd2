"""A person's evidence in words: one document, masked unless asked otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from rosterrec.classify.rules import RULES
from rosterrec.frames import Role
from rosterrec.messages import catalogue, text
from rosterrec.report.evidence import Pair
from rosterrec.report.features import features
from rosterrec.report.masking import masked_name, masked_number
from rosterrec.report.pairs import CONCEIVABLE, HIGH, MIDDLE
from rosterrec.report.recorded import Place, Recorded

SCHEMA = "rosterrec.explain/1"
Row = dict[str, Any]
Records = Mapping[Place, Row]
_SOUGHT_IN = (Role.REGISTRY, Role.ROSTER, Role.WHEREABOUTS, Role.FILING)
#: So many features may be named as speaking against a pair, from so many bits on.
_AGAINST, _LEAST_AGAINST = 3, -0.5

_FALSE_ON = "proof_false_on"


@dataclass(frozen=True)
class Voice:
    """How to speak of a person: the language, and whether to show names and numbers whole."""

    lang: str
    reveal: bool = False

    def say(self, key: str, /, **facts: object) -> str:
        """A sentence; a code that has none stays itself."""
        return text(key, self.lang, **facts) if key in catalogue() else key.partition(".")[2]

    def name(self, name: str | None) -> str | None:
        """A name as it may be shown."""
        return name if self.reveal else masked_name(name)


def explanation(
    run: Recorded, person: Row, pairs: list[Pair], records: Records, voice: Voice
) -> Row:
    """The document of one person.

    Args:
        run: the run.
        person: a row of its people.
        pairs: the person's pairs.
        records: the record at every place of them.
        voice: language and masking.
    """
    told = [(pair, _evidence(run, pair, records, voice)) for pair in pairs]
    own = [(pair, each) for pair, each in told if pair.own.source == Role.POPULATION]
    by_list = {
        role: [(pair, each) for pair, each in own if pair.other.source == role]
        for role in (*_SOUGHT_IN, Role.POPULATION)
    }
    return {
        "schema": SCHEMA,
        "run_id": run.folder.name,
        "as_of": run.summary["as_of"],
        "revealed": voice.reveal,
        "person": _person(person, voice) | {"proof_false_on": _proof_false_on(run, person)},
        "lists": [
            _list(run, role, found, voice)
            for role, found in by_list.items()
            if found or role is not Role.POPULATION
        ],
        "between": [each for pair, each in told if pair.own.source != Role.POPULATION],
    }


def _list(run: Recorded, role: Role, found: list[tuple[Pair, Row]], voice: Voice) -> Row:
    """What one list holds of the person: every link, or the nearest row."""
    return {
        "role": str(role),
        "words": voice.say(f"role.{role}"),
        "supplied": bool(run.summary["lists"][role]["used"]),
        "links": [each for pair, each in found if pair.linked],
        "nearest": max(
            (each for pair, each in found if not pair.linked),
            key=lambda each: each["sum"],
            default=None,
        ),
    }


def hit(person: Row, voice: Voice) -> Row:
    """A person in one line, to choose from."""
    birth = person["birth_date"]
    return {
        "person_id": person["person_id"],
        "file": person["file"],
        "sheet": person["sheet"],
        "row": person["row"],
        "name": voice.name(person["name"]),
        "birth": (birth.isoformat() if voice.reveal else str(birth.year)) if birth else None,
        "village": person["village"],
    }


def _person(person: Row, voice: Voice) -> Row:
    number = person["id_number"]
    rules = {rule.code: rule.explanation(voice.lang) for rule in RULES}
    flags = [code for code in (person["flags"] or "").split(",") if code]
    return {
        **hit(person, voice),
        "id_number": number if voice.reveal else masked_number(number),
        **{key: person[key] for key in ("sex", "age", "household", "status", "proof", "rule")},
        "status_words": voice.say(f"status.{person['status']}"),
        "proof_words": voice.say(f"proof.{person['proof']}"),
        "rule_words": rules.get(person["rule"], person["rule"]),
        "flags": [{"code": code, "words": voice.say(f"flag.{code}")} for code in flags],
        **{key: person[key] for key in ("school", "school_town", "grade", "class_name")},
    }


def _proof_false_on(run: Recorded, person: Row) -> str | None:
    """The day of the call that found the child's proof false; None where none did."""
    try:
        cases = pl.read_parquet(run.folder / "cases.parquet", columns=["person_id", _FALSE_ON])
    except (OSError, pl.exceptions.PolarsError):
        return None  # a run of an earlier version
    own = cases.filter(pl.col("person_id") == person["person_id"])[_FALSE_ON].drop_nulls()
    return own[0].isoformat() if len(own) else None


def _evidence(run: Recorded, pair: Pair, records: Records, voice: Voice) -> Row:
    """One pair: where the row stands, what was decided on what grounds, and the sum of weights."""
    row = pair.evidence
    own, other = records[pair.own], records[pair.other]
    told = features(row, own, other, voice.lang, reveal=voice.reveal)
    runner_up = row["runner_up"]
    against = sorted(
        (each for each in told if each["weight"] <= _LEAST_AGAINST), key=lambda it: it["weight"]
    )
    return {
        "left": pair.own._asdict(),
        "right": pair.other._asdict(),
        "recorded": pair.recorded,
        "decision": row["decision"],
        "decision_words": voice.say(f"decision.{row['decision']}"),
        "basis": row["basis"],
        "basis_words": voice.say(f"basis.{row['basis']}"),
        "features": told,
        "prior": pair.prior,
        "sum": row["weight"],
        "probability": row["probability"],
        "probability_words": _likelihood(row["probability"], voice),
        "conceivable": row["probability"] >= CONCEIVABLE,
        "runner_up": runner_up,
        "lead": None if runner_up is None else round(row["weight"] - runner_up, 6),
        "against": [each["feature"] for each in against[:_AGAINST]],
        "rivals": [_rival(run, place, link, voice) for place, link in pair.rivals],
    }


def _likelihood(probability: float, voice: Voice) -> str:
    """The probability as a word and per cent that are cut and never reach 0 or 100."""
    percent = int(min(probability * 100, 99))
    key = "high" if probability >= HIGH else "middle" if probability >= MIDDLE else "low"
    return voice.say(f"likelihood.{key}", p=f"{percent}%" if percent else "<1%")


def _rival(run: Recorded, place: Place, link: Row, voice: Voice) -> Row:
    """Another child who has the row, or may have it."""
    here = run.people.filter(
        (pl.col("file") == place.file)
        & (pl.col("sheet") == place.sheet)
        & (pl.col("row") == place.row)
    )
    return {
        **hit(here.row(0, named=True), voice),
        "decision": link["decision"],
        "sum": link["weight"],
    }
