"""What happens between the first month and the second."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable

from . import fates, filings, names
from .allot import move_in
from .chance import stream
from .ids import HOME
from .people import AS_OF, Child, Enrolment, Fate, Slip, Town, age

Change = tuple[str, str]


class Month:
    """Picks children for changes, nobody twice, and writes the changes down."""

    def __init__(self, town: Town, ordinary: list[Child]) -> None:
        self.town = town
        self.ordinary = ordinary
        self.touched: set[str] = set()
        self.changes: list[Change] = []

    def pick(self, topic: str, number: int, fits: Callable[[Child], bool]) -> list[Child]:
        """That many untouched children who fit and stay on the police list."""
        pool = [
            c for c in self.ordinary
            if c.key not in self.touched and c.listed(0) and c.listed(1) and fits(c)
        ]  # fmt: skip
        chosen = stream("later", topic).sample(pool, number)
        self.touched.update(c.key for c in chosen)
        return chosen

    def note(self, child: Child, change: str) -> None:
        """Write a change down."""
        self.changes.append((child.key, change))


def turn(town: Town, everyone: list[Child], ordinary: list[Child]) -> list[Change]:
    """Give everyone a second month and return what changed, sorted."""
    for child in everyone:
        child.fates.append(child.fates[0])
    month = Month(town, ordinary)
    for happening in (
        _schools, _returns, _leavings, _papers, _corrections, _new_ids, _moved_out, _proofs,
    ):  # fmt: skip
        happening(month)
    newcomers = _moved_in(month)
    _ages(month, everyone)
    everyone.extend(newcomers)
    return sorted(month.changes)


def _status(*codes: str) -> Callable[[Child], bool]:
    return lambda c: c.fates[0].status in codes and not c.slips and not c.fates[0].flags


def _schools(month: Month) -> None:
    for child in month.pick("to the county", 5, _status("local")):
        child.fates[1] = fates.county(child, stream("moved", child.key), ledger=None)
        month.note(child, "school_changed")
    for child in month.pick("to outside", 3, _status("local")):
        child.fates[1] = fates.outside(child, stream("moved", child.key), month=1)
        month.note(child, "school_changed")
    for child in month.pick("back home", 6, _status("outside")):
        child.fates[1] = fates.local(child, stream("moved", child.key))
        month.note(child, "school_changed")


def _returns(month: Month) -> None:
    for child in month.pick("persuaded", 2, _status("dropout")):
        grade = min(child.grade, 9)
        child.fates[1] = fates.local(child, stream("back", child.key), grade=grade)
        month.note(child, "returned")
    unseen = [*month.pick("found", 3, lambda c: c.fates[0] == Fate("not_found"))]
    for child in unseen[:2]:
        child.fates[1] = fates.outside(child, stream("back", child.key), month=1)
        month.note(child, "found")
    for child in unseen[2:]:
        child.fates[1] = fates.local(child, stream("back", child.key))
        month.note(child, "returned")
    for child in month.pick("leave over", 1, lambda c: c.fates[0].status == "suspended"):
        place = child.fates[0].registry[0].seat
        child.fates[1] = fates.local(child, stream("back", child.key), place=place)
        month.note(child, "returned")


def _leavings(month: Month) -> None:
    def older(child: Child) -> bool:
        return _status("local")(child) and child.grade >= 7

    for child in month.pick("left by registry", 2, older):
        seat = child.fates[0].roster[0]
        row = Enrolment(seat, state="辍学", left="202411")
        child.fates[1] = Fate("dropout", registry=(row,))
        month.note(child, "new_dropout")
    for child in month.pick("left, says canvass", 2, older):
        child.fates[1] = fates.dropout(child, stream("left", child.key))
        month.note(child, "new_dropout")
    for child in month.pick("vanished", 1, older):
        gone = fates.no_contact(child, stream("left", child.key))
        child.fates[1] = gone
        month.note(child, "lost_contact")


def _papers(month: Month) -> None:
    def pending(child: Child) -> bool:
        return child.fates[0].flags == ("filing_undocumented",) and not child.fates[0].registry

    for child in month.pick("documented", 2, pending):
        kind = (child.fates[0].filing or {})["kind"]
        status = "deceased" if kind == "死亡" else "empty_registration"
        paper = filings.paper(status, stream("paper", child.key), document_date=_lately(child))
        child.fates[1] = Fate(status, filing=paper)
        month.note(child, "filing_documented")
    for child in month.pick("died", 1, _status("outside")):
        rng = stream("paper", child.key)
        paper = filings.paper("deceased", rng, document_date=_lately(child))
        child.fates[1] = Fate("deceased", filing=paper)
        month.note(child, "deceased")
    for child in month.pick("ill", 1, _status("local")):
        start, end = dt.date(2024, 10, 28), dt.date(2025, 6, 30)
        paper = filings.period("suspended", stream("paper", child.key), start, end)
        row = dataclasses.replace(child.fates[0].registry[0], state="休学")
        child.fates[1] = Fate("suspended", filing=paper, registry=(row,))
        month.note(child, "suspended")


def _lately(child: Child) -> dt.date:
    return AS_OF[0] + dt.timedelta(stream("lately", child.key).randrange(3, 28))


def _corrections(month: Month) -> None:
    def mistyped(child: Child) -> bool:
        wrong = {"id_invalid", "id_missing", "id_damaged"}
        return any(s.source == "registry" and wrong & set(s.flags) for s in child.slips)

    for child in month.pick("registry corrected", 8, mistyped):
        for slip in child.slips:
            if slip.source == "registry":
                slip.months = (0,)
        month.note(child, "id_corrected")


def _new_ids(month: Month) -> None:
    """The police correct a number; the registry follows, its student number does not."""
    for child in month.pick("new number", 2, _status("local")):
        old, rng = child.id, stream("new number", child.key)
        new = month.town.ids.new(HOME, child.birth, child.sex, rng)
        child.later_id = new
        values = {"student_no": f"G{old}"}
        child.slips.append(Slip("registry", dict(values), ("id_old",), months=(1,)))
        month.note(child, "id_corrected")
    for child in month.pick("new name", 1, _status("county")):
        child.later_name = names.family_name(child.name) + names.given(
            child.sex, stream("new name", child.key)
        )
        child.slips.append(Slip("registry", {"name": child.name}, months=(1,)))
        month.note(child, "name_changed")


def _moved_out(month: Month) -> None:
    for child in [
        *month.pick("moved out, outside", 4, _status("outside")),
        *month.pick("moved out, local", 2, _status("local")),
    ]:
        child.resident = (True, False)
        fate = child.fates[0]
        child.fates[1] = Fate("", registry=fate.registry, roster=fate.roster)
        month.note(child, "moved_out")


def _proofs(month: Month) -> None:
    """The stale proof of case 40 is renewed."""
    for child in month.town.children:
        if child.case == 40:
            told = {**(child.fates[0].ledger or {}), "proof_date": dt.date(2024, 11, 5)}
            child.fates[1] = Fate("outside", "held", ledger=told)
            month.note(child, "proof_obtained")


def _moved_in(month: Month) -> list[Child]:
    """New households: most children are at school outside, one of them not proven yet."""
    made = []
    for number in range(9):
        rng = stream("moved in", number)
        child = move_in(month.town, f"m{number + 1:02d}", rng)
        if number < 3:
            fate = fates.local(child, rng)
        elif number < 8:
            fate = fates.outside(child, rng, month=1)
        else:
            fate = fates.outside_unproven(child, rng)
        child.fates += [Fate(""), fate]
        month.note(child, "moved_in")
        made.append(child)
    return made


def _ages(month: Month, everyone: Iterable[Child]) -> None:
    for child in everyone:
        if child.resident == (True, True) and child.listed(0) != child.listed(1):
            grown = age(child.birth, AS_OF[1]) > 15
            month.note(child, "aged_out" if grown else "born_into_range")
