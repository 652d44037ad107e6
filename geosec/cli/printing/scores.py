"""How right geosec is where the truth is known, as plain text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.cli.printing.terminal import escape_line, shorten_line
from geosec.evaluation.calibration import fit_scores, measure_left_out_error
from geosec.evaluation.news import summarise_news
from geosec.evaluation.phrases import summarise_phrases
from geosec.evaluation.reliability import compare_scores, measure_calibration_error

if TYPE_CHECKING:
    import geopandas as gpd


def describe_phrase_scores(scored: gpd.GeoDataFrame) -> str:
    """Say how right the geocoder is on phrases whose truth is known (from `score_phrases`).

    A line for each kind comes first, then the calibration, then every miss; errors in kilometres.
    """
    error = measure_calibration_error(scored)
    missed = scored[~scored["right"]]
    return "\n".join(
        [
            *_write_kinds(summarise_phrases(scored)),
            *("", f"expected calibration error {error:.3f}; score promised, share kept", ""),
            *_write_promises(compare_scores(scored)),
            *("", f"missed: {len(missed)}", ""),
            *_write_misses(missed),
        ]
    )


def _write_kinds(summary: pd.DataFrame) -> list[str]:
    names = "phrases   right  error km   false  coverage  radius km   Brier"
    lines = [f"{'kind':20}{names:>66}"]
    for kind, row in summary.iterrows():
        line = (
            f"{escape_line(kind):20}{row['phrases']:8.0f}{row['right']:8.1%}"
            f"{row['median_error_km']:10.1f}{row['false_matches']:8.0f}{row['coverage']:10.1%}"
            f"{row['median_radius_km']:11.1f}{row['brier']:8.3f}"
        )
        lines.append(line.replace("nan%", "  - ").replace(" nan", "   -"))
    return lines


def _write_promises(classes: pd.DataFrame) -> list[str]:
    lines = []
    for _, row in classes.iterrows():
        interval = f"{row['low']:.2f}-{row['high']:.2f}"
        lines.append(
            f"  {row['promised']:.2f}  {row['kept']:.2f} ({interval}), {row['phrases']:.0f}"
        )
    return lines


def _write_misses(missed: gpd.GeoDataFrame) -> list[str]:
    lines = []
    for _, row in missed.iterrows():
        away = f"{row['error_m'] / 1000:.1f} km off" if row["placed"] else row["match_status"]
        why = "; ".join(filter(None, [away, escape_line(row["match_reason"])]))
        lines.append(f"  {escape_line(row['kind'])}: {shorten_line(row['location'])!r}: {why}")
    return lines


def describe_news_scores(scored: pd.DataFrame) -> str:
    """Say how right the reading of news reports is, in six lines (from `score_news`)."""
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


def describe_news_kinds(summary: pd.DataFrame) -> str:
    """Say how right the events of news reports are, kind by kind (from `summarise_kinds`)."""
    names = "known   told  found      F1  dates  types  tolls  spurious"
    wide = max([len("reports"), *(len(escape_line(kind)) for kind in summary.index)])
    lines = [f"{escape_line(summary.index.name):{wide}}  reports  {names}"]
    for kind, row in summary.iterrows():
        counts = (row[each] for each in ("events", "events_told", "events_found"))
        right = (row[f"{each}_right"] for each in ("dates", "types", "fatalities"))
        f1 = "     -" if pd.isna(row["event_f1"]) else f"{row['event_f1']:6.3f}"
        cells = [*(f"{each:5.0f}" for each in counts), f1, *(f"{each:5.0f}" for each in right)]
        line = f"{escape_line(kind):{wide}}  {row['reports']:7.0f}  {'  '.join(cells)}"
        lines.append(f"{line}  {row['spurious']:8.0f}")
    per_100 = summary["spurious_per_100"].iloc[-1]
    return "\n".join([*lines, "", f"{per_100:.1f} spurious events in 100 reports"])


def describe_fit(scored: gpd.GeoDataFrame) -> str:
    """Say what each rule promises, and what it should (from `score_phrases`)."""
    rows = [f"{'rule':14} {'phrases':>7} {'right':>7} {'now':>6} {'fitted':>7}"]
    rows += [
        f"{rule:14} {row.phrases:7.0f} {row.right:7.1%} {row.now:6.2f} {row.fitted:7.3f}"
        for rule, row in fit_scores(scored).iterrows()
    ]
    error = measure_calibration_error(scored)
    rows.append("")
    rows.append(f"calibration error today {error:.3f}; fitted with each kind")
    rows.append(f"left out in turn {measure_left_out_error(scored):.3f}")
    return "\n".join(rows)
