"""Options that several commands share, each worded once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

# fmt: off
Folder = Annotated[Path, typer.Argument(help="运行 match 的文件夹 / the folder of match.")]
Run = Annotated[str, typer.Argument(metavar="[FOLDER]", help="名单文件夹或某次结果，默认当前文件夹最近一次 / folder of match, or a run: its folder, name or date.")]
Config = Annotated[Path | None, typer.Option(help="设置文件，默认为名单文件夹下的 rosterrec.toml / settings file, default FOLDER/rosterrec.toml.")]
OutOfMatch = Annotated[Path | None, typer.Option(help="输出文件夹，同 match / output folder, as for match.")]
OutToLookIn = Annotated[Path | None, typer.Option(help="结果文件夹，不在名单文件夹里时写明；按名称或日期也在此查找，默认 ./rosterrec / output folder of match where it is not among the lists; names and dates are looked up in it, default ./rosterrec.")]

Lang = Annotated[str | None, typer.Option(metavar="zh|en", help="语言，默认按系统 / language, default that of the system.")]
LangOfRun = Annotated[str | None, typer.Option(metavar="zh|en", help="语言，默认同上次运行 / language, default that of the run.")]
AsJson = Annotated[bool, typer.Option("--json", help="写成 JSON / as JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="只显示错误 / errors only.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="不用颜色 / no colours.")]

BookPasswordEnv = Annotated[str | None, typer.Option("--password-env", metavar="VARIABLE", help="用此环境变量中的密码加密工作簿 / put the workbook under the password in this environment variable.")]
AskBookPassword = Annotated[bool, typer.Option("--ask-password", help="在终端输入密码加密工作簿 / put the workbook under a password typed at the terminal.")]
BooksPasswordEnv = Annotated[str | None, typer.Option("--password-env", metavar="VARIABLE", help="用此环境变量中的密码加密工作簿 / put the workbooks under the password in this environment variable.")]
AskBooksPassword = Annotated[bool, typer.Option("--ask-password", help="在终端输入密码加密工作簿 / put the workbooks under a password typed at the terminal.")]
