"""Stage 4: how far each feature of a pair agrees, as a level with a name.

Levels are tried from the strongest to the weakest; the first that holds counts. Missing is a level
of its own and weighs nothing: an empty cell never speaks against a child.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl

from rosterrec import dates, frames, ids, names
from rosterrec.frames import Compared, IdKind, Pairs, Records
from rosterrec.once import once, seldom

_COLUMNS = [
    "name", "name_key", "former_key", "readings", "near", "id", "id_kind", "id_text", "id_part",
    "old_id", "birth", "birth_basis", "birth_month", "lunar_birth", "sex", "sex_basis", "guardians",
    "phone", "household", "village", "school", "grade", "class_name",
]  # fmt: skip
_CHUNK = 200_000


def compare(pairs: Pairs, left: Records, right: Records) -> Compared:
    """The agreement level of every feature of every pair, in bounded chunks.

    Args:
        pairs: ``left`` and ``right`` record numbers.
        left: records whose ``rec`` is their position.
        right: likewise.
    """
    chunks = [_compare(chunk, left, right) for chunk in pairs.iter_slices(_CHUNK)]
    whole = pl.concat(chunks) if chunks else frames.empty(frames.COMPARED)
    return Compared(frames.checked(whole, frames.COMPARED, "Compared"))


def _compare(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    sides = [_gathered(left, pairs["left"], "left"), _gathered(right, pairs["right"], "right")]
    gathered = pl.concat([pairs, *sides], how="horizontal")
    levels = gathered.with_columns(id_level=id_level()).with_columns(
        name_level=name_level(),
        birth_level=birth_level(),
        sex_level=sex_level(),
        guardian_level=_shared("guardians"),
        phone_level=_same("phone"),
        household_level=_same("household"),
        village_level=_same("village"),
        class_level=class_level(),
    )
    return levels.select(*frames.COMPARED)


def _gathered(records: pl.DataFrame, recs: pl.Series, side: str) -> pl.DataFrame:
    """The records of these numbers; a column in which nothing stands is not fetched row by row."""
    empty = [c for c in _COLUMNS if records[c].null_count() == len(records)]
    rows = records.select(c for c in _COLUMNS if c not in empty)[recs]
    nothing = {c: pl.lit(None, dtype=records.schema[c]) for c in empty}
    return rows.with_columns(**nothing).select(pl.col(_COLUMNS).name.suffix(f"_{side}"))


def _sides(column: str) -> tuple[pl.Expr, pl.Expr]:
    return pl.col(f"{column}_left"), pl.col(f"{column}_right")


def _ladder(*steps: tuple[str, pl.Expr], otherwise: str | pl.Expr) -> pl.Expr:
    """The name of the first step whose condition holds; null conditions do not hold."""
    last = pl.lit(otherwise) if isinstance(otherwise, str) else otherwise
    return pl.coalesce(*(pl.when(holds).then(pl.lit(level)) for level, holds in steps), last)


def id_level() -> pl.Expr:
    """Citizen ID (GB 11643). Two valid numbers that differ are two people: ``conflict``.

    equal; recovered (one side read out of a G student number); slip (one side fails its check
    digit and is one character or one transposition away); partial (one side was cut or rounded, and
    what can be trusted of it agrees); conflict; old_differs (the number behind a student number
    differs, which an old number explains); different (a broken number that is not close); missing.
    """
    (a, b), (kind_a, kind_b) = _sides("id"), _sides("id_kind")
    (text_a, text_b), (part_a, part_b), (old_a, old_b) = (
        _sides("id_text"), _sides("id_part"), _sides("old_id"),
    )  # fmt: skip
    no_check = (kind_a == IdKind.OPAQUE) & (kind_b == IdKind.OPAQUE)
    broken_a = (kind_a == IdKind.INVALID) | no_check
    broken_b = (kind_b == IdKind.INVALID) | no_check
    opaque = (kind_a == IdKind.FOREIGN) & (kind_b == IdKind.FOREIGN)
    return _ladder(
        ("equal", (a == b) | (opaque & (text_a == text_b))),
        (
            "partial",
            (a.str.head(15) == b.str.head(15)) & (_rounded(a) | _rounded(b)) & (a != b) & ~no_check,
        ),
        ("recovered", (a == old_b) | (old_a == b) | (a.is_null() & b.is_null() & (old_a == old_b))),
        ("conflict", a.is_not_null() & b.is_not_null() & ~no_check),
        ("slip", _slip((broken_a | broken_b).fill_null(value=False), text_a, text_b)),
        (
            "partial",
            _begins(pl.coalesce(a, part_a), part_b) | _begins(pl.coalesce(b, part_b), part_a),
        ),
        (
            "old_differs",
            (a.is_not_null() & old_b.is_not_null()) | (old_a.is_not_null() & b.is_not_null()),
        ),
        (
            "different",
            (broken_a | broken_b | part_a.is_not_null() | part_b.is_not_null())
            & pl.coalesce(a, part_a, pl.when(broken_a).then(text_a)).is_not_null()
            & pl.coalesce(b, part_b, pl.when(broken_b).then(text_b)).is_not_null(),
        ),
        otherwise="missing",
    )


def _rounded(number: pl.Expr) -> pl.Expr:
    """Ends like a number that lost its last three digits, though its check digit may fit (1 in 11).

    Of numbers that were really issued one in a thousand ends so.
    """
    return number.str.ends_with("000")


def _slip(either_broken: pl.Expr, a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """One slip of the hand apart, where one of the numbers is broken at all."""
    sides = pl.struct(either_broken.alias("broken"), a.alias("a"), b.alias("b"))
    return seldom(
        sides,
        lambda it: ~it.struct.field("broken"),
        lambda it: ids.one_slip(it.struct.field("a"), it.struct.field("b")),
        easy=lambda _: pl.lit(value=False),
        dtype=pl.Boolean,
    )


def _begins(number: pl.Expr, part: pl.Expr) -> pl.Expr:
    """The trusted part holds the birthdate at least, and the other number begins with it."""
    return (part.str.len_chars() >= 14) & number.str.starts_with(part)


def name_level() -> pl.Expr:
    """Name, from the same characters to nothing in common.

    equal; variant (traditional or variant characters); former (a former name of either); homophone
    (some reading of each is the same, tones apart); near_homophone (the same but for dialect
    confusions); respelt (a long or Latin name, transliterated or spelt another way); shortened (a
    Latin name without some of its words, or with initials); one_word (Latin names with a word in
    common); look_alike (one character replaced by
    one of similar shape); placeholder (a ? or □ stands for one character); char_missing (one
    character more or fewer); given_same (another surname); one_char (one of three or more
    characters replaced by another that is not similar);
    given_alone (the same given name of one character under another surname); one_of_two (the same
    surname with another given name of one character); different; missing.
    """
    return seldom(
        pl.struct(f"{column}_{side}" for column in _OF_NAME for side in ("left", "right")),
        lambda it: it.struct.field("name_left") == it.struct.field("name_right"),
        _name_level,
        easy=lambda it: (
            pl.when(names.has_placeholder(it.struct.field("name_key_left")))
            .then(pl.lit("placeholder"))
            .otherwise(pl.lit("equal"))
        ),
    )


#: What the name level is told from.
_OF_NAME = ("name", "name_key", "former_key", "readings", "near")


def _name_level(sides: pl.Expr) -> pl.Expr:
    """The level of names that are not written the same."""
    (shown_a, shown_b), (a, b), (old_a, old_b), (read_a, read_b), (near_a, near_b) = (
        (sides.struct.field(f"{column}_left"), sides.struct.field(f"{column}_right"))
        for column in _OF_NAME
    )
    plain_a, plain_b = (x.str.replace_all(r"[\s·]", "") for x in (shown_a, shown_b))
    known = (a == b) & ~names.has_placeholder(a)
    long = names.is_long(a) | names.is_long(b)
    return _ladder(
        ("missing", a.is_null() | b.is_null()),
        ("equal", known & (plain_a == plain_b)),
        ("variant", known | _of_long(long, names.same_words, shown_a, shown_b)),
        ("placeholder", names.matches_placeholder(a, b)),
        ("former", (a == old_b) | (old_a == b)),
        ("homophone", ~long & names.share_reading(read_a, read_b)),
        ("near_homophone", ~long & names.share_reading(near_a, near_b)),
        ("respelt", _of_long(long, names.respelt, near_a, near_b)),
        ("shortened", _of_long(long, names.shortened, shown_a, shown_b)),
        ("one_word", _of_long(long, names.one_word_same, near_a, near_b)),
        otherwise=once(pl.struct(a.alias("a"), b.alias("b")), _written_level),
    )


def _of_long(
    long: pl.Expr, rule: Callable[[pl.Expr, pl.Expr], pl.Expr], a: pl.Expr, b: pl.Expr
) -> pl.Expr:
    """A rule for long names; of others it is not true."""
    return seldom(
        pl.struct(long.fill_null(value=False).alias("long"), a.alias("a"), b.alias("b")),
        lambda it: ~it.struct.field("long"),
        lambda it: rule(it.struct.field("a"), it.struct.field("b")),
        easy=lambda _: pl.lit(value=False),
        dtype=pl.Boolean,
    )


def _written_level(sides: pl.Expr) -> pl.Expr:
    """The level of names that sound unlike."""
    a, b = sides.struct.field("a"), sides.struct.field("b")
    given_a, given_b = names.given(a), names.given(b)
    same_given = given_a == given_b
    pair = names.differing_pair(a, b)
    one_differs = pair != ""
    return _ladder(
        ("look_alike", pair.is_in(names.look_alike_pairs())),
        ("char_missing", names.one_character_missing(a, b) | names.one_character_missing(b, a)),
        ("given_same", same_given & (given_a.str.len_chars() >= 2)),
        ("one_char", one_differs & (a.str.len_chars() >= 3)),
        ("given_alone", same_given),
        ("one_of_two", one_differs),
        otherwise="different",
    )


def birth_level() -> pl.Expr:
    """Birthdate.

    implied (both read out of numbers that already agree: no second witness); equal; lunar (one is
    the other's date by the lunar calendar); swapped (day and month exchanged); one_day (the
    exporter's time zone); one_digit; month (only year and month known, and the same); same_year;
    different; missing.
    """
    (a, b), (basis_a, basis_b) = _sides("birth"), _sides("birth_basis")
    from_numbers = (basis_a != "stated") & (basis_b != "stated")
    agreeing = pl.col("id_level").is_in(["equal", "recovered", "slip", "partial"])
    implied = (from_numbers & agreeing).fill_null(value=False)
    return seldom(
        pl.struct(
            *(f"{column}_{side}" for column in _OF_BIRTH for side in ("left", "right")),
            same=(a == b).fill_null(value=False),
            implied=implied,
        ),
        lambda it: it.struct.field("same"),
        _birth_level,
        easy=lambda it: (
            pl.when(it.struct.field("implied")).then(pl.lit("implied")).otherwise(pl.lit("equal"))
        ),
    )


#: What the birth level is told from.
_OF_BIRTH = ("birth", "lunar_birth", "birth_month")


def _birth_level(sides: pl.Expr) -> pl.Expr:
    """The level of birthdates that are not the same day, or not known to be."""
    (a, b), (lunar_a, lunar_b), (month_a, month_b) = (
        (sides.struct.field(f"{column}_left"), sides.struct.field(f"{column}_right"))
        for column in _OF_BIRTH
    )
    by_month_a, by_month_b = (
        pl.coalesce(month.cast(pl.Int32), date.dt.year() * 100 + date.dt.month())
        for month, date in ((month_a, a), (month_b, b))
    )
    month_only = month_a.is_not_null() | month_b.is_not_null()
    return _ladder(
        ("lunar", (a == lunar_b) | (lunar_a == b)),
        ("swapped", a == dates.swapped(b)),
        ("one_day", (a - b).abs() == pl.lit(dt.timedelta(days=1))),
        ("one_digit", dates.one_digit_differs(a, b)),
        ("month", month_only & (by_month_a == by_month_b)),
        ("missing", by_month_a.is_null() | by_month_b.is_null()),
        ("same_year", a.dt.year() == b.dt.year()),
        otherwise="different",
    )


def sex_level() -> pl.Expr:
    """Sex: implied (read out of numbers that agree), equal, different, missing."""
    (a, b), (basis_a, basis_b) = _sides("sex"), _sides("sex_basis")
    from_numbers = (basis_a == "id") & (basis_b == "id")
    agreeing = pl.col("id_level").is_in(["equal", "recovered"])
    return _ladder(
        ("implied", from_numbers & agreeing),
        ("equal", a == b),
        ("different", a != b),
        otherwise="missing",
    )


def class_level() -> pl.Expr:
    """School, grade and class, where both lists name them: same_class, same_grade, same_school."""
    (school_a, school_b), (grade_a, grade_b), (class_a, class_b) = (
        _sides("school"), _sides("grade"), _sides("class_name"),
    )  # fmt: skip
    school, grade = school_a == school_b, grade_a == grade_b
    return _ladder(
        ("same_class", school & grade & (class_a == class_b)),
        ("same_grade", school & grade),
        ("same_school", school),
        ("different", school_a != school_b),
        otherwise="missing",
    )


def _same(column: str) -> pl.Expr:
    a, b = _sides(column)
    return _ladder(("equal", a == b), ("different", a != b), otherwise="missing")


def _shared(column: str) -> pl.Expr:
    """Any of the values joined by "|" is on both sides."""
    a, b = _sides(column)
    return _ladder(
        ("missing", a.is_null() | b.is_null()),
        ("equal", a == b),
        ("equal", names.share_reading(a, b)),
        otherwise="different",
    )
