"""Where they happened: the map, for the screen and for paper."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geosec.maps.figures import static_map
from geosec.maps.webmap import incident_map
from geosec.report.content import Block, Frame, Paragraph, Picture, Section

if TYPE_CHECKING:
    from geosec.report.case import Case

_PAPER_IN = (7.1, 5.6)  # as wide as the text of a page
_MOST_BYTES = 4_000_000  # of the map that can be moved, so that a report can be sent


def write_map_section(case: Case) -> Section:
    """Draw the incidents on a map."""
    tell = case.tell
    placed, rows = int(case.is_placed.sum()), len(case.located)
    title = tell.words["map"]
    if not placed:
        reason = Paragraph(tell.words["map_none"])
        return Section("map", title, [reason], finding=reason.text, is_made=False)
    counted = tell.say_many("map_placed", rows, placed=tell.count(placed))
    radii = case.located.loc[case.is_placed, "uncertainty_m"].astype("float64")
    half = tell.say("map_half", radius=tell.distance(float(radii.median())))
    if float(radii.median()) == 0:
        half = tell.words["map_half_exact"]
    finding = f"{counted} {half}"
    blocks: list[Block] = [Paragraph(f"{finding} {tell.words['map_how']}")]
    ground = None if case.boundaries is None and case.network is None else _collect_ground(case)
    page = (
        incident_map(case.located, title=title, language=tell.language, ground=ground)
        .get_root()
        .render()
    )
    is_movable = len(page) <= _MOST_BYTES
    blocks.append(Frame(page, title) if is_movable else Paragraph(tell.words["map_large"], True))
    blocks.append(_draw_for_paper(case, ground, counted, is_for_paper=is_movable))
    return Section("map", title, blocks, finding=finding, methods=[tell.words["map_method"]])


def _collect_ground(case: Case) -> dict[str, object]:
    """Collect the layers of the caller's own that the map is drawn on."""
    ground: dict[str, object] = {}
    if case.boundaries is not None:
        ground["boundaries"] = case.boundaries
    if case.network is not None:
        ground["network"] = case.network
    return ground


def _draw_for_paper(case: Case, ground: object, told: str, *, is_for_paper: bool) -> Picture:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.svg"
        static_map(
            case.located,
            path,
            title="",
            subtitle="",
            language=case.tell.language,
            ground=ground,
            size_in=_PAPER_IN,
        )
        content = base64.b64encode(path.read_bytes()).decode("ascii")
    return Picture(f"data:image/svg+xml;base64,{content}", told, is_for_paper=is_for_paper)
