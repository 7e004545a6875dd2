"""What is known of the files and of the whole run, beside the frames."""

from __future__ import annotations

from dataclasses import dataclass, field

from rosterrec.frames.codes import Role


@dataclass(frozen=True)
class Receipt:
    """How one sheet was read. ``rows`` = ``used`` + ``rejected``; blank rows are not rows."""

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
