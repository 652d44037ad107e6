"""The same article in any wrapping gives the same events."""

from __future__ import annotations

import html
import json
import re
import textwrap
from functools import cache
from pathlib import Path

import pytest

import geosec

DATA = Path(__file__).parents[1] / "data"


def read_articles():
    """Read fifteen plain articles of several paragraphs, by name."""
    found = {"story": ((DATA / "story_march_2025.txt").read_text(encoding="utf-8"), "2025-03-18")}
    for name in ("news_reports_dev.jsonl", "news_reports_more.jsonl"):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            found[report["id"]] = (report["text"], report["published"])
    return dict(list(found.items())[:15])


ARTICLES = read_articles()


def list_paragraphs(text):
    return text.strip().split("\n\n")


def wrap_lines(text, width, end="\n"):
    wrapped = (textwrap.fill(each, width) for each in list_paragraphs(text))
    return "\n\n".join(wrapped).replace("\n", end)


def write_html(text):
    inner = "\n".join(f"<p>{html.escape(each)}</p>" for each in list_paragraphs(text))
    head = "<!DOCTYPE html>\n<html><head><style>p { x: 1 }</style></head>"
    return f"{head}<body>{inner}</body></html>"


def write_page(text):
    """Write a page with entities, tags within sentences, menus, scripts and a byline."""
    paragraphs = []
    for each in list_paragraphs(text):
        words = html.escape(each).replace("'", "&#8217;").split(" ")
        words[::9] = [f"<b>{word}</b>" for word in words[::9]]
        words[4::11] = [f"<a href=\"/x?a=1&amp;b=2\" title='a > b'>{w}</a>" for w in words[4::11]]
        paragraphs.append("<p class=story>" + "\n".join(words) + "</p >")
    middle = "<!-- <p>Two were killed in Sibi.</p> -->".join(paragraphs)
    return (
        "<script>if (a < b) document.write('<p>Bomb kills 9 in Sibi</p>')</script>"
        "<nav><ul><li>Sibi</li><li>A bomb killed 3 in Kalat.</li></ul></nav>"
        '<p class="byline">By <span>Our Correspondent in Zhob</span> &middot; March 1</p>'
        f'<DIV CLASS="body">{middle}</DIV><img src="a.png" alt="x">'
    )


WRAPPINGS = {
    "at 60": lambda text: wrap_lines(text, 60),
    "at 72": lambda text: wrap_lines(text, 72),
    "at 72, CRLF": lambda text: wrap_lines(text, 72, "\r\n"),
    "quoted": lambda text: re.sub("(?m)^", "> ", wrap_lines(text, 70)),
    "quoted twice": lambda text: re.sub("(?m)^", "> > ", wrap_lines(text, 70)),
    "indented": lambda text: re.sub("(?m)^", "    ", wrap_lines(text, 64)),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "two spaces": lambda text: text.replace(" ", "  "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "thin spaces and tabs": lambda text: text.replace(" the ", "\tthe\u2009"),
    "soft hyphens": lambda text: re.sub(r"(?<=\w\w)(?=\w\w)", "\u00ad", text),
    "zero-width": lambda text: "\ufeff" + text.replace(" ", " \u200b").replace("a", "a\u2060"),
    "marks of direction": lambda text: "\u202a" + text.replace(". ", ".\u200e ") + "\u202c",
    "bold": lambda text: re.sub(r"\b([A-Z][a-z]+)\b", r"**\1**", text),
    "paragraphs bold": lambda text: "\n\n".join(f"**{each}**" for each in list_paragraphs(text)),
    "linked": lambda text: re.sub(
        r"\b([A-Z][a-z]{5,})\b", r"[\1](https://example.org/\1?a=b)", text
    ),
    "html": write_html,
    "page": write_page,
    "line breaks": lambda text: html.escape(text).replace("\n\n", "<br/>\n<br>\n"),
    "cells": lambda text: f"<table><tr><td>{html.escape(text)}</td></tr></table>".replace(
        "\n\n", "</td></tr><tr><td>"
    ),
}


def list_events(text, published):
    events = geosec.parse_report(text, published=published).events
    columns = ["location", "match_name", "date", "event_type", "fatalities", "injuries"]
    columns += ["fatalities_high", "date_text", "fatalities_text"]
    return [
        tuple(" ".join(str(value).replace("’", "'").split()) for value in row)
        for row in events[columns].itertuples(index=False)
    ]


@cache
def list_plain_events(name):
    return list_events(*ARTICLES[name])


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_in_any_wrapping_tells_the_same(name, wrapping):
    text, published = ARTICLES[name]
    assert list_events(WRAPPINGS[wrapping](text), published) == list_plain_events(name)


@pytest.mark.parametrize("write", [str.upper, str.lower], ids=["capitals", "small letters"])
@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_in_one_case_tells_the_same(name, write):
    text, published = ARTICLES[name]
    told = [event[1:7] for event in list_events(write(text), published)]
    assert told == [event[1:7] for event in list_plain_events(name)]
