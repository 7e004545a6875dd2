"""The tables of ``rosterrec.db``, one step per version; rows are added, never changed or removed.

A step is a tuple of single statements. A table is followed by ``sealed``, whose triggers refuse to
update or delete: what supersedes an entry is a new one. To extend the ledger, add a step at the
end; a released step is never edited.
"""

from __future__ import annotations

#: Marks a file as this program's ("rrec"), so that no other database is mistaken for a ledger.
APPLICATION_ID = 0x72726563


def sealed(table: str) -> tuple[str, str]:
    """Triggers under which rows of a table stay as they were written."""
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append only'); END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append only'); END",
    )


_DECISIONS = """
CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,               -- UTC, 2024-10-15T01:02:03Z
    utc_offset INTEGER NOT NULL,    -- minutes, as the clock on the wall stood
    who TEXT NOT NULL,
    command TEXT NOT NULL,          -- match, decide, review, ledger
    version TEXT NOT NULL,
    workbook TEXT,                  -- name of the file it came from
    workbook_sha256 TEXT,
    run_id TEXT,                    -- the run whose workbook or queue it answers
    kind TEXT NOT NULL CHECK (kind IN ('pair', 'status', 'proof', 'attempt', 'note', 'retract')),
    left_key TEXT NOT NULL,         -- a record, by its content (``keys``)
    right_key TEXT NOT NULL,        -- '' where the entry is about one record
    verdict TEXT NOT NULL,          -- same, different, unsure; a status; held; ...
    on_date TEXT,                   -- day of the proof, visit or finding
    document_no TEXT,
    document_date TEXT,
    reason TEXT,
    note TEXT,
    left_shown TEXT NOT NULL,       -- masked, for lists
    right_shown TEXT NOT NULL,
    seen TEXT,                      -- what the lists said then, as JSON
    hash TEXT NOT NULL              -- of this row, what it supersedes, and the hash before it
)"""

_SUPERSEDED = """
CREATE TABLE superseded (
    seq INTEGER NOT NULL REFERENCES decisions (seq),
    by_seq INTEGER NOT NULL REFERENCES decisions (seq),
    PRIMARY KEY (seq, by_seq)
) WITHOUT ROWID"""

_RUNS = """
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,           -- name of its folder
    run_key TEXT NOT NULL,
    folder TEXT NOT NULL,           -- output folder, relative to the ledger where it can be
    as_of TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT NOT NULL,
    version TEXT NOT NULL,
    settings TEXT NOT NULL,         -- JSON
    figures TEXT NOT NULL,          -- JSON, as summary.json
    decided INTEGER NOT NULL,       -- the last decision it knew, 0 for none
    head TEXT NOT NULL              -- hash of that decision, '' for none
)"""

_RUN_INPUTS = """
CREATE TABLE run_inputs (
    run INTEGER NOT NULL REFERENCES runs (run),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run, name)
) WITHOUT ROWID"""

_PERSON_ALIASES = """
CREATE TABLE person_aliases (
    alias INTEGER PRIMARY KEY,
    person_id TEXT NOT NULL,
    number TEXT,                    -- hashes (``people``)
    valid TEXT,                     -- the number again where it is a valid one
    name_key TEXT,
    birth_date TEXT,
    sex TEXT,
    village TEXT,
    household TEXT,
    copies INTEGER NOT NULL,        -- rows of the list that said just the same
    run INTEGER NOT NULL REFERENCES runs (run)
)"""

# A row for each alias cost a county a second a run. Those rows are not carried over: the next list
# makes them anew, and only ids of corrected numbers begin again; the copy kept beside has them.
_ALIAS_BATCHES = """
CREATE TABLE alias_batches (
    batch INTEGER PRIMARY KEY,
    aliases BLOB NOT NULL,          -- those that a run added, as Parquet (``people``)
    digest BLOB NOT NULL,           -- BLAKE2b of that
    run INTEGER NOT NULL REFERENCES runs (run)
)"""

_PERSON_EVENTS = """
CREATE TABLE person_events (
    event INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merged', 'split')),
    person_id TEXT NOT NULL,
    other TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (run)
)"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        _DECISIONS,
        "CREATE INDEX decisions_subject ON decisions (kind, left_key, right_key)",
        *sealed("decisions"),
        _SUPERSEDED,
        *sealed("superseded"),
        _RUNS,
        "CREATE INDEX runs_by_id ON runs (run_id)",
        *sealed("runs"),
        _RUN_INPUTS,
        *sealed("run_inputs"),
    ),
    (
        _PERSON_ALIASES,
        *sealed("person_aliases"),
        _PERSON_EVENTS,
        *sealed("person_events"),
    ),
    (
        "DROP TABLE person_aliases",
        _ALIAS_BATCHES,
        *sealed("alias_batches"),
    ),
)

VERSION = len(MIGRATIONS)
