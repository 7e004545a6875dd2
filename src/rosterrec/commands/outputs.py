"""What a run writes: every file of its folder, into the folder it is staged in."""

from __future__ import annotations

import datetime as dt
import platform
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rosterrec.commands import outgoing
from rosterrec.disk import digest
from rosterrec.project import publish
from rosterrec.reconciliation import Reconciliation
from rosterrec.report import data, duties, workbook
from rosterrec.stopwatch import Stopwatch

WORKBOOK = "reconciliation.xlsx"


@dataclass(frozen=True)
class Outputs:
    """A run that is ready to be written.

    Attributes:
        result: the run.
        figures: its figures.
        facts: what its record says of it: its key, and when it began.
        watch: how long each stage took; the end of the last is when the record is written.
        word: the password of the workbook, if it has one.
    """

    result: Reconciliation
    figures: dict[str, Any]
    facts: dict[str, Any]
    watch: Stopwatch
    word: str | None = field(repr=False)

    def write(self, stage: Path, run_id: str) -> None:
        """Every file of the run; the record of how it was made comes last.

        Args:
            stage: the folder to write to.
            run_id: the name that the run will have.
        """
        self._write_tables(stage)
        outgoing.lock(stage / WORKBOOK, self.word)
        data.write_summary(self.figures, stage / "summary.json")
        data.write_run(self._record(stage / WORKBOOK, run_id), stage / publish.RUN_FILE)

    def _write_tables(self, stage: Path) -> None:
        """The workbook, which keeps one core busy, and the data beside it on another."""
        with ThreadPoolExecutor(1) as beside:
            written = [
                beside.submit(data.write_people, self.result, stage / "people.parquet"),
                beside.submit(data.write_cases, self.result, stage / "cases.parquet"),
                beside.submit(duties.write_duties, self.result, stage / "duties.parquet"),
                beside.submit(data.write_links, self.result, stage / "links.parquet"),
            ]
            workbook.write_workbook(self.result, stage / WORKBOOK, self.figures)
            for each in written:
                each.result()

    def _record(self, book: Path, run_id: str) -> dict[str, Any]:
        """What alone holds a clock: when the run was made, and how its workbook was then."""
        whole = digest(book)
        self.watch.begin("end")
        finished = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        timings = {stage: round(seconds, 3) for stage, seconds in self.watch.seconds.items()}
        record = {"run_id": run_id, **self.facts, "finished": finished, "seconds": timings}
        record["workbook_sha256"] = whole
        if self.word is not None:
            record[publish.LOCKED] = True
        return {**record, "python": platform.python_version()}
