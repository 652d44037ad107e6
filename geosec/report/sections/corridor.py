"""Along the railway: which sections had most incidents, as counts and as rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.analysis.corridors import corridor_rates
from geosec.analysis.ways import find_way
from geosec.report.content import Block, Figure, Paragraph, Section, Table
from geosec.report.drawing.strip import StripWords, draw_strip
from geosec.report.saying import clean_cell
from geosec.report.sections.asking import ask, write_unmade, write_value

if TYPE_CHECKING:
    from geosec.report.case import Case

_NAME = "corridor"
_HALF_WIDTH_M = 10_000.0
_LENGTHS_M = (5_000.0, 10_000.0, 25_000.0, 50_000.0, 100_000.0)
_HALF = 0.5
_LEAST_COUNT = 5  # incidents along the whole way
_SECTIONS = 12  # about as many as a strip has room for
_BEYOND = 2  # sections drawn on either side of those that hold incidents
_SHOWN = 8
_RATE = "rate_per_100km_year"


def write_corridor(case: Case) -> Section:
    """Write where along a railway incidents were most frequent."""
    tell = case.tell
    wanted = case.route or _find_busiest_line(case)
    if not wanted:
        return write_unmade(tell, _NAME, tell.words["corridor_far"])
    way = find_way(wanted, case.network)
    by = choose_length(place_on_way(case.located[case.is_placed], way.edges))
    asked = {"half_width_m": _HALF_WIDTH_M, "by": by, "network": case.network, **case.settings}
    answer = ask(lambda: corridor_rates(case.located, wanted, **asked))
    if answer.reason:
        return write_unmade(tell, _NAME, answer.reason)
    rates = answer.found
    named = _name_way(case, way.name)
    if rates["count"].sum() < _LEAST_COUNT:
        told = {"way": named, "least": _LEAST_COUNT}
        return write_unmade(tell, _NAME, tell.say("corridor_few", **told))
    finding = _tell_worst(case, rates, named)
    blocks: list[Block] = [
        Paragraph(finding),
        _draw(case, rates, way.edges, named),
        _list_sections(case, rates),
    ]
    step = rates.attrs["geosec_steps"]["corridor_rates"]
    first, last = step["period"]
    told = {"width": tell.distance(_HALF_WIDTH_M), "first": tell.day(first), "last": tell.day(last)}
    settings = [("route_or_line", wanted), *_list_settings(step)]
    return Section(
        _NAME,
        tell.words[_NAME],
        blocks,
        finding=finding,
        methods=[tell.say("corridor_method", **told)],
        settings=settings,
        notices=answer.notices,
    )


def _list_settings(step: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, write_value(step[name])) for name in ("half_width_m", "by", "fill", "period")]


def _name_way(case: Case, name: str) -> str:
    """Name a line as people do; a train keeps its name."""
    lines = case.railway.lines
    is_line = name in lines.index and "name" in lines.columns
    return clean_cell(lines.loc[name, "name"] if is_line else name)


def _find_busiest_line(case: Case) -> str:
    """Find the line that most incidents are likely to lie at; empty where none does."""
    located = case.located
    near = located[case.is_placed & (located["rail_offset_m"] <= _HALF_WIDTH_M).to_numpy()]
    counts = near["rail_line"].dropna().value_counts()
    return str(min(counts[counts == counts.max()].index)) if len(counts) else ""


def choose_length(incidents: pd.DataFrame) -> float:
    """Choose how long sections are, in metres, by how far incidents spread along a way.

    About as many as can be read, and none shorter than half of the incidents are known to.
    """
    if not len(incidents):
        return _LENGTHS_M[-1]
    first, last = np.quantile(incidents["at_km"], [0.02, 0.98])
    known_km = float((incidents["high_km"] - incidents["low_km"]).median())
    least_m = max((last - first) / _SECTIONS, known_km) * 1000
    return next((each for each in _LENGTHS_M if each >= least_m), _LENGTHS_M[-1])


def _crop(rates: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Keep the part of a long way where incidents may have been, and a little beyond."""
    may_hold = (rates["count_high"] > 0).to_numpy()
    low, high = np.flatnonzero(may_hold)[[0, -1]]
    if len(incidents):
        middles = ((rates["measure_from_km"] + rates["measure_to_km"]) / 2).to_numpy()
        ends = np.quantile(incidents["at_km"], [0.02, 0.98])
        low, high = np.searchsorted(middles, ends).tolist()
    return rates.iloc[max(low - _BEYOND, 0) : high + _BEYOND + 1]


def _tell_worst(case: Case, rates: pd.DataFrame, way: str) -> str:
    tell = case.tell
    worst = rates.loc[rates["worst_share"].idxmax()]
    said = {
        "way": way,
        "length": tell.distance(float(worst["length_km"]) * 1000),
        "from_": clean_cell(worst["station_from"]),
        "to": clean_cell(worst["station_to"]),
        "count": tell.expect(worst["count"], worst["count_low"], worst["count_high"]),
        "rate": tell.between(worst[_RATE], worst[f"{_RATE}_low"], worst[f"{_RATE}_high"]),
        "share": tell.part(worst["worst_share"]),
    }
    is_open = worst["worst_share"] < _HALF
    return tell.say("corridor_worst_open" if is_open else "corridor_worst", **said)


