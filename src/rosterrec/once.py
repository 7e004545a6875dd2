"""Work an expression out no more often than it has to be.

An eager frame evaluates every mention of an expression anew, for every row. Most cells of a list
are plain, though, and many are the same: ``once`` looks at a value many times and works it out a
single time, ``seldom`` keeps a costly rule for the cells that are not plain, ``distinct`` for the
first of equal cells, ``alike`` for the first of rows that are alike. What comes out is the same as
without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

DataType = type[pl.DataType] | pl.DataType
Rule = Callable[[pl.Expr], pl.Expr]
#: Values by which it is told whether a column repeats itself.
_BEGIN = 5_000


def once(value: pl.Expr, rule: Rule) -> pl.Expr:
    """``rule(value)``, with ``value`` evaluated a single time; the name stays that of ``value``."""
    name = _name(value)
    worked = pl.struct(value.alias("value")).struct.with_fields(
        rule(pl.field("value")).alias("result")
    )
    return worked.struct.field("result").alias(name)


def seldom(
    value: pl.Expr, plain: Rule, rule: Rule, easy: Rule = lambda it: it, dtype: DataType = pl.String
) -> pl.Expr:
    """``easy(value)`` where ``plain(value)`` holds, ``rule(value)`` elsewhere; missing is missing.

    In a branch of ``when`` Polars makes missing what the branch is not asked for: a struct of sides
    had best be plain where its sides are missing, or the rule is worked out for all of those.

    Args:
        value: one expression, or a struct of several (then nothing is missing).
        plain: tells the cells that need no more than ``easy``; null counts as not plain.
        rule: the whole rule; it must agree with ``easy`` on plain cells.
        easy: what plain cells become, by default themselves.
        dtype: the type of the result.
    """

    def work(cells: pl.Series) -> pl.Series:
        if cells.null_count() == len(cells):
            return pl.Series(cells.name, dtype=dtype).extend_constant(None, len(cells))
        frame = pl.DataFrame({"value": cells})
        it = pl.col("value")
        result = frame.select(
            plain(it).fill_null(value=False).alias("plain"),
            pl.when(it.is_not_null()).then(easy(it).cast(dtype)).alias("result"),
        )
        needs_rule = cells.is_not_null() & ~result["plain"]
        if not needs_rule.any():
            return result["result"]
        ruled = frame.filter(needs_rule).select(rule(it).cast(dtype)).to_series()
        return result["result"].scatter(needs_rule.arg_true(), ruled)

    return value.map_batches(work, return_dtype=dtype, is_elementwise=True).alias(_name(value))


def distinct(value: pl.Expr, rule: Rule, dtype: DataType = pl.String) -> pl.Expr:
    """``rule(value)``, worked out for the first of equal values only.

    Args:
        value: an expression whose values repeat, such as a school; or a struct of several.
        rule: what to make of it, row by row.
        dtype: the type of the result.
    """

    def work(cells: pl.Series) -> pl.Series:
        if len(cells) > 1 and cells.null_count() == len(cells):
            return work(cells.head(1)).new_from_index(0, len(cells))
        frame = pl.DataFrame({"value": cells})
        result = rule(pl.col("value")).cast(dtype).alias("result")
        begin = cells.head(_BEGIN).hash()
        if begin.n_unique() * 10 > len(begin) * 9:  # so it will be to the end
            return frame.select(result).to_series()
        return alike(frame, ["value"], lambda first: first.select(result)).to_series()

    return value.map_batches(work, return_dtype=dtype, is_elementwise=True).alias(_name(value))


def alike(
    frame: pl.DataFrame, by: Sequence[str | pl.Expr], work: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """What ``work`` makes of each row, worked out for the first of rows that are alike.

    Args:
        frame: rows of which many are alike, such as pairs by the levels of their features.
        by: what ``work`` looks at; rows that agree in it are alike.
        work: makes a frame of as many rows as it is given, in their order.
    """
    kind = frame.select(kind=pl.struct(by).hash())
    first = kind.to_series().arg_unique()
    made = work(frame[first]).with_columns(kind[first])
    return kind.join(made, on="kind", how="left", maintain_order="left").drop("kind")


def may_repeat(text: pl.Expr) -> pl.Expr:
    """True where another row has the same text, and hardly ever elsewhere; missing repeats itself.

    Told by the hash, which takes a tenth of the time: two texts of a million have one hash once in
    forty million lists. Who must be sure looks at those that may repeat once more.
    """
    return text.hash().map_batches(repeats, return_dtype=pl.Boolean)


def repeats(numbers: pl.Series) -> pl.Series:
    """True where another row has the same number, told by sorting; missing repeats nothing."""
    return numbers.is_in(standing_again(numbers).implode()).fill_null(value=False)


def standing_again(numbers: pl.Series, times: int = 1) -> pl.Series:
    """The numbers that stand more than so many times, in order, each once for every time beyond."""
    ordered = numbers.drop_nulls().sort()
    return ordered.filter(ordered == ordered.shift(times))


def _name(value: pl.Expr) -> str:
    return value.meta.output_name(raise_if_undetermined=False) or "value"
