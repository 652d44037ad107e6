"""Located incidents and geocoded phrases, as plain text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.cli.printing.terminal import escape_line, shorten_line
from geosec.geocoding.geocoder import explain
from geosec.maps.wording import format_cell
from geosec.report.tables import (
    NO_DISTRICT,
    NOT_PLACED,
    count_placements,
    list_closest_to_rail,
    list_unplaced,
)

if TYPE_CHECKING:
    import geopandas as gpd


_LINE_SHOWN = 28  # letters of the identifier of a railway line


def describe_run(
    located: gpd.GeoDataFrame, near_rail: pd.DataFrame, rejected: pd.DataFrame, *, near_m: float
) -> str:
    """Say what came of a file of incidents: counts, districts, the railway, and what has no place.

    `near_rail` is what `geosec.within` gave for the railway at a distance of `near_m` metres,
    `rejected` the rows that were left out.
    """
    placed = int(located.geometry.notna().sum())
    counted = f"\n{len(located)} incidents read, {len(rejected)} rows rejected; "
    counted += f"{placed} placed, {len(located) - placed} not\n"
    if not len(located):
        return counted
    lines = [counted, "Where, and how precisely (95 % radius)\n"]
    lines += _write_districts(count_placements(located))
    closest = list_closest_to_rail(located, near_rail)
    if len(closest):
        lines.append(f"\nClosest to the railway (p: within {near_m / 1000:.0f} km of the line)\n")
        lines += _write_closest(closest)
    unplaced = list_unplaced(located)
    if len(unplaced):
        lines.append("\nNot placed\n")
        lines += _write_unplaced(unplaced)
    return "\n".join(lines)


def describe_phrases(located: gpd.GeoDataFrame) -> str:
    """Say where phrases were placed: several lines for each, radii in kilometres."""
    lines = []
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
    return "\n".join(lines)


def _write_districts(table: pd.DataFrame) -> list[str]:
    """Write a line for each province, and under it, indented, one for each of its districts."""
    lines = [f"  {'':34}{'incidents':>10}{'matched':>9}{'median km':>11}{'p(district)':>13}"]
    for province, part in table.groupby(level="province", sort=False):
        lines.append(
            f"  {escape_line(province):34}{part['incidents'].sum():>10}{part['matched'].sum():>9}"
        )
        if province in {NOT_PLACED, NO_DISTRICT}:
            continue
        for (_, district), row in part.iterrows():
            sure = "-" if pd.isna(row["district_prob"]) else f"{row['district_prob']:.2f}"
            lines.append(
                f"    {escape_line(district):32}{row['incidents']:>10.0f}{row['matched']:>9.0f}"
                f"{row['median_radius_km']:>11.1f}{sure:>13}"
            )
    return lines


def _write_closest(table: pd.DataFrame) -> list[str]:
    wide = max([len("line"), *(len(escape_line(line)) for line in table["line"])])
    wide = min(wide, _LINE_SHOWN)
    head = f"  {'incident':16}{'line':{wide}}{'km':>8}"
    lines = [f"{head}  {'95 % interval':15}{'off km':>7}{'p':>6}  place"]
    for incident_id, row in table.iterrows():
        line = shorten_line(row["line"], _LINE_SHOWN)
        name = f"{shorten_line(incident_id, 15):16}{line:{wide}}"
        interval = f"{row['km_low']:.0f}-{row['km_high']:.0f}".replace("nan-nan", "-")
        sure = "-" if pd.isna(row["probability"]) else f"{row['probability']:.2f}"
        lines.append(
            f"  {name}{row['km']:>8.1f}  {interval:15}"
            f"{row['offset_km']:>7.1f}{sure:>6}  {shorten_line(row['place'])}"
        )
    return lines


def _write_unplaced(table: pd.DataFrame) -> list[str]:
    lines = []
    for incident_id, row in table.iterrows():
        phrase = repr(shorten_line(row["location"])) if pd.notna(row["location"]) else "(no phrase)"
        lines.append(f"  {escape_line(incident_id)}  {phrase}: {escape_line(row['match_reason'])}")
    return lines
