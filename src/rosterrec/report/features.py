"""The two values of a feature as a person reads them, and how far they agree in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rosterrec.frames import FEATURES
from rosterrec.messages import catalogue, text
from rosterrec.report.masking import (
    masked_date,
    masked_name,
    masked_names,
    masked_number,
    masked_phone,
)

Record = dict[str, Any]
#: Levels that hang on a number behind a student number.
_BY_STUDENT_NO = ("recovered", "old_differs")
#: Levels that say of themselves that they weigh nothing.
_SILENT = ("missing", "implied")
#: Bits below which a weight is nothing.
_NOTHING = 0.005


def features(pair: Record, left: Record, right: Record, lang: str, *, reveal: bool) -> list[Record]:
    """Every feature of a pair: both values, the level, the weight.

    Args:
        pair: ``<feature>_level`` and ``<feature>_weight`` of the pair.
        left: the record on one side.
        right: the record on the other.
        lang: language of the words.
        reveal: show values whole.
    """
    shown = []
    for feature in FEATURES:
        level, weight = pair[f"{feature}_level"], pair[f"{feature}_weight"]
        values = [_value(feature, level, record, lang) for record in (left, right)]
        both = None not in values
        masked = values if reveal else _masked(feature, values)
        shown.append(
            {
                "feature": feature,
                "words": text(f"differs.{feature}", lang),
                "left": _listed(masked[0], lang),
                "right": _listed(masked[1], lang),
                "level": level,
                "level_words": level_in_words(level, weight, lang, both=both),
                "weight": round(weight, 6),
            }
        )
    return shown


def level_in_words(level: str, weight: float, lang: str, *, both: bool) -> str:
    """A level as a clerk reads it; one that weighs nothing says why.

    Args:
        level: the code.
        weight: bits of the feature.
        lang: language of the words.
        both: both sides have a value.
    """
    if level == "missing" and both:
        return text("explain.set_aside", lang)
    words = text(f"level.{level}", lang) if f"level.{level}" in catalogue() else level
    if level != "missing" and not both:
        words = text("explain.by_family", lang, level=words)
    if level in _SILENT or abs(weight) >= _NOTHING:
        return words
    return text("explain.counted", lang, level=words)


def _value(feature: str, level: str, record: Record, lang: str) -> str | None:
    if feature == "id":
        behind = level in _BY_STUDENT_NO and record["id"] is None and record["old_id"] is not None
        number: str | None = record["student_no"] if behind else record["id_text"]
        return number
    if feature == "birth":
        date = record["birth"]
        month: str | None = record["birth_month"]
        return date.isoformat() if date else month
    if feature == "sex":
        return text(f"sex.{record['sex']}", lang) if record["sex"] else None
    if feature == "class":
        return _class(record, lang)
    value: str | None = record[{"guardian": "guardians"}.get(feature, feature)]
    return value


def _class(record: Record, lang: str) -> str | None:
    parts = [record["school"]] if record["school"] else []
    parts += [
        text(f"explain.{key}", lang, n=record[key])
        for key in ("grade", "class_name")
        if record[key] is not None
    ]
    return ("" if lang == "zh" else ", ").join(parts) or None


_MASKS: dict[str, Callable[[str | None], str | None]] = {
    "name": masked_name,
    "birth": masked_date,
    "guardian": masked_names,
    "phone": masked_phone,
}


def _masked(feature: str, values: list[str | None]) -> list[str | None]:
    one, two = values
    if feature == "id":
        return [masked_number(one, two), masked_number(two, one)]
    mask = _MASKS.get(feature)
    return [mask(value) for value in values] if mask else values


def _listed(value: str | None, lang: str) -> str | None:
    """Several values of a cell with the language's own mark between them."""
    return value and value.replace("|", text("word.comma", lang))
