"""Commands that hand paper out: ``brief``, ``tasks``, ``sample``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterrec.cli.options import (
    AskBooksPassword,
    BooksPasswordEnv,
    NoColor,
    OutToLookIn,
    Quiet,
    Run,
)


def brief(
    run: Run = ".",
    out: OutToLookIn = None,
    into: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="写到此文件夹，默认写到该次结果中 / folder to write to, default the run's.")] = None,
    show: Annotated[str, typer.Option(metavar="office|public|full", help="遮盖：office 姓名遮盖；public 不列个人；full 全名，仅供内部 / how much of a child is shown: office masks names, public names nobody, full masks nothing (for the office alone).")] = "office",
    template: Annotated[Path | None, typer.Option(metavar="FILE", help="自定义文字模板 / wording of your own.")] = None,
    save_template: Annotated[Path | None, typer.Option("--save-template", metavar="FILE", help="把自带模板存成文件以便修改 / write the shipped wording to a file to change.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言，默认同该次结果 / language, default that of the run.")] = None,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """周会简报：网页和 Word。 / The weekly meeting's brief, as a web page and a Word document."""
    from rosterrec.commands import brief as command

    request = command.Request(run, out, into, show, template, save_template, lang, quiet, no_color)
    raise typer.Exit(command.brief(request))


def tasks(
    run: Run = ".",
    by: Annotated[str, typer.Option(metavar="school|village|teacher", help="按学校、村或包保教师各一份 / a workbook for each of these.")] = "village",
    teacher: Annotated[list[str] | None, typer.Option(metavar="NAME", help="可分担未定教师家庭的教师，可重复 / a teacher who may take families that have none.")] = None,
    out: OutToLookIn = None,
    into: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="写到此空文件夹，默认该次结果中的 tasks / empty folder to write to, default tasks in the run's.")] = None,
    show: Annotated[str, typer.Option(metavar="office|full", help="遮盖：office 姓名证号遮盖；full 全名，仅供内部 / how much of a child is shown: office masks names and numbers, full masks nothing (for the office alone).")] = "office",
    password_env: BooksPasswordEnv = None,
    ask_password: AskBooksPassword = False,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="提示语言；任务单同该次结果 / language of messages; workbooks are in the run's.")] = None,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """任务单：每校、每村或每位包保教师一份，填好后由 decide 收回。 / Task workbooks to fill in, for decide to take back."""
    from rosterrec.commands import tasks as command

    request = command.Request(
        run=run, out=out, into=into, by=by, teachers=tuple(teacher or ()), show=show,
        password_env=password_env, ask_password=ask_password, lang=lang, quiet=quiet, no_color=no_color,
    )  # fmt: skip
    raise typer.Exit(command.tasks(request))


def sample(
    run: Run = ".",
    per_school: Annotated[int | None, typer.Option("--per-school", metavar="N", help="每校抽几份，默认按设置 [sample]，否则 5 份 / proofs of each school, default the setting in [sample], else 5.")] = None,
    seed: Annotated[str | None, typer.Option(metavar="WORD", help="抽取的种子，默认由该次结果定 / what the draw depends on, default from the run.")] = None,
    out: OutToLookIn = None,
    into: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="写到此空文件夹，默认该次结果中的 sample / empty folder to write to, default sample in the run's.")] = None,
    show: Annotated[str, typer.Option(metavar="office|full", help="遮盖：office 姓名遮盖；full 全名，仅供内部 / how much of a child is shown: office masks names, full masks nothing (for the office alone).")] = "office",
    password_env: BooksPasswordEnv = None,
    ask_password: AskBooksPassword = False,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="提示语言；表格同该次结果 / language of messages; the workbook is in the run's.")] = None,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """电话抽查就读证明，每校若干份，结果由 decide 收回。 / A seeded draw of proofs to telephone, for decide to take back."""
    from rosterrec.commands import sample as command

    request = command.Request(
        run=run, out=out, into=into, per_school=per_school, seed=seed, show=show,
        password_env=password_env, ask_password=ask_password, lang=lang, quiet=quiet, no_color=no_color,
    )  # fmt: skip
    raise typer.Exit(command.sample(request))
