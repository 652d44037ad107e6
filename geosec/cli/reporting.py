"""`geosec report`: the incidents of a file, read, placed and told on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.cli.grounds import assign_ground, load_network, locate_incidents, read_units
from geosec.cli.outputs import check_file, refuse_source
from geosec.cli.printing.page import say, show_working
from geosec.cli.reading import end_if_nothing, read_file
from geosec.cli.releasing import read_secret_file
from geosec.cli.run import name_input
from geosec.disclosure.levels import require_audience
from geosec.errors import ParameterError
from geosec.maps.figures import load_matplotlib
from geosec.report.pdf import find_browser
from geosec.report.sections.sources import INPUT
from geosec.report.writing import PAGES, PAPERS, write_report

if TYPE_CHECKING:
    from pathlib import Path

    from geosec.cli.options import Ground, Reading, Sampling
    from geosec.cli.report_options import Telling


def report_file(
    source: str,
    out: Path,
    telling: Telling,
    *,
    reading: Reading,
    ground: Ground,
    sampling: Sampling,
) -> None:
    """Write a report of the incidents of a file, HTML or PDF as the ending of `out` says."""
    check_file(out, "a report", (*PAGES, *PAPERS))
    refuse_source(source, out)
    load_matplotlib()
    if out.suffix.casefold() in PAPERS:
        find_browser()
    secret = _read_secret(telling)
    incidents, rejected = read_file(source, reading)
    network = load_network(ground)
    located = assign_ground(locate_incidents(incidents, ground), ground, network, sampling)
    located.attrs[INPUT] = name_input(source)
    with show_working("writing the report"):
        write_report(
            located,
            out,
            question=telling.question,
            title=telling.title,
            sections=telling.section,
            route=telling.route,
            rejected=rejected,
            boundaries=None if ground.boundaries is None else read_units(ground.boundaries),
            network=None if ground.stations is None else network,
            language=telling.language,
            paper=telling.paper,
            audience=telling.audience,  # type: ignore[arg-type]  # checked there
            secret=secret,
            draws=sampling.draws,
            seed=sampling.seed,
        )
    say(f"written to {out}")
    end_if_nothing(incidents, source)


def _read_secret(telling: Telling) -> str | None:
    """Read the secret, where the audience needs one; one for no audience is refused."""
    if telling.audience is None:
        if telling.secret_file is not None:
            msg = (
                "--secret-file is for an --audience, and none was named: the report would hold all "
                "that the file tells. Name one, or leave it out."
            )
            raise ParameterError(msg)
        return None
    whom = require_audience(telling.audience)
    return None if whom == "internal" else read_secret_file(telling.secret_file)
