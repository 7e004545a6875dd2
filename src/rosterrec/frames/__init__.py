"""The nouns that stages hand to each other: codes, and one declared schema per frame.

Every frame that crosses a module is a ``NewType`` over ``pl.DataFrame``, so that mypy refuses a
``Compared`` where a ``Scored`` is due; ``checked`` proves the columns and types at run time. Codes
are ``StrEnum`` values in String columns.
"""

from rosterrec.frames.codes import (
    GROUP_OF,
    Decision,
    Destination,
    Field,
    FilingKind,
    Flag,
    Group,
    IdKind,
    Mode,
    Proof,
    RegStatus,
    Role,
    Stage,
    Status,
)
from rosterrec.frames.facts import (
    ColumnUse,
    Finding,
    InputFile,
    Receipt,
)
from rosterrec.frames.pairs import (
    COMPARED,
    FEATURES,
    KEYS,
    LINKS,
    PAIRS,
    SCORED,
    Compared,
    Keys,
    Links,
    Pairs,
    Scored,
)
from rosterrec.frames.people import (
    CORRECTIONS,
    OUTSIDERS,
    PEOPLE,
    PEOPLE_PUBLIC,
    REGISTRY_CHECK,
    People,
)
from rosterrec.frames.records import (
    RAW,
    RECORDS,
    REJECTS,
    SCHOOLS,
    Raw,
    Records,
    Rejects,
    Schools,
)
from rosterrec.frames.schema import (
    checked,
    conform,
    empty,
)

__all__ = [
    "COMPARED",
    "CORRECTIONS",
    "FEATURES",
    "GROUP_OF",
    "KEYS",
    "LINKS",
    "OUTSIDERS",
    "PAIRS",
    "PEOPLE",
    "PEOPLE_PUBLIC",
    "RAW",
    "RECORDS",
    "REGISTRY_CHECK",
    "REJECTS",
    "SCHOOLS",
    "SCORED",
    "ColumnUse",
    "Compared",
    "Decision",
    "Destination",
    "Field",
    "FilingKind",
    "Finding",
    "Flag",
    "Group",
    "IdKind",
    "InputFile",
    "Keys",
    "Links",
    "Mode",
    "Pairs",
    "People",
    "Proof",
    "Raw",
    "Receipt",
    "Records",
    "RegStatus",
    "Rejects",
    "Role",
    "Schools",
    "Scored",
    "Stage",
    "Status",
    "checked",
    "conform",
    "empty",
]
