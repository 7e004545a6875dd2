"""Rows below a header that are no persons: totals, signatures, the header again, the form's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import polars as pl

from rosterrec.frames import Field
from rosterrec.read.headings import normalise
from rosterrec.read.layout import Header

#: How the first filled cell of a row begins that ends a list, or stands at the foot of a page.
FOOTER = (
    r"^[(（【*※]*(?:合计|小计|总计|共计|总数|本页小计|制表|审核|审批人|填表|填报|上报|统计人|经办|校对|核对人|"
    r"录入人|班主任|辅导员|校长|园长|负责人|分管|单位负责人|学校负责人|学校[(（](?:盖章|公章)|学校盖章|单位[(（]?盖章|盖章|"
    r"签字|签名|签章|联系人[:：]|联系电话[:：]|联系方式[:：]|电话[:：]|日期[:：]|时间[:：]|"
    r"(?:打印|导出|制表|统计|截止|截至)(?:时间|日期)|以下(?:空白|无正文)|备注[:：]|说明[:：]|注[:：]|注意|"
    r"男生?[:：]?\d+人|共\d+(?:人|名|条|页)|全班共|本班共|总人数|填写说明|填表说明|第\d+页|第[一二三四五六七八九十]+页)"
)
_DAY = r"^\d{4}年\d{1,2}月\d{1,2}日$"
_TOTAL = r"^(?:合计|小计|总计|共计)[:：]?$"
_EXAMPLE = r"^(?:示例|样例|举例|填写示例|填写样例|示范|例[:：]?|例如.*|example|sample)$"
_NUMBER = r"^[0-9]{1,4}[.、]?$"
#: How the forms of statistics number their columns: 甲 乙 1 2 3.
_LETTER = "^[甲乙丙丁戊己庚辛]$"
_HINT = (
    r"(?i)^(?:必填|选填|非?必填项?|可选|可不填|文本|数字|数值|日期|下拉(?:选择)?|单选|自动生成|"
    r"[yY]{4}.*[mM]{2}.*|格式.*|.*位(?:数字|字符)|[(（].*[)）])$"
)
#: What stands alone over the rows of a village or a class.
_VILLAGE = r"^.{1,16}(?:村|社区|居委会|村委会|小组|村民组|[屯寨])[:：]?$"
_CLASS = r"^.{1,12}(?:年级|[0-9一二三四五六七八九十)）]班)[:：]?$"
#: A list with fewer headings than these may be one of names alone.
_SECTIONED = 3
#: Rows that are looked at cell by cell together.
_AT_A_TIME = 20_000
#: Longer words than any name, standing alone in a row.
_SENTENCE = 16


def with_kind_of_row(cells: pl.DataFrame, header: Header) -> pl.DataFrame:
    """The rows below the header with ``problem``, null for what may be a person.

    ``repeated_header``: the headings again in their columns. ``footer``: begins with a word that
    ends a list, or has a total's word in a cell of its own (a merged village may stand before it),
    and holds no number of an identity. ``form``: columns numbered, or an example, under the header.
    ``unused_line``: nothing but a running number. ``text``: one sentence across the sheet.
    ``section``: a village or class alone, over the rows of its people.

    Most rows have an identity's number, in one column, and need no closer look.
    """
    columns = [c for c in cells.columns if c != "row"]
    number = column_of_numbers(cells)
    plain = pl.lit(value=False)
    if number is not None:
        plain = pl.col(number).str.contains("[0-9]{14}").fill_null(value=False)
    looked_at = cells.filter(~plain | (pl.col("row") <= header.last + 2))
    problems = in_slices(looked_at, lambda rows: _problems(rows, header, columns))
    return cells.join(problems, on="row", how="left", maintain_order="left")


def column_of_numbers(cells: pl.DataFrame) -> str | None:
    """The column in which most of the first rows have a long number."""
    head = cells.drop("row").head(1000)
    if not head.width:
        return None
    counts = head.select(pl.all().str.contains("[0-9]{14}").sum()).row(0, named=True)
    best = max(counts, key=lambda c: counts[c])
    return best if counts[best] * 2 > head.height else None


def cell_by_cell(rows: pl.DataFrame) -> pl.DataFrame:
    """``row, column, cell, folded`` of every cell that holds anything, column by column.

    A rule for a cell is set up once then, not once for each column.
    """
    columns = [c for c in rows.columns if c != "row"]
    cells = rows.unpivot(columns, index="row", variable_name="column", value_name="cell")
    return cells.drop_nulls("cell").with_columns(folded=folded(pl.col("cell")))


def in_slices(rows: pl.DataFrame, look: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """What ``look`` makes of so many rows at a time: cell by cell they take several times the room."""
    return pl.concat(map(look, [*rows.iter_slices(_AT_A_TIME)] or [rows]))


def _problems(rows: pl.DataFrame, header: Header, columns: list[str]) -> pl.DataFrame:
    """``row, problem`` of those that are no persons."""
    cell, word = pl.col("cell"), pl.col("folded")
    cells = cell_by_cell(rows)
    told = cells.group_by("row").agg(
        bare=cell.first().str.replace_all(r"\s", ""),
        filled=pl.len().cast(pl.Int64),
        numbered=cell.str.contains(r"\d{14}").any(),
        total=word.str.contains(_TOTAL).any(),
        example=(word.str.contains(_EXAMPLE) & pl.col("column").is_in(columns[:2])).any(),
        numbers=cell.str.contains(_NUMBER).sum().cast(pl.Int64),
        letters=cell.str.contains(_LETTER).sum().cast(pl.Int64),
        hints=cell.str.contains(_HINT).sum().cast(pl.Int64),
    )
    again = pl.col("row").is_in(repeated(cells, header, columns).implode())
    return told.select("row", problem=_kind(again, header)).drop_nulls()


def _kind(again: pl.Expr, header: Header) -> pl.Expr:
    """What a row is, of what its cells say together; null for what may be a person."""
    bare, filled, numbered = pl.col("bare"), pl.col("filled"), pl.col("numbered")
    numbers, letters = pl.col("numbers"), pl.col("letters")
    counted = (numbers + letters == filled) & (letters != 1)
    numbered_or_hints = counted | (pl.col("hints") == filled)
    form = (pl.col("row") <= header.last + 2) & (filled >= 3) & numbered_or_hints
    ends = bare.str.contains(FOOTER) | ((filled <= 2) & bare.str.contains(_DAY))
    return (
        pl.when(again)
        .then(pl.lit("repeated_header"))
        .when((ends | pl.col("total")) & ~numbered)
        .then(pl.lit("footer"))
        .when((filled == 1) & (numbers == 1))
        .then(pl.lit("unused_line"))
        .when(form | pl.col("example"))
        .then(pl.lit("form"))
        .when((filled == 1) & _is_section(bare, header))
        .then(pl.lit("section"))
        .when((filled == 1) & (bare.str.len_chars() >= _SENTENCE) & ~numbered)
        .then(pl.lit("text"))
    )


def _is_section(bare: pl.Expr, header: Header) -> pl.Expr:
    if len(header.headings) < _SECTIONED:
        return pl.lit(value=False)
    return bare.str.contains(_VILLAGE) | bare.str.contains(_CLASS)


def with_sections(raw: pl.DataFrame, body: pl.DataFrame) -> pl.DataFrame:
    """Raw rows with the village or class that stands over them, where they have no such column."""
    if "section" not in body["problem"]:
        return raw
    columns = [c for c in body.columns if c not in {"row", "problem"}]
    over = body.select(
        pl.when(pl.col("problem") == "section").then(pl.coalesce(columns).str.strip_chars(" :："))
    ).to_series()
    for field, words in ((Field.VILLAGE, _VILLAGE), (Field.CLASS_NAME, _CLASS)):
        if field not in raw.columns:
            said = over.set(~over.str.contains(words).fill_null(value=False), None)
            raw = raw.with_columns(said.forward_fill().alias(field))
    return raw


def repeated(cells: pl.DataFrame, header: Header, columns: Sequence[str]) -> pl.Series:
    """Rows that have the words of one of the header's rows in their columns.

    Args:
        cells: from ``cell_by_cell``.
        header: the header.
        columns: of the list, those in which nothing stands among them.
    """
    wanted = []
    for n, words in enumerate((*header.rows, header.headings)):
        pairs = [(f"c{i}", normalise(word)) for i, word in words.items() if f"c{i}" in columns]
        if len(pairs) >= 2:
            wanted += [(n, max(2, len(pairs) // 2), *pair) for pair in pairs]
    schema = {"of": pl.Int64, "least": pl.Int64, "column": pl.String, "folded": pl.String}
    words_of_header = pl.DataFrame(wanted, schema=schema, orient="row")
    met = cells.join(words_of_header, on=["column", "folded"])
    many = met.group_by("row", "of").agg(pl.len().cast(pl.Int64), pl.col("least").first())
    return many.filter(pl.col("len") >= pl.col("least"))["row"]


def folded(text: pl.Expr) -> pl.Expr:
    """Cells as ``headings.normalise`` folds a heading."""
    return (
        text.str.normalize("NFKC")
        .str.replace_all(r"\([^()]*\)|[\s*★☆]", "")
        .str.replace(r"[:：]+$", "")
        .str.to_lowercase()
    )


def is_footer(words: str) -> bool:
    """Whether words begin as the foot of a list does."""
    return re.match(FOOTER, re.sub(r"\s", "", words)) is not None
