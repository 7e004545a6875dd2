"""Names as column expressions: how they are shown, folded, read aloud and told apart.

Builders that compare or take apart a name expect text folded by ``key`` unless they say otherwise.
"""

from __future__ import annotations

from rosterrec.names.fold import display, given, key, mask, surname
from rosterrec.names.shape import (
    differing_pair,
    has_placeholder,
    look_alike_pairs,
    matches_placeholder,
    one_character_differs,
    one_character_missing,
)
from rosterrec.names.sound import learn_to_read, near, near_readings, readings, share_reading
from rosterrec.names.spelling import is_long, one_word_same, respelt, same_words, shortened, words

__all__ = [
    "differing_pair",
    "display",
    "given",
    "has_placeholder",
    "is_long",
    "key",
    "learn_to_read",
    "look_alike_pairs",
    "mask",
    "matches_placeholder",
    "near",
    "near_readings",
    "one_character_differs",
    "one_character_missing",
    "one_word_same",
    "readings",
    "respelt",
    "same_words",
    "share_reading",
    "shortened",
    "surname",
    "words",
]
