"""What people are called: surnames by their shares, given names by the fashion of the year."""

from __future__ import annotations

import numpy as np

from benchmarks import ids, tables
from benchmarks.ids import Ints
from benchmarks.people import Bools, Homes, People
from benchmarks.places import VILLAGES
from benchmarks.plan import Plan
from benchmarks.tables import Choice, confusion
from benchmarks.text import Points, joined, lengths, pick, points

#: Children with one character, with a whole name in fashion; the others put two together.
_ALONE, _WHOLE = 0.09, 0.25
#: Characters that are outside the usual hundred.
_TAIL = 0.17
#: Names with a character that clerks' machines may lack: in GBK, beyond GBK.
_RARE, _BEYOND = 0.012, 0.0008
#: Households whose children share the first character of their given names.
_GENERATION = 0.3
#: Pairs of twins that share the first character, the second, or sound alike altogether.
_TWIN_FIRST, _TWIN_SECOND, _TWIN_SOUND = 0.55, 0.15, 0.12
#: Children who have been, or are somewhere, called by the other parent's surname.
_FORMER = 0.02
_PARENT_WHOLE = 0.35
#: Households that have the surname after which, or by whose people, their village is settled.
_CLAN = 0.2
_DOT = ord("·")


def give(plan: Plan, homes: Homes, people: People) -> None:
    """Names for the parents, then for the children, in place."""
    fathers, mothers = (
        pick(plan.chance(f"surname {who}"), tables.surnames().weights, len(homes.first))
        for who in ("father", "mother")
    )
    fathers = _of_village(plan, homes, fathers)
    homes.father = _parents(plan, "M", fathers, homes.minority)
    homes.mother = _parents(plan, "F", mothers, homes.minority)
    given = _children(plan, homes, people)
    mother_side = homes.mother_side[people.home]
    surname = np.where(mother_side, mothers[people.home], fathers[people.home])
    other = np.where(mother_side, fathers[people.home], mothers[people.home])
    known = tables.surnames().texts
    people.name = joined(known[surname], given)
    chance = plan.chance("former")
    people.had_former = (chance.random(len(people)) < _FORMER) & (surname != other)
    people.had_former &= ~homes.minority[people.home]
    people.former = joined(known[other[people.had_former]], given[people.had_former])
    _mark_rare(people)
    _minority(plan, homes, people)


def _of_village(plan: Plan, homes: Homes, surname: Ints) -> Ints:
    """Surnames of which some are the village's own, so that namesakes are neighbours."""
    chance = plan.chance("clans")
    clan = pick(chance, tables.surnames().weights, plan.towns * VILLAGES)
    own = chance.random(len(surname)) < _CLAN
    return np.where(own, clan[homes.town * VILLAGES + homes.village], surname)


def _pair(chance: np.random.Generator, use: str, sex: str, size: int, tail: float) -> Points:
    """Given names of two characters, each place with its own favourites."""
    out = np.zeros((size, 6), np.uint32)
    for at, place in enumerate(("first", "second")):
        out[:, at] = _drawn(chance, tables.given(use, sex, place), size)[:, 0]
        if tail:
            odd = np.flatnonzero(chance.random(size) < tail)
            out[odd, at] = _drawn(chance, tables.given(use, sex, "tail"), len(odd))[:, 0]
    return out


def _drawn(chance: np.random.Generator, choice: Choice, size: int) -> Points:
    return choice.texts[pick(chance, choice.weights, size)]


def _parents(plan: Plan, sex: str, surname: Ints, minority: Bools) -> Points:
    chance = plan.chance(f"parents {sex}")
    given = _pair(chance, "parent", sex, len(surname), 0)
    whole = np.flatnonzero(chance.random(len(surname)) < _PARENT_WHOLE)
    given[whole] = _drawn(chance, tables.given("parent", sex, "whole"), len(whole))
    names = joined(tables.surnames().texts[surname], given)
    rows = np.flatnonzero(minority)
    own = _drawn(chance, tables.given("minority", sex, "whole"), len(rows))
    fathers = _drawn(chance, tables.given("minority", "M", "whole"), len(rows))
    names[rows] = _dotted(own, fathers)
    return names


def _dotted(own: Points, father: Points) -> Points:
    dot = points(["·"], 1).repeat(len(own), axis=0)
    return joined(own, joined(dot, father))


