"""`geosec geocode` and `geosec parse`: what they print, write and refuse."""

from __future__ import annotations

import io
import sys

import pandas as pd
import pytest

from geosec.cli.commands import main

BLAST = "A blast in Mach killed two on Tuesday."


def written(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path.name


def test_geocode_prints_place_radius_and_reason(capsys):
    assert main(["geocode", "Zzyzx Chowk, Quetta", "Jaffar Express"]) == 0
    told = capsys.readouterr().out
    assert "95 % within" in told
    assert "'Zzyzx Chowk' not in the gazetteer" in told
    assert "names a train" in told


def test_geocode_prints_each_phrase_with_place_and_radius(capsys):
    assert main(["geocode", "Kalat town", "12 km south of Sibi", "--admin1", "Balochistan"]) == 0
    told = capsys.readouterr().out
    assert told.count("phrase: ") == told.count("95 % within ") == 2
    assert "29.0266 N 66.5936 E" in told  # GeoNames 1175296
    assert "matched by offset" in told


def test_geocode_says_of_what_it_cannot_place_why(capsys):
    assert main(["geocode", "Zahedan, Iran", ""]) == 0
    told = capsys.readouterr().out
    assert "outside" in told
    assert "Iran" in told
    assert "no location phrase" in told
    assert " N " not in told


def test_geocode_takes_urdu(capsys):
    assert main(["geocode", "کوئٹہ"]) == 0
    assert "Quetta (gn:1167528)" in capsys.readouterr().out


def test_parse_prints_events_and_places_and_writes_the_events(folder, capsys):
    name = written(folder / "report.txt", BLAST)
    assert main(["parse", name, "--published", "2025-03-12", "--out", "events.csv"]) == 0
    told = capsys.readouterr().out
    assert "2025-03-11  Explosions/Remote violence       2     -  Mach" in told
    assert told.endswith("written to events.csv\n")
    events = pd.read_csv(folder / "events.csv")
    assert events[["date", "fatalities"]].to_numpy().tolist() == [["2025-03-11", 2]]


def test_parse_explains_a_report_where_asked_to(folder, capsys):
    name = written(folder / "report.txt", BLAST)
    wanted = ["parse", name, "--published", "2025-03-12", "--explain", "--out", "events.csv"]
    assert main(wanted) == 0
    told = capsys.readouterr().out
    assert "1  A blast in [Mach]1 killed two on Tuesday." in told
    assert '  dead   2, line 1: "killed two"' in told
    assert told.endswith("written to events.csv\n")


def test_parse_tells_an_event_whose_date_is_no_day(folder, capsys):
    name = written(folder / "report.txt", "A blast in Mach killed two on 31 February.")
    assert main(["parse", name, "--published", "2025-03-12"]) == 0
    assert "no day  Explosions/Remote violence" in capsys.readouterr().out


def test_parse_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO(BLAST))
    assert main(["parse", "-", "--published", "2025-03-12"]) == 0
    assert "    2     -  Mach" in capsys.readouterr().out


def test_parse_refuses_standard_input_that_is_not_utf_8(monkeypatch, refused):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"M\xe4ch"), encoding="ascii"))
    assert "standard input is not text in UTF-8" in refused("parse", "-", "--published", "2025")


def test_urdu_is_escaped_for_a_terminal_in_ascii(monkeypatch):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(["geocode", "کوئٹہ"]) == 0
    terminal.flush()
    told = terminal.buffer.getvalue()
    assert told.startswith(b"phrase: \\u06a9")
    assert b"Quetta" in told


def test_parse_of_an_empty_report_tells_no_event_and_no_place(folder, capsys):
    assert main(["parse", written(folder / "empty.txt", ""), "--published", "2025-03-12"]) == 1
    told = capsys.readouterr()
    assert told.out.count("none") == 2
    assert told.err == "geosec: the report is empty.\n"


@pytest.mark.parametrize(
    ("content", "published", "told"),
    [
        (BLAST, "yesterday", "YYYY-MM-DD, and was given 'yesterday'"),
        (BLAST, "12/03/2025", "YYYY-MM-DD, and was given '12/03/2025'"),
        (BLAST, "2025-02-30", "which is no day of the calendar"),
        (b"M\xe4ch", "2025-03-12", "is not text in UTF-8"),
        (b"\xff\xfeM\x00", "2025-03-12", "is not text in UTF-8"),
    ],
)
def test_parse_refuses_what_is_no_day_or_no_text(folder, refused, content, published, told):
    name = written(folder / "report.txt", content)
    assert told in refused("parse", name, "--published", published)


def test_parse_names_a_file_that_is_not_there(refused):
    assert "report.txt" in refused("parse", "report.txt", "--published", "2025-03-12")
