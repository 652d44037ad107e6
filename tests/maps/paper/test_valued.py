"""Values of districts and sections on paper, as the page has them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from shapely import box

import geosec

pytest.importorskip("matplotlib")

from matplotlib.path import Path as Outline

from geosec.maps.paper.sheet import POINTS
from geosec.maps.paper.valued import BELOW, FEW, RAMPS, UNKNOWN, classify, draw_sections, list_keys
from geosec.maps.words import load_words

WEB = Path(geosec.__file__).parent / "maps" / "web"


def test_colours_are_those_of_the_page():
    style = (WEB / "page.css").read_text(encoding="utf-8")
    for ramp, name in (("choropleth", "area"), ("corridor", "section")):
        told = tuple(re.search(rf"--gs-{name}-{at}: (#\w+);", style)[1] for at in range(1, 6))
        assert told == RAMPS[ramp]
        below = tuple(re.search(rf"--gs-{name}-below-{at}: (#\w+);", style)[1] for at in (1, 2, 3))
        assert below == BELOW[ramp]
    assert f"--gs-unknown: {UNKNOWN};" in style
    assert f"const FEW = {FEW};" in (WEB / "src" / "valued.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([], []),
        ([None, None], []),
        ([3, None, 3], [(3, 3)]),
        ([1, 2], [(1, 1), (2, 2)]),
        ([*range(1, 11)], [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]),
        ([0] * 8 + [5, 9, 7, 6, 8], [(0, 0), (5, 6), (7, 7), (8, 8), (9, 9)]),
        ([1] + [2] * 9, [(1, 1), (2, 2)]),
        ([-3, -2, 0, 0, 1], [(-3, -2), (0, 0), (1, 1)]),
        ([*range(-4, 10)], [(-4, -2), (-1, -1), (0, 1), (2, 4), (5, 9)]),
    ],
)
def test_classes_hold_as_many_each_and_part_no_equals(values, ends):
    classes = classify({"value": values})
    assert classes.ends.tolist() == [list(each) for each in ends]
    for value, number in zip(values, classes.of, strict=True):
        assert (number == -1) == (value is None)
        assert value is None or ends[number][0] <= value <= ends[number][1]


def test_few_classes_take_the_ends_of_the_ramp():
    ramp = RAMPS["choropleth"]
    for values, used in (([1], [3]), ([1, 2], [0, 4]), ([1, 2, 3], [0, 2, 4])):
        classes = classify({"value": values})
        colours = [classes.choose_colour("choropleth", number) for number in range(len(values))]
        assert colours == [ramp[at] for at in used]


def test_intervals_are_told_of_classes_whose_units_all_have_one():
    values = {"value": [1, 2, 2, 5], "low": [0.5, 1, 1.5, None], "high": [3, 4, 9, 9]}
    words = [text for _, text in list_keys("corridor", {"columns": values}, load_words("en"))]
    assert words == ["5", "2 (1 – 9)", "1 (0.5 – 3)", "in brackets: their intervals"]
    del values["high"]
    words = [text for _, text in list_keys("corridor", {"columns": values}, load_words("en"))]
    assert words == ["5", "2", "1"]


def test_no_number_is_a_power_of_ten():
    told = {"columns": {"value": [4.02e-7, 2.125e-3, 0, 1e12]}}
    words = [text for _, text in list_keys("choropleth", told, load_words("en"))]
    assert words == ["1,000,000,000,000", "≈\u00a00", "≈\u00a00", "0"]
    told = {"columns": {"value": [0.00002125, 0.000031]}}
    words = [text for _, text in list_keys("choropleth", told, load_words("en"))]
    assert words == ["0.000031", "0.0000213"]


def test_short_sections_show_their_dashes():
    square, path = box(0, 0, 1, 1), Outline([(0, 0), (12, 0)])
    told = {"columns": {"value": [3], "count": [1]}, "shapes": [square]}
    _, section = draw_sections(lambda shapes: path if shapes else None, told)
    dashes = np.array(section.get_linestyle()[1]) * section.get_linewidth() / POINTS
    assert dashes == pytest.approx([4, 3])


def test_what_is_few_and_what_is_missing_is_explained():
    told = {"columns": {"value": [1_234.5, None, -2], "count": [9, 1, 2]}}
    words = [text for _, text in list_keys("corridor", told, load_words("en"))]
    assert words == ["1,230", "\u22122", "fewer than 5 incidents", "no value"]
    assert classify(told["columns"]).is_few.tolist() == [False, True, True]
    assert not np.any(classify({"value": [1]}).is_few)
