"""Faults that end a run, each with a code, facts, and the exit status it leads to.

Sentences live in ``messages.toml`` under ``error.<code>``; this module holds no words, so that the
same fault reads in Chinese or English. Facts never carry a full name or ID number.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FAULT = 1
EXIT_REFUSED = 2
EXIT_FINDINGS = 3
EXIT_UNWRITABLE = 4
EXIT_LEDGER = 5
EXIT_INTERRUPTED = 130


class RosterrecError(Exception):
    """A fault the user can act on.

    Attributes:
        code: key of the sentence, ``error.<code>`` in ``messages.toml``.
        facts: what fills the sentence: file, sheet, row, column, and the like.
        exit_status: the process exit status of ``contract.md``.
    """

    exit_status = EXIT_REFUSED

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class InputError(RosterrecError):
    """The input or the call is refused; nothing was written."""


class OutputError(RosterrecError):
    """Another run holds the folder, or the output cannot be written."""

    exit_status = EXIT_UNWRITABLE


class LedgerError(RosterrecError):
    """The ledger is damaged, no ledger, or from a newer version; it was left as it is."""

    exit_status = EXIT_LEDGER
