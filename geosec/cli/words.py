"""`geosec geocode` and `parse`: words given, and a news report."""

from __future__ import annotations

import io
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from geosec.cli.grounds import read_gazetteer
from geosec.cli.outputs import check_table, write_if_asked
from geosec.cli.printing.located import describe_phrases
from geosec.cli.printing.news import describe_news_report
from geosec.cli.printing.page import complain, say, show
from geosec.errors import ParameterError, SourceError
from geosec.geocoding.geocoder import geocode
from geosec.news.explanations import explain_report
from geosec.news.reports import parse_report

if TYPE_CHECKING:
    from geosec.cli.options import Hints


def geocode_phrases(
    phrases: list[str], hints: Hints, out: str | None, *, gazetteer: Path | None
) -> None:
    """Print where phrases are, and write their table if it is asked for."""
    check_table(out)
    located = geocode(phrases, **asdict(hints), gazetteer=read_gazetteer(gazetteer))
    show(describe_phrases(located))
    write_if_asked(located, out)


def parse_article(
    file: Path, published: str, out: str | None, *, explain: bool, encoding: str
) -> None:
    """Print what a news report tells, and write its events if it is asked for."""
    check_table(out, None if file == Path("-") else file)
    text = read_text(file, encoding)
    report = parse_report(text, published=published)
    if explain:
        say(explain_report(text, published=published))
    else:
        show(describe_news_report(report))
    write_if_asked(report.events, out)
    if not text.strip():
        complain("the report is empty.")
        raise typer.Exit(1)


def read_text(file: Path, encoding: str = "utf-8") -> str:
    """Read a file, or standard input where it is called ``-``, as text in an encoding."""
    is_stdin = file == Path("-")
    name = "standard input" if is_stdin else str(file)
    if not is_stdin and not file.is_file():
        msg = f"there is no file {file}; give the path of a text, or - for standard input."
        raise SourceError(msg)
    try:
        if not is_stdin:
            return file.read_text(encoding=encoding)
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding=encoding, errors="strict")
        return sys.stdin.read()
    except LookupError as error:
        msg = f"there is no encoding {encoding!r}; usual are utf-8, cp1252 and cp1256."
        raise ParameterError(msg) from error
    except UnicodeDecodeError as error:
        said = "UTF-8" if encoding == "utf-8" else encoding
        msg = (
            f"{name} is not text in {said} ({error.reason} at byte {error.start}); save it so, "
            "or name its own with `encoding=`."
        )
        raise SourceError(msg) from error
