"""`geosec evaluate`: what it prints, writes and refuses."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from geosec.cli.commands import main

GOLD = """phrase,context_admin1,lat,lon,tolerance_km,kind
Kalat town,Balochistan,29.02663,66.59361,5,town
12 km south of Sibi,,29.43466,67.87726,5,offset
Quetta,Balochistan,0.0,0.0,5,moved
Jaffar Express,,,,5,train
"""


def written(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path.name


BLAST = "A blast in Mach killed two on Tuesday."


REPORT = {
    "id": "a",
    "text": BLAST,
    "published": "2025-03-12",
    "places": [{"start": 11, "end": 15, "lat": 29.86, "lon": 67.33}],
    "events": [],
}


def test_evaluate_tells_shares_and_every_miss_and_writes_both_files(folder, capsys):
    name = written(folder / "gold.csv", GOLD)
    assert main(["evaluate", name, "--out", "scored.csv", "--diagram", "reliability.svg"]) == 0
    told = capsys.readouterr().out
    assert "missed: 1" in told  # Quetta does not lie in the Gulf of Guinea
    assert "\nmoved  Quetta  " in told
    assert "written to reliability.svg" in told
    assert "written to scored.csv" in told
    assert (folder / "reliability.svg").read_text(encoding="utf-8").startswith("<svg ")
    scored = pd.read_csv(folder / "scored.csv")
    assert scored["right"].tolist() == [True, True, False, True]


def test_evaluate_reads_reports_by_their_ending(folder, capsys):
    name = written(folder / "gold.jsonl", json.dumps(REPORT) + "\n\n")
    assert main(["evaluate", name, "--out", "scored.csv"]) == 0
    assert "mention F1        1.000  1 known, 1 told, 1 the same" in capsys.readouterr().out
    assert pd.read_csv(folder / "scored.csv")["mentions_found"].tolist() == [1]


def test_evaluate_tells_reports_by_a_field(folder, capsys):
    name = written(folder / "gold.jsonl", json.dumps(REPORT | {"kind": ["no_event"]}))
    assert main(["evaluate", name, "--by", "kind"]) == 0
    told = capsys.readouterr().out.splitlines()
    head = next(line for line in told if line.startswith("kind "))
    assert head.split() == [
        "kind",
        "reports",
        "known",
        "told",
        "found",
        "F1",
        "dates",
        "types",
        "tolls",
        "spurious",
    ]
    assert told[told.index(head) + 1].split() == [
        "no_event",
        "1",
        "0",
        "1",
        "0",
        "0.000",
        "0",
        "0",
        "0",
        "1",
    ]
    assert told[-1] == "100.0 spurious events in 100 reports"


def test_evaluate_refuses_a_field_that_is_not_there(folder, refused):
    reports = written(folder / "gold.jsonl", json.dumps(REPORT))
    assert "no report has the field 'kind'" in refused("evaluate", reports, "--by", "kind")
    phrases = written(folder / "gold.csv", GOLD)
    assert "--by is for news reports" in refused("evaluate", phrases, "--by", "kind")
    assert "--fit is for phrases" in refused("evaluate", reports, "--fit")


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
