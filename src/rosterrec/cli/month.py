"""Commands that read the month's files: ``match``, ``inspect``, ``init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterrec.cli.options import (
    AsJson,
    AskBookPassword,
    BookPasswordEnv,
    Config,
    Lang,
    NoColor,
    Quiet,
)


def _of_role(short: str, name: str, words: str) -> object:
    return typer.Option(f"--{name}", f"-{short}", metavar="FILE|GLOB", help=words)


def match(
    folder: Annotated[Path, typer.Argument(help="本月导出文件所在文件夹 / folder of this month's exports.")] = Path(),
    population: Annotated[list[str] | None, _of_role("p", "population", "户籍人口名单 / police list.")] = None,
    registry: Annotated[list[str] | None, _of_role("r", "registry", "学籍库 / student registry.")] = None,
    roster: Annotated[list[str] | None, _of_role("c", "roster", "班级名册 / class rosters.")] = None,
    whereabouts: Annotated[list[str] | None, _of_role("w", "whereabouts", "摸排取证台账 / whereabouts ledger.")] = None,
    filing: Annotated[list[str] | None, _of_role("f", "filing", "备案 / filings.")] = None,
    schools: Annotated[list[str] | None, _of_role("s", "schools", "学校名录 / school directory.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="基准日期，默认今天 / reference date, default today.")] = None,
    home: Annotated[str | None, typer.Option(metavar="TOWN", help="本镇名称，默认按户籍名单 / the home town, default as on the police list.")] = None,
    county: Annotated[str | None, typer.Option(metavar="NAME|CODE", help="本县名称或六位代码，默认由名单得出 / the home county's name or six-digit code, default as the lists have it.")] = None,
    ages: Annotated[str | None, typer.Option(metavar="6-15", help="年龄范围，默认 6-15 / ages on the list, default 6-15.")] = None,
    config: Config = None,
    out: Annotated[Path | None, typer.Option(help="输出文件夹，默认为名单文件夹下的 rosterrec / output folder, default FOLDER/rosterrec.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="输出语言，默认按系统 / language of the outputs, default that of the system.")] = None,
    engine: Annotated[str, typer.Option(metavar="local", help="计算引擎 / engine.")] = "local",
    ignore: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="忽略的文件 / files to leave out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="汇总写到标准输出 / summary to stdout.")] = False,
    check: Annotated[bool, typer.Option("--check", help="有待办事项时退出状态为 3 / exit 3 if anything needs action.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只比对，不写文件 / write nothing.")] = False,
    quiet: Quiet = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="显示读取明细 / show how each sheet was read.")] = False,
    no_color: NoColor = False,
    password_env: BookPasswordEnv = None,
    ask_password: AskBookPassword = False,
    force: Annotated[bool, typer.Option("--force", help="没有变化也重新运行 / run though nothing changed.")] = False,
) -> None:  # fmt: skip
    """逐人核对本月名单，写出工作簿。 / Reconcile this month's lists and write the workbook."""
    from rosterrec.commands import flags
    from rosterrec.commands import match as command

    lists = flags.Lists(population, registry, roster, whereabouts, filing, schools)
    request = command.Request(
        folder=folder, config=config, out=out,
        typed=flags.Typed(as_of, home, county, ages, lang, ignore, lists),
        engine=engine, as_json=as_json, check=check, dry_run=dry_run, quiet=quiet, verbose=verbose,
        no_color=no_color, force=force, password_env=password_env, ask_password=ask_password,
    )  # fmt: skip
    raise typer.Exit(command.match(request))


def inspect(
    words: Annotated[list[Path] | None, typer.Argument(metavar="[FOLDER|FILE...]", help="名单文件夹（默认当前文件夹）或若干文件 / the folder of the lists (default: here), or files.")] = None,
    config: Config = None,
    lang: Lang = None,
    as_json: AsJson = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """每个文件将怎样读取：格式、表头、用途、各列和未采用的行；不写文件。 / How each file would be read; writes nothing."""
    from rosterrec.commands import inspect as command

    request = command.Request(tuple(words or ()), config, lang, as_json, no_color)
    raise typer.Exit(command.inspect(request))


def init(
    folder: Annotated[Path, typer.Argument(help="名单文件夹 / the folder of the lists.")] = Path(),
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="设置文件的语言 / language of the settings file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="替换已有的 rosterrec.toml / replace an existing rosterrec.toml.")] = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """按本月文件写出带说明的 rosterrec.toml，下月照此读取。 / Write a commented rosterrec.toml, so that next month reads the same."""
    from rosterrec.commands import initialise as command

    raise typer.Exit(command.init(command.Request(folder, lang, force, no_color)))
