"""Agreement of ID numbers."""

from __future__ import annotations

import polars as pl

from rosterrec.compare.ladder import ladder, sides
from rosterrec.compare.slip import one_slip
from rosterrec.frames import IdKind
from rosterrec.once import seldom


def id_level() -> pl.Expr:
    """Citizen ID (GB 11643). Two valid numbers that differ are two people: ``conflict``.

    equal; recovered (one side read out of a G student number); slip (one side fails its check digit
    and is one slip away); partial (one side was cut or rounded, and what can be trusted of it
    agrees); conflict; old_differs (the number behind a student number differs, as an old one does);
    different (a broken number that is not close); missing (also where the few digits that are left
    of one agree).
    """
    (a, b), (kind_a, kind_b) = sides("id"), sides("id_kind")
    (text_a, text_b), (part_a, part_b) = sides("id_text"), sides("id_part")
    whole_a, whole_b = pl.coalesce(a, part_a), pl.coalesce(b, part_b)
    old_a, old_b = sides("old_id")
    no_check = (kind_a == IdKind.OPAQUE) & (kind_b == IdKind.OPAQUE)
    broken_a = (kind_a == IdKind.INVALID) | no_check
    broken_b = (kind_b == IdKind.INVALID) | no_check
    opaque = (kind_a == IdKind.FOREIGN) & (kind_b == IdKind.FOREIGN)
    return ladder(
        ("equal", (a == b) | (opaque & (text_a == text_b))),
        (
            "partial",
            (a.str.head(15) == b.str.head(15)) & (_rounded(a) | _rounded(b)) & (a != b) & ~no_check,
        ),
        ("recovered", (a == old_b) | (old_a == b) | (a.is_null() & b.is_null() & (old_a == old_b))),
        ("conflict", a.is_not_null() & b.is_not_null() & ~no_check),
        ("slip", _slip((broken_a | broken_b).fill_null(value=False), text_a, text_b)),
        ("partial", _begins(whole_a, part_b) | _begins(whole_b, part_a)),
        (
            "old_differs",
            (a.is_not_null() & old_b.is_not_null()) | (old_a.is_not_null() & b.is_not_null()),
        ),
        (
            "different",
            (broken_a | broken_b | part_a.is_not_null() | part_b.is_not_null())
            & ~(_agrees(whole_a, part_b) | _agrees(whole_b, part_a))
            & pl.coalesce(whole_a, pl.when(broken_a).then(text_a)).is_not_null()
            & pl.coalesce(whole_b, pl.when(broken_b).then(text_b)).is_not_null(),
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
        lambda it: one_slip(it.struct.field("a"), it.struct.field("b")),
        easy=lambda _: pl.lit(value=False),
        dtype=pl.Boolean,
    )


def _begins(number: pl.Expr, part: pl.Expr) -> pl.Expr:
    """The trusted part holds the birthdate at least, and the other number begins with it."""
    return (part.str.len_chars() >= 14) & number.str.starts_with(part)


def _agrees(number: pl.Expr, part: pl.Expr) -> pl.Expr:
    """What is left of a number is the other's beginning: too little to speak for, or against."""
    return number.str.starts_with(part).fill_null(value=False)
