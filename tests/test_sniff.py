"""What a file is by its bytes, and how large it may be."""

import pytest

from rosterrec.cells import formats
from rosterrec.cells.formats import Format, sniff
from rosterrec.errors import InputError


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LARGEST_FILE", 100)
    monkeypatch.setattr(formats, "LARGEST_TEXT", 1000)
    monkeypatch.setattr(formats, "_LONGEST_LINE", 50)


def test_a_list_of_a_province_is_larger_than_any_workbook():
    assert sniff("a.csv", b"a,b\n" * 100) is Format.TEXT


@pytest.mark.parametrize(
    "data", [b"a,b\n" * 300, b"a," * 100, b"PAR1" + bytes(200)], ids=["text", "one line", "binary"]
)
def test_what_is_larger_than_a_list_of_its_kind_is_refused(data: bytes):
    with pytest.raises(InputError, match="file_too_large"):
        sniff("a.csv", data)
