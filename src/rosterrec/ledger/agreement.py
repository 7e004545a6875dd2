"""What follows from decisions on pairs: A same B and B different C settles A and C.

Records said to be the same form groups; a pair of groups said to be different is so for every two
of their records. A group that is told apart within itself contradicts itself: nothing that it rests
on is applied, whichever was written first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rosterrec.frames import Role
from rosterrec.ledger.entries import Decision, Verdict
from rosterrec.ledger.keys import role_of

Pair = tuple[str, str]


@dataclass(frozen=True)
class Agreement:
    """What is settled of pairs of keys, and which decisions contradict each other.

    Attributes:
        verdicts: same, different, unsure or disputed, by pair of keys.
        disputed: numbers of the decisions that contradict another.
    """

    verdicts: dict[Pair, str]
    disputed: frozenset[int]


def agreement(decisions: Iterable[Decision]) -> Agreement:
    """Everything that follows from standing decisions on pairs."""
    said: dict[Pair, list[Decision]] = defaultdict(list)
    for decision in decisions:
        said[decision.entry.left, decision.entry.right].append(decision)
    split = {p for p, those in said.items() if len({d.entry.verdict for d in those}) > 1}
    plain = {p: those[0].entry.verdict for p, those in said.items() if p not in split}
    groups = _groups(p for p, verdict in plain.items() if verdict == Verdict.SAME and _joins(p))
    apart = [p for p, verdict in plain.items() if verdict == Verdict.DIFFERENT]
    torn = {groups[a] for a, b in apart if a in groups and groups[a] == groups.get(b)}
    for pair, verdict in plain.items():
        inside = groups.get(pair[0], pair[0]) in torn and groups.get(pair[1]) == groups[pair[0]]
        if inside and verdict != Verdict.UNSURE:
            split.add(pair)
    verdicts = {p: str(Verdict.UNSURE) for p, verdict in plain.items() if verdict == Verdict.UNSURE}
    verdicts |= _spread(groups, torn, apart)
    verdicts |= {p: v for p, v in plain.items() if v != Verdict.UNSURE and p not in split}
    verdicts |= dict.fromkeys(split, "disputed")
    seqs = frozenset(d.seq for pair in split for d in said[pair])
    return Agreement(verdicts, seqs)


def _joins(pair: Pair) -> bool:
    """Two registrations of one child stay two people of the police list, with a status each."""
    return role_of(pair[0]) != role_of(pair[1])


def _groups(same: Iterable[Pair]) -> dict[str, str]:
    """The group of every key, named by one of its members."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for left, right in same:
        a, b = sorted((root(left), root(right)))
        parent[b] = a
    return {key: root(key) for key in parent}


def _spread(groups: dict[str, str], torn: set[str], apart: list[Pair]) -> dict[Pair, str]:
    """What follows for every two records of the groups, in the order of the lists."""
    members: dict[str, list[str]] = defaultdict(list)
    for key, group in groups.items():
        members[group].append(key)
    found: dict[Pair, str] = {}
    for left, right in apart:
        one, two = groups.get(left, left), groups.get(right, right)
        if one == two or one in torn or two in torn:
            continue
        for pair in _across(members.get(one, [left]), members.get(two, [right])):
            found[pair] = str(Verdict.DIFFERENT)
    for group, keys in members.items():
        if group not in torn:
            for pair in _across(keys, keys):
                found[pair] = str(Verdict.SAME)
    return found


def _across(ones: list[str], others: list[str]) -> Iterator[Pair]:
    for one in ones:
        for other in others:
            if _joins((one, other)):
                yield ordered(one, other)


_ORDER = {str(role): at for at, role in enumerate(Role)}


def ordered(one: str, other: str) -> Pair:
    """Two keys in the order of their lists; two of one list in the order of the keys."""
    first, second = sorted((one, other), key=lambda key: (_ORDER.get(role_of(key), 99), key))
    return first, second
