"""How sure the places are: radii, and the most and the least precise incidents."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from geosec.report.content import Block, Figure, Paragraph, Section, Table
from geosec.report.drawing.bars import draw_bars
from geosec.report.saying import clean_cell

if TYPE_CHECKING:
    import pandas as pd

    from geosec.report.case import Case

_EDGES_M = (1_000, 5_000, 25_000, 100_000)
_SHOWN = 10
_HEAD = ("column_day", "fact_reported", "fact_read", "column_adm2_name", "radius")


def write_precision(case: Case) -> Section:
    """Write how far the true places may be from the points, and for which incidents."""
    tell, words = case.tell, case.tell.words
    placed = case.located[case.is_placed]
    if not len(placed):
        reason = Paragraph(words["precision_none"])
        return Section("precision", words["precision"], [reason], is_made=False)
    radii = placed["uncertainty_m"].astype("float64")
    near = int((radii <= _EDGES_M[1]).sum())
    wide = int((radii > _EDGES_M[2]).sum())
    told = tell.say_many("precision_near", near, all=tell.count(len(placed)))
    told = f"{told} {tell.say_many('precision_wide', wide)}"
    ranked = placed.iloc[np.argsort(radii.to_numpy(), kind="stable")]
    blocks: list[Block] = [
        Paragraph(f"{words['precision_what']} {told}"),
        _draw_radii(case, radii),
        _list_rows(case, ranked.head(_SHOWN), "precision_most"),
    ]
    if len(ranked) > _SHOWN:
        widest = ranked.iloc[_SHOWN:].iloc[::-1].head(_SHOWN)
        blocks.append(_list_rows(case, widest, "precision_least"))
    return Section(
        "precision", words["precision"], blocks, finding=told, methods=[words["precision_method"]]
    )


def _draw_radii(case: Case, radii: pd.Series) -> Figure:
    """Draw how many incidents are known to within which distance."""
    tell, words = case.tell, case.tell.words
    edges = [tell.distance(edge) for edge in _EDGES_M]
    names = [
        tell.say("within", distance=edges[0]),
        *(tell.say("from_to", first=a, last=b) for a, b in pairwise(edges)),
        tell.say("beyond", distance=edges[-1]),
    ]
    counts = np.bincount(
        np.searchsorted(_EDGES_M, radii.to_numpy(), side="left"), minlength=len(names)
    ).tolist()
    missing = len(case.located) - len(radii)
    if missing:
        names, counts = [*names, words["without_place"]], [*counts, missing]
    caption = words["precision_figure"]
    svg = draw_bars(names, counts, name="radii", title=caption)
    return Figure(svg, caption)


def _list_rows(case: Case, rows: pd.DataFrame, name: str) -> Table:
    """List incidents with how precisely their places are known."""
    tell, words = case.tell, case.tell.words
    told = []
    for at in range(len(rows)):
        row = rows.iloc[at]
        reported = clean_cell(row.get("location")) or words["coordinates"]
        district = clean_cell(row.get("adm2_name"))
        sure = row.get("adm2_prob")
        if district and sure is not None and sure < 0.995:
            district = tell.say("district_sure_cell", district=district, share=tell.share(sure))
        told.append(
            [
                *(tell.day(row.get("date")), reported, clean_cell(row.get("match_name"))),
                *(district, tell.distance(row["uncertainty_m"])),
            ]
        )
    head = [words[each] for each in _HEAD]
    caption = tell.say(name, count=tell.count(len(rows)))
    return Table(caption, head, told, numbers=frozenset({4}), wide=frozenset({1, 2}))
