"""Filings with their documents, and filings that something contradicts."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.rules.facts import active, is_so, on_file, registry_says
from rosterrec.frames import FilingKind, RegStatus


def filing_contradicted_by_roster() -> pl.Expr:
    """A filing says the child is dead, missing, never lived here or away, yet a class roster lists the child: a person must find out which is true.

    备案为死亡、失踪、空挂户、双重户口、出国或服刑，但班级名册上仍有该生：须人工核实。
    """
    kinds = [
        FilingKind.DEATH, FilingKind.MISSING, FilingKind.EMPTY, FilingKind.DUPLICATE,
        FilingKind.ABROAD, FilingKind.CUSTODY,
    ]  # fmt: skip
    return is_so("ros_is_any") & pl.any_horizontal(is_so(f"fil_is_{kind}") for kind in kinds)


def undocumented_filing_against_registry() -> pl.Expr:
    """A filing without document number and date stands against an active registry entry: not closed until one of them is corrected.

    备案缺少文号或日期，而学籍状态正常：两者矛盾，未能销号，须人工核实。
    """
    return is_so("fil_is_lasting_undocumented") & active()


def deceased() -> pl.Expr:
    """Death on file with document number and date.

    死亡，已备案（有文号和日期）。
    """
    return on_file(FilingKind.DEATH)


def missing_person() -> pl.Expr:
    """Reported missing, on file with document number and date.

    失踪，已备案（有文号和日期）。
    """
    return on_file(FilingKind.MISSING)


def duplicate_registration() -> pl.Expr:
    """A second household registration of the same person, on file with document number and date.

    双重户口，已备案（有文号和日期）。
    """
    return on_file(FilingKind.DUPLICATE)


def empty_registration() -> pl.Expr:
    """Registered here but no such resident, on file with document number and date.

    空挂户，已备案（有文号和日期）。
    """
    return on_file(FilingKind.EMPTY)


def abroad() -> pl.Expr:
    """Gone abroad, on file with document number and date.

    出国（境），已备案（有文号和日期）。
    """
    return on_file(FilingKind.ABROAD)


def custody() -> pl.Expr:
    """In custody or a special school for offenders, on file with document number and date.

    服刑或在专门学校，已备案（有文号和日期）。
    """
    return on_file(FilingKind.CUSTODY)


def suspended() -> pl.Expr:
    """Suspended with an approval that is in date.

    休学，审批手续在有效期内。
    """
    return on_file(FilingKind.SUSPENSION)


def severe_disability() -> pl.Expr:
    """A disability certificate of grade 1 or 2, and no school: teaching at home should be arranged.

    持一级或二级残疾证且未在校：应安排送教上门。
    """
    return is_so("fil_is_severe")


def deferred() -> pl.Expr:
    """Entry deferred with an approval that is in date.

    延缓入学，审批手续在有效期内。
    """
    return on_file(FilingKind.DEFERRAL)


def suspension_without_approval() -> pl.Expr:
    """Suspended in the registry, but no approval is on file: a person must find it.

    学籍状态为休学，但未见审批手续：须人工核实。
    """
    return registry_says(RegStatus.SUSPENDED) & ~is_so(f"fil_is_{FilingKind.SUSPENSION}")
