"""The reliability diagram."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from geosec.evaluation.reliability_diagram import draw_reliability_diagram


def test_each_class_of_scores_is_a_dot_where_it_belongs():
    scored = pd.DataFrame(
        {
            "placed": True,
            "has_truth": True,
            "right": [True, False, True, True],
            "match_score": [0.55, 0.55, 0.95, 0.95],
        }
    )
    drawn = ET.fromstring(draw_reliability_diagram(scored))  # noqa: S314 - our own text
    dots = drawn.findall("{http://www.w3.org/2000/svg}circle")
    assert [(float(dot.get("cx")), float(dot.get("cy"))) for dot in dots] == [(280, 260), (440, 60)]


SVG = "{http://www.w3.org/2000/svg}"


def drawn(right, score):
    scored = pd.DataFrame({"placed": True, "has_truth": True, "right": right, "match_score": score})
    return ET.fromstring(draw_reliability_diagram(scored))  # noqa: S314 - our own text


def words(figure):
    return [each.text for each in figure.iter(f"{SVG}text")]


def test_the_axes_run_from_0_to_1_and_are_named():
    told = words(drawn([True], [0.95]))
    for tick in ("0", "0.25", "0.5", "0.75"):
        assert told.count(tick) == 2
    assert {"score promised", "share right", "expected calibration error 0.050"} <= set(told)


def test_a_class_that_keeps_more_than_it_promises_stands_above_the_line():
    figure = drawn([True] * 10, [0.65] * 10)
    (dot,) = figure.iter(f"{SVG}circle")
    ideal_y = 460 - (float(dot.get("cx")) - 60)
    assert float(dot.get("cy")) < ideal_y  # y grows downwards
    assert "10" in words(figure)


def test_the_interval_holds_the_dot_and_shrinks_with_phrases():
    heights = []
    for count in (4, 400):
        figure = drawn([True, False] * (count // 2), [0.55] * count)
        (dot,) = figure.iter(f"{SVG}circle")
        (bar,) = [each for each in figure.iter(f"{SVG}line") if each.get("class") == "bar"]
        top, bottom = float(bar.get("y1")), float(bar.get("y2"))
        assert top < float(dot.get("cy")) < bottom
        heights.append(bottom - top)
    assert heights[1] < heights[0] / 5


def test_a_dot_grows_with_its_phrases():
    dots = list(drawn([True] * 110, [0.95] * 100 + [0.55] * 10).iter(f"{SVG}circle"))
    few, many = sorted(float(dot.get("r")) for dot in dots)
    assert many > few


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_the_ends_of_the_scale_are_inside_the_frame(score):
    (dot,) = drawn([score == 1.0] * 5, [score] * 5).iter(f"{SVG}circle")
    assert 60 <= float(dot.get("cx")) <= 460
    assert 60 <= float(dot.get("cy")) <= 460
