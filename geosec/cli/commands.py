"""The command line: ``geosec demo | run | geocode | parse | nearest | map | evaluate | data``."""

from __future__ import annotations

import io
import os
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from geosec.analysis.proximity import nearest
from geosec.assignment.verbs import assign_boundaries, locate_on_rail
from geosec.cli.parser import build_parser
from geosec.cli.printing.located import describe_phrases
from geosec.cli.printing.news import describe_news_report
from geosec.cli.printing.scores import (
    describe_fit,
    describe_news_kinds,
    describe_news_scores,
    describe_phrase_scores,
)
from geosec.cli.printing.terminal import escape_line
from geosec.cli.run import Reading, Sampling, run_file
from geosec.cli.targets import load_target
from geosec.data.catalogue import example_path, list_layers
from geosec.errors import GeosecError, GeosecWarning, ParameterError, SourceError
from geosec.evaluation.news import read_gold_news, score_news, summarise_kinds
from geosec.evaluation.phrases import read_gold_phrases, score_phrases
from geosec.evaluation.reliability_diagram import draw_reliability_diagram
from geosec.geocoding.geocoder import geocode
from geosec.maps.webmap import incident_map, save_map
from geosec.news.explanations import explain_report
from geosec.news.reports import parse_report
from geosec.schema import INDEX
from geosec.storage.files import write_whole
from geosec.storage.writing import write_table

_NOBODY_READS = 141

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    import pandas as pd


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Words after ``geosec``; those of the process by default. Distances are in metres or
        kilometres as each option's name says.

    Returns
    -------
    int
        0 if all went well, 2 if the input cannot be used; the reason is on standard error. 141
        if who reads the output has stopped, as a shell says of other commands (``| head``).

    Examples
    --------
    >>> main(["geocode", "Kalat town", "--admin1", "Balochistan"])
    phrase: Kalat town
    ...
    0
    """
    options = build_parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal in ASCII shows Urdu as \uXXXX
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default", GeosecWarning)
            warnings.showwarning = _print_warning
            _COMMANDS[options.command](options)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return _NOBODY_READS
    except (GeosecError, OSError) as error:
        print(f"geosec: {escape_line(error)}", file=sys.stderr)
        return 2
    return 0


def _print_warning(message: Warning | str, *_: object, **__: object) -> None:
    """Print a warning as a line for a reader, without the place in the code."""
    print(f"geosec: {escape_line(message)}", file=sys.stderr)


def _forget_output() -> None:
    """Send what is still to be written nowhere, so that the end of the process is quiet."""
    with suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run_demo(options: argparse.Namespace) -> None:
    run_file(example_path(), options.out, Sampling(options.draws, options.seed))
    print(f"\nwritten to {options.out.resolve()}; open {options.out / 'map.html'} in a browser")


def _run_file(options: argparse.Namespace) -> None:
    sampling = Sampling(options.draws, options.seed)
    run_file(options.file, options.out, sampling, on=options.on, reading=_take_reading(options))
    print(f"\nwritten to {options.out.resolve()}")


def _geocode_phrases(options: argparse.Namespace) -> None:
    hints = {name: getattr(options, name) for name in ("admin1", "admin2", "admin3")}
    print(describe_phrases(geocode(options.phrase, **hints)))


def _parse_report(options: argparse.Namespace) -> None:
    text = _read_text(options.file)
    report = parse_report(text, published=options.published)
    if options.explain:
        print(explain_report(text, published=options.published))
    else:
        print(describe_news_report(report))
    _write_if_asked(report.events, options.out)


def _read_text(file: Path) -> str:
    """Read a file, or standard input where it is called ``-``, as UTF-8."""
    is_stdin = file == Path("-")
    if is_stdin and isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
    try:
        return sys.stdin.read() if is_stdin else file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        name = "standard input" if is_stdin else file
        msg = f"{name} is not text in UTF-8 ({error.reason} at byte {error.start}); save it so."
        raise SourceError(msg) from error


def _evaluate(options: argparse.Namespace) -> None:
    """Score a file of news reports (``.jsonl``), or one of phrases."""
    if options.file.suffix == ".jsonl":
        gold = read_gold_news(options.file)
        scored = score_news(gold)
        print(describe_news_scores(scored))
        if options.by is not None:
            print(f"\n{describe_news_kinds(summarise_kinds(scored, gold, options.by))}")
    else:
        scored = _evaluate_phrases(options)
    _write_if_asked(scored, options.out)


def _evaluate_phrases(options: argparse.Namespace) -> gpd.GeoDataFrame:
    if options.by is not None:
        msg = "--by is for news reports (JSON lines); phrases are told by their kind in any case."
        raise ParameterError(msg)
    scored = score_phrases(read_gold_phrases(options.file))
    print(describe_phrase_scores(scored))
    if options.fit:
        print(f"\n{describe_fit(scored)}")
    if options.diagram is not None:
        with write_whole(options.diagram) as partial:
            partial.write_text(draw_reliability_diagram(scored), encoding="utf-8")
        print(f"\nwritten to {options.diagram}")
    return scored


def _write_if_asked(table: pd.DataFrame, out: Path | None) -> None:
    if out is not None:
        print(f"\nwritten to {write_table(table, out)}")


def _measure_nearest(options: argparse.Namespace) -> None:
    targets = load_target(options.to)
    located = _locate_file(options)
    table = nearest(located, targets, k=options.k, draws=options.draws, seed=options.seed)
    if options.out is None:
        shown = table.round({"distance_m": 0, "distance_low_m": 0, "distance_high_m": 0})
        shown[INDEX] = shown[INDEX].map(escape_line)
        print(shown.to_string(index=False))
    else:
        print(f"written to {write_table(table, options.out)}")


def _draw_map(options: argparse.Namespace) -> None:
    located = locate_on_rail(assign_boundaries(_locate_file(options), on=options.on))
    print(f"written to {save_map(incident_map(located), options.out, offline=not options.online)}")


def _take_reading(options: argparse.Namespace) -> Reading:
    return Reading(options.encoding, options.sheet, options.day_first)


def _locate_file(options: argparse.Namespace) -> gpd.GeoDataFrame:
    """Read and geocode a file, and say on standard error what was left out."""
    incidents, rejected = _take_reading(options).read(options.file)
    for row in rejected.itertuples():
        print(f"geosec: line {row.line} rejected: {escape_line(row.reason)}", file=sys.stderr)
    return geocode(incidents)


def _list_data(_: argparse.Namespace) -> None:
    print(list_layers().to_string(na_rep="-"))


_COMMANDS: dict[str, Callable[[argparse.Namespace], None]] = {
    "demo": _run_demo,
    "run": _run_file,
    "geocode": _geocode_phrases,
    "parse": _parse_report,
    "evaluate": _evaluate,
    "nearest": _measure_nearest,
    "map": _draw_map,
    "data": _list_data,
}
