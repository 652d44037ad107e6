"""Whether incidents are followed by others nearby, and which pairs those are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.analysis.near_repeats import find_near_repeats
from geosec.report.content import Block, Figure, Paragraph, Section, Table
from geosec.report.drawing.heat import draw_heat
from geosec.report.saying import clean_cell
from geosec.report.sections.asking import ask, write_unmade, write_value

if TYPE_CHECKING:
    from geosec.report.case import Case

_NAME = "near_repeats"
_LEAST_ROWS = 10
_LEAST_PAIRS = 1.0
_NEAR_M = 5_000.0
_SURE = 0.05
_SHOWN = 10
_ROW, _COLUMN = ["distance_from_m", "distance_to_m"], ["days_from", "days_to"]


def write_near_repeats(case: Case) -> Section:
    """Write whether incidents draw others after them, near and soon."""
    tell, words = case.tell, case.tell.words
    usable = case.located[case.is_placed]
    dated = int(usable["date"].notna().sum()) if "date" in usable.columns else 0
    if not dated:
        return write_unmade(tell, _NAME, words["no_dates"])
    if dated < _LEAST_ROWS:
        return write_unmade(tell, _NAME, tell.say_many("repeats_few", dated, least=_LEAST_ROWS))
    bands = choose_bands(usable["uncertainty_m"])
    answer = ask(lambda: find_near_repeats(case.located, distances_m=bands, **case.settings))
    if answer.reason:
        return write_unmade(tell, _NAME, answer.reason)
    table, pairs = answer.found
    if table[["pairs", "expected"]].to_numpy().max() < _LEAST_PAIRS:
        return write_unmade(tell, _NAME, words["repeats_loose"])
    finding = _tell_cells(case, table)
    blocks: list[Block] = [
        Paragraph(words["repeats_what"]),
        Paragraph(finding),
        _draw(case, table, finding),
    ]
    if len(pairs):
        blocks.append(_list_pairs(case, pairs))
    step = table.attrs["geosec_steps"]["find_near_repeats"]
    settings = [(name, write_value(step[name])) for name in ("distances_m", "days", "permutations")]
    return Section(
        _NAME,
        words[_NAME],
        blocks,
        finding=finding,
        methods=[tell.say("repeats_method", permutations=tell.count(step["permutations"]))],
        settings=settings,
        notices=answer.notices,
    )


def choose_bands(radii_m: pd.Series) -> tuple[int, ...]:
    """Choose bands of distance, wider where places are not known so well."""
    near = float(radii_m.astype("float64").median()) <= _NEAR_M
    return (1_000, 2_000, 5_000, 10_000) if near else (5_000, 10_000, 25_000, 50_000)


def _tell_cells(case: Case, table: pd.DataFrame) -> str:
    """Tell the nearest and soonest cell that chance does not explain, of all looked at."""
    tell = case.tell
    sure = table[(table["p_adjusted"] <= _SURE) & (table["ratio"] > 1)]
    if not len(sure):
        return tell.words["repeats_none"]
    row = sure.loc[sure["p_adjusted"].idxmin()]
    said = {
        "distance": _name_distance(case, row["distance_from_m"], row["distance_to_m"]),
        "days": _name_days(case, row["days_from"], row["days_to"]),
        "ratio": tell.between(row["ratio"], row["ratio_low"], row["ratio_high"]),
        "pairs": tell.between(row["pairs"], row["pairs_low"], row["pairs_high"]),
        "expected": tell.measure(row["expected"]),
        "chance": tell.chance(row["p_adjusted"]),
    }
    return tell.say("repeats_found", **said)


def _name_distance(case: Case, low: float, high: float) -> str:
    tell = case.tell
    if low == 0:
        return tell.say("up_to", last=tell.distance(high))
    return tell.say("from_to", first=tell.distance(low), last=tell.distance(high))


def _name_days(case: Case, low: float, high: float) -> str:
    tell = case.tell
    if high == 0:
        return tell.words["same_day"]
    if low == 0:
        return tell.say_many("days_up_to", high)
    return tell.say("days_from_to", first=f"{low:.0f}", last=f"{high:.0f}")


def _draw(case: Case, table: pd.DataFrame, told: str) -> Figure:
    tell, words = case.tell, case.tell.words
    near = [_name_distance(case, *each) for each in table[_ROW].drop_duplicates().to_numpy()]
    soon = [_name_days(case, *each) for each in table[_COLUMN].drop_duplicates().to_numpy()]

    def lay_out(values: Any) -> pd.DataFrame:
        return pd.DataFrame(np.reshape(values, (len(near), len(soon))), near, soon)

    told_of = table[["pairs", "expected"]].max(axis=1) >= _LEAST_PAIRS / 2
    notes = [
        tell.say("repeats_cell", pairs=tell.measure(row.pairs), expected=tell.measure(row.expected))
        if told
        else ""
        for row, told in zip(table.itertuples(), told_of, strict=True)
    ]
    svg = draw_heat(
        lay_out(table["ratio"].where(told_of).to_numpy()),
        lay_out(((table["p_value"] <= _SURE) & (table["ratio"] > 1) & told_of).to_numpy()),
        lay_out(np.array(notes, dtype="object")),
        over=words["repeats_over"],
        name="repeats",
        title=words["repeats_figure"],
        description=told,
    )
    return Figure(svg, words["repeats_figure"], words["repeats_note"])


def _list_pairs(case: Case, pairs: pd.DataFrame) -> Table:
    """List the pairs that are most probably near and soon."""
    tell, words = case.tell, case.tell.words
    located = case.located[~case.located.index.duplicated()]
    rows = []
    for row in pairs.head(_SHOWN).to_dict("records"):
        first, second = (located.loc[row[each]] for each in ("first_id", "second_id"))
        away = row["distance_m"], row["distance_low_m"], row["distance_high_m"]
        span = (
            ""
            if np.isnan(away[1])
            else tell.say("span", low=tell.distance(away[1]), high=tell.distance(away[2]))
        )
        said = tell.distance(away[0])
        rows.append(
            [
                *(_name_incident(case, each) for each in (first, second)),
                tell.say("number_span", number=said, span=span) if span else said,
                tell.share(row["probability"]),
            ]
        )
    heads = ("repeats_first", "repeats_second", "repeats_away", "repeats_sure")
    caption = tell.say_many("repeats_pairs", len(rows))
    head = [words[each] for each in heads]
    return Table(caption, head, rows, numbers=frozenset({2, 3}), wide=frozenset({0, 1}))


def _name_incident(case: Case, row: pd.Series) -> str:
    names = (
        ("location", "match_name")
        if row.get("match_rule") == "coordinates"
        else ("match_name", "location")
    )
    place = next(filter(None, (clean_cell(row.get(each), 60) for each in names)), "")
    place = place or clean_cell(row.get("adm2_name"), 60) or clean_cell(row.name, 60)
    return case.tell.say("heading", name=place, when=case.tell.when(row))
