"""Children whom a roster or the registry shows at a school."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.rules.facts import active, at_senior, is_so
from rosterrec.frames import Destination


def senior_school() -> pl.Expr:
    """Registered in a senior or vocational school.

    学籍在高中或中职学校。
    """
    return at_senior()


def taught_at_home() -> pl.Expr:
    """The registry or roster has the child as taught at home.

    学籍或名册登记就读方式为送教上门。
    """
    return is_so("reg_is_home_taught") | is_so("ros_is_home_taught")


def on_home_roster() -> pl.Expr:
    """On a class roster of a school in the home town.

    在本镇学校的班级名册上。
    """
    return (pl.col("ros_where") == Destination.LOCAL).fill_null(value=False)


def on_county_roster() -> pl.Expr:
    """On a class roster of a school elsewhere in the county.

    在县内外镇学校的班级名册上。
    """
    return (pl.col("ros_where") == Destination.COUNTY).fill_null(value=False)


def on_outside_roster() -> pl.Expr:
    """On a class roster of a school outside the county.

    在县外学校的班级名册上。
    """
    return (pl.col("ros_where") == Destination.OUTSIDE).fill_null(value=False)


def registered_roster_not_supplied() -> pl.Expr:
    """Active in the registry at a home school whose roster for that class was not supplied: counted for now.

    学籍在本镇学校且状态正常，但该班名册未提供：暂计在读。
    """
    return (
        active()
        & ~is_so("reg_is_supplied")
        & (pl.col("reg_where") == Destination.LOCAL).fill_null(value=False)
    )


def registered_in_county() -> pl.Expr:
    """Active in the registry at a school elsewhere in the county.

    学籍在县内外镇学校且状态正常。
    """
    return (
        active()
        & ~is_so("reg_is_supplied")
        & (pl.col("reg_where").fill_null(Destination.COUNTY) == Destination.COUNTY)
    )


def registered_outside() -> pl.Expr:
    """Active in the registry at a school outside the county.

    学籍在县外学校且状态正常。
    """
    return (
        active()
        & ~is_so("reg_is_supplied")
        & (pl.col("reg_where") == Destination.OUTSIDE).fill_null(value=False)
    )
