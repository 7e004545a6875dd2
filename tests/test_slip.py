"""One slip of the hand between two numbers."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from rosterrec.compare.slip import one_slip


def slips(left, right):
    frame = pl.DataFrame({"l": left, "r": right}, schema={"l": pl.String, "r": pl.String})
    return frame.select(one_slip(pl.col("l"), pl.col("r"))).to_series().to_list()


def test_one_slip():
    number = "349921201602140333"
    others = [
        "349921201602140833",  # replaced
        "349921201620140333",  # exchanged
        "34992120160214033",  # missing
        "3499212016021400333",  # extra
        number,
        "349921201602140384",  # two replaced
        None,
    ]
    assert slips([number] * 7, others) == [True, True, True, True, False, False, None]


@settings(deadline=None, max_examples=100)
@given(st.text("0123X", max_size=6), st.text("0123X", max_size=6))
def test_one_slip_does_not_mind_the_side(left, right):
    assert slips([left], [right]) == slips([right], [left])


@settings(deadline=None, max_examples=300)
@given(
    st.text("0123456789X李", min_size=12, max_size=21),
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from("019X李")), max_size=2),
    st.sampled_from(["replaced", "missing", "extra", "exchanged"]),
)
def test_one_slip_is_a_distance_of_one_wherever_it_is(text, places, slip):
    other = text
    for at, sign in places:
        begin, end = other[:at], other[at:]
        other = {
            "replaced": begin + sign + end[1:],
            "missing": begin + end[1:],
            "extra": begin + sign + end,
            "exchanged": begin + end[:2][::-1] + end[2:],
        }[slip]
    assert slips([text], [other]) == [OSA.distance(text, other) == 1]