def _children(plan: Plan, homes: Homes, people: People) -> Points:
    """Given names of all children, siblings and twins as families name them."""
    given = np.zeros((len(people), 6), np.uint32)
    for sex, rows in (("M", np.flatnonzero(people.male)), ("F", np.flatnonzero(~people.male))):
        given[rows] = _of_sex(plan, sex, ids.eight(people.birth[rows]) // 10000)
    chance = plan.chance("siblings")
    share = (chance.random(len(homes.first)) < _GENERATION) & (homes.children > 1)
    for sex in "MF":
        character = _drawn(chance, tables.given("child", sex, "first"), len(share))[:, 0]
        use = share & (chance.random(len(share)) < 0.6 if sex == "M" else share)
        rows = np.flatnonzero(use[people.home] & (lengths(given) == 2))
        given[rows, 0] = character[people.home[rows]]
        share &= ~use
    _twins(plan, people, given)
    _rare(plan, people, given)
    _apart(plan, people, given)
    return given


def _of_sex(plan: Plan, sex: str, year: Ints) -> Points:
    chance = plan.chance(f"given {sex}")
    given = _pair(chance, "child", sex, len(year), _TAIL)
    style = chance.random(len(year))
    alone = np.flatnonzero(style < _ALONE)
    given[alone] = 0
    given[alone, 0] = _drawn(chance, tables.given("child", sex, "alone"), len(alone))[:, 0]
    whole = (style >= _ALONE) & (style < _ALONE + _WHOLE)
    for born in np.unique(year):
        rows = np.flatnonzero(whole & (year == born))
        given[rows] = _drawn(chance, tables.in_fashion(sex, int(born)), len(rows))
    return given


def _twins(plan: Plan, people: People, given: Points) -> None:
    chance = plan.chance("twins")
    second = np.flatnonzero((people.twin >= 0) & (people.twin < np.arange(len(people))))
    first = people.twin[second]
    both = (lengths(given[first]) == 2) & (lengths(given[second]) == 2)
    kind = chance.random(len(second))
    for place, low, high in (
        (0, 0, _TWIN_FIRST),
        (1, _TWIN_FIRST, _TWIN_FIRST + _TWIN_SECOND),
    ):
        rows = both & (kind >= low) & (kind < high)
        given[second[rows], place] = given[first[rows], place]
    low = _TWIN_FIRST + _TWIN_SECOND
    alike = np.flatnonzero(both & (kind >= low) & (kind < low + _TWIN_SOUND))
    table = confusion("sound", "e")
    at = np.searchsorted(table.known, given[first[alike], 1]).clip(0, len(table.known) - 1)
    fits = table.known[at] == given[first[alike], 1]
    alike, at = alike[fits], at[fits]
    given[second[alike], 0] = given[first[alike], 0]
    given[second[alike], 1] = table.options[at, chance.integers(0, 12, len(at)) % table.count[at]]


def _rare(plan: Plan, people: People, given: Points) -> None:
    chance = plan.chance("rare")
    draw = chance.random(len(people))
    for kind, low, high in (("rare", 0.0, _RARE), ("beyond", _RARE, _RARE + _BEYOND)):
        rows = np.flatnonzero((draw >= low) & (draw < high))
        place = lengths(given[rows]) - 1
        given[rows, place] = _drawn(chance, tables.given("child", "", kind), len(rows))[:, 0]


def _apart(plan: Plan, people: People, given: Points) -> None:
    """No two children of a household have one name: the later of them gets another character."""
    chance = plan.chance("apart")
    for _ in range(3):
        key = (
            given[:, 0].astype(np.int64) * 2**42
            + given[:, 1].astype(np.int64) * 2**21
            + given[:, 2]
        )
        order = np.lexsort((key, people.home))
        same = (key[order][1:] == key[order][:-1]) & (
            people.home[order][1:] == people.home[order][:-1]
        )
        again = np.sort(order[1:][same])
        given[again, 1] = _drawn(chance, tables.given("child", "M", "second"), len(again))[:, 0]


def _mark_rare(people: People) -> None:
    odd = np.concatenate([tables.given("child", "", k).texts.ravel() for k in ("rare", "beyond")])
    found = np.isin(people.name, odd)
    people.rare = np.where(found.any(axis=1), found.argmax(axis=1), -1)


def _minority(plan: Plan, homes: Homes, people: People) -> None:
    """Children of minority households: own name, dot, the father's own name."""
    chance = plan.chance("minority")
    rows = np.flatnonzero(homes.minority[people.home])
    people.rare[rows] = -1
    for _ in range(6):
        for sex, of_sex in (("M", rows[people.male[rows]]), ("F", rows[~people.male[rows]])):
            own = _drawn(chance, tables.given("minority", sex, "whole"), len(of_sex))
            father = homes.father[people.home[of_sex]].copy()
            father[np.cumsum(father == _DOT, axis=1) > 0] = 0
            people.name[of_sex] = _dotted(own, father)
        rows = _same_in_home(people, np.flatnonzero(homes.minority[people.home]))


def _same_in_home(people: People, rows: Ints) -> Ints:
    """Those of the rows whose elder in the household, or twin, has the same name."""
    key = people.name[rows].astype(np.int64) @ (31 ** np.arange(people.name.shape[1]) % 1_000_003)
    order = np.lexsort((rows, key, people.home[rows]))
    home, key = people.home[rows][order], key[order]
    again = np.flatnonzero((home[1:] == home[:-1]) & (key[1:] == key[:-1])) + 1
    return np.sort(rows[order[again]])
