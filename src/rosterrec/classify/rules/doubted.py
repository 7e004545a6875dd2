"""Evidence that only a person can settle."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.rules.facts import is_so


def swapped_numbers() -> pl.Expr:
    """Two children seem to have each other's ID number: a person must decide before either counts.

    疑似两名学生身份证号互换：核实前均不计入在读。
    """
    return is_so("doubt_is_swap")


def twice_registered() -> pl.Expr:
    """Another person of the list has the same name, birthdate and family under another number: two registrations of one child, or two children.

    人口名单中另有同名、同出生日期、同一家庭但证号不同者：疑似双重户口，须人工核实。
    """
    return is_so("doubt_is_twice")


def twice_confirmed() -> pl.Expr:
    """A person confirmed that this child is on the list twice; one registration must be cancelled and filed.

    人工确认该生在人口名单中登记了两次：须注销其一并备案。
    """
    return is_so("hand_is_twice")


def evidence_open() -> pl.Expr:
    """A row that may be this child waits for a decision, and nothing else settles the child.

    有疑似匹配待人工确认，且无其他依据可认定。
    """
    return is_so("doubt_is_open")
