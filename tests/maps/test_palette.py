"""A value has one colour and one shape; the page's rule is held against this one under node."""

from __future__ import annotations

import pandas as pd

from geosec.maps.palette import COLOURS, GREY, assign_palette


def test_the_most_frequent_values_come_first_and_the_rest_are_other():
    texts = [f"v{number:02d}" for number in range(14) for _ in range(20 - number)]
    entries = assign_palette(pd.Series([*texts, None]), {}).entries
    assert [entry.value for entry in entries[:2]] == ["v00", "v01"]
    assert [entry.colour for entry in entries[:7]] == list(COLOURS)
    assert {(entry.colour, entry.shape) for entry in entries[7:12]}.isdisjoint(
        (entry.colour, entry.shape) for entry in entries[:7]
    )
    assert [(entry.value, entry.colour) for entry in entries[12:]] == [(None, GREY), ("", GREY)]
    assert sum(entry.rows for entry in entries) == len(texts) + 1


def test_a_colour_that_is_given_is_not_given_to_another():
    entries = assign_palette(pd.Series(["a", "b"]), {"b": COLOURS[0]}).entries
    assert [entry.colour for entry in entries] == [COLOURS[1], COLOURS[0]]
