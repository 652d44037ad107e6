"""How far the borders made lie from a reference's: kilometre by kilometre, and at points left out.

A border is held against that of the same two units. What lies within a kilometre of a control point
is left out where it is said so, for there the two agree by construction.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from boundaries.build.borders import OUTSIDE
from boundaries.build.control import carry_line, find_lines, locate_control
from boundaries.build.georeference import METRIC
from boundaries.build.reference import is_kept, join_units, read_parents

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from boundaries.build.borders import Pair

ACCURACY = Path(__file__).with_name("border_accuracy.csv")
_STEP_M = _BESIDE_M = 1_000.0
_SHARE = 0.95
_BORROWED = 20.0  # a border's own kilometres, and so many more that lie as those of all borders do


def measure_borders(
    ours: gpd.GeoSeries, reference: gpd.GeoSeries, control: gpd.GeoSeries | None = None
) -> pd.DataFrame:
    """Measure every kilometre of a reference's borders, the outer ones too.

    Both layers are coverages in EPSG:4326 with the same units. Gives a row a kilometre: ``one`` and
    ``other``, ``away_m`` (infinite where the two do not meet in ours), and whether it is
    ``between`` the control points, farther than a kilometre from each.
    """
    mine = find_lines(ours)
    rows = []
    for (one, other), line in find_lines(reference).items():
        points = _space_points(line)
        drawn = mine.get((one, other))
        away_m = np.full(len(points), np.inf) if drawn is None else shapely.distance(points, drawn)
        rows.append(pd.DataFrame({"one": one, "other": other, "away_m": away_m, "point": points}))
    table = pd.concat(rows, ignore_index=True)
    table["between"] = True
    if control is not None:
        fixed = shapely.union_all(control.to_crs(METRIC).to_numpy())
        table["between"] = shapely.distance(table["point"].to_numpy(), fixed) > _BESIDE_M
    return table.drop(columns="point")


def _space_points(line: shapely.Geometry) -> NDArray[np.object_]:
    """Give the middles of the kilometres of a line in metres."""
    found = []
    for part in shapely.get_parts(line):
        count = max(round(part.length / _STEP_M), 1)
        at = (np.arange(count) + 0.5) * part.length / count
        found.append(shapely.line_interpolate_point(part, at))
    return np.concatenate(found)


def leave_out_points(
    control: pd.DataFrame, drawn_lines: dict[Pair, shapely.Geometry]
) -> NDArray[np.float64]:
    """Leave out each control point between junctions by itself: metres to the line without it."""
    parents = read_parents()
    away_m = []
    for border, rows in locate_control(control):
        line = drawn_lines.get(border.pair_of(parents))
        for left in range(1, len(rows.places) - 1):
            kept = np.arange(len(rows.places)) != left
            without = carry_line(line, rows.sources[kept], rows.places[kept], rows.onward[kept])
            away_m.append(without.distance(shapely.Point(rows.places[left])))
    return np.array(away_m)


def tell_accuracy(
    units: gpd.GeoSeries, reference: gpd.GeoSeries, control: gpd.GeoSeries
) -> pd.DataFrame:
    """Make the table of what each border is good to, from the kilometres between control points.

    Gives a row for each two districts of 2018 (``adm2``) and each two provinces (``adm1``) that
    meet, and one of each level for all of them (without names); of ``adm0`` the outline, where it
    is not Natural Earth's; of ``adm2_vintages`` the districts of 2022. ``positional_accuracy_m``
    holds 95 % of the kilometres, those of a short border filled up with `_BORROWED` of all.
    """
    ours, theirs = join_units(units), join_units(reference)
    table = measure_borders(ours, theirs, control)
    table = table[table["between"] & np.isfinite(table["away_m"])]
    inner = table[table["one"] != OUTSIDE]
    crossing = inner[inner["one"].str[:5] != inner["other"].str[:5]]
    crossing = crossing.assign(one=crossing["one"].str[:5], other=crossing["other"].str[:5])
    newest = measure_borders(units, reference, control)
    outer = newest[(newest["one"] == OUTSIDE) & ~is_kept(newest["other"]) & newest["between"]]
    rows = [{"level": "adm0", **_tell(outer["away_m"])}]
    for level, own in (("adm1", crossing), ("adm2", inner)):
        rows.append({"level": level, **_tell(own["away_m"])})
        for (one, other), part in own.groupby(["one", "other"]):
            told = _tell(part["away_m"], inner["away_m"])
            rows.append({"level": level, "one": one, "other": other, **told})
    columns = ["level", "one", "other", "kilometres", "median_m", "positional_accuracy_m"]
    newest = newest[newest["between"] & np.isfinite(newest["away_m"]) & (newest["one"] != OUTSIDE)]
    rows.append({"level": "adm2_vintages", **_tell(newest["away_m"])})
    return pd.DataFrame(rows, columns=columns).fillna({"one": "", "other": ""})


def _tell(away_m: pd.Series, borrowed: pd.Series | None = None) -> dict[str, float]:
    values = away_m.to_numpy()
    weights = np.ones(len(values))
    if borrowed is not None:
        values = np.append(values, borrowed)
        weights = np.append(weights, np.full(len(borrowed), _BORROWED / len(borrowed)))
    order = np.argsort(values, kind="stable")
    share = np.cumsum(weights[order]) / weights.sum()
    most = values[order][np.searchsorted(share, _SHARE)]
    return {
        "kilometres": len(away_m),
        "median_m": round(float(np.median(away_m)), -1),
        "positional_accuracy_m": round(float(most), -1),
    }
