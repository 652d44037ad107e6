"""A report printed with its mentions, events and reasons."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import geosec
from geosec.errors import GeosecWarning, ParameterError
from geosec.news.marked_text import WIDTH

DATA = Path(__file__).parents[1] / "data"
TEXT = (
    "Two guards were killed on Tuesday when a bomb went off near Mach. The wounded were taken to "
    "Quetta. Police denied that three children were killed in Sibi."
)


def explain(text=TEXT, published="2025-03-12"):
    return geosec.explain_report(text, published=published)


def test_the_article_comes_first_with_its_words_marked():
    lines = explain().splitlines()
    assert lines[0] == "[place]number   ~~~ day   ^^^ dead"
    assert lines[2].startswith("1  Two guards were killed on Tuesday when a bomb")
    assert lines[3].split() == ["^" * len("Two guards were killed"), "~" * len("Tuesday")]
    assert "[Mach]1" in lines[2]


def test_each_figure_stands_beside_its_words_and_their_line():
    told = explain()
    assert 'where  "near Mach" [1], line 1: Mach; matched, score 0.' in told
    assert '  when   2025-03-11, line 1: "Tuesday"' in told
    assert '  what   Explosions/Remote violence, line 1: "bomb"' in told
    assert '  dead   2, line 1: "Two guards were killed"' in told
    assert "  hurt   none is told of" in told


def test_what_was_left_out_comes_with_its_reason():
    told = explain()
    denied = '  line 2  denied ("denied that"): "denied that three children were killed in Sibi"'
    assert denied in told
    assert "[3] Sibi" in told.split("Places of no event")[1]
    assert 'somebody or something comes from it or goes to it ("taken to")' in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A bomb hit a bus in Hub. Passengers were killed.", "no number is told of 'passengers'"),
        ("A bomb killed two in Hub on 31 February.", "no day, line 1:"),
        ("A bomb killed two in Hub.", "the report does not say when"),
        ("A bomb killed two in Hub in February.", "when   February 2025, line 1:"),
        ("A bomb killed at least 26 in Hub.", "dead   26 or more, line 1:"),
        ("A bomb killed two in Hub.", "95 % within"),
        ("A bomb killed two in Zzyzx Chowk, Hub.", "'Zzyzx Chowk' not in the gazetteer"),
        ("Lahore is a large town.", "No event"),
        ("", "No event"),
    ],
)
def test_reasons_are_told(text, told):
    assert told in explain(text)


def test_it_is_what_parse_report_tells():
    for line in (DATA / "news_reports_dev.jsonl").read_text("utf-8").splitlines()[:12]:
        gold = json.loads(line)
        events = geosec.parse_report(gold["text"], published=gold["published"]).events
        told = geosec.explain_report(gold["text"], published=gold["published"])
        numbered = [each for each in told.splitlines() if each.startswith("Event ")]
        types = [each.partition(": ")[2] for each in numbered]
        assert types == events["event_type"].tolist()


def test_every_line_of_the_article_is_narrow_and_prints():
    text = (DATA / "story_march_2025.txt").read_text("utf-8") + "\x1b[31m\x07"
    told = explain(text, date(2025, 3, 18))
    article = told.split("\n\nEvent 1")[0].splitlines()
    assert all(len(line) <= WIDTH + len("99  ") for line in article)
    assert "\x1b" not in told
    assert "\x07" not in told


@pytest.mark.parametrize("published", ["yesterday", "2025-02-30"])
def test_no_day_is_refused(published):
    with pytest.raises(ParameterError, match="published"):
        explain(published=published)


def test_no_text_is_refused():
    with pytest.raises(ParameterError, match="`text` takes the text of a report"):
        explain(3)


def test_half_a_character_is_told_where_it_was_given():
    with pytest.warns(GeosecWarning, match="in the text") as warned:
        explain("A bomb killed two in Hub.\ud800")
    assert warned[0].filename == __file__


def test_an_article_in_tags_is_printed_without_them():
    wrapped = (
        "<h1>Blast</h1>\n<p>" + TEXT.replace(" ", "\n").replace("Mach", "<b>Mach</b>") + "</p>"
    )
    assert explain(wrapped) == explain(f"Blast\n\n{TEXT}")
