"""Files of incidents read for a command: what was left out is said, and kept if asked."""

from __future__ import annotations

import pandas as pd
import pytest

from geosec.cli.commands import main

BAD = 8


@pytest.fixture
def many(folder):
    rows = ["2025-03-11,Mach town", *(f"2025-02-{30 + n},Sibi" for n in range(BAD))]
    text = "\n".join(["Tag,Ort", *rows]) + "\n"
    (folder / "many.csv").write_text(text, encoding="utf-8")
    return ["many.csv", "--columns", "Tag=date", "--columns", "Ort=location"]


@pytest.mark.parametrize("verb", [["nearest", "--k", "1"], ["map"], ["run", "--out", "out"]])
def test_a_few_rejected_rows_are_told_by_every_verb(folder, many, capsys, verb):
    assert main([*verb, *many, "--rejected", "left.csv"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("geosec: line 3 rejected: date '2025-02-30' does not exist")
    assert told[-1] == f"geosec: and {BAD - 5} more rejected; all are in left.csv"
    assert pd.read_csv(folder / "left.csv")["line"].tolist() == [*range(3, 3 + BAD)]


def test_how_to_keep_the_others_is_told(many, capsys):
    assert main(["map", *many]) == 0
    assert capsys.readouterr().err.endswith("more rejected; --rejected FILE writes them\n")


def test_a_run_keeps_them_in_its_folder(many, capsys):
    assert main(["run", *many, "--out", "out"]) == 0
    assert "more rejected; all are in out/rejected.csv" in capsys.readouterr().err


@pytest.mark.parametrize("verb", [["nearest"], ["map"], ["run", "--out", "out"]])
def test_nothing_read_ends_with_1_and_every_reason(folder, capsys, verb):
    (folder / "bad.csv").write_text("date,location\n2025-02-30,Sibi\n", encoding="utf-8")
    assert main([*verb, "bad.csv"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("geosec: line 2 rejected: ")
    assert told[-1] == "geosec: no incident was read from bad.csv."


def test_a_column_that_is_not_there_is_told_in_options(refused):
    assert "--columns" in refused("map", "mine.csv", "--columns", "Ort=location")


def test_a_database_is_asked_by_options(refused):
    assert "--sql asks a database" in refused("map", "mine.csv", "--sql", "select 1")
