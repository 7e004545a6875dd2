"""Commands that answer a question on the screen: ``explain``, ``diff``, ``evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterrec.cli.options import (
    AsJson,
    AskBookPassword,
    BookPasswordEnv,
    Lang,
    LangOfRun,
    NoColor,
    OutOfMatch,
    OutToLookIn,
)


def explain(
    words: Annotated[list[str], typer.Argument(metavar="[FOLDER] WHO", help="名单文件夹（默认当前文件夹）和要查的人：行号、位置、证号或其末几位、姓名、编号 / the folder of match (default: here), and whom: a row or place of the police list, an ID or its last digits, a name, a person id.")],
    out: OutOfMatch = None,
    lang: LangOfRun = None,
    as_json: AsJson = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="显示完整的姓名、证号和日期（终端或 --json）/ show whole names, numbers and dates, on a terminal or with --json.")] = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """一个孩子的去向从何而来：每条关联的证据和分数。 / One child: status, rule, and every link with its evidence."""
    from rosterrec.commands import explain as command

    request = command.Request(
        words=tuple(words), out=out, lang=lang, as_json=as_json, reveal=reveal, no_color=no_color
    )
    raise typer.Exit(command.explain(request))


def diff(
    older: Annotated[str, typer.Argument(metavar="OLD", help="较早一次的结果文件夹、名称或日期 / the older run: its folder, name or date.")],
    newer: Annotated[str, typer.Argument(metavar="NEW", help="较新一次 / the newer run.")],
    out: OutToLookIn = None,
    book: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE.xlsx", help="另存为工作簿（含姓名和证号，仅供内部）/ as a workbook with names and numbers, for the office.")] = None,
    password_env: BookPasswordEnv = None,
    ask_password: AskBookPassword = False,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="语言，默认同较新一次 / language, default that of the newer run.")] = None,
    as_json: AsJson = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """两次比对之间的变化：新增、减少、转学、返校、新辍学、取证。 / What changed between two runs."""
    from rosterrec.commands import diff as command

    request = command.Request(
        older, newer, out, book, password_env, ask_password, lang, as_json, no_color
    )
    raise typer.Exit(command.diff(request))


def evaluate(
    links: Annotated[Path, typer.Argument(metavar="LINKS", help="一次运行的文件夹或其 links.parquet / a run's folder or its links.parquet.")],
    labels: Annotated[Path, typer.Argument(metavar="LABELS", help="已判定的行对（.csv .xlsx .parquet）/ labelled pairs.")],
    lang: Lang = None,
    as_json: Annotated[bool, typer.Option("--json", help="结果写到标准输出 / figures to stdout.")] = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """用已判定的行对检验关联：查准率、查全率、F1。 / Precision, recall and F1 from labelled pairs.

    LABELS 的列：left_file、left_sheet、left_row、right_file、right_sheet、right_row、label
    （1 或 0，同一人或不是同一人）、errors；没有 label 列时视为全部真实行对。 /
    Columns of LABELS: left_file, left_sheet, left_row, right_file, right_sheet, right_row, label
    (1 or 0), errors; without label they are all true pairs there are.
    """
    from rosterrec.commands import evaluate as command

    request = command.Request(links, labels, lang, as_json, no_color)
    raise typer.Exit(command.evaluate(request))
