"""What the command line prints: plain text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.evaluation.calibration import fit_scores, measure_left_out_error
from geosec.evaluation.news import summarise_news
from geosec.evaluation.phrases import summarise_phrases
from geosec.evaluation.reliability import compare_scores, measure_calibration_error
from geosec.geocoding.grammar.explaining import explain
from geosec.maps.wording import format_cell
from geosec.report.tables import (
    NO_DISTRICT,
    NOT_PLACED,
    closest_to_rail,
    placement_table,
    unplaced_table,
)

if TYPE_CHECKING:
    import geopandas as gpd

    from geosec.news.reports import Report

_JOINERS = "\u200c\u200d"
_SHOWN = 48  # characters of a phrase or name in a printed table


def run_text(
    located: gpd.GeoDataFrame, near_rail: pd.DataFrame, rejected: pd.DataFrame, *, near_m: float
) -> str:
    """Say what came of a file of incidents.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Located incidents, EPSG:4326.
    near_rail : pandas.DataFrame
        What `geosec.within` gave for the railway.
    rejected : pandas.DataFrame
        Rows that were left out.
    near_m : float
        The distance it was asked for, metres.

    Returns
    -------
    str
        Several lines.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.geocode([])
    >>> run_text(located, pd.DataFrame(), pd.DataFrame(), near_m=10_000.0).strip()
    '0 incidents read, 0 rows rejected; 0 placed, 0 not'
    """
    placed = int(located.geometry.notna().sum())
    counted = f"\n{len(located)} incidents read, {len(rejected)} rows rejected; "
    counted += f"{placed} placed, {len(located) - placed} not\n"
    if not len(located):
        return counted
    lines = [counted]
    lines += ["Where, and how precisely (95 % radius)\n", _placement_text(placement_table(located))]
    closest = closest_to_rail(located, near_rail)
    if len(closest):
        lines.append(f"\nClosest to the railway (p: within {near_m / 1000:.0f} km of the line)\n")
        lines.append(_closest_text(closest))
    unplaced = unplaced_table(located)
    if len(unplaced):
        lines.append("\nNot placed\n")
    for incident_id, row in unplaced.iterrows():
        phrase = repr(_short(row["location"])) if pd.notna(row["location"]) else "(no phrase)"
        lines.append(f"  {plain(incident_id)}  {phrase}: {plain(row['match_reason'])}")
    return "\n".join(lines)


def geocode_text(located: gpd.GeoDataFrame) -> str:
    """Say where phrases were placed.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded phrases, EPSG:4326.

    Returns
    -------
    str
        Several lines for each phrase; radii in kilometres.

    Examples
    --------
    >>> import geosec
    >>> print(geocode_text(geosec.geocode(["Kalat-i-Ghilzai"])))
    phrase: Kalat-i-Ghilzai
      read as place('Kalat-i-Ghilzai')
      outside
      Qalāt is in Afghanistan
    """
    lines = []
    for (_, row), point in zip(located.iterrows(), located.geometry, strict=True):
        lines.append(f"phrase: {plain(row['location'])}")
        lines.append(f"  read as {plain(explain(format_cell(row['location'])))}")
        lines.append(f"  {row['match_status']}" + (f" by {row['match_rule']}" if point else ""))
        if point is not None:
            name = f"{plain(row['match_name'])} ({plain(row['match_id'])})"
            lines.append(f"  {name}, score {row['match_score']:.2f}")
            radius = f"95 % within {row['uncertainty_m'] / 1000:.1f} km"
            lines.append(f"  {point.y:.4f} N {point.x:.4f} E, {radius}")
        if pd.notna(row["match_reason"]):
            lines.append(f"  {plain(row['match_reason'])}")
    return "\n".join(lines)


def report_text(report: Report) -> str:
    """Say what a news report tells.

    Parameters
    ----------
    report : Report
        Places and events, EPSG:4326.

    Returns
    -------
    str
        Events first, then every place named; radii in kilometres.

    Examples
    --------
    >>> import geosec
    >>> told = geosec.parse_report("A blast in Mach killed two.", published="2025-03-12")
    >>> print(report_text(told).splitlines()[2])
      2025-03-12  Explosions/Remote violence   2 killed  Mach
    """
    lines = ["Events", ""]
    for _, row in report.events.iterrows():
        toll = f"{_people(row, 'fatalities')} killed" + _hurt(row)
        where = _short(row["location"]) if pd.notna(row["location"]) else "(place not said)"
        lines.append(f"  {_day(row)}  {row['event_type']:28} {toll}  {where}")
        lines.append(f"      {_placed(row)}")
    lines += [] if len(report.events) else ["  none"]
    lines += ["", "Places", ""]
    for _, row in report.places.iterrows():
        lines.append(f"  {row['role']:8} {_short(row['location']):{_SHOWN}}  {_placed(row)}")
    lines += [] if len(report.places) else ["  none"]
    return "\n".join(lines)


def phrases_text(scored: gpd.GeoDataFrame) -> str:
    """Say how right the geocoder is on phrases whose truth is known.

    Parameters
    ----------
    scored : geopandas.GeoDataFrame
        From `geosec.evaluation.phrases.score_phrases`, EPSG:4326.

    Returns
    -------
    str
        A line per kind, then the calibration, then every miss; errors in kilometres.

    Examples
    --------
    >>> from geosec.evaluation.phrases import score_phrases
    >>> gold = pd.DataFrame({"phrase": ["Sibi"], "lat": [29.543], "lon": [67.877],
    ...                      "tolerance_km": [5.0], "kind": ["town"]})
    >>> print(phrases_text(score_phrases(gold)).splitlines()[1][:36])
    town                       1  100.0%
    """
    names = "phrases   right  error km   false  coverage  radius km   Brier"
    lines = [f"{'kind':20}{names:>66}"]
    for kind, row in summarise_phrases(scored).iterrows():
        shares = f"{row['phrases']:8.0f}{row['right']:8.1%}{row['median_error_km']:10.1f}"
        shares += f"{row['false_matches']:8.0f}{row['coverage']:10.1%}"
        lines.append(f"{plain(kind):20}{shares}{row['median_radius_km']:11.1f}{row['brier']:8.3f}")
    error = measure_calibration_error(scored)
    lines = [line.replace("nan%", "  - ").replace(" nan", "   -") for line in lines]
    lines += ["", f"expected calibration error {error:.3f}; score promised, share kept", ""]
    for _, row in compare_scores(scored).iterrows():
        interval = f"{row['low']:.2f}-{row['high']:.2f}"
        lines.append(
            f"  {row['promised']:.2f}  {row['kept']:.2f} ({interval}), {row['phrases']:.0f}"
        )
    missed = scored[~scored["right"]]
    lines += ["", f"missed: {len(missed)}", ""]
    for _, row in missed.iterrows():
        away = f"{row['error_m'] / 1000:.1f} km off" if row["placed"] else row["match_status"]
        told = "; ".join(filter(None, [away, plain(row["match_reason"])]))
        lines.append(f"  {plain(row['kind'])}: {_short(row['location'])!r}: {told}")
    return "\n".join(lines)


def reports_text(scored: pd.DataFrame) -> str:
    """Say how right the reading of reports is, on reports whose events are known.

    Parameters
    ----------
    scored : pandas.DataFrame
        From `geosec.evaluation.news.score_reports`.

    Returns
    -------
    str
        Six lines.

    Examples
    --------
    >>> from geosec.evaluation.news import score_news
    >>> report = {"id": "a", "text": "A blast in Mach killed two.", "published": "2025-03-12",
    ...           "places": [{"start": 11, "end": 15, "lat": 29.86, "lon": 67.33}], "events": []}
    >>> print(reports_text(score_news([report])).splitlines()[0])
    mention F1          1.000   1 known, 1 told, 1 the same
    """
    total, found = scored.sum(), summarise_news(scored)
    counts = {}
    for kind in ("mentions", "events"):
        told, same = total[f"{kind}_told"], total[f"{kind}_found"]
        counts[kind] = f"{total[kind]} known, {told} told, {same} the same"
    return "\n".join(
        [
            f"mention F1       {found['mention_f1']:8.3f}   {counts['mentions']}",
            f"places right     {found['places_right']:8.3f}   within 25 km, of the mentions found",
            f"event F1         {found['event_f1']:8.3f}   {counts['events']}",
            f"dates right      {found['dates_right']:8.3f}   of the events found",
            f"types right      {found['types_right']:8.3f}   of the events found",
            f"fatalities right {found['fatalities_right']:8.3f}   of the events found",
        ]
    )


def _day(row: pd.Series) -> str:
    form = {"month": "%Y-%m   ", "year": "%Y      "}.get(row["date_precision"], "%Y-%m-%d")
    return str(row["date"].strftime(form))


def _people(row: pd.Series, name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(high):
        return f"{low}+" if low else "0?"
    return f"{low}" if low == high else f"{low}-{high}"


def _hurt(row: pd.Series) -> str:
    return f", {_people(row, 'injuries')} hurt" if pd.notna(row["injuries"]) else ""


def _placed(row: pd.Series) -> str:
    if pd.isna(row["match_name"]):
        return ": ".join(filter(None, [row["match_status"], plain(row["match_reason"])]))
    return f"{plain(row['match_name'])}, 95 % within {row['uncertainty_m'] / 1000:.1f} km"


def _placement_text(table: pd.DataFrame) -> str:
    """Indent the districts under their provinces."""
    lines = [f"  {'':34}{'incidents':>10}{'matched':>9}{'median km':>11}{'p(district)':>13}"]
    for province, part in table.groupby(level="province", sort=False):
        lines.append(
            f"  {plain(province):34}{part['incidents'].sum():>10}{part['matched'].sum():>9}"
        )
        if province in {NOT_PLACED, NO_DISTRICT}:
            continue
        for (_, district), row in part.iterrows():
            sure = "-" if pd.isna(row["district_prob"]) else f"{row['district_prob']:.2f}"
            lines.append(
                f"    {plain(district):32}{row['incidents']:>10.0f}{row['matched']:>9.0f}"
                f"{row['median_radius_km']:>11.1f}{sure:>13}"
            )
    return "\n".join(lines)


def _closest_text(table: pd.DataFrame) -> str:
    lines = [
        f"  {'incident':16}{'line':10}{'km':>7}  {'95 % interval':15}{'off km':>7}{'p':>6}  place"
    ]
    for incident_id, row in table.iterrows():
        interval = f"{row['km_low']:.0f}-{row['km_high']:.0f}"
        lines.append(
            f"  {plain(incident_id):16.16}{plain(row['line']):10.9}{row['km']:>7.1f}  {interval:15}"
            f"{row['offset_km']:>7.1f}{row['probability']:>6.2f}  {_short(row['place'])}"
        )
    return "\n".join(lines)


def plain(value: object) -> str:
    r"""Give a text as one line that a terminal prints and does not obey.

    Parameters
    ----------
    value : object
        A cell, which may come from anyone. No unit or CRS is involved.

    Returns
    -------
    str
        Empty where it is missing; what is not printable, such as the start of an escape sequence,
        is a question mark. The joiners that Urdu is spelt with stay.

    Examples
    --------
    >>> plain("Mach\n\x1b[2J")
    'Mach ?[2J'
    """
    line = " ".join(format_cell(value).split())
    return "".join(letter if letter.isprintable() or letter in _JOINERS else "?" for letter in line)


def _short(value: object) -> str:
    line = plain(value)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def fit_text(scored: gpd.GeoDataFrame) -> str:
    """Write out what each rule promises, and what it should.

    Parameters
    ----------
    scored : geopandas.GeoDataFrame
        From `geosec.evaluation.phrases.score_phrases`, EPSG:4326.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> from geosec.evaluation.phrases import score_phrases
    >>> gold = pd.DataFrame({"phrase": ["Sibi", "Kech district"], "lat": [29.543, 26.0],
    ...                      "lon": [67.877, 63.1], "tolerance_km": [5.0, 87.0],
    ...                      "kind": ["town", "district"]})
    >>> print(fit_text(score_phrases(gold)).splitlines()[0].split())
    ['rule', 'phrases', 'right', 'now', 'fitted']
    """
    rows = [f"{'rule':14} {'phrases':>7} {'right':>7} {'now':>6} {'fitted':>7}"]
    rows += [
        f"{rule:14} {row.phrases:7} {row.right:7.1%} {row.now:6.2f} {row.fitted:7.3f}"
        for rule, row in fit_scores(scored).iterrows()
    ]
    rows.append("")
    rows.append(f"calibration error today {error:.3f}; fitted with each kind")
    rows.append(f"left out in turn {measure_left_out_error(scored):.3f}")
    return "\n".join(rows)
