"""Where the password of a protected workbook comes from: never a flag, never the settings.

A flag would stand in the list of processes and in the shell's history.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable

from rosterrec.errors import InputError

VARIABLE = "ROSTERREC_PASSWORD"
#: Service and user under which a keyring may hold it.
KEYRING = ("rosterrec", "workbook")
_TRIES = 3


class Passwords:
    """The passwords of one run: the environment's, the keyring's, then what a person types."""

    def __init__(self, ask: Callable[[str, bool], str | None] = lambda _file, _again: None) -> None:
        """With ``ask(file, again)``: a person's word, or None where nobody can be asked."""
        self._ask = ask
        self._known: str | None = os.environ.get(VARIABLE) or None
        self._looked = False
        self._asked: dict[str, int] = {}

    def known(self) -> str | None:
        """The password that opened the last file, or the environment's, or the keyring's."""
        if self._known is None and not self._looked:
            self._known = self._kept()
        return self._known

    def _kept(self) -> str | None:
        self._looked = True
        return _from_keyring()

    def another(self, file: str, refused: InputError) -> str:
        """A further password for a file that the last one did not open: the keyring's, then asked.

        Raises:
            InputError: ``refused``, where nobody can be asked or three words were wrong.
        """
        if not self._looked and (word := self._kept()):
            self._known = word
            return word
        times = self._asked[file] = self._asked.get(file, 0) + 1
        word = self._ask(file, times > 1) if times <= _TRIES else None
        if not word:
            raise refused from None
        self._known = word
        return word


def _from_keyring() -> str | None:
    """The word that the system's keyring holds, where the package keyring is installed."""
    with contextlib.suppress(Exception):  # a keyring that is locked or not there is no fault
        import keyring  # type: ignore[import-not-found, unused-ignore]

        word = keyring.get_password(*KEYRING)
        return str(word) if word else None
    return None
