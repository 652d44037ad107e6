"""`geosec columns`: what each column of a file is taken for."""

from __future__ import annotations

import re

import pytest

from geosec.cli.commands import main
from geosec.cli.options import KINDS
from geosec.incidents.exports.recognition import KINDS as KNOWN
from geosec.incidents.exports.recognition import PLAIN


@pytest.fixture
def told(capsys):
    """Run `geosec columns`; give the cells of each line, and what stands on standard error."""

    def run(*words):
        assert main(["columns", *words]) == 0
        said = capsys.readouterr()
        return [re.split("  +", line) for line in said.out.splitlines()], said.err

    return run


def test_each_column_is_told_with_three_values(told):
    head, *rows = told("mine.csv")[0]
    assert head == ["column", "taken for", "why", "values"]
    assert rows[0] == ["date", "date", "our own name", "2025-03-11 | 2025-02-30 | 2025"]
    assert rows[1][3] == "Mach town | Sibi | Xanadu"


def test_what_is_lacking_is_told_in_options_and_mended_by_them(folder, told):
    (folder / "other.csv").write_text("Tag,Ort\n2025-03-11,\x1b[2J[red]Mach\n", encoding="utf-8")
    rows, said = told("other.csv")
    assert rows[1][:2] == ["Tag", "-"]
    assert "\x1b" not in str(rows)
    assert "?[2J[red]Mach" in rows[2][-1]
    assert "say which is with --columns yours=date." in said
    rows, said = told("other.csv", "--columns", "Tag=date", "--columns", "Ort=location")
    assert [row[:3] for row in rows[1:]] == [
        ["Tag", "date", "you named it"],
        ["Ort", "location", "you named it"],
    ]
    assert said == ""


def test_an_export_is_recognised_and_may_be_said_to_be_none(folder, told):
    head = "event_id_cnty,event_date,event_type,geo_precision,location,latitude,longitude"
    head += ",time_precision,actor1,fatalities"
    row = "PAK1,2025-03-11,Battles,1,Mach,29.86,67.33,1,x,0"
    (folder / "acled.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    rows, said = told("acled.csv")
    assert said.startswith("geosec: reading as an ACLED export; --kind plain reads it by")
    assert "precision_code" in dict(row[:2] for row in rows)["geo_precision"]
    assert told("acled.csv", "--kind", "plain")[0] != rows


def test_the_kinds_that_are_completed_are_those_there_are():
    assert set(KINDS) == {*KNOWN, PLAIN}
