"""The command: ``rosterrec``, or ``python -m rosterrec``."""

from __future__ import annotations

import os

from rosterrec import interrupts

#: Freed memory is kept three times as long as Polars would: stages free and fill it again within
#: seconds, and a tenth of a large run went into the system's clearing of pages.
_KEPT = "dirty_decay_ms:1500"


def main() -> None:
    """Run what was typed and leave with its exit status."""
    interrupts.at_once()  # before anything heavy is imported
    os.environ.setdefault("_RJEM_MALLOC_CONF", _KEPT)
    from rosterrec import cli

    cli.main()


if __name__ == "__main__":
    main()
