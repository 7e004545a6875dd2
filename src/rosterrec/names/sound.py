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


def readings(key: pl.Expr) -> pl.Expr:
    """Every toneless reading of the whole name, joined by "|", syllables by a space; at most eight.

    A family name has its own readings (单 shan or dan, 尉迟 yu chi). Latin letters, ``?`` and
    characters nobody has a reading for stand for themselves. ü is v.
    """
    return key.map_batches(
        lambda names: _read_aloud(names, _sounds()), return_dtype=pl.String, is_elementwise=True
    )


def near_readings(key: pl.Expr) -> pl.Expr:
    """``near(readings(key))`` in one step: what the name sounds like to any dialect."""
    return key.map_batches(
        lambda names: _read_aloud(names, _near_sounds()),
        return_dtype=pl.String,
        is_elementwise=True,
    )


def _read_aloud(names: pl.Series, sounds: dict[str, str]) -> pl.Series:
    spelt = pl.concat_str(pl.lit("^"), pl.col("name"))
    read = spelt.str.replace_many(_occurring(sounds, names), leftmost=True)
    single = read.str.replace_all("  ", " ", literal=True).str.strip_chars(" ")
    return _expand(pl.DataFrame({"name": names}).select(single).to_series())


def _occurring(sounds: dict[str, str], names: pl.Series) -> dict[str, str]:
    """The sounds of the characters that occur: a search for all of them is slow to set up."""
    characters = set(names.str.join("").str.split("").explode().unique())
    families = (name for name in _families() if characters.issuperset(name))
    written = [*(f"^{name}" for name in families), *sorted(characters & sounds.keys()), "^"]
    return {each: sounds[each] for each in written}


@cache
def _families() -> dict[str, str]:
    """Family names that have readings of their own, the longest first, and the readings."""
    rows = table("surname_readings").select("surname", "readings").iter_rows()
    return dict(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _near_sounds() -> dict[str, str]:
    """The same with the sounds that dialects confuse folded into one."""
    sounds = _sounds()
    spelt = pl.DataFrame({"spelt": list(dict.fromkeys(sounds.values()))})  # many sound alike
    folded = dict(spelt.select("spelt", near=near(pl.col("spelt"))).iter_rows())
    return {written: folded[each] for written, each in sounds.items()}


@cache
def _sounds() -> dict[str, str]:
    """What each character is read as; after "^" as a family name, the longest first."""
    sounds = {
        f"^{name}": f" {read} " if len(name) > 1 else f" {read.replace(' ', _OR)} "
        for name, read in _families().items()
    }
    for read, characters in table("readings").select("readings", "characters").iter_rows():
        sounds |= dict.fromkeys(characters, f" {read.replace(' ', _OR)} ")
    return sounds | {"?": " ? ", "^": ""}


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
