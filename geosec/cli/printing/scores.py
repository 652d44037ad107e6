"""How right geosec is where the truth is known, for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.cli.printing.page import Heading, Listing, Part
from geosec.cli.printing.terminal import escape_line, format_figure
from geosec.evaluation.calibration import fit_scores, measure_left_out_error
from geosec.evaluation.news import summarise_news
from geosec.evaluation.phrases import summarise_phrases
from geosec.evaluation.reliability import compare_scores, measure_calibration_error

if TYPE_CHECKING:
    import geopandas as gpd

_KIND_NAMES = (
    *("kind", ">phrases", ">right", ">error km", ">false", ">covered", ">radius km", ">Brier"),
)


def describe_phrase_scores(scored: gpd.GeoDataFrame) -> list[Part]:
    """Say how right the geocoder is on phrases whose truth is known (from `score_phrases`).

    A line for each kind comes first, then the calibration, then every miss; errors in kilometres.
    """
    error = measure_calibration_error(scored)
    missed = scored[~scored["right"]]
    page: list[Part] = [
        _list_kinds(summarise_phrases(scored)),
        Heading(f"Expected calibration error {error:.3f}: score promised, share kept"),
        _list_promises(compare_scores(scored)),
        *("", f"missed: {len(missed)}"),
    ]
    return [*page, "", _list_misses(missed)] if len(missed) else page


def _list_kinds(summary: pd.DataFrame) -> Listing:
    forms = {
        "phrases": ".0f",
        "right": ".1%",
        "median_error_km": ".1f",
        "false_matches": ".0f",
        "coverage": ".1%",
        "median_radius_km": ".1f",
        "brier": ".3f",
    }
    rows = [
        [escape_line(kind), *(format_figure(row[name], form) for name, form in forms.items())]
        for kind, row in summary.iterrows()
    ]
    return Listing(_KIND_NAMES, rows)


def _list_promises(classes: pd.DataFrame) -> Listing:
    rows = [
        [
            f"{row['promised']:.2f}",
            f"{row['kept']:.2f}",
            f"{row['low']:.2f}-{row['high']:.2f}",
            f"{row['phrases']:.0f}",
        ]
        for _, row in classes.iterrows()
    ]
    return Listing((">promised", ">kept", ">95 % interval", ">phrases"), rows)


def _list_misses(missed: gpd.GeoDataFrame) -> Listing:
    rows = []
    for _, row in missed.iterrows():
        away = f"{row['error_m'] / 1000:.1f} km off" if row["placed"] else row["match_status"]
        why = "; ".join(filter(None, [away, escape_line(row["match_reason"])]))
        rows.append([escape_line(row["kind"]), escape_line(row["location"]), why])
    return Listing(("kind", "phrase", "why"), rows)


def describe_news_scores(scored: pd.DataFrame) -> list[Part]:
    """Say how right the reading of news reports is, in six lines (from `score_news`)."""
    total, found = scored.sum(), summarise_news(scored)
    counts = {}
    for kind in ("mentions", "events"):
        told, same = total[f"{kind}_told"], total[f"{kind}_found"]
        counts[kind] = f"{total[kind]} known, {told} told, {same} the same"
    lines = {
        "mention F1": ("mention_f1", counts["mentions"]),
        "places right": ("places_right", "within 25 km, of the mentions found"),
        "event F1": ("event_f1", counts["events"]),
        "dates right": ("dates_right", "of the events found"),
        "types right": ("types_right", "of the events found"),
        "fatalities right": ("fatalities_right", "of the events found"),
    }
    rows = [
        [name, format_figure(found[key], ".3f"), counted] for name, (key, counted) in lines.items()
    ]
    return [Listing(("measure", ">share", "counted"), rows)]


def describe_news_kinds(summary: pd.DataFrame) -> list[Part]:
    """Say how right the events of news reports are, kind by kind (from `summarise_kinds`)."""
    rows = []
    for kind, row in summary.iterrows():
        counts = [row[each] for each in ("reports", "events", "events_told", "events_found")]
        right = [row[f"{each}_right"] for each in ("dates", "types", "fatalities")]
        f1 = "-" if pd.isna(row["event_f1"]) else f"{row['event_f1']:.3f}"
        cells = [*(f"{each:.0f}" for each in counts), f1, *(f"{each:.0f}" for each in right)]
        rows.append([escape_line(kind), *cells, f"{row['spurious']:.0f}"])
    names = ">reports", ">known", ">told", ">found", ">F1", ">dates", ">types", ">tolls"
    per_100 = summary["spurious_per_100"].iloc[-1]
    table = Listing((escape_line(summary.index.name), *names, ">spurious"), rows)
    return [table, "", f"{per_100:.1f} spurious events in 100 reports"]


def describe_fit(scored: gpd.GeoDataFrame) -> list[Part]:
    """Say what each rule promises, and what it should (from `score_phrases`)."""
    rows = [
        [str(rule), f"{row.phrases:.0f}", f"{row.right:.1%}", f"{row.now:.2f}", f"{row.fitted:.3f}"]
        for rule, row in fit_scores(scored).iterrows()
    ]
    error = measure_calibration_error(scored)
    return [
        Listing(("rule", ">phrases", ">right", ">now", ">fitted"), rows),
        *("", f"calibration error today {error:.3f}; fitted with each kind"),
        f"left out in turn {measure_left_out_error(scored):.3f}",
    ]
