"""One contestant in this process: ``python -m benchmarks.peers.contestant NAME FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path


def main(name: str, folder: Path) -> None:
    """Let it work; what it has to say lies in ``entries`` afterwards."""
    if name.startswith("splink"):
        from benchmarks.peers import splinked

        splinked.link(folder, name)
    elif name == "goldenmatch":
        import numpy as np  # noqa: F401 - before Polars, whose lazy import fails in its threads

        from benchmarks.peers import golden

        golden.link(folder)
    elif name == "recordlinkage":
        from benchmarks.peers import classic

        classic.link(folder)
    elif name.startswith("ranked-"):
        from benchmarks.peers import ours

        ours.ranked(folder, name.removeprefix("ranked-"))
    else:
        from benchmarks.peers import simple

        {"id": simple.by_id, "cascade": simple.cascade, "floor": simple.floor}[name](folder)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
