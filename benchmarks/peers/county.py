"""The county to measure on: invented when it is not there yet, and its lists cut to size."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import child
from benchmarks.peers.child import FILES

#: Headings of the four columns, in the police list and in the registry.
LEFT = {"id": "公民身份号码", "name": "姓名", "birth": "出生日期", "sex": "性别"}
RIGHT = {"id": "身份证件号", "name": "姓名", "birth": "出生日期", "sex": "性别"}


@dataclass(frozen=True)
class Asked:
    """Which county."""

    size: int
    seed: int
    hard: bool = False
    township: bool = False

    @property
    def name(self) -> str:
        """Name of its folder and of its results."""
        flags = [flag for flag in ("hard", "township") if getattr(self, flag)]
        return "-".join([str(self.size), str(self.seed), *flags])


def made(asked: Asked, root: Path) -> Path:
    """The county's folder; it is made where it is not there."""
    folder = root / f"county-{asked.name}"
    if not (folder / "county.json").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        flags = [f"--{flag}" for flag in ("hard", "township") if getattr(asked, flag)]
        size = ["--size", str(asked.size), "--seed", str(asked.seed)]
        child.python("benchmarks.county", *size, *flags, folder, log=folder / "county.log")
    return folder


def cut(folder: Path) -> None:
    """Write the two lists as contestants read them.

    ``all/`` has police list and registry whole; ``four/`` the two with four columns; ``peers/`` the
    four columns under plain names, with row numbers as the truth counts them and dates as
    YYYY-MM-DD.
    """
    import polars as pl

    for name in ("all", "four", "peers"):
        (folder / name).mkdir(exist_ok=True)
    for file, columns, side in zip(FILES, (LEFT, RIGHT), ("left", "right"), strict=True):
        data = (folder / "lists" / file).read_bytes()
        (folder / "all" / file).write_bytes(data)
        rows = pl.read_csv(data, infer_schema=False)
        four = rows.select(columns.values())
        four.write_csv(folder / "four" / file)
        digits = pl.col("birth").str.replace_all("[^0-9]", "")
        whole = digits.str.replace(r"^(\d{4})(\d\d)(\d\d)$", "$1-$2-$3")
        four.rename({heading: name for name, heading in columns.items()}).select(
            (pl.int_range(pl.len()) + 2).alias("row"),
            pl.col("id").str.to_uppercase(),
            "name",
            pl.when(digits.str.len_chars() == 8).then(whole).alias("birth"),
            "sex",
        ).write_csv(folder / "peers" / f"{side}.csv")


if __name__ == "__main__":
    cut(Path(sys.argv[1]))
