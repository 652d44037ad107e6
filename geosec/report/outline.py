"""The outline of a report: which sections there are, in which order, and who writes each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geosec.arguments import describe_given, require_list
from geosec.errors import ParameterError, UnknownNameError, near_misses
from geosec.report.sections.corridor import write_corridor
from geosec.report.sections.hot_spots import write_hot_spots
from geosec.report.sections.left_out import write_left_out
from geosec.report.sections.near_repeats import write_near_repeats
from geosec.report.sections.places import write_map_section
from geosec.report.sections.precision import write_precision
from geosec.report.sections.sources import write_methods, write_provenance
from geosec.report.sections.summary import write_summary
from geosec.report.sections.trend import write_trend

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geosec.report.case import Case
    from geosec.report.content import Section

#: The sections that may be chosen, in their order; others always stand behind them.
WRITERS: Mapping[str, Callable[[Case], Section]] = {
    "summary": write_summary,
    "map": write_map_section,
    "corridor": write_corridor,
    "trend": write_trend,
    "hot_spots": write_hot_spots,
    "near_repeats": write_near_repeats,
    "precision": write_precision,
}


def read_sections(given: Any) -> list[str]:
    """Read which sections a caller wants; they keep the order of a report."""
    if given is None:
        return list(WRITERS)
    asked = list(require_list(given, "sections"))
    for name in asked:
        if not isinstance(name, str):
            msg = f"`sections` takes names, and was given {describe_given(name)}."
            raise ParameterError(msg)
        if name not in WRITERS:
            msg = f"there is no section {name!r}; {near_misses(name, WRITERS)}"
            raise UnknownNameError(msg)
    return [name for name in WRITERS if name in asked]


def write_sections(case: Case, names: list[str]) -> list[Section]:
    """Write the sections of a report, and those that every report ends in."""
    made = [WRITERS[name](case) for name in names]
    return [
        *made,
        write_left_out(case, made),
        write_methods(case, made),
        write_provenance(case),
    ]
