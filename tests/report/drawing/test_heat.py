"""Ratios of pairs by bands: coloured where chance is ruled out, a dash where nothing is known."""

from __future__ import annotations

import pandas as pd

from geosec.report.drawing.canvas import PALE
from geosec.report.drawing.heat import draw_heat

BANDS = {"index": ["near", "far"], "columns": ["soon", "late"]}


def test_a_field_tells_its_ratio_and_only_sure_ones_are_coloured(list_texts, list_colours):
    ratios = pd.DataFrame([[3.0, float("nan")], [1.0, 0.5]], **BANDS)
    sure = pd.DataFrame([[True, False], [False, False]], **BANDS)
    notes = pd.DataFrame([["9, by chance 3", ""], ["2, by chance 2", "<1>"]], **BANDS)
    told = {"over": "Days", "name": "h", "title": "Pairs", "description": "Words"}
    drawn = draw_heat(ratios, sure, notes, **told)
    texts = list_texts(drawn)
    assert {"× 3.0", "–", "× 1.0", "× 0.5", "near", "far", "soon", "late", "<1>"} <= set(texts)
    coloured = [each for each in list_colours(drawn) if each == "#ec8b45"]
    assert len(coloured) == 1
    assert PALE in list_colours(drawn)
