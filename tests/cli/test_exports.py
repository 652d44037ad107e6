"""Exports in the shell: what a file was read as is said, whose rows they are is written down."""

from __future__ import annotations

import pytest

import geosec
from geosec.cli.commands import main
from tests.incidents.exports.synthetic import make_acled, make_gtd


@pytest.fixture
def acled(folder):
    make_acled(30).to_csv(folder / "acled.csv", index=False)
    return folder / "acled.csv"


def test_an_export_is_carried_the_whole_way_in_one_line(acled, folder, capsys):
    assert main(["run", str(acled), "--out", "x"]) == 0
    told = capsys.readouterr()
    assert "geosec: reading as an ACLED export; --kind plain reads it by" in told.err
    assert "stand in for words of the notes" in told.err
    assert "30 incidents read, 0 rows rejected; 30 placed, 0 not" in told.out
    credit = "Incidents: ACLED (Armed Conflict Location & Event Data), acleddata.com"
    assert credit.replace("&", "\\u0026") in (folder / "x" / "map.html").read_text("utf-8")
    origin = geosec.describe_file(folder / "x" / "incidents.parquet")
    assert credit in str(origin)


def test_a_kind_that_is_said_is_taken(folder, capsys):
    table = make_gtd(5).drop(columns=["imonth", "iday"])
    table.to_csv(folder / "gtd.csv", index=False)
    assert main(["map", "gtd.csv", "--out", "m.html", "--kind", "gtd"]) == 0
    assert "reading as a GTD export" in capsys.readouterr().err


def test_a_kind_that_is_none_is_told(acled, refused):
    assert "there is no kind 'aclid' of table; did you mean 'acled'" in refused(
        *("map", str(acled), "--out", "m.html", "--kind", "aclid"),
    )
