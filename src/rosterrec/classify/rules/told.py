"""What the whereabouts ledger says, proven or claimed."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.rules.facts import active, claim_waits, claims, is_so, registered_elsewhere
from rosterrec.frames import Destination

#: Attempts at contact, on record, after which a child counts as out of contact.
ATTEMPTS_NEEDED = 3


def proof_names_another_number() -> pl.Expr:
    """The ledger has the child's name with another valid ID number: the proof may be another child's.

    台账上姓名相同但身份证号不同（两号均有效）：该证明可能属于他人，须人工核实。
    """
    return claim_waits() & ~active() & ~is_so("led_is_any")


def proven_outside() -> pl.Expr:
    """A proof of this school year places the child at a school outside the county.

    本学年就读证明显示在县外学校就读。
    """
    return is_so("led_is_proven") & claims(Destination.OUTSIDE) & ~registered_elsewhere()


def proven_in_county() -> pl.Expr:
    """A proof of this school year places the child at a school elsewhere in the county.

    本学年就读证明显示在县内外镇学校就读。
    """
    return is_so("led_is_proven") & claims(Destination.COUNTY) & ~registered_elsewhere()


def ledger_senior() -> pl.Expr:
    """The ledger has the child in a senior or vocational school, beyond compulsory age or after finishing junior high.

    台账登记在高中或中职就读（已完成义务教育）。
    """
    return claims(Destination.SENIOR)


def claimed_outside() -> pl.Expr:
    """The ledger says the child is at a school outside the county; the proof is missing or out of date.

    台账登记在县外就读，但本学年就读证明缺失或过期。
    """
    return claims(Destination.OUTSIDE)


def claimed_in_county() -> pl.Expr:
    """The ledger says the child is at a school elsewhere in the county; the proof is missing or out of date.

    台账登记在县内外镇就读，但本学年就读证明缺失或过期。
    """
    return claims(Destination.COUNTY)


def claimed_at_home_roster_not_supplied() -> pl.Expr:
    """The ledger says the child is at a home school whose roster was not supplied: counted for now.

    台账登记在本镇学校就读，但该校名册未提供：暂计在读。
    """
    return claims(Destination.LOCAL) & ~is_so("led_is_supplied")


def ledger_home_teaching() -> pl.Expr:
    """The ledger has the child as taught at home.

    台账登记为送教上门。
    """
    return claims(Destination.HOME)


def ledger_dropout() -> pl.Expr:
    """The ledger says the child has left school.

    台账登记为辍学。
    """
    return claims(Destination.DROPOUT)


def ledger_no_contact() -> pl.Expr:
    """Out of contact after at least three attempts on record.

    失联，且有三次以上联系记录。
    """
    return claims(Destination.NO_CONTACT) & (pl.col("led_attempts") >= ATTEMPTS_NEEDED).fill_null(
        value=False
    )


def ledger_graduated() -> pl.Expr:
    """The ledger says the child finished junior high, and the age fits.

    台账登记为初中毕业，且年龄相符。
    """
    return claims(Destination.GRADUATED) & (pl.col("age_at_cutoff") >= 14).fill_null(value=False)
