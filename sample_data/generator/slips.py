"""Mistakes as clerks make them, at believable rates, and the finding each must lead to."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from . import names
from .chance import stream
from .ids import check_digit, is_valid, temporary
from .lunar import lunar_as_written
from .people import Child, Slip
from .places import YUNLING

SlipMaker = Callable[[Child, random.Random], dict[str, object] | None]

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def wrong_digit(child: Child, rng: random.Random) -> dict[str, object]:
    """One digit mistyped: the check digit gives it away."""
    at = rng.randrange(6, 17)
    digit = rng.choice([d for d in "0123456789" if d != child.id[at]])
    return {"id": child.id[:at] + digit + child.id[at + 1 :]}


def swapped_digits(child: Child, rng: random.Random) -> dict[str, object] | None:
    """Two neighbouring digits exchanged."""
    spots = [at for at in range(6, 16) if child.id[at] != child.id[at + 1]]
    at = rng.choice(spots)
    turned = child.id[:at] + child.id[at + 1] + child.id[at] + child.id[at + 2 :]
    return {"id": turned}


def cut_short(child: Child, _rng: random.Random) -> dict[str, object]:
    """Only the first 15 characters survived."""
    return {"id": child.id[:15]}


def junk(child: Child, rng: random.Random) -> dict[str, object]:
    """Full-width digits, a backtick, a stray mark, spaces in the name: the same in substance."""
    number = rng.choice(
        (
            f"`{child.id}",
            f"'{child.id}",
            child.id.translate(_WIDE),
            f" {child.id}\u00a0",
            child.id.replace("X", "x") + "\t",
            child.id.replace("X", "×"),
        )
    )
    name = f"{child.name[0]}\u3000{child.name[1]}" if len(child.name) == 2 else child.name + " "
    return {"id": number, "name": name if rng.random() < 0.6 else child.name}


def no_id(_child: Child, rng: random.Random) -> dict[str, object]:
    """The ID left out, or a stand-in typed."""
    return {"id": rng.choice(("", "", "", "无", "暂无")), "student_no": ""}


def only_student_no(_child: Child, _rng: random.Random) -> dict[str, object]:
    """The ID left out, the student number given."""
    return {"id": ""}


def temporary_number(child: Child, rng: random.Random) -> dict[str, object]:
    """Registered before an ID was shown: a temporary student number."""
    number = temporary(rng.choice("JL"), child.birth, rng)
    return {"id": "", "id_type": "其他", "student_no": number}


def sounds_alike(child: Child, rng: random.Random) -> dict[str, object] | None:
    """A given-name character replaced by one that sounds the same."""
    other = names.homophone(child.name, rng)
    return {"name": other} if other else None


def alike_without_id(child: Child, rng: random.Random) -> dict[str, object] | None:
    """No ID, and a name that only sounds the same: a person should look."""
    other = names.homophone(child.name, rng)
    return {"name": other, "id": "", "student_no": ""} if other else None


def other_form(child: Child, _rng: random.Random) -> dict[str, object] | None:
    """The surname in its traditional or variant form."""
    other = names.variant(child.name)
    return {"name": other} if other else None


def other_surname(child: Child, _rng: random.Random) -> dict[str, object] | None:
    """The surname of the other parent, from before a remarriage or a change of mind."""
    own = names.family_name(child.name)
    others = [names.family_name(p) for p in (child.home.mother, child.home.father)]
    other = next((o for o in others if o != own), None)
    return {"name": other + child.name[len(own) :]} if other else None


def month_for_day(child: Child, _rng: random.Random) -> dict[str, object] | None:
    """Month and day exchanged."""
    day, month = child.birth.day, child.birth.month
    if day > 12 or day == month:
        return None
    return {"birth": dt.date(child.birth.year, day, month)}


def lunar_birthday(child: Child, _rng: random.Random) -> dict[str, object] | None:
    """The birthday as the family keeps it, in the lunar calendar."""
    written = lunar_as_written(child.birth)
    return {"birth": written} if written and written.year == child.birth.year else None


def old_student_no(child: Child, _rng: random.Random) -> dict[str, object]:
    """The student number still holds the ID from before the police corrected it."""
    birth = child.birth
    first17 = f"{child.id[:6]}{birth:%Y%m%d}{int(child.id[14:17]) + 800 - 2:03d}"
    return {"student_no": f"G{first17}{check_digit(first17)}"}


def mothers_id(child: Child, _rng: random.Random) -> dict[str, object]:
    """The mother's number where the child's belongs."""
    return {"id": child.home.mother_id}


def other_sex(child: Child, _rng: random.Random) -> dict[str, object]:
    """The other sex ticked."""
    return {"sex": "女" if child.sex == "男" else "男"}


def rare_character(child: Child, rng: random.Random) -> dict[str, object] | None:
    """A character that the form could not hold."""
    if not set(child.name) & set(names.RARE):
        return None
    plain = child.name
    for char in names.RARE:
        plain = plain.replace(char, rng.choice("?□*"))
    return {"name": plain}


# Share of rows, what is wrong, and the finding it must lead to. The canvass is the central school's
# own list: nobody else has to correct it, so its slips lead to none.
Rates = tuple[tuple[float, SlipMaker, tuple[str, ...]], ...]
REGISTRY: Rates = (
    (0.005, temporary_number, ("id_missing",)),
    (0.005, wrong_digit, ("id_invalid",)),
    (0.002, swapped_digits, ("id_invalid",)),
    (0.002, cut_short, ("id_damaged",)),
    (0.002, mothers_id, ("id_relative",)),
    (0.008, sounds_alike, ("name_variant",)),
    (0.004, other_form, ()),
    (0.003, other_surname, ("name_variant",)),
    (0.003, month_for_day, ("birth_differs",)),
    (0.004, lunar_birthday, ("birth_differs",)),
    (0.005, old_student_no, ("id_old",)),
    (0.001, other_sex, ("sex_differs",)),
    (0.015, junk, ()),
)
ROSTER: Rates = (
    (0.06, no_id, ()),
    (0.02, only_student_no, ()),
    (0.008, wrong_digit, ("id_invalid",)),
    (0.004, swapped_digits, ("id_invalid",)),
    (0.003, cut_short, ("id_damaged",)),
    (0.003, mothers_id, ("id_relative",)),
    (0.012, sounds_alike, ("name_variant",)),
    (0.005, other_form, ()),
    (0.003, other_surname, ("name_variant",)),
    (0.004, month_for_day, ("birth_differs",)),
    (0.006, lunar_birthday, ("birth_differs",)),
    (0.03, junk, ()),
    (0.006, alike_without_id, ()),
)
LEDGER: Rates = (
    (0.006, no_id, ()),
    (0.003, wrong_digit, ()),
    (0.004, sounds_alike, ()),
    (0.006, junk, ()),
)


def slip(child: Child, source: str, rates: Rates) -> Slip | None:
    """At most one mistake in a child's row of a list."""
    rng = stream("slip", source, child.key)
    at = rng.random()
    for share, make, flags in rates:
        if at < share:
            values = make(child, rng)
            doubtful = make is alike_without_id
            return Slip(source, values, _findings(values, flags), doubtful) if values else None
        at -= share
    return None


