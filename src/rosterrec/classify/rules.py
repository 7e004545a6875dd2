"""The ordered table of rules that decides each child's status: the first that holds counts.

Each rule is a named condition over the evidence columns; its docstring is its published
explanation, one line in English and one in Chinese. Statuses and their meaning are those of the
national dropout-control work (教基厅函〔2024〕15号; ``domain.md`` 4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from rosterrec.frames import Destination, FilingKind, RegStatus, Stage, Status

Condition = Callable[[], pl.Expr]

#: Attempts at contact, on record, after which a child counts as out of contact.
ATTEMPTS_NEEDED = 3


@dataclass(frozen=True)
class Rule:
    """A status and the condition under which it is given; None is the status a person set."""

    code: str
    status: Status | None
    condition: Condition

    def explanation(self, lang: str) -> str:
        """The rule in one sentence, from the docstring of its condition."""
        english, _, chinese = (self.condition.__doc__ or "").strip().partition("\n\n")
        return (chinese if lang == "zh" else english).strip()


def _is(column: str) -> pl.Expr:
    return pl.col(column).fill_null(value=False)


def _filed(kind: FilingKind) -> pl.Expr:
    return _is(f"fil_is_{kind}_good")


def _active() -> pl.Expr:
    return (pl.col("reg_status") == RegStatus.ACTIVE).fill_null(value=False)


def _registry(status: RegStatus) -> pl.Expr:
    return (pl.col("reg_status") == status).fill_null(value=False)


def _claims(*destinations: Destination) -> pl.Expr:
    return pl.col("led_claim").is_in([str(d) for d in destinations]).fill_null(value=False)


def _at_senior() -> pl.Expr:
    return _is("reg_is_senior_any") | (
        pl.col("ros_grade").is_between(10, 12)
        | pl.col("ros_stage").is_in([Stage.SENIOR, Stage.VOCATIONAL])
    ).fill_null(value=False)


def _enrolled_on_paper() -> pl.Expr:
    return _is("ros_is_any") | _active()


def decided() -> pl.Expr:
    """A person set this status by hand, and the lists say no more than they said then.

    该去向由人工认定，且名单情况与认定时相同。
    """
    as_then = pl.col("hand_seen").is_null() | (pl.col("hand_seen") == pl.col("listed_status"))
    return pl.col("hand_status").is_not_null() & as_then


def decisions_disagree() -> pl.Expr:
    """Two people set different statuses by hand: they must agree on one.

    两人认定的去向不同：须商定后重新认定。
    """
    return _is("hand_is_disputed")


def filing_contradicted_by_roster() -> pl.Expr:
    """A filing says the child is dead, missing, never lived here or away, yet a class roster lists the child: a person must find out which is true.

    备案为死亡、失踪、空挂户、双重户口、出国或服刑，但班级名册上仍有该生：须人工核实。
    """
    kinds = [
        FilingKind.DEATH, FilingKind.MISSING, FilingKind.EMPTY, FilingKind.DUPLICATE,
        FilingKind.ABROAD, FilingKind.CUSTODY,
    ]  # fmt: skip
    return _is("ros_is_any") & pl.any_horizontal(_is(f"fil_is_{kind}") for kind in kinds)


def undocumented_filing_against_registry() -> pl.Expr:
    """A filing without document number and date stands against an active registry entry: not closed until one of them is corrected.

    备案缺少文号或日期，而学籍状态正常：两者矛盾，未能销号，须人工核实。
    """
    return _is("fil_is_lasting_undocumented") & _active()


def deceased() -> pl.Expr:
    """Death on file with document number and date.

    死亡，已备案（有文号和日期）。
    """
    return _filed(FilingKind.DEATH)


def missing_person() -> pl.Expr:
    """Reported missing, on file with document number and date.

    失踪，已备案（有文号和日期）。
    """
    return _filed(FilingKind.MISSING)


def duplicate_registration() -> pl.Expr:
    """A second household registration of the same person, on file with document number and date.

    双重户口，已备案（有文号和日期）。
    """
    return _filed(FilingKind.DUPLICATE)


def empty_registration() -> pl.Expr:
    """Registered here but no such resident, on file with document number and date.

    空挂户，已备案（有文号和日期）。
    """
    return _filed(FilingKind.EMPTY)


def abroad() -> pl.Expr:
    """Gone abroad, on file with document number and date.

    出国（境），已备案（有文号和日期）。
    """
    return _filed(FilingKind.ABROAD)


def custody() -> pl.Expr:
    """In custody or a special school for offenders, on file with document number and date.

    服刑或在专门学校，已备案（有文号和日期）。
    """
    return _filed(FilingKind.CUSTODY)


def swapped_numbers() -> pl.Expr:
    """Two children seem to have each other's ID number: a person must decide before either counts.

    疑似两名学生身份证号互换：核实前均不计入在读。
    """
    return _is("doubt_is_swap")


def suspended() -> pl.Expr:
    """Suspended with an approval that is in date.

    休学，审批手续在有效期内。
    """
    return _filed(FilingKind.SUSPENSION)


def senior_school() -> pl.Expr:
    """Registered in a senior or vocational school.

    学籍在高中或中职学校。
    """
    return _at_senior()


def taught_at_home() -> pl.Expr:
    """The registry or roster has the child as taught at home.

    学籍或名册登记就读方式为送教上门。
    """
    return _is("reg_is_home_taught") | _is("ros_is_home_taught")


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


def _absent_from_roster() -> pl.Expr:
    return _active() & _is("reg_is_supplied")


def _claim_waits() -> pl.Expr:
    return _is("doubt_is_ledger") & _is("doubt_is_other_id")


def proof_names_another_number() -> pl.Expr:
    """The ledger has the child's name with another valid ID number: the proof may be another child's.

    台账上姓名相同但身份证号不同（两号均有效）：该证明可能属于他人，须人工核实。
    """
    return _claim_waits() & ~_active() & ~_is("led_is_any")


def proven_outside() -> pl.Expr:
    """A proof of this school year places the child at a school outside the county.

    本学年就读证明显示在县外学校就读。
    """
    return _is("led_is_proven") & _claims(Destination.OUTSIDE) & ~_registered_elsewhere()


def proven_in_county() -> pl.Expr:
    """A proof of this school year places the child at a school elsewhere in the county.

    本学年就读证明显示在县内外镇学校就读。
    """
    return _is("led_is_proven") & _claims(Destination.COUNTY) & ~_registered_elsewhere()


def _registered_elsewhere() -> pl.Expr:
    """The registry itself has the child in an active place that no supplied roster denies."""
    return _active() & ~_is("reg_is_supplied") & (pl.col("reg_where") != Destination.LOCAL)


def registered_roster_not_supplied() -> pl.Expr:
    """Active in the registry at a home school whose roster for that class was not supplied: counted for now.

    学籍在本镇学校且状态正常，但该班名册未提供：暂计在读。
    """
    return (
        _active()
        & ~_is("reg_is_supplied")
        & (pl.col("reg_where") == Destination.LOCAL).fill_null(value=False)
    )


def registered_in_county() -> pl.Expr:
    """Active in the registry at a school elsewhere in the county.

    学籍在县内外镇学校且状态正常。
    """
    return (
        _active()
        & ~_is("reg_is_supplied")
        & (pl.col("reg_where").fill_null(Destination.COUNTY) == Destination.COUNTY)
    )


def registered_outside() -> pl.Expr:
    """Active in the registry at a school outside the county.

    学籍在县外学校且状态正常。
    """
    return (
        _active()
        & ~_is("reg_is_supplied")
        & (pl.col("reg_where") == Destination.OUTSIDE).fill_null(value=False)
    )


def ledger_senior() -> pl.Expr:
    """The ledger has the child in a senior or vocational school, beyond compulsory age or after finishing junior high.

    台账登记在高中或中职就读（已完成义务教育）。
    """
    return _claims(Destination.SENIOR)


def claimed_outside() -> pl.Expr:
    """The ledger says the child is at a school outside the county; the proof is missing or out of date.

    台账登记在县外就读，但本学年就读证明缺失或过期。
    """
    return _claims(Destination.OUTSIDE)


def claimed_in_county() -> pl.Expr:
    """The ledger says the child is at a school elsewhere in the county; the proof is missing or out of date.

    台账登记在县内外镇就读，但本学年就读证明缺失或过期。
    """
    return _claims(Destination.COUNTY)


def claimed_at_home_roster_not_supplied() -> pl.Expr:
    """The ledger says the child is at a home school whose roster was not supplied: counted for now.

    台账登记在本镇学校就读，但该校名册未提供：暂计在读。
    """
    return _claims(Destination.LOCAL) & ~_is("led_is_supplied")


def ledger_home_teaching() -> pl.Expr:
    """The ledger has the child as taught at home.

    台账登记为送教上门。
    """
    return _claims(Destination.HOME)


def registry_dropout() -> pl.Expr:
    """The registry has the child as dropped out, and no list shows a return.

    学籍状态为辍学，且其他名单均未显示复学。
    """
    return _registry(RegStatus.DROPOUT) & ~_is("fil_is_severe")


def ledger_dropout() -> pl.Expr:
    """The ledger says the child has left school.

    台账登记为辍学。
    """
    return _claims(Destination.DROPOUT)


def ledger_no_contact() -> pl.Expr:
    """Out of contact after at least three attempts on record.

    失联，且有三次以上联系记录。
    """
    return _claims(Destination.NO_CONTACT) & (pl.col("led_attempts") >= ATTEMPTS_NEEDED).fill_null(
        value=False
    )


def registry_graduated() -> pl.Expr:
    """The registry has the child as graduated from junior high; whereabouts after that unknown.

    学籍状态为初中毕业，毕业后去向不明。
    """
    return _registry(RegStatus.GRADUATED) & ~(
        (pl.col("reg_grade") <= 6) | (pl.col("reg_stage") == Stage.PRIMARY)
    ).fill_null(value=False)


def ledger_graduated() -> pl.Expr:
    """The ledger says the child finished junior high, and the age fits.

    台账登记为初中毕业，且年龄相符。
    """
    return _claims(Destination.GRADUATED) & (pl.col("age_at_cutoff") >= 14).fill_null(value=False)


def severe_disability() -> pl.Expr:
    """A disability certificate of grade 1 or 2, and no school: teaching at home should be arranged.

    持一级或二级残疾证且未在校：应安排送教上门。
    """
    return _is("fil_is_severe")


def deferred() -> pl.Expr:
    """Entry deferred with an approval that is in date.

    延缓入学，审批手续在有效期内。
    """
    return _filed(FilingKind.DEFERRAL)


def too_young() -> pl.Expr:
    """Not six years old by the cutoff of this school year: not due yet.

    本学年截止日前未满六周岁，未到入学年龄。
    """
    return ~pl.col("is_due")


def twice_registered() -> pl.Expr:
    """Another person of the list has the same name, birthdate and family under another number: two registrations of one child, or two children.

    人口名单中另有同名、同出生日期、同一家庭但证号不同者：疑似双重户口，须人工核实。
    """
    return _is("doubt_is_twice")


def twice_confirmed() -> pl.Expr:
    """A person confirmed that this child is on the list twice; one registration must be cancelled and filed.

    人工确认该生在人口名单中登记了两次：须注销其一并备案。
    """
    return _is("hand_is_twice")


def evidence_open() -> pl.Expr:
    """A row that may be this child waits for a decision, and nothing else settles the child.

    有疑似匹配待人工确认，且无其他依据可认定。
    """
    return _is("doubt_is_open")


def registered_but_absent() -> pl.Expr:
    """Active in the registry, but the roster of that class does not list the child.

    学籍状态正常，但该班名册上没有该生（空挂学籍）。
    """
    return _absent_from_roster()


def suspension_without_approval() -> pl.Expr:
    """Suspended in the registry, but no approval is on file: a person must find it.

    学籍状态为休学，但未见审批手续：须人工核实。
    """
    return _registry(RegStatus.SUSPENDED) & ~_is(f"fil_is_{FilingKind.SUSPENSION}")


def nowhere() -> pl.Expr:
    """In no roster, no active registry entry, no proven claim and no filing that counts.

    名册、学籍、取证台账和有效备案中均未找到。
    """
    return pl.lit(value=True)


BY_HAND: tuple[Rule, ...] = (
    Rule("decided", None, decided),
    Rule("decisions_disagree", Status.REVIEW, decisions_disagree),
)

BY_THE_LISTS: tuple[Rule, ...] = (
    Rule("filing_contradicted_by_roster", Status.REVIEW, filing_contradicted_by_roster),
    Rule(
        "undocumented_filing_against_registry", Status.REVIEW, undocumented_filing_against_registry
    ),
    Rule("deceased", Status.DECEASED, deceased),
    Rule("missing_person", Status.MISSING_PERSON, missing_person),
    Rule("duplicate_registration", Status.DUPLICATE_REGISTRATION, duplicate_registration),
    Rule("empty_registration", Status.EMPTY_REGISTRATION, empty_registration),
    Rule("abroad", Status.ABROAD, abroad),
    Rule("custody", Status.CUSTODY, custody),
    Rule("swapped_numbers", Status.REVIEW, swapped_numbers),
    Rule("suspended", Status.SUSPENDED, suspended),
    Rule("senior_school", Status.SENIOR, senior_school),
    Rule("taught_at_home", Status.HOME_TEACHING, taught_at_home),
    Rule("on_home_roster", Status.LOCAL, on_home_roster),
    Rule("on_county_roster", Status.COUNTY, on_county_roster),
    Rule("on_outside_roster", Status.OUTSIDE, on_outside_roster),
    Rule("proof_names_another_number", Status.REVIEW, proof_names_another_number),
    Rule("proven_outside", Status.OUTSIDE, proven_outside),
    Rule("proven_in_county", Status.COUNTY, proven_in_county),
    Rule("registered_roster_not_supplied", Status.LOCAL, registered_roster_not_supplied),
    Rule("registered_in_county", Status.COUNTY, registered_in_county),
    Rule("registered_outside", Status.OUTSIDE, registered_outside),
    Rule("ledger_senior", Status.SENIOR, ledger_senior),
    Rule("registry_dropout", Status.DROPOUT, registry_dropout),
    Rule("claimed_outside", Status.OUTSIDE, claimed_outside),
    Rule("claimed_in_county", Status.COUNTY, claimed_in_county),
    Rule("claimed_at_home", Status.LOCAL, claimed_at_home_roster_not_supplied),
    Rule("ledger_home_teaching", Status.HOME_TEACHING, ledger_home_teaching),
    Rule("severe_disability", Status.SEVERE_DISABILITY, severe_disability),
    Rule("deferred", Status.DEFERRED, deferred),
    Rule("ledger_dropout", Status.DROPOUT, ledger_dropout),
    Rule("ledger_no_contact", Status.NO_CONTACT, ledger_no_contact),
    Rule("registry_graduated", Status.GRADUATED, registry_graduated),
    Rule("ledger_graduated", Status.GRADUATED, ledger_graduated),
    Rule("too_young", Status.NOT_YET_DUE, too_young),
    Rule("twice_registered", Status.REVIEW, twice_registered),
    Rule("twice_confirmed", Status.REVIEW, twice_confirmed),
    Rule("evidence_open", Status.REVIEW, evidence_open),
    Rule("suspension_without_approval", Status.REVIEW, suspension_without_approval),
    Rule("registered_but_absent", Status.NOT_FOUND, registered_but_absent),
    Rule("nowhere", Status.NOT_FOUND, nowhere),
)


RULES = (*BY_HAND, *BY_THE_LISTS)


def decide(evidence: pl.DataFrame) -> pl.DataFrame:
    """The evidence with ``status`` and ``rule`` of the first rule that holds for each child.

    ``listed_status`` is what the lists alone give; a status set by hand binds as long as that is
    what it was.
    """
    listed = evidence.with_columns(rule=_first(BY_THE_LISTS)).with_columns(
        listed_status=_status_of(pl.col("rule"))
    )
    return listed.with_columns(rule=pl.coalesce(_first(BY_HAND), "rule")).with_columns(
        status=pl.when(pl.col("rule") == "decided")
        .then("hand_status")
        .otherwise(_status_of(pl.col("rule")))
    )


def _first(rules: tuple[Rule, ...]) -> pl.Expr:
    """The code of the first rule that holds; null where none does."""
    return pl.coalesce(
        pl.when(rule.condition().fill_null(value=False)).then(pl.lit(rule.code)) for rule in rules
    )


def _status_of(code: pl.Expr) -> pl.Expr:
    statuses = {rule.code: str(rule.status) for rule in RULES if rule.status is not None}
    return code.replace_strict(statuses, default=None, return_dtype=pl.String)
