"""Commands to settings to pipeline; nothing else. Heavy libraries are loaded inside commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterrec import __version__

EXIT_STATUSES = """\
退出状态 / exit status: 0 完成 done; 1 内部故障 internal fault; 2 输入或调用被拒绝 input or call refused;
3 完成且有待办(--check) done, something to act on; 4 被占用或无法写出 locked or not writable;
5 台账损坏 ledger damaged; 130 中断 interrupted."""

app = typer.Typer(
    name="rosterrec",
    help="控辍保学比对：户籍人口名单、学籍库、班级名册逐人核对。\n\n"
    "Account for every child: police list against registry and class rosters.",
    epilog=EXIT_STATUSES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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


Files = Annotated[list[str] | None, typer.Option()]


def _role_option(short: str, name: str, words: str) -> object:
    return typer.Option(f"--{name}", f"-{short}", metavar="FILE|GLOB", help=words)


@app.command(epilog=EXIT_STATUSES)
def match(
    folder: Annotated[Path, typer.Argument(help="本月导出文件所在文件夹 / folder of this month's exports.")] = Path(),
    population: Annotated[list[str] | None, _role_option("p", "population", "户籍人口名单 / police list.")] = None,
    registry: Annotated[list[str] | None, _role_option("r", "registry", "学籍库 / student registry.")] = None,
    roster: Annotated[list[str] | None, _role_option("c", "roster", "班级名册 / class rosters.")] = None,
    whereabouts: Annotated[list[str] | None, _role_option("w", "whereabouts", "摸排取证台账 / whereabouts ledger.")] = None,
    filing: Annotated[list[str] | None, _role_option("f", "filing", "备案 / filings.")] = None,
    schools: Annotated[list[str] | None, _role_option("s", "schools", "学校名录 / school directory.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="基准日期，默认今天 / reference date, default today.")] = None,
    home: Annotated[str | None, typer.Option(metavar="TOWN", help="本镇名称 / the home town.")] = None,
    county: Annotated[str | None, typer.Option(metavar="NAME|CODE", help="本县名称或代码 / the home county.")] = None,
    ages: Annotated[str | None, typer.Option(metavar="6-15", help="年龄范围 / ages on the list.")] = None,
    config: Annotated[Path | None, typer.Option(help="设置文件 / settings file.")] = None,
    out: Annotated[Path | None, typer.Option(help="输出文件夹 / output folder, default FOLDER/rosterrec.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="输出语言 / language of the outputs.")] = None,
    engine: Annotated[str, typer.Option(metavar="local", help="计算引擎 / engine.")] = "local",
    ignore: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="忽略的文件 / files to leave out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="汇总写到标准输出 / summary to stdout.")] = False,
    check: Annotated[bool, typer.Option("--check", help="有待办事项时退出状态为 3 / exit 3 if anything needs action.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只比对，不写文件 / write nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只显示错误 / errors only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="显示读取明细 / show how each sheet was read.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
    password_env: Annotated[str | None, typer.Option("--password-env", metavar="VARIABLE", help="用此环境变量中的密码加密工作簿 / put the workbook under the password in this environment variable.")] = None,
    ask_password: Annotated[bool, typer.Option("--ask-password", help="在终端输入密码加密工作簿 / put the workbook under a password typed at the terminal.")] = False,
    force: Annotated[bool, typer.Option("--force", help="没有变化也重新运行 / run though nothing changed.")] = False,
) -> None:  # fmt: skip
    """逐人核对本月名单，写出工作簿。 / Reconcile this month's lists and write the workbook."""
    from rosterrec import run

    typed = {
        "as_of": as_of, "home": home, "county": county, "ages": ages, "lang": lang,
        "ignore": ignore,
        "roles": {
            "population": population, "registry": registry, "roster": roster,
            "whereabouts": whereabouts, "filing": filing, "schools": schools,
        },
    }  # fmt: skip
    request = run.Request(
        folder=folder, config=config, out=out, typed=typed, engine=engine, as_json=as_json,
        check=check, dry_run=dry_run, quiet=quiet, verbose=verbose, no_color=no_color, force=force,
        password_env=password_env, ask_password=ask_password,
    )  # fmt: skip
    raise typer.Exit(run.match(request))


