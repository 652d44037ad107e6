"""`geosec evaluate`: phrases or news reports held against their truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.cli.outputs import check_file, check_table, write_if_asked
from geosec.cli.printing.page import say, show
from geosec.cli.printing.scores import (
    describe_fit,
    describe_news_kinds,
    describe_news_scores,
    describe_phrase_scores,
)
from geosec.errors import ParameterError
from geosec.evaluation.news import read_gold_news, score_news, summarise_kinds
from geosec.evaluation.phrases import read_gold_phrases, score_phrases
from geosec.evaluation.reliability_diagram import draw_reliability_diagram
from geosec.storage.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd


def evaluate_file(
    file: Path, out: str | None, *, by: str | None, fit: bool, diagram: Path | None
) -> None:
    """Score a file of news reports (``.jsonl``), or one of phrases."""
    check_table(out)
    if diagram is not None:
        check_file(diagram, "a diagram", (".svg",))
    if file.suffix == ".jsonl":
        _refuse_for(file, "phrases (CSV)", {"--fit": fit, "--diagram": diagram is not None})
        gold = read_gold_news(file)
        scored = score_news(gold)
        show(describe_news_scores(scored))
        if by is not None:
            show(["", *describe_news_kinds(summarise_kinds(scored, gold, by))])
    else:
        _refuse_for(file, "news reports (JSON lines)", {"--by": by is not None})
        scored = score_phrases(read_gold_phrases(file))
        show(describe_phrase_scores(scored))
        if fit:
            show(["", *describe_fit(scored)])
        if diagram is not None:
            _write_diagram(scored, diagram)
    write_if_asked(scored, out)


def _refuse_for(file: Path, kind: str, given: dict[str, bool]) -> None:
    for option, is_given in given.items():
        if is_given:
            msg = f"{option} is for {kind}, and {file.name} holds the others."
            raise ParameterError(msg)


def _write_diagram(scored: gpd.GeoDataFrame, diagram: Path) -> None:
    with write_whole(diagram) as partial:
        partial.write_text(draw_reliability_diagram(scored), encoding="utf-8")
    show([""])
    say(f"written to {diagram}")
