"""Every verb of the command line, run in this process: what it prints, writes and refuses."""

from __future__ import annotations

import io
import json
import sys

import pandas as pd
import pytest

import geosec
from geosec.cli.commands import main

GOLD = """phrase,context_admin1,lat,lon,tolerance_km,kind
Kalat town,Balochistan,29.02663,66.59361,5,town
12 km south of Sibi,,29.43466,67.87726,5,offset
Quetta,Balochistan,0.0,0.0,5,moved
Jaffar Express,,,,5,train
"""
BLAST = "A blast in Mach killed two on Tuesday."
REPORT = {
    "id": "a",
    "text": BLAST,
    "published": "2025-03-12",
    "places": [{"start": 11, "end": 15, "lat": 29.86, "lon": 67.33}],
    "events": [],
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Start every verb in an empty folder, as a user does, with one file of incidents."""
    monkeypatch.chdir(tmp_path)
    lines = ["date,location", "2025-03-11,Mach town", "2025-02-30,Sibi", "2025,Xanadu"]
    (tmp_path / "mine.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def refused(capsys):
    """Run words that cannot be carried out; give the one line they are answered with."""

    def run(*words):
        assert main(words) == 2
        error = capsys.readouterr().err
        assert error.startswith("geosec: ")
        assert error.count("\n") == 1
        return error

    return run


def written(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path.name


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
    assert "2025-03-11  Explosions/Remote violence   2 killed  Mach" in told
    assert told.endswith("written to events.csv\n")
    events = pd.read_csv(folder / "events.csv")
    assert events[["date", "fatalities"]].to_numpy().tolist() == [["2025-03-11", 2]]


def test_parse_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO(BLAST))
    assert main(["parse", "-", "--published", "2025-03-12"]) == 0
    assert "2 killed  Mach" in capsys.readouterr().out


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


def test_a_map_is_not_written_over_the_folder_named(folder, refused):
    name = written(folder / "one.csv", "date,location\n2025-03-11,Mach town\n")
    assert ": . is a folder, where a file is to be written" in refused("map", name, "--out", ".")


def test_escapes_in_what_is_left_out_and_in_identifiers_are_not_obeyed(folder, capsys):
    lines = ["incident_id,date,location", "\x1b[2J,2025,Sibi", "b,2025,Sibi,\x1b[2J"]
    name = written(folder / "bad.csv", "\n".join(lines) + "\n")
    assert main(["nearest", name, "--k", "1", "--draws", "9"]) == 0
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert "?[2J" in told.out


def test_parse_of_an_empty_report_tells_no_event_and_no_place(folder, capsys):
    assert main(["parse", written(folder / "empty.txt", ""), "--published", "2025-03-12"]) == 0
    assert capsys.readouterr().out.count("  none") == 2


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


def test_evaluate_tells_shares_and_every_miss_and_writes_both_files(folder, capsys):
    name = written(folder / "gold.csv", GOLD)
    assert main(["evaluate", name, "--out", "scored.csv", "--diagram", "reliability.svg"]) == 0
    told = capsys.readouterr().out
    assert "missed: 1" in told  # Quetta does not lie in the Gulf of Guinea
    assert "moved: 'Quetta'" in told
    assert "written to reliability.svg" in told
    assert "written to scored.csv" in told
    assert (folder / "reliability.svg").read_text(encoding="utf-8").startswith("<svg ")
    scored = pd.read_csv(folder / "scored.csv")
    assert scored["right"].tolist() == [True, True, False, True]


def test_evaluate_reads_reports_by_their_ending(folder, capsys):
    name = written(folder / "gold.jsonl", json.dumps(REPORT) + "\n\n")
    assert main(["evaluate", name, "--out", "scored.csv"]) == 0
    assert "mention F1          1.000   1 known, 1 told, 1 the same" in capsys.readouterr().out
    assert pd.read_csv(folder / "scored.csv")["mentions_found"].tolist() == [1]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("gold.csv", "phrase,lat\nSibi,29.5\n", "needs the columns 'lon', 'tolerance_km', 'kind'"),
        ("gold.csv", GOLD.replace("66.59361", "east"), "cannot be read as phrases"),
        ("gold.csv", "", "cannot be read as phrases"),
        ("gold.csv", b"phrase,lat\nM\xe4ch,1\n", "cannot be read as phrases"),
        ("gold.jsonl", json.dumps(REPORT) + "\n{'id': 1}\n", "gold.jsonl, line 2: no JSON"),
        ("gold.jsonl", '\n{"id": "a", "text": ""}\n', "line 2: the report lacks 'published'"),
    ],
)
def test_evaluate_refuses_what_holds_no_truth(folder, refused, name, content, told):
    assert told in refused("evaluate", written(folder / name, content))


@pytest.mark.parametrize("name", ["gold.csv", "gold.jsonl"])
def test_evaluate_names_a_file_that_is_not_there(refused, name):
    assert name in refused("evaluate", name)


def test_nearest_measures_to_each_layer(capsys):
    found = {}
    for layer in ("stations", "lines", "districts"):
        assert main(["nearest", "mine.csv", "--to", layer, "--k", "1", "--draws", "9"]) == 0
        found[layer] = capsys.readouterr().out
    assert "mach" in found["stations"]
    assert "ML-3" in found["lines"]
    assert "PK-BA-kachhi" in found["districts"]


def test_nearest_tells_what_it_left_out_beside_the_table(capsys):
    assert main(["nearest", "mine.csv", "--k", "2", "--draws", "9"]) == 0
    told = capsys.readouterr()
    assert "line 3 rejected: date '2025-02-30' does not exist" in told.err
    assert len(told.out.splitlines()) == 3  # a head and two stations: Xanadu is nowhere


def test_nearest_of_no_incident_is_an_empty_table(folder, capsys):
    name = written(folder / "none.csv", "date,location\n")
    assert main(["nearest", name, "--out", "stations.csv"]) == 0
    assert capsys.readouterr().out == "written to stations.csv\n"
    assert pd.read_csv(folder / "stations.csv").empty


def test_file_names_may_be_in_any_script(folder):
    name = written(folder / "واقعات.csv", "date,location\n2025,کوئٹہ\n")
    assert main(["nearest", name, "--k", "1", "--draws", "9", "--out", "نتیجہ.csv"]) == 0
    assert pd.read_csv(folder / "نتیجہ.csv")["target_name"].tolist() == ["Quetta"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--k", "0"], "`k` must be 1 or more"),
        (["--draws", "-1"], "`draws` must be 1 or more, and is -1"),
        (["--draws", "0"], "`draws` must be 1 or more, and is 0"),
        (["--to", "bridges"], "there is no layer 'bridges' to measure to"),
    ],
)
def test_nearest_refuses_what_it_cannot_measure(folder, refused, words, told):
    name = written(folder / "one.csv", "date,location\n2025-03-11,Mach town\n")
    assert told in refused("nearest", name, *words)


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("near.pdf", "ends in '.pdf'; a table is written as .parquet"),
        ("near.geojson", "the table has no geometry"),
        ("nowhere/near.csv", "there is no folder nowhere to write near.csv in"),
    ],
)
def test_nearest_says_where_it_cannot_write(folder, refused, out, told):
    name = written(folder / "one.csv", "date,location\n2025-03-11,Mach town\n")
    assert told in refused("nearest", name, "--draws", "9", "--out", out)
    assert sorted(each.name for each in folder.iterdir()) == ["mine.csv", "one.csv"]


def test_a_map_offline_asks_for_nothing_and_online_for_leaflet(folder, capsys):
    assert main(["map", "mine.csv"]) == 0
    assert main(["map", "mine.csv", "--online", "--out", "online.html"]) == 0
    assert capsys.readouterr().out == "written to map.html\nwritten to online.html\n"
    assert "default-src 'none'" in (folder / "map.html").read_text(encoding="utf-8")
    assert 'src="https://' in (folder / "online.html").read_text(encoding="utf-8")


def test_run_of_no_incident_writes_every_file(folder, capsys):
    name = written(folder / "none.csv", "date,location\n")
    assert main(["run", name, "--out", "out/deep"]) == 0
    assert "0 incidents read, 0 rows rejected; 0 placed, 0 not" in capsys.readouterr().out
    assert len(list((folder / "out" / "deep").iterdir())) == 5


def test_run_again_on_what_it_wrote_changes_no_place(folder):
    assert main(["run", "mine.csv", "--out", "one", "--draws", "9"]) == 0
    assert main(["run", "one/incidents.parquet", "--out", "two", "--draws", "9"]) == 0
    one, two = ((folder / name / "incidents.csv").read_bytes() for name in ("one", "two"))
    assert one == two


def test_run_does_not_write_over_a_file(folder, refused):
    assert "mine.csv" in refused("run", "mine.csv", "--out", "mine.csv")
    assert (folder / "mine.csv").read_text(encoding="utf-8").startswith("date,location")


@pytest.mark.parametrize("verb", [["run", "--out", "out"], ["map"], ["nearest"]])
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", "", "is empty"),
        ("table.csv", "Ort,Tag\nMach,2025\n", "incidents need a date"),
        ("table.csv", bytes(range(64)), "binary data"),
        ("table.xlsx", "date,location\n", "cannot be read as an Excel workbook"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_every_verb(
    folder, refused, verb, name, content, told
):
    assert told in refused(*verb, written(folder / name, content))
    assert sorted(each.name for each in folder.iterdir()) == sorted(["mine.csv", name])


def test_data_list_tells_every_layer_with_its_licence(capsys):
    assert main(["data", "list"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in geosec.list_layers().index)
    assert "ODbL-1.0" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "COMMAND"),
        (["data"], "ACTION"),
        (["geocode"], "phrase"),
        (["parse", "report.txt"], "--published"),
        (["run", "mine.csv"], "--out"),
        (["nearest", "mine.csv", "--k", "three"], "invalid int value: 'three'"),
        (["data", "list", "everything"], "unrecognized arguments: everything"),
    ],
)
def test_words_that_are_missing_or_wrong_are_told_with_the_usage(words, told, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(words)
    error = capsys.readouterr().err
    assert error.startswith("usage: geosec")
    assert told in error


@pytest.mark.parametrize(
    "verb", ["demo", "run", "geocode", "parse", "evaluate", "nearest", "map", "data"]
)
def test_every_verb_explains_itself(verb, capsys):
    with pytest.raises(SystemExit, match="0"):
        main([verb, "--help"])
    assert f"usage: geosec {verb}" in capsys.readouterr().out
