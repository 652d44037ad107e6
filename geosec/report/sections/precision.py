"""How sure the places are: radii, and the most and the least precise incidents."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from geosec.arguments import is_missing
from geosec.report.content import Block, Figure, Paragraph, Section, Table
from geosec.report.drawing.bars import draw_bars
from geosec.report.saying import clean_cell

if TYPE_CHECKING:
    import pandas as pd

    from geosec.report.case import Case

_EDGES_M = (1_000, 5_000, 25_000, 100_000)
_SHOWN = 10
_TEXTS = {1, 2}  # columns of running text
_LIKELY, _SURE = 0.5, 0.995
_HEAD = ("column_day", "fact_reported", "fact_read", "column_adm2_name", "radius")


def write_precision(case: Case) -> Section:
    """Write how far the true places may be from the points, and for which incidents."""
    tell, words = case.tell, case.tell.words
    placed = case.located[case.is_placed]
    if not len(placed):
        reason = Paragraph(words["precision_none"])
        return Section("precision", words["precision"], [reason], is_made=False)
    radii = placed["uncertainty_m"].astype("float64")
    if not radii.any():
        told = words["precision_exact"]
        return Section("precision", words["precision"], [Paragraph(told)], finding=told)
    near = int((radii <= _EDGES_M[1]).sum())
    wide = int((radii > _EDGES_M[2]).sum())
    told = tell.say_many("precision_near", near, all=tell.count(len(placed)))
    told = f"{told} {tell.say_many('precision_wide', wide)}"
    ranked = placed.iloc[np.argsort(radii.to_numpy(), kind="stable")]
    blocks: list[Block] = [
        Paragraph(f"{words['precision_what']} {told}"),
        _draw_radii(case, radii),
        _list_rows(case, ranked.head(_SHOWN), "precision_most", _tell_ties(case, ranked)),
    ]
    if len(ranked) > _SHOWN:
        widest = ranked.iloc[_SHOWN:].iloc[::-1].head(_SHOWN)
        ties = _tell_ties(case, ranked.iloc[_SHOWN:].iloc[::-1])
        blocks.append(_list_rows(case, widest, "precision_least", ties))
    return Section(
        "precision", words["precision"], blocks, finding=told, methods=[words["precision_method"]]
    )


def _tell_ties(case: Case, ranked: pd.DataFrame) -> str:
    """Tell how many incidents have the radius of the last one that a list has room for."""
    radii = ranked["uncertainty_m"].to_numpy()
    if len(radii) <= _SHOWN or radii[_SHOWN - 1] != radii[_SHOWN]:
        return ""
    radius = radii[_SHOWN]
    alike = int((radii == radius).sum())
    if radius == 0:
        return case.tell.say_many("precision_ties_exact", alike)
    return case.tell.say_many("precision_ties", alike, radius=case.tell.distance(float(radius)))


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


def _name_place(case: Case, row: pd.Series) -> str:
    """Name what a place was read as; coordinates of the source are called so."""
    if row.get("match_rule") == "coordinates":
        return case.tell.words["coordinates"]
    return clean_cell(row.get("match_name"))


def _list_rows(case: Case, rows: pd.DataFrame, name: str, note: str) -> Table:
    """List incidents with how precisely their places are known; columns of nothing are left out."""
    words = case.tell.words
    told = [
        [
            case.tell.when(row),
            clean_cell(row.get("location")),
            _name_place(case, row),
            _name_unit(case, row),
            case.tell.radius(row["uncertainty_m"]),
        ]
        for row in (rows.iloc[at] for at in range(len(rows)))
    ]
    kept = [at for at in range(len(_HEAD)) if at not in _TEXTS or any(row[at] for row in told)]
    cells = [[row[at] for at in kept] for row in told]
    head = [words[_HEAD[at]] for at in kept]
    wide = frozenset(at for at, column in enumerate(kept) if column in _TEXTS)
    caption = case.tell.say_many(name, len(rows))
    return Table(caption, head, cells, frozenset({len(kept) - 1}), note, wide)


def _name_unit(case: Case, row: pd.Series) -> str:
    """Name the district if it is more likely than not, else the province, and how sure that is."""
    for level in ("adm2", "adm1"):
        name, sure = clean_cell(row.get(f"{level}_name")), row.get(f"{level}_prob")
        if name and is_missing(sure):
            return name
        if name and sure >= _LIKELY:
            said = {"district": name, "share": case.tell.share(sure)}
            return name if sure >= _SURE else case.tell.say("district_sure_cell", **said)
    return ""
