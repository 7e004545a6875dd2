"""The command: ``rosterrec``, or ``python -m rosterrec``."""

from __future__ import annotations

from rosterrec import interrupts


def main() -> None:
    """Run what was typed and leave with its exit status."""
    interrupts.at_once()  # before anything heavy is imported
    from rosterrec import cli

    cli.main()


if __name__ == "__main__":
    main()
