"""Units by their counts: classes at round numbers, names with room, an outline for the crowded."""

from __future__ import annotations

import pytest
import shapely

from geosec.report.drawing.areas import AreaWords, Surroundings, draw_areas, list_classes
from geosec.report.drawing.canvas import ORANGE

WORDS = AreaWords(
    "Incidents", "Crowded", "expected", "fewer than {number}", "{number} up", "{low}-{high}"
)
TOLD = {"name": "a", "title": "Units", "description": "Words"}


@pytest.fixture
def units(make_grid):
    grid = make_grid(3)
    return grid.assign(value=range(9), hot=[False] * 8 + [True])


def test_the_legend_tells_the_classes_and_the_crowded(units, list_texts):
    texts = list_texts(draw_areas(units, Surroundings(), WORDS, **TOLD))
    assert {"Incidents", "Crowded", "fewer than 1", "5 up", "1-2", "2-5"} <= set(texts)


def test_nothing_is_crowded_where_nothing_is_hot(units, list_texts):
    drawn = draw_areas(units.assign(hot=False), Surroundings(), WORDS, **TOLD)
    assert "Crowded" not in list_texts(drawn)
    assert ORANGE not in drawn


def test_a_name_that_would_lie_on_another_is_left_out(units, list_texts):
    names = [(31.5, 49.5, "First"), (31.51, 49.5, "Second"), (60.0, 10.0, "Outside")]
    land = shapely.box(25, 45, 40, 55)
    drawn = draw_areas(units, Surroundings(land, [land], names), WORDS, **TOLD)
    texts = list_texts(drawn)
    assert "First" in texts
    assert not {"Second", "Outside"} & set(texts)
    assert 'paint-order="stroke"' in drawn


def test_units_with_holes_and_several_parts_are_drawn(units):
    ring = shapely.difference(shapely.box(30, 48, 33, 51), shapely.box(31, 49, 32, 50))
    parts = shapely.MultiPolygon([ring, shapely.box(34, 48, 35, 49)])
    drawn = draw_areas(units.assign(geometry=parts), Surroundings(), WORDS, **TOLD)
    assert drawn.count(" z M ") >= 2


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        ([], [0]),
        ([0, 0], [0]),
        ([0.4], [0]),
        ([3], [0, 1, 2, 3]),
        ([12], [0, 1, 2, 5, 10]),
        ([900], [0, 20, 50, 100, 200, 500]),
    ],
)
def test_classes_begin_at_round_numbers(values, edges):
    assert list_classes(values) == edges
