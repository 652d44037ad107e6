"""Pages in a pipe and in a terminal: whole, in columns, and never obeyed."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from geosec.cli.printing.page import Heading, Listing, open_console, show, write_plain

LONG = "a reason of many words that does not fit beside the others " * 3
ROWS = [["PK-20250311-01", "12.5", LONG], ["کوئٹہ", "1234.5", "[red]short[/red] :smile:"]]
PAGE = Listing(("incident", ">off km", "reason"), ROWS)
CELLS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=30)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def printed(listing, width):
    out = Console(file=io.StringIO(), width=10_000, markup=False, emoji=False)
    out.print(listing.build_table(width))
    return [line.rstrip() for line in out.file.getvalue().splitlines()]


def test_a_pipe_gets_every_letter_in_columns():
    head, first, second = PAGE.write_lines()
    assert head == "incident        off km  reason"
    assert first == f"PK-20250311-01    12.5  {LONG}".rstrip()
    assert second.endswith("1234.5  [red]short[/red] :smile:")
    assert cell_len(second[: second.index("1234.5") + 6]) == head.index("off km") + 6


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_terminal_gets_whole_figures_and_lines_that_fit(width):
    lines = printed(PAGE, width)
    assert max(map(cell_len, lines)) <= width
    assert "PK-20250311-01" in lines[2]
    assert re.search(r"  12\.5  a reason", lines[2])
    assert any("1234.5  [red]short" in line for line in lines)


def test_where_a_terminal_is_too_narrow_figures_are_whole_all_the_same():
    lines = printed(PAGE, 10)
    assert any("PK-20250311-01    12.5  " in line for line in lines)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5), st.integers(1, 120))
@settings(deadline=None, max_examples=50)
def test_no_letter_is_lost_at_any_width(rows, width):
    listing = Listing(("one", ">two"), rows)
    letters = "".join(sorted("".join(cell for row in rows for cell in row)))
    plain, folded = listing.write_lines()[1:], printed(listing, width)[2:]
    assert "".join(sorted("".join(plain).replace(" ", ""))) == letters
    assert "".join(sorted("".join(folded).replace(" ", ""))) == letters


@pytest.mark.parametrize("width", [14, 20, 40])
def test_rows_of_a_terminal_too_narrow_for_a_table_are_lines(monkeypatch, width):
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", str(width))
    wide = Listing(("incident", *[f">figure {at}" for at in range(9)]), [["a", *"12345678", ""]])
    show([wide])
    lines = terminal.getvalue().splitlines()
    assert lines[0].strip() == "incident: a"
    assert "  figure 7: 8" in lines
    assert max(map(cell_len, lines)) <= width
    assert len(lines) == 9


def test_headings_stand_apart():
    page = [Heading("One"), "a", Heading("Two"), "b"]
    assert write_plain(page) == "One\n\na\n\nTwo\n\nb"


def test_a_terminal_shows_markup_as_it_is(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("TERM", "xterm")
    show([Heading("Told"), "[link=http://x]y[/link] :bomb:", PAGE])
    told = terminal.getvalue()
    assert "[link=http://x]y[/link] :bomb:" in told
    assert "[red]short[/red]" in told
    assert "\x1b]8" not in told  # a link
    assert "\x1b[1m" in told  # the heading is bold


def test_a_console_takes_nothing_for_markup():
    console = open_console(io.StringIO())
    console.print("[red]x[/red] :bomb: 12")
    assert console.file.getvalue() == "[red]x[/red] :bomb: 12\n"
