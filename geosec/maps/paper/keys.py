"""The legend of a static map: what its colours, sizes, outlines and lines mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon

from geosec.maps.palette import Entry
from geosec.maps.paper.drawing import RAIL, RIVER
from geosec.maps.paper.marks import draw_levels, draw_mark, draw_ring
from geosec.maps.paper.sheet import INK, PAPER, POINTS, QUIET, clean_text, wrap_text
from geosec.maps.paper.valued import list_keys
from geosec.match_rules import MATCH_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

    from geosec.maps.paper.drawing import MapBox
    from geosec.maps.paper.scene import Scene
    from geosec.maps.paper.sheet import Sheet

_LEAST_SCALE, _TINY_SCALE = 0.76, 0.61  # the smaller one before the legend runs over
_ACCENT = "#0b5cad"
_FILL_AND_LINE: tuple[dict[str, Any], ...] = (
    {"facecolor": _ACCENT, "alpha": 0.16},
    {"facecolor": "none"},
)
_STEPS = (1, 2, 5)
_TEXT, _TITLE = 11.0, 11.5  # pixels
_LINE, _ROW, _HEAD, _GAP = 13.5, 19.0, 21.0, 9.0
_INDENT, _MIDDLE = 34.0, 15.0
_OUTLINE = ((-10, -3), (-3, -8), (8, -6), (11, 3), (2, 8), (-8, 6))


class Key(NamedTuple):
    """One mark of the legend and what it means."""

    draw: Callable[[Axes, float, float], None]
    text: str
    told: str = ""  #: a count
    high: float = 14.0  #: pixels that the mark needs


class Section(NamedTuple):
    """Keys under one title."""

    title: str
    keys: list[Key]
    is_spare: bool = False  #: whether it may go where there is no room


def list_sections(
    map_: MapBox, words: Mapping[str, str], columns: tuple[str, str], ground: Mapping[str, Any]
) -> list[Section]:
    """List what a map needs explained; `columns` are those of colour and of size, "" for none."""
    colour, size = columns
    sections = [_explain_colours(map_.scene, words, colour)]
    has_marks = bool((map_.scene.counts[map_.inside] == 1).any())
    if size and has_marks and not map_.is_crowded and not np.isnan(map_.scene.sizes).any():
        sections.append(
            Section(words.get(f"column_{size}", size), _explain_sizes(map_.scene, words))
        )
    for layer in ("choropleth", "corridor"):
        if told := ground.get(layer):
            steps = list_keys(layer, told, words)
            sections.append(Section(told["title"], [Key(*each) for each in steps]))
    sections.append(Section(words["sure_title"], _explain_sure(map_.kinds, words)))
    crowd = [Key(_draw_crowd(map_.scene), words["cluster"], high=23.0)] if map_.has_rings else []
    if map_.is_crowded:
        crowd.append(Key(draw_levels, f"{words['density']}: {words['density_few_many']}"))
    sections.append(Section("", crowd))
    lines = {"rail": (_draw_rail, "layer_railway"), "rivers": (_draw_river, "layer_rivers")}
    keys = [Key(draw, words[name]) for part, (draw, name) in lines.items() if ground.get(part)]
    sections.append(Section("", keys, is_spare=True))
    return [section for section in sections if section.keys]


def _explain_colours(scene: Scene, words: Mapping[str, str], column: str) -> Section:
    entries = scene.palette.entries
    is_named = len(entries) > 1 or bool(entries[0].value)
    missing = words["not_reported" if is_named else "an_incident"]
    keys = []
    for entry in entries:
        told = words["other_values"] if entry.value is None else missing
        if entry.value:
            told = _tell_value(column, entry.value, words)
        keys.append(Key(_draw_entry(entry), told, f"{entry.rows:,}"))
    return Section(words.get(f"column_{column}", column) if is_named else words["incidents"], keys)


def _tell_value(column: str, value: str, words: Mapping[str, str]) -> str:
    """Tell a value in the words of the sheet where it is a code of ours, else as it is."""
    if column == "match_rule" and value in MATCH_RULES:
        return words.get(f"rule_{value}", MATCH_RULES[value].wording)
    return words.get(f"value_{column}_{value}", value)


def _draw_entry(entry: Entry, radius: float = 6.0) -> Callable[[Axes, float, float], None]:
    return lambda box, x, y: draw_mark(box, x, y, radius, entry)


def _explain_sizes(scene: Scene, words: Mapping[str, str]) -> list[Key]:
    top = round_below(scene.top)
    middle = round_below(top / 4)
    if middle < 1 and (scene.sizes == np.floor(scene.sizes)).all():
        middle = 0.0
    grey = Entry("", QUIET, "circle", 0)
    return [
        Key(
            _draw_entry(grey, radius := scene.find_mark(number)),
            words["or_more"].format(number=f"{number:,g}") if number == top else f"{number:,g}",
            high=2 * radius + 4,
        )
        for number in sorted({0.0, middle, top})
    ]


def round_below(number: float) -> float:
    """Give the largest of 1, 2, 5, 10, 20, ... that is not above a number, 0 where none is."""
    if not number > 0:
        return 0.0
    power = 10.0 ** np.floor(np.log10(number))
    return float(max(step * power for step in _STEPS if step * power <= number * 1.0000001))


def _explain_sure(kinds: set[str], words: Mapping[str, str]) -> list[Key]:
    drawn = {
        "disc": _draw_disc,
        "area": _draw_area,
        "line": _draw_line,
        "several": _draw_several,
        "unknown": _draw_unknown,
    }
    return [Key(draw, words[f"key_{kind}"]) for kind, draw in drawn.items() if kind in kinds]


def _draw_disc(box: Axes, x: float, y: float) -> None:
    for style in _FILL_AND_LINE:
        box.add_artist(Circle((x, y), 8, edgecolor=_ACCENT, linewidth=POINTS, **style))


def _draw_several(box: Axes, x: float, y: float) -> None:
    for style in _FILL_AND_LINE:
        for aside in (-6, 6):
            box.add_artist(Circle((x + aside, y), 5, edgecolor=_ACCENT, linewidth=POINTS, **style))


def _draw_unknown(box: Axes, x: float, y: float) -> None:
    style: dict[str, Any] = {"edgecolor": _ACCENT, "linewidth": POINTS, "linestyle": (0, (3, 3))}
    box.add_artist(Circle((x, y), 8, facecolor="none", **style))


def _draw_area(box: Axes, x: float, y: float) -> None:
    corners = [(x + right, y + down) for right, down in _OUTLINE]
    for style in _FILL_AND_LINE:
        box.add_artist(Polygon(corners, edgecolor=_ACCENT, linewidth=1.2 * POINTS, **style))


def _draw_line(box: Axes, x: float, y: float) -> None:
    style: dict[str, Any] = {"color": _ACCENT, "alpha": 0.35, "linewidth": 6 * POINTS}
    box.add_artist(
        Line2D([x - 9, x, x + 9], [y + 3, y - 2, y - 3], solid_capstyle="round", **style)
    )


def _draw_rail(box: Axes, x: float, y: float) -> None:
    along = [x - 12, x + 12], [y, y]
    box.add_artist(Line2D(*along, color=RAIL, linewidth=1.9 * POINTS))
    box.add_artist(Line2D(*along, color=PAPER, linewidth=POINTS, linestyle=(0, (4, 4))))


def _draw_river(box: Axes, x: float, y: float) -> None:
    box.add_artist(Line2D([x - 12, x + 12], [y, y], color=RIVER, linewidth=1.3 * POINTS))


def _draw_crowd(scene: Scene) -> Callable[[Axes, float, float], None]:
    entries = scene.palette.entries[:2]
    ring = np.array([3, 2][: len(entries)])
    return lambda box, x, y: draw_ring(box, x, y, ring, entries, radius=10)


class Legend:
    """Sections set in a column, or in several beside each other."""

    def __init__(
        self, sections: Sequence[Section], width: float, scale: float = 1.0, most: int = 3
    ) -> None:
        self.sections, self.width, self.scale = sections, width, scale
        self.most = most  #: lines of a key

    def shrink(self) -> Legend | None:
        """Give the same a little smaller, None where nothing of it may go."""
        if self.scale > _LEAST_SCALE:
            return Legend(self.sections, self.width, self.scale - 0.05, self.most)
        if self.most > 1:
            return Legend(self.sections, self.width, self.scale, self.most - 1)
        needed = [section for section in self.sections if not section.is_spare]
        if len(needed) < len(self.sections):
            return Legend(needed, self.width, self.scale, self.most)
        if self.scale > _TINY_SCALE:
            return Legend(self.sections, self.width, self.scale - 0.05, self.most)
        return None

    def _set_lines(self, key: Key) -> list[str]:
        room = self.width - _INDENT - (38 * self.scale if key.told else 0)
        return wrap_text(clean_text(key.text), room, _TEXT * self.scale, most=self.most)

    def measure(self, section: Section) -> float:
        """Measure the height of a section, in pixels."""
        rows = sum(self._find_height(key) for key in section.keys)
        lines = len(self._set_title(section))
        return (rows + (_HEAD + _LINE * (lines - 1) if lines else 0) + _GAP) * self.scale

    def _find_height(self, key: Key) -> float:
        return max(key.high / self.scale, _ROW + _LINE * (len(self._set_lines(key)) - 1))

    def _set_title(self, section: Section) -> list[str]:
        return wrap_text(
            clean_text(section.title), self.width, _TITLE * self.scale, weight="bold", most=2
        )

    def flow(self, columns: int) -> list[list[Section]]:
        """Set the sections in columns, one after another, as even as they can be."""
        heights = [self.measure(section) for section in self.sections]
        for most in sorted({sum(heights[i:j]) for i, j in _list_runs(len(heights))}):
            set_: list[list[Section]] = [[]]
            left = most
            for section, height in zip(self.sections, heights, strict=True):
                if height > left + 0.01:
                    set_.append([])
                    left = most
                set_[-1].append(section)
                left -= height
            if len(set_) <= columns and max(heights, default=0) <= most + 0.01:
                return set_
        return [list(self.sections)]

    def draw(self, sheet: Sheet, left: float, top: float, sections: Sequence[Section]) -> None:
        """Draw a column of sections."""
        scale, y = self.scale, top
        for section in sections:
            for line in self._set_title(section):
                y += _LINE * scale
                sheet.write(left, y, line, size=_TITLE * scale, weight="bold")
            y += (_HEAD - _LINE) * scale if section.title else 0
            for key in section.keys:
                lines = self._set_lines(key)
                high = self._find_height(key) * scale
                middle = y + high / 2
                key.draw(sheet.page, sheet.at(left + _MIDDLE), middle)
                first = middle - (len(lines) - 1) * _LINE * scale / 2 + _TEXT * scale * 0.36
                for number, line in enumerate(lines):
                    base = first + number * _LINE * scale
                    sheet.write(left + _INDENT, base, line, size=_TEXT * scale, colour=INK)
                if key.told:
                    style: dict[str, Any] = {"size": _TEXT * scale, "colour": QUIET, "is_end": True}
                    sheet.write(left + self.width, first, key.told, **style)
                y += high
            y += _GAP * scale


def _list_runs(count: int) -> Iterator[tuple[int, int]]:
    return ((start, end) for start in range(count) for end in range(start + 1, count + 1))
