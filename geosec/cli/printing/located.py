"""Located incidents and geocoded phrases, for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.cli.printing.page import Heading, Listing, Part
from geosec.cli.printing.terminal import escape_line, format_cell, format_figure
from geosec.geocoding.geocoder import explain
from geosec.report.tables import (
    NO_DISTRICT,
    NOT_PLACED,
    count_placements,
    list_closest_to_rail,
    list_unplaced,
)

if TYPE_CHECKING:
    import geopandas as gpd


def describe_run(
    located: gpd.GeoDataFrame, near_rail: pd.DataFrame, rejected: pd.DataFrame, *, near_m: float
) -> list[Part]:
    """Say what came of a file of incidents: counts, districts, the railway, and what has no place.

    `near_rail` is what `geosec.within` gave for the railway at a distance of `near_m` metres,
    `rejected` the rows that were left out.
    """
    placed = int(located.geometry.notna().sum())
    counted = f"{_count(located, 'incident')} read, {_count(rejected, 'row')} rejected"
    page: list[Part] = ["", f"{counted}; {placed} placed, {len(located) - placed} not"]
    if not len(located):
        return page
    page.append(Heading("Where, and how precisely (95 % radius)"))
    page.append(_list_districts(count_placements(located)))
    closest = list_closest_to_rail(located, near_rail)
    if len(closest):
        near = f"Closest to the railway (p: within {near_m / 1000:.0f} km of the line)"
        page += [Heading(near), _list_closest(closest)]
    unplaced = list_unplaced(located)
    if len(unplaced):
        page += [Heading("Not placed"), _list_unplaced(unplaced)]
    return page


def _count(table: pd.DataFrame, what: str) -> str:
    return f"{len(table)} {what}{'' if len(table) == 1 else 's'}"


def describe_phrases(located: gpd.GeoDataFrame) -> list[Part]:
    """Say where phrases were placed: several lines for each, radii in kilometres."""
    lines: list[Part] = []
    for (_, row), point in zip(located.iterrows(), located.geometry, strict=True):
        lines.append(f"phrase: {escape_line(row['location'])}")
        lines.append(f"  read as {escape_line(explain(format_cell(row['location'])))}")
        lines.append(f"  {row['match_status']}" + (f" by {row['match_rule']}" if point else ""))
        if point is not None:
            name = f"{escape_line(row['match_name'])} ({escape_line(row['match_id'])})"
            lines.append(f"  {name}, score {row['match_score']:.2f}")
            radius = f"95 % within {row['uncertainty_m'] / 1000:.1f} km"
            lines.append(f"  {point.y:.4f} N {point.x:.4f} E, {radius}")
        if pd.notna(row["match_reason"]):
            lines.append(f"  {escape_line(row['match_reason'])}")
    return lines


def _list_districts(table: pd.DataFrame) -> Listing:
    """List each province, and under it, indented, each of its districts."""
    rows: list[list[str]] = []
    for province, part in table.groupby(level="province", sort=False):
        counts = [str(part[name].sum()) for name in ("incidents", "matched")]
        rows.append([escape_line(province), *counts, "", ""])
        if province in {NOT_PLACED, NO_DISTRICT}:
            continue
        for (_, district), row in part.iterrows():
            counts = [f"{row[name]:.0f}" for name in ("incidents", "matched")]
            radius, sure = row["median_radius_km"], row["district_prob"]
            figures = [format_figure(radius, ".1f"), format_figure(sure, ".2f")]
            rows.append([f"  {escape_line(district)}", *counts, *figures])
    return Listing(("district", ">incidents", ">matched", ">median km", ">p(district)"), rows)


def _list_closest(table: pd.DataFrame) -> Listing:
    rows = []
    for incident_id, row in table.iterrows():
        low, high = (format_figure(row[name], ".0f") for name in ("km_low", "km_high"))
        rows.append(
            [
                escape_line(incident_id),
                escape_line(row["line"]),
                f"{row['km']:.1f}",
                "-" if "-" in {low, high} else f"{low}-{high}",
                f"{row['offset_km']:.1f}",
                format_figure(row["probability"], ".2f"),
                escape_line(row["place"]),
            ]
        )
    names = ("incident", "line", ">km", "95 % interval", ">off km", ">p", "place")
    return Listing(names, rows)


def _list_unplaced(table: pd.DataFrame) -> Listing:
    rows = []
    for incident_id, row in table.iterrows():
        phrase = escape_line(row["location"]) if pd.notna(row["location"]) else "(no phrase)"
        rows.append([escape_line(incident_id), phrase, escape_line(row["match_reason"])])
    return Listing(("incident", "phrase", "reason"), rows)