@app.command(epilog=EXIT_STATUSES)
def inspect(
    words: Annotated[list[Path] | None, typer.Argument(metavar="[FOLDER|FILE...]", help="名单文件夹（默认当前文件夹）或若干文件 / the folder of the lists (default: here), or files.")] = None,
    config: Annotated[Path | None, typer.Option(help="设置文件 / settings file.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言 / language.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="写成 JSON / as JSON.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """每个文件将怎样读取：格式、表头、用途、各列和未采用的行；不写文件。 / How each file would be read; writes nothing."""
    from rosterrec import inspect as command

    request = command.Request(tuple(words or ()), config, lang, as_json, no_color)
    raise typer.Exit(command.inspect(request))


@app.command(epilog=EXIT_STATUSES)
def init(
    folder: Annotated[Path, typer.Argument(help="名单文件夹 / the folder of the lists.")] = Path(),
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="设置文件的语言 / language of the settings file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="替换已有的 rosterrec.toml / replace an existing rosterrec.toml.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """按本月文件写出带说明的 rosterrec.toml，下月照此读取。 / Write a commented rosterrec.toml, so that next month reads the same."""
    from rosterrec import initialise as command

    raise typer.Exit(command.init(command.Request(folder, lang, force, no_color)))


@app.command(epilog=EXIT_STATUSES)
def explain(
    words: Annotated[list[str], typer.Argument(metavar="[FOLDER] WHO", help="名单文件夹（默认当前文件夹）和要查的人：行号、位置、证号或其末几位、姓名、编号 / the folder of match (default: here), and whom: a row or place of the police list, an ID or its last digits, a name, a person id.")],
    out: Annotated[Path | None, typer.Option(help="输出文件夹，同 match / output folder, as for match.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言，默认同上次运行 / language, default that of the run.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="写成 JSON / as JSON.")] = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="显示完整的姓名、证号和日期（终端或 --json）/ show whole names, numbers and dates, on a terminal or with --json.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """一个孩子的去向从何而来：每条关联的证据和分数。 / One child: status, rule, and every link with its evidence."""
    from rosterrec import explain as command

    request = command.Request(
        words=tuple(words), out=out, lang=lang, as_json=as_json, reveal=reveal, no_color=no_color
    )
    raise typer.Exit(command.explain(request))


@app.command(epilog=EXIT_STATUSES)
def decide(
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="填好的工作簿 / the workbook with entries.")],
    folder: Annotated[Path | None, typer.Option(help="运行 match 的文件夹，默认按工作簿所在位置找 / folder of match, default found from the workbook.")] = None,
    operator: Annotated[str | None, typer.Option(metavar="NAME", help="经办人，默认本机用户 / who decided, default the user of this machine.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言 / language.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，不写入 / preview, write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="写成 JSON / as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只显示错误 / errors only.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """把填好的工作簿收进决定台账。 / Take a filled-in workbook into the ledger."""
    from rosterrec import decide as command

    request = command.Request(
        workbook=workbook, folder=folder, operator=operator, lang=lang, dry_run=dry_run,
        as_json=as_json, quiet=quiet, no_color=no_color,
    )  # fmt: skip
    raise typer.Exit(command.decide(request))


@app.command(epilog=EXIT_STATUSES)
def review(
    folder: Annotated[Path, typer.Argument(help="运行 match 的文件夹 / the folder of match.")] = Path(),
    out: Annotated[Path | None, typer.Option(help="输出文件夹，同 match / output folder, as for match.")] = None,
    operator: Annotated[str | None, typer.Option(metavar="NAME", help="经办人，默认本机用户 / who decides, default the user of this machine.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言，默认同上次运行 / language, default that of the run.")] = None,
    reveal: Annotated[bool, typer.Option("--reveal", help="显示完整的姓名、证号和日期 / show whole names, numbers and dates.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """在终端逐对判定待核对的人，随时可停，下次接着判。 / Judge the pairs in review one by one; stop and go on at any time."""
    from rosterrec import review as command

    raise typer.Exit(command.review(command.Request(folder, out, operator, lang, reveal, no_color)))


@app.command(epilog=EXIT_STATUSES)
def ledger(
    words: Annotated[list[str] | None, typer.Argument(metavar="[FOLDER] [list|people|retract|check|export] [NUMBER...]", help="文件夹（默认当前文件夹）；列出、列人员编号变化、撤回、检查或导出；要撤回的编号 / the folder of match (default: here); what to do (people: ids merged or split); numbers to take back.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="pair|status|proof|attempt|note|retract", help="只看一类 / of one kind only.")] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="只看一位经办人 / of one person only.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="从哪天起 / from this day on.")] = None,
    state: Annotated[str, typer.Option(metavar="standing|superseded|all", help="有效、已取代或全部 / what counts, what does not, or all.")] = "standing",
    reason: Annotated[str | None, typer.Option(metavar="WHY", help="撤回的原因 / why it is taken back.")] = None,
    operator: Annotated[str | None, typer.Option(metavar="NAME", help="经办人，默认本机用户 / who takes it back, default the user of this machine.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="导出到文件，默认标准输出 / file to export to, default stdout.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言 / language.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="写成 JSON / as JSON.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """查看、撤回、检查、导出决定台账。 / List, retract, check or export what was decided."""
    from rosterrec import ledgers

    request = ledgers.Request(
        words=tuple(words or ()), kind=kind, who=who, since=since, state=state, reason=reason,
        operator=operator, out=out, lang=lang, as_json=as_json, no_color=no_color,
    )  # fmt: skip
    raise typer.Exit(ledgers.ledger(request))


@app.command(epilog=EXIT_STATUSES)
def diff(
    older: Annotated[str, typer.Argument(metavar="OLD", help="较早一次的结果文件夹、名称或日期 / the older run: its folder, name or date.")],
    newer: Annotated[str, typer.Argument(metavar="NEW", help="较新一次 / the newer run.")],
    out: Annotated[Path | None, typer.Option(help="输出文件夹，按名称或日期查找时用 / output folder to look names and dates up in, default ./rosterrec.")] = None,
    book: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE.xlsx", help="另存为工作簿（含姓名和证号，仅供内部）/ as a workbook with names and numbers, for the office.")] = None,
    password_env: Annotated[str | None, typer.Option("--password-env", metavar="VARIABLE", help="用此环境变量中的密码加密工作簿 / put the workbook under the password in this environment variable.")] = None,
    ask_password: Annotated[bool, typer.Option("--ask-password", help="在终端输入密码加密工作簿 / put the workbook under a password typed at the terminal.")] = False,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言，默认同较新一次 / language, default that of the newer run.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="写成 JSON / as JSON.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """两次比对之间的变化：新增、减少、转学、返校、新辍学、取证。 / What changed between two runs."""
    from rosterrec import diff as command

    request = command.Request(
        older, newer, out, book, password_env, ask_password, lang, as_json, no_color
    )
    raise typer.Exit(command.diff(request))


@app.command(epilog=EXIT_STATUSES)
def brief(
    run: Annotated[str, typer.Argument(metavar="[FOLDER]", help="名单文件夹或某次结果，默认当前文件夹最近一次 / folder of match, or a run: its folder, name or date.")] = ".",
    out: Annotated[Path | None, typer.Option(help="输出文件夹，按名称或日期查找时用 / output folder to look names and dates up in, default ./rosterrec.")] = None,
    into: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="写到此文件夹，默认写到该次结果中 / folder to write to, default the run's.")] = None,
    show: Annotated[str, typer.Option(metavar="office|public|full", help="遮盖：office 姓名遮盖；public 不列个人；full 全名，仅供内部 / how much of a child is shown.")] = "office",
    template: Annotated[Path | None, typer.Option(metavar="FILE", help="自定义文字模板 / wording of your own.")] = None,
    save_template: Annotated[Path | None, typer.Option("--save-template", metavar="FILE", help="把自带模板存成文件以便修改 / write the shipped wording to a file to change.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言，默认同该次结果 / language, default that of the run.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只显示错误 / errors only.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """周会简报：网页和 Word。 / The weekly meeting's brief, as a web page and a Word document."""
    from rosterrec import brief as command

    request = command.Request(run, out, into, show, template, save_template, lang, quiet, no_color)
    raise typer.Exit(command.brief(request))


@app.command(epilog=EXIT_STATUSES)
def tasks(
    run: Annotated[str, typer.Argument(metavar="[FOLDER]", help="名单文件夹或某次结果，默认当前文件夹最近一次 / folder of match, or a run: its folder, name or date.")] = ".",
    by: Annotated[str, typer.Option(metavar="school|village|teacher", help="按学校、村或包保教师各一份 / a workbook for each of these.")] = "village",
    teacher: Annotated[list[str] | None, typer.Option(metavar="NAME", help="可分担未定教师家庭的教师，可重复 / a teacher who may take families that have none.")] = None,
    out: Annotated[Path | None, typer.Option(help="输出文件夹，按名称或日期查找时用 / output folder to look names and dates up in, default ./rosterrec.")] = None,
    into: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="写到此空文件夹，默认该次结果中的 tasks / empty folder to write to, default tasks in the run's.")] = None,
    show: Annotated[str, typer.Option(metavar="office|full", help="遮盖：office 姓名证号遮盖；full 全名，仅供内部 / how much of a child is shown.")] = "office",
    password_env: Annotated[str | None, typer.Option("--password-env", metavar="VARIABLE", help="用此环境变量中的密码加密工作簿 / put the workbooks under the password in this environment variable.")] = None,
    ask_password: Annotated[bool, typer.Option("--ask-password", help="在终端输入密码加密工作簿 / put the workbooks under a password typed at the terminal.")] = False,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="提示语言；任务单同该次结果 / language of messages; workbooks are in the run's.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只显示错误 / errors only.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """任务单：每校、每村或每位包保教师一份，填好后由 decide 收回。 / Task workbooks to fill in, for decide to take back."""
    from rosterrec import tasks as command

    request = command.Request(
        run, out, into, by, tuple(teacher or ()), show, password_env, ask_password, lang, quiet, no_color
    )  # fmt: skip
    raise typer.Exit(command.tasks(request))


@app.command(epilog=EXIT_STATUSES)
def sample(
    run: Annotated[str, typer.Argument(metavar="[FOLDER]", help="名单文件夹或某次结果，默认当前文件夹最近一次 / folder of match, or a run: its folder, name or date.")] = ".",
    per_school: Annotated[int | None, typer.Option("--per-school", metavar="N", help="每校抽几份，默认按设置 [sample]，否则 5 份 / proofs of each school, default the setting in [sample], else 5.")] = None,
    seed: Annotated[str | None, typer.Option(metavar="WORD", help="抽取的种子，默认由该次结果定 / what the draw depends on, default from the run.")] = None,
    out: Annotated[Path | None, typer.Option(help="输出文件夹，按名称或日期查找时用 / output folder to look names and dates up in, default ./rosterrec.")] = None,
    into: Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="写到此空文件夹，默认该次结果中的 sample / empty folder to write to, default sample in the run's.")] = None,
    show: Annotated[str, typer.Option(metavar="office|full", help="遮盖：office 姓名遮盖；full 全名，仅供内部 / how much of a child is shown.")] = "office",
    password_env: Annotated[str | None, typer.Option("--password-env", metavar="VARIABLE", help="用此环境变量中的密码加密工作簿 / put the workbooks under the password in this environment variable.")] = None,
    ask_password: Annotated[bool, typer.Option("--ask-password", help="在终端输入密码加密工作簿 / put the workbooks under a password typed at the terminal.")] = False,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="提示语言；表格同该次结果 / language of messages; the workbook is in the run's.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只显示错误 / errors only.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """电话抽查就读证明，每校若干份，结果由 decide 收回。 / A seeded draw of proofs to telephone, for decide to take back."""
    from rosterrec import sample as command

    request = command.Request(
        run, out, into, per_school, seed, show, password_env, ask_password, lang, quiet, no_color
    )  # fmt: skip
    raise typer.Exit(command.sample(request))


@app.command(epilog=EXIT_STATUSES)
def evaluate(
    links: Annotated[Path, typer.Argument(metavar="LINKS", help="一次运行的文件夹或其 links.parquet / a run's folder or its links.parquet.")],
    labels: Annotated[Path, typer.Argument(metavar="LABELS", help="已判定的行对（.csv .xlsx .parquet）/ labelled pairs.")],
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言 / language.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="结果写到标准输出 / figures to stdout.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")] = False,
) -> None:  # fmt: skip
    """用已判定的行对检验关联：查准率、查全率、F1。 / Precision, recall and F1 from labelled pairs.

    LABELS: left_file, left_sheet, left_row, right_file, right_sheet, right_row, label (1/0,
    同一人/不是同一人), errors. 没有 label 列时视为全部真实行对 / without label, all true pairs there are.
    """
    from rosterrec import evaluate as command

    request = command.Request(links, labels, lang, as_json, no_color)
    raise typer.Exit(command.evaluate(request))


def main() -> None:
    """The console script: run the command and leave with its exit status."""
    app()
