"""Commands with which people decide: ``decide``, ``review``, ``ledger``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterrec.cli.options import AsJson, Folder, Lang, LangOfRun, NoColor, OutOfMatch, Quiet


def decide(
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="填好的工作簿 / the workbook with entries.")],
    folder: Annotated[Path | None, typer.Option(help="运行 match 的文件夹，默认按工作簿所在位置找 / folder of match, default found from the workbook.")] = None,
    operator: Annotated[str | None, typer.Option(metavar="NAME", help="经办人，默认本机用户 / who decided, default the user of this machine.")] = None,
    lang: Lang = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，不写入 / preview, write nothing.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """把填好的工作簿收进决定台账。 / Take a filled-in workbook into the ledger."""
    from rosterrec.commands import decide as command

    request = command.Request(
        workbook=workbook, folder=folder, operator=operator, lang=lang, dry_run=dry_run,
        as_json=as_json, quiet=quiet, no_color=no_color,
    )  # fmt: skip
    raise typer.Exit(command.decide(request))


def review(
    folder: Folder = Path(),
    out: OutOfMatch = None,
    operator: Annotated[str | None, typer.Option(metavar="NAME", help="经办人，默认本机用户 / who decides, default the user of this machine.")] = None,
    lang: LangOfRun = None,
    reveal: Annotated[bool, typer.Option("--reveal", help="显示完整的姓名、证号和日期 / show whole names, numbers and dates.")] = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """在终端逐对判定待核对的人，随时可停，下次接着判。 / Judge the pairs in review one by one; stop and go on at any time."""
    from rosterrec.commands import review as command

    raise typer.Exit(command.review(command.Request(folder, out, operator, lang, reveal, no_color)))


def ledger(
    words: Annotated[list[str] | None, typer.Argument(metavar="[FOLDER] [list|people|retract|check|export] [NUMBER...]", help="文件夹（默认当前文件夹）；列出、列人员编号变化、撤回、检查或导出；要撤回的编号 / the folder of match (default: here); what to do (people: ids merged or split); numbers to take back.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="pair|status|proof|attempt|note|retract", help="只看一类 / of one kind only.")] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="只看一位经办人 / of one person only.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="从哪天起 / from this day on.")] = None,
    state: Annotated[str, typer.Option(metavar="standing|superseded|all", help="有效、已取代或全部 / what counts, what does not, or all.")] = "standing",
    reason: Annotated[str | None, typer.Option(metavar="WHY", help="撤回的原因 / why it is taken back.")] = None,
    operator: Annotated[str | None, typer.Option(metavar="NAME", help="经办人，默认本机用户 / who takes it back, default the user of this machine.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="导出到文件，默认标准输出 / file to export to, default stdout.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
    no_color: NoColor = False,
) -> None:  # fmt: skip
    """查看、撤回、检查、导出决定台账。 / List, retract, check or export what was decided."""
    from rosterrec.commands import ledgers

    request = ledgers.Request(
        words=tuple(words or ()), kind=kind, who=who, since=since, state=state, reason=reason,
        operator=operator, out=out, lang=lang, as_json=as_json, no_color=no_color,
    )  # fmt: skip
    raise typer.Exit(ledgers.ledger(request))
