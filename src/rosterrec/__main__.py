"""The command: ``rosterrec``, or ``python -m rosterrec``."""

from __future__ import annotations

import os

from rosterrec import interrupts

#: Freed memory is kept some seconds longer than Polars would, and one arena serves two threads:
#: stages free and fill it again, and a tenth of a large run went into the system's clearing of
#: pages. Large blocks are no exception, or each would be given back at once.
_ARENAS = max(1, (os.cpu_count() or 1) // 2)
_KEPT = f"dirty_decay_ms:5000,oversize_threshold:0,narenas:{_ARENAS}"


def main() -> None:
    """Run what was typed and leave with its exit status."""
    interrupts.at_once()  # before anything heavy is imported
    os.environ.setdefault("_RJEM_MALLOC_CONF", _KEPT)
    from rosterrec import cli

    cli.main()


if __name__ == "__main__":
    main()
