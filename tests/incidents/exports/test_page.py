"""The page on exports names every kind, and each column by which one is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from geosec.incidents.exports.recognition import KINDS

PAGE = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")
ROWS = {row.split("`")[1]: row for row in PAGE.splitlines() if row.startswith("| `")}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_page_tells_by_what_each_kind_is_known(kind):
    row = ROWS[kind.name]
    named = {name for line in kind.known_by for name in line.replace("|", " ").split()}
    if kind.name in {"acled", "gtd"}:
        assert [name for name in sorted(named) if f"`{name}`" not in row] == []
    for ours in ("incident_id", "latitude", "precision_code"):
        theirs = kind.takes.get(ours, ())[:1]
        assert [name for name in theirs if f"`{name}`" not in row and name != ours] == []


def test_the_page_credits_those_who_ask_for_it():
    for kind in KINDS.values():
        assert kind.terms.address in PAGE
