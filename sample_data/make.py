"""Build the sample data again: ``python sample_data/make.py [FOLDER]``.

The same script writes the same bytes wherever and whenever it runs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator.world import build

if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