def _list_sections(case: Case, rates: pd.DataFrame) -> Table:
    """List the sections with most incidents for their length."""
    tell, words = case.tell, case.tell.words
    held = rates[rates["count"] > 0]
    shown = held.iloc[np.argsort(-held[_RATE].to_numpy(), kind="stable")[:_SHOWN]]
    rows = []
    for row in shown.to_dict("records"):
        ends = clean_cell(row["station_from"]), clean_cell(row["station_to"])
        posts = tell.say(
            "posts",
            line=clean_cell(row["rail_line"]).replace("-", "\u2011"),
            low=f"{row['km_from']:.0f}",
            high=f"{row['km_to']:.0f}",
        )
        rows.append(
            [
                tell.say("from_to", first=ends[0], last=ends[1]),
                posts + ("\u00a0*" if row["is_across_break"] else ""),
                tell.expect(row["count"], row["count_low"], row["count_high"]),
                tell.between(row[_RATE], row[f"{_RATE}_low"], row[f"{_RATE}_high"]),
                tell.share(row["worst_share"]),
            ]
        )
    heads = (
        "corridor_section",
        "corridor_posts",
        "incidents",
        "corridor_rate",
        "corridor_worst_in",
    )
    head = [words[each] for each in heads]
    caption = tell.say_many("corridor_table", len(rows))
    note = words["corridor_worst_note"]
    if shown["is_across_break"].any():
        note = f"{note} {words['corridor_breaks']}"
    return Table(caption, head, rows, numbers=frozenset({2, 3, 4}), wide=frozenset({0}), note=note)


def _draw(case: Case, rates: pd.DataFrame, edges: pd.DataFrame, way: str) -> Figure:
    tell, words = case.tell, case.tell.words
    incidents = place_on_way(case.located[case.is_placed], edges)
    shown = _crop(rates, incidents)
    sections = pd.DataFrame(
        {
            "from_km": shown["measure_from_km"],
            "to_km": shown["measure_to_km"],
            "rate": shown[_RATE],
            "rate_low": shown[f"{_RATE}_low"],
            "rate_high": shown[f"{_RATE}_high"],
            "is_worst": shown["worst_share"] == rates["worst_share"].max(),
        }
    )
    span = sections["from_km"].min(), sections["to_km"].max()
    inside = incidents[incidents["at_km"].between(*span)]
    notes = [words["corridor_figure_note"]]
    if len(shown) < len(rates):
        notes.append(words["corridor_figure_part"])
        beyond = len(incidents) - len(inside)
        notes += [tell.say_many("corridor_figure_beyond", beyond)] if beyond else []
    stations = list_stations(edges)
    caption = tell.say("corridor_figure", way=way)
    said = StripWords(words["corridor_incidents"], words["corridor_rate"], words["corridor_km"])
    svg = draw_strip(
        sections,
        join_alike(inside),
        stations[stations["at_km"].between(*span)],
        said,
        name="strip",
        title=caption,
        description=_tell_worst(case, rates, way),
    )
    return Figure(svg, caption, " ".join(notes))


def join_alike(incidents: pd.DataFrame) -> pd.DataFrame:
    """Join incidents that have one place and one stretch, with their ``count``."""
    grid = incidents.round(1)
    joined = grid.groupby(["at_km", "low_km", "high_km"], as_index=False).size()
    return joined.rename(columns={"size": "count"})


def place_on_way(located: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """Place incidents along a way: ``at_km``, ``low_km`` and ``high_km`` of track from its start.

    Those that lie farther off than half the width, or on another line, are left out.
    """
    near = located[(located["rail_offset_m"] <= _HALF_WIDTH_M).fillna(value=False)]
    parts = []
    for line, own in edges.groupby("line_id", sort=False):
        posts = np.concatenate([own["km_a"], own["km_b"]])
        track = np.concatenate([own["start_km"], own["end_km"]])
        order = np.argsort(posts, kind="stable")
        rows = near[near["rail_line"] == line]
        rows = rows[rows["rail_km"].between(posts.min(), posts.max())]
        at, *ends = (
            np.interp(rows[name].astype("float64"), posts[order], track[order])
            for name in ("rail_km", "rail_km_low", "rail_km_high")
        )
        ends = [np.where(np.isnan(end), at, end) for end in ends]
        columns = {"at_km": at, "low_km": np.minimum(*ends), "high_km": np.maximum(*ends)}
        parts.append(pd.DataFrame(columns))
    placed = pd.concat(parts, ignore_index=True)
    return placed.sort_values(["at_km", "low_km", "high_km"], ignore_index=True)


def list_stations(edges: pd.DataFrame) -> pd.DataFrame:
    """List the stations of a way with where they lie, km of track from its start."""
    first = edges[["from_station", "start_km"]].set_axis(["name", "at_km"], axis=1)
    last = edges[["to_station", "end_km"]].set_axis(["name", "at_km"], axis=1)
    both = pd.concat([first, last]).dropna(subset="name")
    return both.drop_duplicates("name").sort_values("at_km", ignore_index=True)
