"""How a folded name is read aloud: every reading, dialect confusions, and whether two agree."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl

from rosterrec.data import table
from rosterrec.once import seldom

_MOST_READINGS: Final = 8
_OR: Final = "/"  # between the readings of one character; no folded name holds it

#: Sounds that dialects run together (``domain.md`` 3), in the order of their folding. With f as hu,
#: and hu as w, the pairs fu/hu, fei/hui, huang/wang and hu/wu are one each.
_CONFUSIONS: Final = (
    (r"(?-u:\b)([zcs])h", "${1}"),
    (r"(?-u:\b)[nr]([aeiouv])", "l${1}"),
    (r"([aei])ng(?-u:\b)", "${1}n"),
    (r"(?-u:\b)f", "w"),
    (r"(?-u:\b)hui(?-u:\b)", "wei"),
    (r"(?-u:\b)hun(?-u:\b)", "wen"),
    (r"(?-u:\b)hu([aeiou])", "w${1}"),
    (r"(?-u:\b)hu(?-u:\b)", "wu"),
)


def learn_to_read() -> None:
    """Make ready what ``readings`` looks up, which whoever asks first would wait for."""
    _sounds()


def readings(key: pl.Expr) -> pl.Expr:
    """Every toneless reading of the whole name, joined by "|", syllables by a space; at most eight.

    A family name has its own readings (单 shan or dan, 尉迟 yu chi). Latin letters, ``?`` and
    characters nobody has a reading for stand for themselves. ü is v.
    """
    return _read_as("sound", key)


def near_readings(key: pl.Expr) -> pl.Expr:
    """``near(readings(key))`` in one step: what the name sounds like to any dialect."""
    return _read_as("near", key)


def _read_as(sounds: str, key: pl.Expr) -> pl.Expr:
    return key.map_batches(
        lambda names: _read_aloud(names, sounds), return_dtype=pl.String, is_elementwise=True
    )


def _read_aloud(names: pl.Series, sounds: str) -> pl.Series:
    spelt = pl.concat_str(pl.lit("^"), pl.col("name"))
    read = spelt.str.replace_many(_occurring(sounds, names), leftmost=True)
    single = read.str.replace_all("  ", " ", literal=True).str.strip_chars(" ")
    return _expand(pl.DataFrame({"name": names}).select(single).to_series())


def _occurring(sounds: str, names: pl.Series) -> dict[str, str]:
    """The sounds of the characters that occur: a search for all of them is slow to set up."""
    characters = names.str.join("").str.split("").explode(empty_as_null=True).unique()
    there = set(characters)
    families = (f"^{family}" for family in _families() if there.issuperset(family))
    written = pl.concat([pl.Series(families, dtype=pl.String), characters.sort(), pl.Series(["^"])])
    found = written.to_frame("written").join(_sounds(), on="written", maintain_order="left")
    return dict(found.select("written", sounds).iter_rows())


@cache
def _families() -> dict[str, str]:
    """Family names that have readings of their own, the longest first, and the readings."""
    rows = table("surname_readings").select("surname", "readings").iter_rows()
    return dict(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _sounds() -> pl.DataFrame:
    """What each character is read as, and each family name after "^"; in the end nothing.

    Returns:
        ``written, sound, near``: the last with the sounds that dialects confuse folded into one.
    """
    families = table("surname_readings").select(
        written=pl.concat_str(pl.lit("^"), "surname"),
        sound=pl.when(pl.col("surname").str.len_chars() > 1)
        .then("readings")
        .otherwise(_any_of("readings")),
    )
    characters = table("readings").select(
        written=pl.col("characters").str.split(""), sound=_any_of("readings")
    )
    signs = pl.DataFrame({"written": ["?"], "sound": ["?"]})
    every = pl.concat([families, characters.explode("written"), signs]).with_columns(
        pl.format(" {} ", "sound")
    )
    spelt = every.select("sound").unique().with_columns(near=near(pl.col("sound")))
    nothing = pl.DataFrame({"written": ["^"], "sound": [""], "near": [""]})
    return pl.concat([every.join(spelt, on="sound"), nothing])


def _any_of(readings: str) -> pl.Expr:
    return pl.col(readings).str.replace_all(" ", _OR, literal=True)


def _expand(spelt: pl.Series) -> pl.Series:
    """Names with alternatives, such as "zeng/ceng li", written out; the others as they are."""
    manifold = spelt.str.contains(_OR, literal=True).fill_null(value=False)
    if not manifold.any():
        return spelt
    several = spelt.filter(manifold).unique()
    rest = pl.DataFrame({"name": several, "read": several})
    written_out = [rest.clear()]
    while len(rest):
        parts = pl.col("read").str.extract_groups(_FIRST_CHOICE).struct
        rest = (
            rest.select("name", parts.field("before"), parts.field("choice"), parts.field("after"))
            .with_columns(pl.col("choice").str.split(_OR))
            .explode("choice", empty_as_null=True)
            .select("name", read=pl.concat_str("before", "choice", "after"))
            .filter(pl.int_range(pl.len()).over("name") < _MOST_READINGS)
        )
        is_open = pl.col("read").str.contains(_OR, literal=True)
        written_out.append(rest.filter(~is_open))
        rest = rest.filter(is_open)
    whole = pl.concat(written_out).group_by("name").agg(pl.col("read").str.join("|"))
    at = manifold.arg_true()
    found = spelt.gather(at).to_frame("name").join(whole, on="name", maintain_order="left")
    return spelt.scatter(at, found["read"])


#: What stands before the first syllable with a choice of sounds, the choice, and the rest.
_FIRST_CHOICE: Final = rf"^(?<before>[^{_OR}]* |)(?<choice>[^ ]*{_OR}[^ ]*)(?<after>.*)$"


def near(readings: pl.Expr) -> pl.Expr:
    """Readings with the sounds that dialects confuse folded into one; alternatives are kept.

    zh/z ch/c sh/s, n/l/r, f/hu/w, and the endings ang/an, eng/en, ing/in.
    """
    folded = readings
    for sounds, one in _CONFUSIONS:
        folded = folded.str.replace_all(sounds, one)
    return folded


def share_reading(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """Some reading of one name is a reading of the other."""
    both = pl.struct(a.alias("a"), b.alias("b"))
    return seldom(both, _one_reading_each, _share_some, easy=_same, dtype=pl.Boolean)


def _same(both: pl.Expr) -> pl.Expr:
    return both.struct.field("a") == both.struct.field("b")


def _one_reading_each(both: pl.Expr) -> pl.Expr:
    several = [both.struct.field(side).str.contains("|", literal=True) for side in ("a", "b")]
    return ~pl.any_horizontal(it.fill_null(value=False) for it in several)


def _share_some(both: pl.Expr) -> pl.Expr:
    a, b = (both.struct.field(side).str.split("|") for side in ("a", "b"))
    return a.list.set_intersection(b).list.len() > 0
