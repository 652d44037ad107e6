"""A report of incidents as one file: HTML that needs no network, or PDF."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.arguments import describe_given, require_path, require_text
from geosec.disclosure.levels import read_stamp
from geosec.disclosure.treatment import prepare_for
from geosec.errors import ParameterError, SourceError
from geosec.incidents.exports.terms import list_credits
from geosec.report.case import Case, locate_table
from geosec.report.pdf import print_pdf
from geosec.report.saying import Teller, clean_cell
from geosec.storage.files import write_whole
from geosec.storage.provenance import describe_origin
from geosec.uncertainty.sampling import require_draws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.disclosure.levels import Audience
    from geosec.railway.network import RailNetwork

PAGES, PAPERS = (".html", ".htm"), (".pdf",)
_PAPER = {"a4": "A4", "letter": "letter"}
_ON_USE = ("outline", "page")  # import folium, which takes half a second
_LONGEST = 1_000  # letters of a title or question


def write_report(  # noqa: PLR0913 - what a report may be told, each optional
    located: pd.DataFrame,
    path: str | Path,
    *,
    question: str | None = None,
    title: str | None = None,
    sections: Sequence[str] | None = None,
    route: str | None = None,
    rejected: pd.DataFrame | None = None,
    boundaries: Any = None,
    network: RailNetwork | None = None,
    language: str = "en",
    paper: str = "A4",
    audience: Audience | None = None,
    secret: str | bytes | None = None,
    draws: int = 199,
    seed: int = 0,
) -> Path:
    """Write a report of incidents as one file: what was asked, the answers, and how sure they are.

    The page holds a map that can be moved, and one for paper in its place when it is printed;
    figures and tables, each with its uncertainty; how all of it was worked out, from what, and what
    was left out. It needs no network. A question that the table cannot answer is answered with the
    reason.

    Parameters
    ----------
    located : pandas.DataFrame
        Incidents as `geosec.read_incidents` or `geosec.geocode` gives them, or points of your own
        in any CRS. Phrases are placed, and districts and railway assigned, where the table does not
        have them yet; what it has stays as it is.
    path : path
        File to write, whole or not at all: ``.html``, or ``.pdf``, which Chromium, Chrome or Edge
        prints (the one that ``GEOSEC_CHROMIUM`` names, or one that is installed). The same table
        gives the same bytes: no dates, no random names.
    question : str, optional
        What the report is to answer; it stands at its head.
    title : str, optional
        Heading of the report; any text.
    sections : list of str, optional
        Which parts to write, of "summary", "map", "corridor", "trend", "hot_spots", "near_repeats"
        and "precision". What was left out, the methods and the sources always stand at the end.
    route : str, optional
        Railway line, or train of `geosec.load_route`, whose sections are looked at; the line with
        most incidents where none is given.
    rejected : pandas.DataFrame, optional
        Rows that no incident was made of, as `geosec.read_incidents` gives them; they are listed
        with their reasons.
    boundaries : geopandas.GeoDataFrame, optional
        Polygons of your own, in any CRS, instead of the districts of Pakistan.
    network : RailNetwork, optional
        A railway of your own, instead of Pakistan's.
    language : str, default "en"
        Of the words of the report: "en", "ur".
    paper : {"A4", "letter"}, default "A4"
        Size of the pages of a PDF. A page of HTML takes that of the printer.
    audience : {"public", "partner", "internal"}, optional
        Who is to read it: incidents that `geosec.release` has not made ready for them are released
        with its usual settings, by `boundaries` if there are any; everything in the report is made
        of what they may have, and its head says for whom it is. Rows of `rejected` are only
        counted in a report for partners or the public.
    secret : str or bytes, optional
        What `geosec.release` needs for partners and the public.
    draws : int, default 199
        How often each incident is put at random where and when it may have been. With 0 there are
        no intervals, and the analyses that need them say so.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    SourceError
        If matplotlib is missing (``pip install geosec[report]``), `path` ends otherwise or its
        folder is not there, or no browser prints the PDF.
    SchemaError, CRSError
        If the table has neither phrases nor points, or coordinates that its CRS cannot have.
    ParameterError
        If an argument is not one of those above, or the table cannot be released to the audience.
    UnknownNameError
        If there is no section, line or train of a name.

    Notes
    -----
    Texts of the table are never HTML or code: the page holds a Content-Security-Policy that names
    the hash of each script of its map, and lets nothing else run and nobody be asked.

    Examples
    --------
    >>> import tempfile, geosec
    >>> from pathlib import Path
    >>> located = geosec.geocode(["near Mach", "Kech district"], admin1="Balochistan")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "report.html"
    ...     page = geosec.write_report(located, path, sections=["map"]).read_text("utf-8")
    >>> "2 of 2 incidents have a place on the map." in page
    True
    """
    path = Path(require_path(path, "path"))
    is_paper = path.suffix.casefold() in PAPERS
    if not is_paper and path.suffix.casefold() not in PAGES:
        msg = f"{path} ends in {path.suffix!r}; a report is written as .html or .pdf."
        raise SourceError(msg)
    size = _read_paper(paper)
    require_draws(draws, seed, 0)
    outline, rendering = (import_module(f"geosec.report.{name}") for name in _ON_USE)
    names = outline.read_sections(sections)
    tell = Teller(require_text(language, "language"))
    asked, headed = _clean(question, "question"), _clean(title, "title")
    ground = boundaries, network, draws, seed
    is_released = isinstance(located, pd.DataFrame) and read_stamp(located) is not None
    table = located if is_released else locate_table(located, *ground)
    table = prepare_for(audience, table, secret=secret, boundaries=boundaries)
    table = locate_table(table, *ground)
    case = Case(
        table,
        tell,
        rejected=rejected,
        boundaries=boundaries,
        network=network,
        route="" if route is None else require_text(route, "route"),
        draws=draws,
        seed=seed,
        is_open=(read_stamp(table) or {}).get("audience") in {"public", "partner"},
    )
    made = outline.write_sections(case, names)
    headings = _write_headings(case, headed, asked)
    page = rendering.render_report(made, tell, headings, size if is_paper else "")
    with write_whole(path) as partial:
        if is_paper:
            partial.write_bytes(print_pdf(page))
        else:
            partial.write_text(page, encoding="utf-8", newline="\n")
    return path


def _write_headings(case: Case, title: str, question: str) -> dict[str, str]:
    """Write what stands at the head of a report and at its foot."""
    words, origin = case.tell.words, describe_origin(case.located)
    told = " · ".join(clean_cell(each) for each in list_credits(case.located.attrs))
    return {
        "title": title or words["report_title"],
        "subtitle": _write_subtitle(case),
        "question": question or words["usual_question"],
        "credit": case.tell.say("credit", version=origin["geosec"], credits=told).strip(),
        "reading": case.tell.say("reports_not_risk_long", draws=case.tell.count(case.draws)),
        "stamp": _write_stamp(case),
        "version": origin["geosec"],
    }


def _write_stamp(case: Case) -> str:
    """Say for whom the table was released; empty where it was not."""
    stamp = read_stamp(case.located)
    return "" if stamp is None else case.tell.words[f"stamp_{stamp['audience']}"]


def _read_paper(given: Any) -> str:
    if not isinstance(given, str) or given.casefold() not in _PAPER:
        msg = f"`paper` is 'A4' or 'letter', and was given {describe_given(given)}."
        raise ParameterError(msg)
    return _PAPER[given.casefold()]


def _clean(given: Any, name: str) -> str:
    return "" if given is None else clean_cell(require_text(given, name), _LONGEST)


def _write_subtitle(case: Case) -> str:
    """Say how many incidents there are, and of when."""
    tell, days = case.tell, case.days
    if not len(days):
        return tell.say_many("subtitle", len(case.located))
    return tell.say_many("subtitle_days", len(case.located), days=tell.days(days.min(), days.max()))
