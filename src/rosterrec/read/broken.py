"""Rows of delimited text that a line end within a cell has broken in two, put together again."""

from __future__ import annotations

import re
from collections import Counter

#: Rows with fewer delimiters are too easily two short lines of a title or a foot.
_FEWEST = 3
_NUMBER = re.compile(rb"\d{14}")


def rejoined(data: bytes) -> bytes:
    """The text with both parts of a broken row on the first line, and the second left blank.

    Two lines are one row where together they have as many delimiters as most others have, each
    alone has fewer, and one of them the number of an identity. Line numbers stay as they are. Text
    with quotation marks can have line ends in its cells, and is left alone.
    """
    if b'"' in data or b"\x00" in data:
        return data
    lines = data.split(b"\n")
    delimiter = max((b",", b"\t", b";"), key=data.count)
    counts = [line.count(delimiter) for line in lines]
    (usual, times), *_ = Counter(counts).most_common(1)
    if usual < _FEWEST or times * 10 < len(lines) * 7:
        return data
    for i in range(1, len(lines) - 1):
        one, other = counts[i], counts[i + 1]
        if 0 < one < usual and 0 < other < usual and one + other == usual:
            whole = lines[i].rstrip(b"\r") + b" " + lines[i + 1]
            if _NUMBER.search(whole):
                lines[i : i + 2] = whole, b"\r" if whole.endswith(b"\r") else b""
                counts[i : i + 2] = usual, 0
    return b"\n".join(lines)
