"""What stands around every command: its language by default, and faults as exit statuses."""

from __future__ import annotations

import locale
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec import __version__
from rosterrec.errors import EXIT_FAULT, EXIT_INTERRUPTED, RosterrecError
from rosterrec.interrupts import heard_once

if TYPE_CHECKING:
    from rosterrec.screen.console import Console


def guarded(console: Console, work: Callable[[], int]) -> int:
    """The exit status of a command's work; every fault is told in one or two lines."""
    try:
        with heard_once():
            return work()
    except RosterrecError as error:
        console.show_error(error)
        return error.exit_status
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:
        if os.environ.get("ROSTERREC_DEBUG"):
            raise
        console.show_error(RosterrecError("internal", report=_where(error)))
        return EXIT_FAULT


def _where(error: BaseException) -> str:
    """Kind and place of an internal fault; never its message, which may quote a row."""
    trace = error.__traceback__
    spot = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if f"{os.sep}rosterrec{os.sep}" in code.co_filename:
            spot = f"{Path(code.co_filename).stem}.{code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} {spot}, rosterrec {__version__}"


def default_language() -> str:
    """The language of the locale, zh or en; zh where it does not say."""
    return language_of_locale() or "zh"


def language_of_locale() -> str | None:
    """The language of the locale; None where it names none, or another than zh and en."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not name and os.name == "nt":
        name = locale.getlocale()[0] or ""
    return {"en": "en", "zh": "zh", "ch": "zh"}.get(name.lower()[:2])
