"""What is known of the files and of the whole run, beside the frames."""

from __future__ import annotations

from dataclasses import dataclass, field

from rosterrec.frames.codes import Role


@dataclass(frozen=True)
class ColumnUse:
    """What one column of a list was taken for.

    Attributes:
        column: the column's letter, as a spreadsheet names it.
        heading: its heading, "" where it has none.
        field: code of the field it is used as; "" where it is not used.
        basis: how that was told: ``pinned``, ``heading``, ``likeness`` (of the heading to a known
            one), ``content``; or why it is not used: ``repeated`` (another column is taken for the
            same), ``tied`` (two could be it, so neither is), ``of_no_use``, ``unknown``.
        sure: how sure the choice is, 0 to 1.
        runner_up: the field that came second, or that another column is taken for.
        examples: first values, masked.
    """

    column: str
    heading: str
    field: str
    basis: str
    sure: float
    runner_up: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """How one list was read. ``rows`` = ``used`` + ``rejected``; blank rows are not rows.

    ``problems`` says why rows were rejected, code -> count. ``sheet`` of a list that stands to the
    right of another ends in the letter of its first column: ``三(1)班[F]``.
    """

    file: str
    sheet: str
    format: str
    encoding: str
    role: Role
    role_basis: str  # flag, settings, headings
    header_row: int
    mapping: dict[str, str]  # field -> heading
    unmapped: tuple[str, ...]
    rows: int
    used: int
    rejected: int
    findings: tuple[str, ...] = ()  # codes of oddities, ``finding.<code>``
    hidden: bool = False
    columns: tuple[ColumnUse, ...] = ()
    role_why: tuple[str, ...] = ()  # the words that spoke for the role
    role_runner_up: str = ""
    last_row: int = 0  # the last row that belongs to the list
    problems: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class InputFile:
    """A file as it was read, by name and content."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Finding:
    """Something about the whole run that the clerk must know, ``finding.<code>``."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)
