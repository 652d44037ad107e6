"""Where incidents crowd: districts, or squares where all lie in few districts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geosec.analysis.hot_spots import find_hot_spots
from geosec.maps.ground import collect_ground
from geosec.reference.boundaries import load_boundaries
from geosec.report.content import Block, Figure, Paragraph, Section, Table
from geosec.report.drawing.areas import AreaWords, Surroundings, draw_areas
from geosec.report.saying import clean_cell
from geosec.report.sections.asking import ask, write_unmade, write_value

if TYPE_CHECKING:
    import geopandas as gpd

    from geosec.report.case import Case

_NAME = "hot_spots"
_HOT = ("hot spot 99 %", "hot spot 95 %")  # surer than 1 time in 20
_LEAST_ROWS = 10
_FEW_UNITS = 8  # that hold incidents, below which squares are taken
_SIDES_M = (5_000, 10_000, 20_000, 50_000)
_ACROSS = 24  # squares over the incidents
_LEAST_SHARE = 0.02  # of the incidents, in a district that squares are laid over
_SHOWN = 10
_NAMED = 6


def write_hot_spots(case: Case) -> Section:
    """Write in which districts, or squares, incidents crowd more than by chance."""
    tell, words = case.tell, case.tell.words
    placed = int(case.is_placed.sum())
    if placed < _LEAST_ROWS:
        return write_unmade(tell, _NAME, tell.say_many("hot_few", placed, least=_LEAST_ROWS))
    units = choose_units(case)
    if units is None:
        return write_unmade(tell, _NAME, words["hot_loose"])
    within = {"within": find_ground(case)} if isinstance(units, str) and ":" in units else {}
    answer = ask(lambda: find_hot_spots(case.located, units, **within, **case.settings))
    if answer.reason:
        return write_unmade(tell, _NAME, answer.reason)
    spots = answer.found
    is_hot = spots["spot"].isin(_HOT).to_numpy()
    side, kind = _name_kind(case, units)
    finding = _tell_hot(case, spots[is_hot], kind, is_named=not side)
    blocks: list[Block] = [
        Paragraph(f"{words['hot_what']} {finding}"),
        _draw(case, spots, is_hot, kind, finding, is_named=not side),
    ]
    if not side:
        blocks.append(_list_units(case, spots, is_hot))
    step = spots.attrs["geosec_steps"]["find_hot_spots"]
    settings = [
        (name, write_value(value))
        for name, value in step.items()
        if name not in {"layers", "draws", "seed"}
    ]
    return Section(
        _NAME,
        words[_NAME],
        blocks,
        finding=finding,
        methods=[tell.say("hot_method", kind=kind)],
        settings=settings,
        notices=answer.notices,
    )


def choose_units(case: Case) -> Any:
    """Choose what is counted in: districts, or squares where few of them hold any incident.

    None where places are known so loosely that no square would hold them.
    """
    if case.boundaries is not None:
        return case.boundaries
    located = case.located[case.is_placed]
    if located["adm2_code"].nunique() >= _FEW_UNITS:
        return "adm2"
    west, south, east, north = located.total_bounds
    span_m = max((north - south), (east - west) * np.cos(np.radians((south + north) / 2))) * 111_000
    least_m = max(span_m / _ACROSS, float(located["uncertainty_m"].median()))
    side_m = next((each for each in _SIDES_M if each >= least_m), None)
    return None if side_m is None else f"grid:{side_m}"


def find_ground(case: Case) -> Any:
    """Find the districts that hold incidents, which squares are laid over."""
    districts = load_boundaries("adm2")
    codes = case.located.loc[case.is_placed, "adm2_code"].value_counts(normalize=True)
    kept = districts[districts.index.isin(codes.index[codes >= _LEAST_SHARE])]
    return kept if len(kept) else None


def _name_kind(case: Case, units: Any) -> tuple[str, str]:
    """Give the side of squares, in metres, empty for others, and what the units are called."""
    side = units.partition(":")[2] if isinstance(units, str) else ""
    if side:
        return side, case.tell.say("squares", side=case.tell.distance(float(side)))
    return "", case.tell.words["districts" if case.boundaries is None else "areas"]


def _tell_hot(case: Case, hot: gpd.GeoDataFrame, kind: str, *, is_named: bool) -> str:
    tell = case.tell
    if not len(hot):
        return tell.say("hot_none", kind=kind)
    if not is_named:
        held = tell.count(round(float(hot["count"].sum())))
        return tell.say_many("hot_squares", len(hot), kind=kind, held=held)
    ranked = hot.sort_values("count", ascending=False, kind="stable")
    names = [
        tell.say(
            "hot_named",
            name=clean_cell(row["unit_name"]),
            count=tell.expect(row["count"], row["count_low"], row["count_high"]),
        )
        for row in ranked.head(_NAMED).to_dict("records")
    ]
    more = len(ranked) - len(names)
    names += [tell.say_many("others", more)] if more else []
    return tell.say_many("hot_found", len(ranked), kind=kind, names=tell.join(names))


def _list_units(case: Case, spots: gpd.GeoDataFrame, is_hot: Any) -> Table:
    """List the units with most incidents, and whether they crowd there."""
    tell, words = case.tell, case.tell.words
    order = np.argsort(-spots["count"].to_numpy(), kind="stable")
    rows = []
    for at in order[:_SHOWN]:
        row = spots.iloc[at]
        said = words["hot_no"]
        if is_hot[at]:
            said = tell.say("hot_yes", share=tell.share(row["significant_share"]))
        rows.append(
            [
                clean_cell(row["unit_name"]),
                tell.expect(row["count"], row["count_low"], row["count_high"]),
                said,
            ]
        )
    unit = "column_adm2_name" if case.boundaries is None else "area"
    head = [words[each] for each in (unit, "incidents", "hot_crowded")]
    caption = tell.say_many("hot_table" if case.boundaries is None else "hot_table_own", len(rows))
    return Table(caption, head, rows, numbers=frozenset({1}))


def _draw(
    case: Case,
    spots: gpd.GeoDataFrame,
    is_hot: Any,
    kind: str,
    told: str,
    *,
    is_named: bool,
) -> Figure:
    words = case.tell.words
    units = spots[["geometry"]].assign(value=spots["count"].to_numpy(), hot=is_hot)
    legend = AreaWords(*(words[f"hot_legend_{name}"] for name in AreaWords._fields))
    caption = case.tell.say("hot_figure", kind=kind)
    svg = draw_areas(
        units,
        _surround(case, spots, is_hot, is_named=is_named),
        legend,
        name="areas",
        title=caption,
        description=told,
    )
    return Figure(svg, caption)


def _surround(case: Case, spots: gpd.GeoDataFrame, is_hot: Any, *, is_named: bool) -> Surroundings:
    """Give names to the units with most incidents, or to the towns among squares."""
    land = None if case.boundaries is not None else load_boundaries("adm0").geometry.union_all()
    if is_named:
        order = np.lexsort((-spots["count"].to_numpy(), ~is_hot))[:_NAMED]
        inner = shapely.point_on_surface(spots.geometry.to_numpy()[order])
        texts = [clean_cell(text, 30) for text in spots["unit_name"].iloc[order]]
        found = zip(shapely.get_x(inner), shapely.get_y(inner), texts, strict=True)
        return Surroundings(land, (), list(found))
    towns = collect_ground(case.located, None, tiles=False)[0].get("towns", [])
    names = [
        (town["lon"], town["lat"], clean_cell(town["name"], 30))
        for town in sorted(towns, key=lambda town: town["zoom"])
        if town.get("kind") != "province"
    ]
    return Surroundings(land, list(load_boundaries("adm2").geometry), names)
