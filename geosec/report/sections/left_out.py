"""What was left out and why: incidents without a place or a date, and rows that were refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.disclosure.levels import describe_release
from geosec.report.content import Block, Facts, Paragraph, Section, Table
from geosec.report.saying import clean_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geosec.report.case import Case

_MOST = 40  # rows of a list


def write_left_out(case: Case, made: Sequence[Section]) -> Section:
    """Write what no figure of the report counts, and which questions have no answer."""
    tell, words = case.tell, case.tell.words
    unplaced = case.located[~case.is_placed]
    release = describe_release(case.located.attrs)
    blocks = [
        *([Paragraph(clean_cell(f"{release}."))] if release else []),
        *_tell_rows(case, unplaced, "unplaced", "match_reason"),
        *_tell_undated(case),
        *_tell_rows(case, case.rejected, "rejected", "reason"),
    ]
    unmade = [each.title for each in made if not each.is_made]
    if unmade:
        blocks.append(Paragraph(tell.say("left_sections", sections=tell.join(unmade))))
    noticed = list(dict.fromkeys(text for each in made for text in each.notices))
    if noticed:
        blocks.append(Facts([(words["noticed"], clean_cell(text, 600)) for text in noticed]))
    blocks = blocks or [Paragraph(words["left_nothing"])]
    finding = tell.say_many("left_unplaced_short", len(unplaced)) if len(unplaced) else ""
    return Section("left_out", words["left_out"], blocks, finding=finding)


def _tell_undated(case: Case) -> list[Block]:
    """Tell how many incidents have no date."""
    undated = len(case.located) - len(case.days)
    return [Paragraph(case.tell.say_many("left_undated", undated))] if undated else []


def _tell_rows(case: Case, rows: pd.DataFrame | None, name: str, why: str) -> list[Block]:
    """Tell how many rows were left out, and list them with their reasons."""
    if rows is None or not len(rows):
        return []
    what = "line" if name == "rejected" else "location"
    told = Paragraph(case.tell.say_many(f"left_{name}", len(rows)))
    if case.is_open:
        return [told]
    return [told, _list_reasons(case, rows, what, why)]


def _list_reasons(case: Case, rows: pd.DataFrame, what: str, why: str) -> Table:
    """List rows with the reason of each, so many at the most."""
    tell, words = case.tell, case.tell.words
    shown = rows.head(_MOST)
    told = [
        [clean_cell(label), clean_cell(row.get(what)), clean_cell(row.get(why))]
        for label, row in zip(shown.index, shown.to_dict("records"), strict=True)
    ]
    head = [words["column_incident_id"], words[f"left_{what}"], words["fact_why"]]
    if what == "line":  # rows that were refused have a line and no identifier
        told, head = [row[1:] for row in told], head[1:]
    more = len(rows) - len(shown)
    note = tell.say_many("left_more", more) if more else ""
    return Table(words[f"left_{why}"], head, told, note=note, wide=frozenset({len(head) - 1}))
