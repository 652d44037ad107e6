"""`geosec counts`: units, periods and sums printed, rows written, reasons told."""

from __future__ import annotations

import pandas as pd
import pytest

from geosec.cli.commands import main

COUNTS = """district,month,events,killed
Kech,2024-01,3,1
Kech,2024-02,2,0
Gwadar,2024-01,many,0
Atlantis,2024-01,1,0
"""


@pytest.fixture(autouse=True)
def counts(folder):
    (folder / "counts.csv").write_text(COUNTS, encoding="utf-8")


def test_counts_are_summed_by_unit_and_rejected_rows_told(capsys):
    assert main(["counts", "counts.csv"]) == 0
    told = capsys.readouterr()
    kech = next(line for line in told.out.splitlines() if line.startswith("Kech"))
    assert kech.split() == ["Kech", "PK-BA-kech", "2", "2024-01-01", "2024-02-29", "5", "1"]
    assert "(not known)" in told.out
    assert "1 of 3 rows have no unit; the first: " in told.err
    assert "line 4 rejected: " in told.err


def test_counts_and_rejected_rows_are_written(folder, capsys):
    words = [
        "--out",
        "out.csv",
        "--rejected",
        "left.csv",
        "--level",
        "adm2",
        "--until",
        "2024-02-10",
    ]
    assert main(["counts", "counts.csv", *words]) == 0
    written = pd.read_csv(folder / "out.csv")
    assert written["events"].tolist() == [3, 2, 1]
    assert written["period_partial"].tolist() == [False, True, False]
    assert pd.read_csv(folder / "left.csv")["line"].tolist() == [4]
    assert "3 rows written to out.csv" in capsys.readouterr().out


def test_other_verbs_name_the_command_and_it_names_them(folder, refused):
    assert "Read it with `geosec counts FILE`" in refused("map", "counts.csv")
    acled = "event_id_cnty,event_date,time_precision,location\nPAK1,2024-01-02,1,Mach\n"
    (folder / "acled.csv").write_text(acled, encoding="utf-8")
    assert "Read it with `geosec run FILE`" in refused("counts", "acled.csv")


def test_a_table_without_a_count_that_can_be_used_ends_with_1(folder, capsys):
    (folder / "bad.csv").write_text("district,month,events\nKech,2024-01,many\n", encoding="utf-8")
    assert main(["counts", "bad.csv"]) == 1
    assert "no count was read from bad.csv" in capsys.readouterr().err
