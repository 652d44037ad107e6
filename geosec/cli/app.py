"""The commands of the shell and the words each takes; what they do is imported when they run."""

from __future__ import annotations

import sys
from functools import wraps
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geosec.cli.map_options import Drawing  # noqa: TC001 - typer reads it
from geosec.cli.options import (
    USUAL_TITLE,
    Command,
    Counting,
    GazetteerFile,
    Ground,
    Hints,
    IncidentFile,
    Measure,
    Opening,
    Reading,
    Sampling,
    TableOut,
    TextEncoding,
    TextFile,
    Title,
    spread_groups,
    write_epilog,
)
from geosec.cli.release_options import Releasing  # noqa: TC001 - typer reads the groups
from geosec.cli.report_options import Telling  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable

_Folder = Annotated[
    Path, typer.Option(metavar="DIR", help="Folder for tables, a map and rejected rows.")
]

# in a terminal help is laid out by rich; in a pipe it is plain text
app = typer.Typer(
    name="geosec",
    help="Incident reports into places, districts, railway kilometres and maps, each with how "
    "sure it is.",
    epilog="Example: geosec demo\n\ngeosec COMMAND --help explains a command.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
)
data = typer.Typer(help="What is known of the reference layers.", no_args_is_help=True)
app.add_typer(data, name="data")


def _command(example: str, within: typer.Typer = app) -> Callable[..., Callable[..., None]]:
    """Make a function a command, its help ending in an example."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        spread = spread_groups(function)

        @wraps(spread)
        def call(**options: Any) -> None:
            with _load("telling").tell_on_lines(set(signature(spread).parameters)):
                spread(**options)

        name = function.__name__.removesuffix("_")
        return within.command(name, cls=Command, epilog=write_epilog(example))(call)

    return register


def _load(module: str) -> Any:
    """Import what a command does, which takes most of a second, when it runs."""
    return import_module(f"geosec.cli.{module}")


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"geosec {import_module('geosec').__version__}")
        raise typer.Exit


@app.callback()
def _take_version(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    del version  # its callback has answered


@_command("geosec demo --out geosec-demo/")
def demo(
    *, out: _Folder = Path("geosec-demo"), title: Title = USUAL_TITLE, sampling: Sampling
) -> None:
    """Run everything on 72 reported incidents."""
    _load("run").run_demo(out, sampling, title=title)


@_command("geosec run incidents.csv --out located/")
def run(
    *,
    file: IncidentFile,
    out: _Folder,
    title: Title = USUAL_TITLE,
    reading: Reading,
    ground: Ground,
    sampling: Sampling,
) -> None:
    """Run everything on a file of incidents."""
    _load("run").run_file(file, out, sampling, reading=reading, ground=ground, title=title)


@_command('geosec geocode "12 km south of Sibi" --admin1 Balochistan')
def geocode(
    *,
    phrase: Annotated[
        list[str],
        typer.Argument(metavar="PHRASE...", help='Such as "12 km south of Sibi".'),
    ],
    hints: Hints,
    gazetteer: GazetteerFile = None,
    out: TableOut = None,
) -> None:
    """Place phrases given on the command line."""
    _load("words").geocode_phrases(phrase, hints, out, gazetteer=gazetteer)


@_command("geosec parse report.txt --published 2025-03-12")
def parse(
    *,
    file: TextFile,
    published: Annotated[str, typer.Option(metavar="DAY", help="Day of publication, YYYY-MM-DD.")],
    out: TableOut = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the article with the words that decided.")
    ] = False,
    encoding: TextEncoding = "utf-8",
) -> None:
    """Read places and events out of a news report."""
    _load("words").parse_article(file, published, out, explain=explain, encoding=encoding)


@_command("geosec evaluate phrases.csv --out scored.csv")
def evaluate(
    *,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Phrases (CSV) or reports (JSON lines) with truth.",
            show_default=False,
        ),
    ],
    out: TableOut = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD", help="Tell reports by a field, such as kind.", show_default=False
        ),
    ] = None,
    fit: Annotated[
        bool, typer.Option("--fit", help="Say what each rule of phrases should promise.")
    ] = False,
    diagram: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="SVG file to draw the reliability in.", show_default=False
        ),
    ] = None,
) -> None:
    """Hold geosec against known places and events."""
    _load("scoring").evaluate_file(file, out, by=by, fit=fit, diagram=diagram)


@_command("geosec columns incidents.csv --columns Ort=location")
def columns(*, file: IncidentFile, opening: Opening) -> None:
    """Print what each column of a file is taken for, with three values."""
    _load("views").list_columns(file, opening)


@_command("geosec counts hdx.xlsx --out counts.csv")
def counts(*, file: IncidentFile, counting: Counting, out: TableOut = None) -> None:
    """Read a table of counts: how many events there were in which unit and period."""
    _load("counting").count_events(file, counting, out)


@_command("geosec nearest incidents.csv --to stations --k 3")
def nearest(
    *,
    file: IncidentFile,
    out: TableOut = None,
    measure: Measure,
    reading: Reading,
    ground: Ground,
    sampling: Sampling,
) -> None:
    """Measure the nearest infrastructure to each incident."""
    _load("views").measure_nearest(file, measure, sampling, reading=reading, ground=ground, out=out)


@_command("geosec map incidents.csv --out map.html")
def map_(
    *,
    file: IncidentFile,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="File to write: .html, .png, .svg or .pdf.")
    ] = Path("map.html"),
    drawing: Drawing,
    reading: Reading,
    ground: Ground,
) -> None:
    """Draw the incidents of a file on a map."""
    _load("views").draw_map(file, reading, drawing, ground=ground, out=out)


@_command('geosec report incidents.csv --out report.html --question "Is the line safe?"')
def report(
    *,
    file: IncidentFile,
    out: Annotated[Path, typer.Option(metavar="FILE", help="File to write: .html or .pdf.")] = Path(
        "report.html"
    ),
    telling: Telling,
    reading: Reading,
    ground: Ground,
    sampling: Sampling,
) -> None:
    """Write a report of the incidents of a file: map, figures, tables, and how sure they are."""
    _load("reporting").report_file(
        file, out, telling, reading=reading, ground=ground, sampling=sampling
    )


@_command("geosec release incidents.csv --audience public --out released.csv")
def release(
    *,
    file: IncidentFile,
    audience: Annotated[
        str,
        typer.Option(metavar="NAME", help="Who is to have them: public, partner or internal."),
    ],
    out: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="File to write: .csv, .xlsx, .parquet, .geojson, .gpkg; or postgresql://...",
        ),
    ],
    releasing: Releasing,
    reading: Reading,
    ground: Ground,
) -> None:
    """Write what an audience may have of the incidents of a file."""
    _load("releasing").release_file(file, audience, releasing, out, reading=reading, ground=ground)


@_command("geosec describe located/incidents.parquet")
def describe(
    *,
    place: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A file that geosec wrote, a folder of geosec run, or postgresql://...",
            show_default=False,
        ),
    ],
) -> None:
    """Tell how a file came about, and whether it is whole."""
    _load("describing").print_origin(place)


@_command("geosec data list", within=data)
def list_() -> None:
    """List the reference layers with vintage, accuracy and licence."""
    _load("views").list_data()
