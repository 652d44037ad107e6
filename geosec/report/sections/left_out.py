"""What was left out and why: incidents without a place or a date, and rows that were refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.report.content import Block, Paragraph, Section, Table
from geosec.report.saying import clean_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geosec.report.case import Case

_MOST = 40  # rows of a list


def write_left_out(case: Case, made: Sequence[Section]) -> Section:
    """Write what no figure of the report counts, and which questions have no answer."""
    tell, words = case.tell, case.tell.words
    blocks: list[Block] = []
    unplaced = case.located[~case.is_placed]
    if len(unplaced):
        blocks += [
            Paragraph(tell.say_many("left_unplaced", len(unplaced))),
            _list_reasons(case, unplaced, "location", "match_reason"),
        ]
    undated = len(case.located) - len(case.days)
    if undated:
        blocks.append(Paragraph(tell.say_many("left_undated", undated)))
    if case.rejected is not None and len(case.rejected):
        blocks += [
            Paragraph(tell.say_many("left_rejected", len(case.rejected))),
            _list_reasons(case, case.rejected, "line", "reason"),
        ]
    unmade = [each.title for each in made if not each.is_made]
    if unmade:
        blocks.append(Paragraph(tell.say("left_sections", sections=tell.join(unmade))))
    if not blocks:
        blocks.append(Paragraph(words["left_nothing"]))
    finding = tell.say_many("left_unplaced_short", len(unplaced)) if len(unplaced) else ""
    return Section("left_out", words["left_out"], blocks, finding=finding)


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
