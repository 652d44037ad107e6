"""HTML made plain."""

from __future__ import annotations

import pytest

from geosec.news.markup import find_markup
from geosec.news.plain_text import PlainText


def read(text):
    """Give the paragraphs of the plain text."""
    plain = PlainText(text).edit(find_markup(text)).text
    return [" ".join(each.split()) for each in plain.split("\n\n") if each.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fewer than <5 killed",
        "a < b and c > d",
        "<Mach> and <12 km>",
        "an address <desk@example.org> and <https://example.org/p>",
        "a <b that never ends",
        "R&D; AT&T; Khan & Sons; &nosuchname;",
        "<" * 50,
        "if a<b, then",
        "-->",
    ],
)
def test_what_is_no_markup_stays(text):
    assert PlainText(text).edit(find_markup(text)) == PlainText(text)


@pytest.mark.parametrize(
    "block", ["p", "P", "div", "li", "td", "th", "tr", "blockquote", "section", "figcaption", "dd"]
)
def test_a_block_is_a_paragraph_of_its_own(block):
    told = read(f"One<{block}>two</{block}>three<{block} class='x'>four")
    assert [each.removeprefix("• ") for each in told] == ["One", "two", "three", "four"]


@pytest.mark.parametrize("tag", ["b", "a", "span", "EM", "strong", "font", "sup", "time"])
def test_a_tag_within_a_sentence_parts_no_word(tag):
    assert read(f"Khuz<{tag}>dar</{tag}>'s <{tag} x=1>men</{tag}>") == ["Khuzdar's men"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one<br>Two", ["one", "Two"]),
        ("one<br/>\n<BR />Two", ["one", "Two"]),
        ("one<br>\n two", ["one two"]),
        ("<h2>Two <i>killed</i></h2>They", ["# Two killed", "They"]),
        ("<title>Two</title>They", ["# Two", "They"]),
        ("<ul><li>one<li>two</ul>three", ["• one", "• two", "three"]),
        ("<p>two\nlines\r\nhere</p>", ["two lines here"]),
        ("two\nlines <b>here</b>", ["two lines here"]),
        ("40&nbsp;km &middot; A&amp;B &#8217;s &#x27;", ["40 km · A&B ’s '"]),
        ("&lt;b&gt;", ["<b>"]),
        ("a<!-- <p>no</p> -->b", ["ab"]),
        ("a<!-- never closed", ["a never closed"]),
        ("<!DOCTYPE html><p>a", ["a"]),
        ("<a title=\"x > y\" href='z'>a</a>b", ["ab"]),
        ("<p title='it's'>a</p>", ["a"]),
        ("<p/>a", ["a"]),
    ],
)
def test_tags_and_entities_are_made_plain(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize("tag", ["script", "style", "nav", "FOOTER", "noscript", "svg", "button"])
def test_what_nobody_reads_is_left_out(tag):
    assert read(f"a<{tag} id='x'>if (a < b) <p>no</p></{tag.lower()}>b") == ["a", "b"]


def test_what_nobody_reads_and_never_ends_takes_nothing_away():
    assert read("a<script>b<p>c") == ["a", "b", "c"]


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By A. Khan, <span>Aug 16</span></p>',
        "<div class=story-author><div>By A. Khan</div> <p>Sibi</p></div>",
        '<span class="post timestamp">Aug 16</span>',
        '<a rel="author" href="/k">A. Khan</a>',
        '<span itemprop="author"><span>A</span> Khan</span>',
        '<p id="published">Aug 16</p>',
    ],
)
def test_a_byline_is_left_out(byline):
    assert read(f"<h1>Blast</h1>{byline}<p>Two died.</p>") == ["# Blast", "Two died."]


@pytest.mark.parametrize(
    "opened", ['<div class="author-page">', '<body class="published">', "<p class=authority>"]
)
def test_an_article_within_something_named_alike_is_read(opened):
    text = f"{opened}<p>{'Two died in Sibi. ' * 30}</p></div></body>"
    assert read(text) == [("Two died in Sibi. " * 30).strip()]
