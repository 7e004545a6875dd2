"""One run of ``evaluate``: the links and labels that were named, judged, on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterrec.errors import EXIT_DONE, InputError

if TYPE_CHECKING:
    import polars as pl

    from rosterrec.screen.console import Console

_PLACE = ["left_file", "left_row", "right_file", "right_row"]
_SAME = {"1", "1.0", "true", "same", "yes", "同一人", "是"}
_DIFFERENT = {"0", "0.0", "false", "different", "no", "不是同一人", "否"}
_OPEN = {"", "unsure", "不确定"}
#: More kinds than this, or kinds like these, are something else that stands in the column.
_MOST_KINDS, _NO_KIND = 100, r"\d{6}|.{41}"


@dataclass(frozen=True)
class Request:
    """What was typed."""

    links: Path
    labels: Path
    lang: str | None
    as_json: bool
    no_color: bool


def evaluate(request: Request) -> int:
    """Judge links by labels and show the figures; every fault is told in one or two lines."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    lang = request.lang if request.lang in {"zh", "en"} else default_language()
    console = Console(lang, color=not request.no_color)
    return guarded(console, lambda: _evaluate(request, console))


def _evaluate(request: Request, console: Console) -> int:
    from rosterrec.judge import judge

    if request.lang not in {None, "zh", "en"}:
        raise InputError(
            "bad_choice", flag="--lang", value=str(request.lang)[:20], allowed="zh, en"
        )
    links = _links(request.links)
    labels, complete, sheets = _labels(request.labels)
    if not sheets:
        links = _without_sheets(links, labels, request.labels.name)
    figures = judge(links, labels, complete=complete)
    if request.as_json:
        console.print_json(figures)
    else:
        from rosterrec.screen.scorecard import show_judgement

        show_judgement(console, figures)
    return EXIT_DONE


def _links(path: Path) -> pl.DataFrame:
    """The links of a run's folder, of the folder of all runs, or of a file."""
    from rosterrec import judge

    if path.is_dir():
        newest = path / "latest.txt"
        folder = path / newest.read_text("utf-8").strip() if newest.is_file() else path
        path = folder / "links.parquet"
    table = _table(path, [*_PLACE, "decision"])
    return _typed(table, judge.LINKS, path.name)


def _labels(path: Path) -> tuple[pl.DataFrame, bool, bool]:
    """The labels, whether they are all true pairs there are, and whether they name sheets."""
    import polars as pl

    from rosterrec import judge

    table = _table(path, _PLACE)
    complete = "label" not in table.columns
    sheets = "left_sheet" in table.columns or "right_sheet" in table.columns
    said = pl.lit(value=True) if complete else _said(table, path.name)
    labels = _typed(table.with_columns(label=said), judge.LABELS, path.name)
    _refuse_odd_errors(labels, path.name)
    pair = [f"{side}_{name}" for side in judge.SIDES for name in ("file", "sheet", "row")]
    if labels.select(*pair, "label").unique().select(pair).is_duplicated().any():
        raise InputError("labels_contradict", file=path.name)
    labels = labels.unique(pair, keep="first", maintain_order=True)
    if not labels["label"].count():
        raise InputError("labels_empty", file=path.name)
    return labels, complete, sheets


def _table(path: Path, needed: list[str]) -> pl.DataFrame:
    """The table in a file that has the needed headings, with ``line``, the row of the file."""
    import polars as pl

    from rosterrec.read import parse

    if not path.is_file():
        raise InputError("file_missing", file=path.name)
    try:
        data = path.read_bytes()
    except OSError:
        raise InputError("file_missing", file=path.name) from None
    if data.startswith(b"PAR1"):
        try:
            tables = [pl.read_parquet(data)]
        except Exception:
            raise InputError("file_damaged", file=path.name) from None
        tables = [t.with_columns(line=pl.int_range(1, pl.len() + 1)) for t in tables]
    else:
        tables = [_headed(t.cells) for t in parse(path.name, data)[0]]
    lacking = [[c for c in needed if c not in table.columns] for table in tables]
    best = min(lacking, key=len, default=needed)
    if best:
        raise InputError("columns_missing", file=path.name, columns=", ".join(best))
    return tables[lacking.index(best)]


def _headed(cells: pl.DataFrame) -> pl.DataFrame:
    """Text cells under the headings of their first row."""
    import polars as pl

    lines = cells.rename({"row": "line"})
    if not len(lines):
        return lines
    head = lines.row(0, named=True)
    names: dict[str, str] = {}
    for column, heading in head.items():
        name = str(heading or "").strip().lower()
        if column != "line" and name and name != "line" and name not in names.values():
            names[column] = name
    table = lines.slice(1).select(*names, "line").rename(names)
    return table.filter(~pl.all_horizontal(pl.exclude("line").is_null()))


def _said(table: pl.DataFrame, file: str) -> pl.Expr:
    """The label as true, false, or null where it is left open."""
    import polars as pl

    word = pl.col("label").cast(pl.String).str.strip_chars().str.to_lowercase().fill_null("")
    odd = table.filter(~word.is_in([*_SAME, *_DIFFERENT, *_OPEN]))
    if len(odd):
        raise InputError("label_unknown", file=file, row=odd["line"][0])
    return (
        pl.when(word.is_in([*_SAME]))
        .then(pl.lit(value=True))
        .when(word.is_in([*_DIFFERENT]))
        .then(pl.lit(value=False))
    )


def _typed(table: pl.DataFrame, schema: dict[str, Any], file: str) -> pl.DataFrame:
    """The columns of the schema; absent ones null, absent sheets "", rows as numbers.

    Raises:
        InputError: ``bad_place`` where a file or row number is not to be read.
    """
    import polars as pl

    from rosterrec import frames

    whole = pl.col("left_row", "right_row").cast(pl.String).str.replace(r"\.0+$", "")
    table = table.with_columns(whole.cast(pl.Int64, strict=False))
    odd = table.filter(pl.any_horizontal(pl.col(_PLACE).is_null()))
    if len(odd):
        raise InputError("bad_place", file=file, row=odd["line"][0])
    if "probability" in table.columns:
        table = table.with_columns(pl.col("probability").cast(pl.Float64, strict=False))
    typed = frames.conform(table, schema)
    return typed.with_columns(pl.col("left_sheet", "right_sheet").fill_null(""))


def _refuse_odd_errors(labels: pl.DataFrame, file: str) -> None:
    """Kinds of error are shown on the screen; names and numbers never are."""
    import polars as pl

    kinds = labels.select(pl.col("errors").str.split("+").explode()).to_series()
    kinds = kinds.drop_nulls().unique()
    if len(kinds) > _MOST_KINDS or kinds.str.contains(_NO_KIND).any():
        raise InputError("labels_odd_errors", file=file)


def _without_sheets(links: pl.DataFrame, labels: pl.DataFrame, file: str) -> pl.DataFrame:
    """The links with sheets left out, as in the labels, where that leaves no doubt."""
    import polars as pl

    named = pl.concat([labels["left_file"], labels["right_file"]]).unique()
    places = pl.concat(
        links.select(file=f"{side}_file", sheet=f"{side}_sheet") for side in ("left", "right")
    ).unique()
    doubt = places.filter(pl.col("file").is_in(named.implode()))["file"].is_duplicated()
    if doubt.any():
        raise InputError("sheets_missing", file=file)
    return links.with_columns(left_sheet=pl.lit(""), right_sheet=pl.lit(""))
