"""Codes in a column into the words of one language, and people in words."""

from __future__ import annotations

import polars as pl

from rosterrec.messages import LANGUAGES, catalogue, text
from rosterrec.once import distinct
from rosterrec.reconciliation import Reconciliation


def words_of(table: str, lang: str) -> dict[str, str]:
    """Every code of one table of ``messages.toml`` with its words."""
    i = LANGUAGES.index(lang)
    prefix = f"{table}."
    return {k.removeprefix(prefix): v[i] for k, v in catalogue().items() if k.startswith(prefix)}


def label(codes: pl.Expr, table: str, lang: str) -> pl.Expr:
    """Codes as words; a code without words stays itself."""
    return codes.replace(words_of(table, lang))


def labels(codes: pl.Expr, table: str, lang: str) -> pl.Expr:
    """Codes joined by "," as words joined by the language's own mark."""
    mark, words = {"zh": "；", "en": "; "}[lang], words_of(table, lang)

    def worded(it: pl.Expr) -> pl.Expr:
        return it.str.split(",").list.eval(pl.element().replace(words)).list.join(mark)

    return distinct(codes, worded)


def described(rec: Reconciliation, *which: pl.Expr) -> pl.LazyFrame:
    """People with their codes as words; codes that select rows stay beside as ``*_code``.

    ``guardians_listed`` has them as the list does, with "|" between.

    Args:
        rec: the run.
        which: conditions on the people as they are in the run.
    """
    lang = rec.settings.lang
    sentences = {code: words[lang] for code, words in rec.rules.items()}
    return (
        rec.people.lazy()
        .filter(*which)
        .with_columns(
            status_code=pl.col("status"),
            proof_code=pl.col("proof"),
            guardians_listed=pl.col("guardians"),
            status=label(pl.col("status"), "status", lang),
            sex=label(pl.col("sex"), "sex", lang),
            proof=label(pl.col("proof"), "proof", lang),
            flags=labels(pl.col("flags"), "flag", lang),
            claim=_without_repeat(pl.col("claim")),
            note=with_check(pl.col("note"), pl.col("proof_false_on"), lang),
            reason=pl.col("rule").replace(sentences),
            guardians=pl.col("guardians").str.replace_all(
                "|", text("word.comma", lang), literal=True
            ),
        )
    )


def with_check(note: pl.Expr, false_on: pl.Expr, lang: str) -> pl.Expr:
    """A remark that begins with the day on which a call found the proof false, if one did."""
    before, _, after = text("word.proof_false", lang, day="\n").partition("\n")
    day = pl.concat_str(pl.lit(before), false_on.dt.strftime("%Y-%m-%d"), pl.lit(after))
    parts = pl.concat_str(day, note, separator={"zh": "；", "en": "; "}[lang], ignore_nulls=True)
    return pl.when(day.is_null()).then(note).otherwise(parts)


def _without_repeat(claim: pl.Expr) -> pl.Expr:
    """A claim "place school" as the school alone where the school's name begins with the place."""
    halves = claim.str.splitn(" ", 2).struct
    place, school = halves.field("field_0"), halves.field("field_1")
    return pl.when(school.str.starts_with(place)).then(school).otherwise(claim)
