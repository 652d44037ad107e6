"""How right the events of news reports are, by kind of report, here and at a commit.

Run it by hand: ``python tests/benchmarks/measure_kinds.py FILE.jsonl ...``, with ``--vs REV`` for
the figures of a commit before those of here. Both are scored by the rules of this checkout.
"""

from __future__ import annotations

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alone import head
from versus import FOLDER, checkout

import geosec
from geosec.evaluation import news

if TYPE_CHECKING:
    import pandas as pd


def read_reports(files: list[Path]) -> list[dict[str, Any]]:
    """Read the reports of several files; what has no kind is of the kind of its file."""
    return [
        report if "kind" in report else report | {"kind": file.stem}
        for file in files
        for report in news.read_gold_news(file)
    ]


def write_answers(files: list[Path], out: Path) -> None:
    """Write what the geosec of this process reads out of the reports."""
    answers = {}
    for report in (each for file in files for each in news.read_gold_news(file)):
        parsed = geosec.parse_report(report["text"], published=report["published"])
        answers[report["text"], report["published"]] = (parsed.places, parsed.events)
    out.write_bytes(pickle.dumps(answers))


def read_answers_at(commit: str, files: list[Path]) -> dict[tuple[str, str], Any]:
    """Read what the geosec of a commit reads out of the reports."""
    with checkout(commit) as there, tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "answers"
        command = [sys.executable, __file__, *map(str, files), "--answers", str(out)]
        subprocess.run(command, check=True, env=os.environ | {FOLDER: str(there)})
        return pickle.loads(out.read_bytes())  # noqa: S301 - our own file


def score(reports: list[dict[str, Any]], answers: dict[tuple[str, str], Any]) -> pd.DataFrame:
    """Score answers that were read already."""

    def answer(text: str, *, published: str, **_: object) -> geosec.Report:
        return geosec.Report(*answers[text, published])

    news.parse_report = answer
    try:
        return news.score_news(reports)
    finally:
        news.parse_report = geosec.parse_report


def show(reports: list[dict[str, Any]], tables: dict[str, pd.DataFrame], least: int) -> None:
    """Print a table in Markdown: a kind in each line, the figures of each geosec beside it.

    Kinds of fewer reports than `least` are left out.
    """
    kinds = {name: news.summarise_kinds(each, reports, "kind") for name, each in tables.items()}
    head("kind", "reports", "known", *(f"{name}: told, F1, tolls, spurious" for name in kinds))
    first = next(iter(kinds.values()))
    for kind, row in first[first["reports"] >= least].iterrows():
        cells = [
            f"{each.loc[kind, 'events_told']:.0f}, {write_f1(each, kind)}, "
            f"{each.loc[kind, 'fatalities_right']:.0f}, {each.loc[kind, 'spurious']:.0f}"
            for each in kinds.values()
        ]
        print(f"| {kind} | {row['reports']:.0f} | {row['events']:.0f} | {' | '.join(cells)} |")
    for name, each in kinds.items():
        print(f"\n{name}: {each['spurious_per_100'].iloc[-1]:.1f} spurious events in 100 reports")


def write_f1(kinds: pd.DataFrame, kind: str) -> str:
    return f"{kinds.loc[kind, 'event_f1']:.2f}".replace("nan", "-")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+", type=Path, help="reports with truth, JSON lines")
    parser.add_argument("--vs", help="commit whose figures stand before those of here")
    parser.add_argument("--least", type=int, default=1, help="reports of a kind that is shown")
    parser.add_argument("--answers", type=Path, help="only write what is read, to this file")
    asked = parser.parse_args()
    if asked.answers:
        write_answers(asked.files, asked.answers)
        return
    reports = read_reports(asked.files)
    tables = {}
    if asked.vs:
        tables[asked.vs] = score(reports, read_answers_at(asked.vs, asked.files))
    show(reports, tables | {"here": news.score_news(reports)}, asked.least)


if __name__ == "__main__":
    main()
