"""The words that the command line takes: each command with its options."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from geosec.cli.run import Reading, Sampling
from geosec.cli.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable


def build_parser() -> argparse.ArgumentParser:
    """Build the parser; what it reads has a ``command`` and the options of that command."""
    parser = argparse.ArgumentParser(
        prog="geosec",
        description="Incident reports into places, districts, railway kilometres and maps, "
        "each with how sure it is.",
    )
    commands = parser.add_subparsers(
        title="commands", required=True, metavar="COMMAND", dest="command"
    )
    _add_whole_way(commands.add_parser)
    _add_readers_of_words(commands.add_parser)
    _add_evaluate(commands.add_parser)
    _add_views(commands.add_parser)
    data = commands.add_parser("data", help="the reference layers")
    actions = data.add_subparsers(title="actions", required=True, metavar="ACTION")
    actions.add_parser("list", help="list them")
    return parser


def _add_whole_way(add: Callable[..., argparse.ArgumentParser]) -> None:
    demo = add("demo", help="run everything on 72 reported incidents")
    demo.add_argument("--out", type=Path, default=Path("geosec-demo"), help="folder to write to")
    _add_sampling(demo)
    run = add("run", help="run everything on a file of incidents")
    run.add_argument("file", type=Path, help="CSV, XLSX, Parquet, GeoJSON or GeoPackage")
    run.add_argument("--out", type=Path, required=True, help="folder to write to")
    _add_reading(run)
    _add_day(run)
    _add_sampling(run)


def _add_readers_of_words(add: Callable[..., argparse.ArgumentParser]) -> None:
    geocode = add("geocode", help="place phrases given on the command line")
    geocode.add_argument("phrase", nargs="+", help='such as "12 km south of Sibi"')
    geocode.add_argument("--admin1", help="province they are in")
    geocode.add_argument("--admin2", help="district they are in")
    geocode.add_argument("--admin3", help="tehsil or town they are in")
    parse = add("parse", help="read places and events out of a news report")
    parse.add_argument("file", type=Path, help="text file in UTF-8, or - for standard input")
    parse.add_argument("--published", required=True, help="day of publication, YYYY-MM-DD")
    parse.add_argument("--out", type=Path, help="file to write the events to")
    parse.add_argument(
        "--explain", action="store_true", help="print the article with the words that decided"
    )


def _add_evaluate(add: Callable[..., argparse.ArgumentParser]) -> None:
    evaluate = add("evaluate", help="hold the geocoder against known places")
    evaluate.add_argument(
        "file", type=Path, help="phrases (CSV) or reports (JSON lines) with truth"
    )
    evaluate.add_argument("--out", type=Path, help="file to write every scored row to")
    evaluate.add_argument("--by", metavar="FIELD", help="tell reports by a field, such as kind")
    evaluate.add_argument("--fit", action="store_true", help="say what each rule should promise")
    evaluate.add_argument("--diagram", type=Path, help="SVG file to draw the reliability in")


def _add_views(add: Callable[..., argparse.ArgumentParser]) -> None:
    nearest = add("nearest", help="nearest infrastructure to each incident")
    nearest.add_argument("file", type=Path, help="file of incidents")
    _add_reading(nearest)
    nearest.add_argument("--to", default="stations", help=f"one of {', '.join(TARGETS)}")
    nearest.add_argument("--k", type=int, default=3, help="how many for each incident")
    nearest.add_argument("--out", type=Path, help="file to write; printed by default")
    _add_sampling(nearest)
    draw = add("map", help="draw the incidents of a file on a map")
    draw.add_argument("file", type=Path, help="file of incidents")
    _add_reading(draw)
    draw.add_argument("--out", type=Path, default=Path("map.html"), help="HTML file to write")
    draw.add_argument("--online", action="store_true", help="load Leaflet from the network")
    _add_day(draw)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    usual = Reading()
    parser.add_argument("--sheet", help="sheet of a workbook or layer of a GeoPackage to read")
    parser.add_argument("--encoding", default=usual.encoding, help="of text, such as cp1252")
    order = parser.add_mutually_exclusive_group()
    order.add_argument(
        "--day-first", action="store_true", default=None, help="03/04/2025 is 3 April"
    )
    order.add_argument(
        "--month-first", action="store_false", dest="day_first", default=None, help="it is 4 March"
    )


def _add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on",
        metavar="DAY",
        help="take the districts of a day, YYYY-MM-DD, or of each incident's own: incident",
    )


def _add_sampling(parser: argparse.ArgumentParser) -> None:
    usual = Sampling()
    parser.add_argument(
        "--draws", type=int, default=usual.draws, help="draws for each incident, 0: best points"
    )
    parser.add_argument("--seed", type=int, default=usual.seed, help="seed of the draws")