def _findings(values: dict[str, object], flags: tuple[str, ...]) -> tuple[str, ...]:
    """A temporary number is a finding too; a typo that passes for a valid number would be none."""
    number = str(values.get("id", ""))
    if flags == ("id_invalid",) and is_valid(number):
        raise ValueError("a mistyped number passes the check")
    if str(values.get("student_no", "")).startswith("L"):
        return (*flags, "temporary_number")
    return flags


def scatter(children: list[Child]) -> None:
    """Give ordinary children their slips, and rare names their placeholders."""
    for child in children:
        fate = child.fates[0]
        if set(child.name) & set(names.RARE) and fate.registry:
            values = rare_character(child, stream("rare", child.key))
            child.slips.append(Slip("registry", values or {}, ("name_variant",)))
        elif fate.registry:
            _add(child, "registry", REGISTRY)
        if fate.roster and fate.roster[0].school is not YUNLING:
            _add(child, "roster", ROSTER)
        elif fate.roster and stream("no number", child.key).random() < 0.08:
            child.slips.append(Slip("roster", {"student_no": ""}))
        if fate.ledger:
            _add(child, "ledger", LEDGER)


def _add(child: Child, source: str, rates: Rates) -> None:
    made = slip(child, source, rates)
    if made:
        child.slips.append(made)


def former_names(children: list[Child], share: float) -> None:
    """Some children have a 曾用名 on the police list, and a school list that still uses it."""
    for child in children:
        rng = stream("former", child.key)
        fate = child.fates[0]
        if rng.random() >= share or child.slips or not (fate.registry or fate.ledger):
            continue
        old = other_surname(child, rng) or {}
        own = names.family_name(child.name)
        child.former = str(old.get("name", "")) or own + names.given(child.sex, rng)
        source = "registry" if fate.registry else "ledger"
        if rng.random() < 0.6:
            child.slips.append(Slip(source, {"name": child.former}))


def siblings_id(children: list[Child], wanted: int) -> None:
    """A brother's or sister's number in a registry row: the number then stands there twice."""
    at_school: dict[str, list[Child]] = {}
    for child in children:
        if child.fates[0].status in {"local", "county"} and child.fates[0].registry:
            at_school.setdefault(child.home.number, []).append(child)
    pairs = [p for p in at_school.values() if len(p) > 1 and not any(c.slips for c in p)]
    for pair in stream("siblings").sample(pairs, wanted):
        values = {"id": pair[1].id, "student_no": f"G{pair[1].id}"}
        pair[0].slips.append(Slip("registry", dict(values), ("shared_id",), review=True))
        pair[1].slips.append(Slip("registry", {}, ("shared_id",), review=True))
