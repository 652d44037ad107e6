"""Figures as SVG."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pandas as pd

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
