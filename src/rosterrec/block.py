"""Stage 3: which records of two lists are worth comparing.

Most rows leave by the certain tier. The rest meet wherever they share a blocking key; each kind of
key survives a different error, so that a true pair is lost only where every one of them fails.
"""

from __future__ import annotations

import polars as pl

from rosterrec import frames, names
from rosterrec.frames import Finding, Keys, Pairs, Records

#: Pairs that one key value may make; a value shared by more people than that tells nothing.
LARGEST_BLOCK = 40_000


def certain(left: Records, right: Records) -> Pairs:
    """Pairs with the same valid ID and the same name, each number once in either list."""
    same = ["id", "name_key"]
    once_left = left.filter(pl.col("id").is_not_null() & pl.col("id").is_unique())
    once_right = right.filter(pl.col("id").is_not_null() & pl.col("id").is_unique())
    pairs = once_left.select(*same, left="rec").join(once_right.select(*same, right="rec"), on=same)
    return Pairs(pairs.select("left", "right").sort("left", "right"))


def keys(records: Records) -> Keys:
    """Blocking keys of every record, one row per (kind, key) it has."""
    near = names.near(pl.col("readings"))
    frame = records.with_columns(
        near=near.str.split("|"),
        day=pl.concat_list(
            pl.col("birth").dt.strftime("%Y%m%d"), pl.col("lunar_birth").dt.strftime("%Y%m%d")
        ).list.drop_nulls(),
        year=pl.col("birth").dt.strftime("%Y"),
    )
    kinds = {
        "id": _each(frame, pl.concat_list("id", "old_id").list.drop_nulls()),
        "id_head": _each(frame, _long(pl.coalesce("id", "id_part", "id_text"), head=14)),
        "id_part": _each(frame, _long(pl.coalesce("id", "id_part"), head=15)),
        "id_tail": _each(frame, _long(pl.coalesce("id", "id_text"), tail=8)),
        "name": _each(frame, pl.concat_list("name_key", "former_key").list.drop_nulls()),
        "sound_year": _with(frame, "near", pl.col("year")),
        "day_surname": _days(frame, pl.col("near").str.extract(r"^(\S+)")),
        "day_given": _days(frame, pl.col("near").str.extract(r"(\S+)$")),
        "month_sound": _with(frame, "near", _month()),
        "guardian": _each(frame, pl.col("guardians").str.split("|")),
        "phone": _each(frame, pl.concat_list("phone").list.drop_nulls()),
    }
    parts = [
        found.select("rec", pl.lit(kind).alias("kind"), "key") for kind, found in kinds.items()
    ]
    return Keys(frames.checked(pl.concat(parts).unique(), frames.KEYS, "Keys"))


def _each(frame: pl.DataFrame, values: pl.Expr) -> pl.DataFrame:
    """One row (rec, key) per element of a list of values."""
    exploded = frame.select("rec", key=values).explode("key", empty_as_null=False)
    return exploded.filter(pl.col("key").str.len_chars() > 0)


def _with(frame: pl.DataFrame, column: str, other: pl.Expr) -> pl.DataFrame:
    """One row per element of the column, joined with another value of the row."""
    exploded = frame.select("rec", column, other=other).explode(column, empty_as_null=False)
    joined = exploded.select("rec", key=pl.concat_str(column, "other", separator=" "))
    return joined.drop_nulls("key")


def _days(frame: pl.DataFrame, syllable: pl.Expr) -> pl.DataFrame:
    """One row per birthday (solar, or lunar read as solar) and reading of one character."""
    sounds = frame.select("rec", "near", "day").explode("near", empty_as_null=False)
    days = sounds.with_columns(syllable=syllable).explode("day", empty_as_null=False)
    return days.select("rec", key=pl.concat_str("day", "syllable", separator=" ")).drop_nulls("key")


def _long(text: pl.Expr, head: int = 0, tail: int = 0) -> pl.Expr:
    """The first or last characters of a number long enough to have them, as a list."""
    cut = text.str.head(head) if head else text.str.tail(tail)
    return pl.concat_list(
        pl.when(text.str.len_chars() >= max(head, 14)).then(cut)
    ).list.drop_nulls()


def _month() -> pl.Expr:
    return pl.coalesce("birth_month", pl.col("birth").dt.strftime("%Y%m"))


def pairs(left: Records, right: Records) -> tuple[Pairs, tuple[Finding, ...]]:
    """Distinct pairs that share at least one key, and the key values left out as too common."""
    left_keys, right_keys = keys(left), keys(right)
    on = ["kind", "key"]
    blocks = (
        left_keys.group_by(on)
        .agg(left_size=pl.len())
        .join(right_keys.group_by(on).agg(right_size=pl.len()), on=on)
        .with_columns(cost=pl.col("left_size").cast(pl.Int64) * pl.col("right_size"))
    )
    kept = blocks.filter(pl.col("cost") <= LARGEST_BLOCK).select(on)
    found = (
        left_keys.rename({"rec": "left"})
        .join(kept, on=on, how="semi")
        .join(right_keys.rename({"rec": "right"}), on=on)
        .select("left", "right")
        .unique()
        .sort("left", "right")
    )
    large = blocks.filter(pl.col("cost") > LARGEST_BLOCK).group_by("kind").len().sort("kind")
    findings = tuple(
        Finding("blocks_too_large", {"kind": kind, "keys": count})
        for kind, count in large.iter_rows()
    )
    return Pairs(frames.checked(found, frames.PAIRS, "Pairs")), findings
