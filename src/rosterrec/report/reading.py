"""How the files were read, as a document: the screen, ``--json`` and the workbook say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import polars as pl

from rosterrec.errors import InputError
from rosterrec.frames import ColumnUse, Finding, Receipt
from rosterrec.messages import text
from rosterrec.prepare import Prepared
from rosterrec.read import FileRead

#: A choice less sure than this is shown with its runner-up and how to pin it.
CERTAIN = 1.0
#: Encodings by the names that people know, which the errors and the settings have too.
_ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GB18030", "big5hkscs": "Big5",
    "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
}  # fmt: skip


def document(
    files: Iterable[FileRead], ready: Prepared, lang: str, findings: Iterable[Finding] = ()
) -> dict[str, Any]:
    """What ``rosterrec inspect --json`` writes; nothing in it names a person.

    Args:
        files: every file, read or refused.
        ready: receipts and rejects as they stand after all rows were looked at.
        lang: language of the sentences about refused files; everything else is codes.
        findings: what is to be known of the folder as a whole.
    """
    every = list(files)
    shown = [_file(file, ready, lang) for file in every]
    lists = ready.receipts
    return {
        "schema_version": 1,
        "files": shown,
        "findings": [{"code": f.code, **f.facts} for f in findings],
        "totals": {
            "files": len(every),
            "refused": sum(file.refused is not None for file in every),
            "lists": len(lists),
            "rows": sum(r.rows for r in lists),
            "used": sum(r.used for r in lists),
            "rejected": sum(r.rejected for r in lists),
        },
    }


def _file(file: FileRead, ready: Prepared, lang: str) -> dict[str, Any]:
    mine = [r for r in ready.receipts if r.file in _names(file)]
    first = mine[0] if mine else None
    zipped = bool(first and member_of(first, file.name))
    return {
        "file": file.name,
        "format": ("zip" if zipped else first.format) if first else None,
        "encoding": (first.encoding or None) if first and not zipped else None,
        "bytes": file.input.size if file.input else None,
        "sha256": file.input.sha256 if file.input else None,
        "part_of": file.part_of or None,
        "fault": fault(file.refused, lang) if file.refused else None,
        "lists": [_list(receipt, ready.rejects, file.name) for receipt in mine],
        "findings": [{"code": f.code, **f.facts} for f in file.findings],
    }


def _names(file: FileRead) -> set[str]:
    """The file's name, and those of what was packed in it."""
    return {file.name, *(sheet.receipt.file for sheet in file.sheets)}


def encoding_name(encoding: str) -> str:
    """An encoding as a person knows it."""
    return _ENCODINGS.get(encoding, encoding)


def member_of(receipt: Receipt, file: str) -> str:
    """The place of a list in the zip that it came in; "" for a file of its own."""
    return receipt.file.removeprefix(f"{file}/") if receipt.file != file else ""


def _list(receipt: Receipt, rejects: pl.DataFrame, file: str) -> dict[str, Any]:
    mine = rejects.filter(
        (pl.col("file") == receipt.file)
        & (pl.col("sheet") == receipt.sheet)
        & pl.col("row").is_between(receipt.header_row, receipt.last_row)
    )
    kept = ("sheet", "hidden", "header_row", "last_row", "role_basis", "rows", "used", "rejected")
    return {
        "member": member_of(receipt, file) or None,
        "format": receipt.format,
        "encoding": receipt.encoding or None,
        **{key: getattr(receipt, key) for key in kept},
        "role": str(receipt.role),
        "role_why": list(receipt.role_why),
        "role_runner_up": receipt.role_runner_up or None,
        "problems": receipt.problems,
        "columns": [_column(use) for use in receipt.columns],
        "findings": list(receipt.findings),
        "rejects": mine.select("row", "column", "value", "problem").to_dicts(),
    }


def _column(use: ColumnUse) -> dict[str, Any]:
    facts = asdict(use)
    return {**facts, "field": use.field or None, "runner_up": use.runner_up or None,
            "examples": list(use.examples)}  # fmt: skip


def fault(error: InputError, lang: str) -> dict[str, str]:
    """Code, cause and remedy of a refusal."""
    facts = {key: str(value) for key, value in error.facts.items()}
    if facts.get("sheet"):
        facts["sheet"] = f" [{facts['sheet']}]"
    cause, _, remedy = text(f"error.{error.code}", lang, **facts).partition("\n")
    return {"code": error.code, "cause": cause, "remedy": remedy}


def reasons(problems: Mapping[str, int], lang: str) -> str:
    """Why rows were rejected, and how many: "a total or signature (2), outside the ages (3)"."""
    each = ((text(f"problem.{code}", lang), n) for code, n in problems.items())
    return text("word.comma", lang).join(text("inspect.reason", lang, why=w, n=n) for w, n in each)


def taken_for(use: ColumnUse, lang: str) -> str:
    """What a column was taken for, and how that is known where its heading does not say."""
    if not use.field:
        words = text(f"column_use.{use.basis}", lang)
        if not use.runner_up:
            return words
        return f"{words}{text('inspect.of', lang, field=text(f'field.{use.runner_up}', lang))}"
    field = text(f"field.{use.field}", lang)
    if use.basis == "heading":
        return field
    how = text(f"column_use.{use.basis}", lang)
    if use.sure >= CERTAIN:
        return text("inspect.known", lang, field=field, how=how)
    second = text(f"field.{use.runner_up}", lang) if use.runner_up else ""
    runner_up = text("inspect.or", lang, field=second) if second else ""
    return text("inspect.unsure", lang, field=field, how=how, sure=f"{use.sure:.0%}") + runner_up


def pin(use: ColumnUse) -> str:
    """How the choice would stand in ``rosterrec.toml``."""
    heading = use.heading.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'columns = {{ {use.field or use.runner_up} = "{heading}" }}'
