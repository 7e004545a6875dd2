"""Commands to settings to pipeline; nothing else. Heavy libraries are loaded inside commands."""

from __future__ import annotations

from typing import Annotated

import typer

from rosterrec import __version__
from rosterrec.cli.answers import diff, evaluate, explain
from rosterrec.cli.decisions import decide, ledger, review
from rosterrec.cli.help import Command, Group
from rosterrec.cli.month import init, inspect, match
from rosterrec.cli.papers import brief, sample, tasks

EXIT_STATUSES = (
    "退出状态：0 完成；1 内部故障；2 输入或调用被拒绝；3 完成且有待办（--check）；"
    "4 被占用或无法写出；5 台账损坏或由新版写成；130 中断。 / "
    "Exit status: 0 done; 1 internal fault; 2 input or call refused; 3 done, and --check found "
    "something to act on; 4 locked or not writable; 5 ledger damaged or from a newer version; "
    "130 interrupted."
)

app = typer.Typer(
    name="rosterrec",
    cls=Group,
    help="控辍保学比对：户籍人口名单、学籍库、班级名册逐人核对。 / "
    "Account for every child: police list against registry and class rosters.",
    epilog=EXIT_STATUSES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
#: In the order of ``--help``, which is that of a month's work.
_COMMANDS = (
    match, inspect, init, explain, decide, review, ledger, diff, brief, tasks, sample, evaluate,
)  # fmt: skip
for _command in _COMMANDS:
    app.command(cls=Command, epilog=EXIT_STATUSES)(_command)


def _version(*, show: bool) -> None:
    if show:
        typer.echo(f"rosterrec {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _show: Annotated[
        bool,
        typer.Option("--version", callback=lambda show: _version(show=show), is_eager=True,
                     help="版本 / show the version."),
    ] = False,
) -> None:  # fmt: skip
    """Global options."""


def main() -> None:
    """The console script: run the command and leave with its exit status."""
    app()
