"""`geosec describe`, and what a run says of itself."""

from __future__ import annotations

import json

import pytest

import geosec
from geosec.cli import run
from geosec.cli.commands import main


@pytest.fixture
def done(folder):
    assert main(["run", "mine.csv", "--out", "out", "--draws", "9", "--seed", "5"]) == 0
    return folder / "out"


def test_a_run_tells_what_it_read_and_did_and_that_it_is_whole(done, capsys):
    told = geosec.describe_file(done)
    assert told["state"] == "as written"
    assert told["input"]["file"] == "mine.csv"
    assert (told["rows"], told["rejected"]) == (2, 1)
    assert told["files"].keys() == {each.name for each in done.iterdir()} - {"manifest.json"}
    capsys.readouterr()
    assert main(["describe", "out"]) == 0
    page = capsys.readouterr().out
    for words in ("2 rows", "state: as written", "draws 9, seed 5", "adm2 ", "map.html"):
        assert words in page


def test_a_file_of_a_run_tells_it_too(done, capsys):
    assert main(["describe", str(done / "incidents.parquet")]) == 0
    assert "locate_on_rail" in capsys.readouterr().out


def test_what_was_changed_ends_with_1(done, refused):
    (done / "rejected.csv").write_text("x", encoding="utf-8")
    assert refused("describe", "out").endswith("rejected.csv is changed.")


@pytest.mark.usefixtures("done")
def test_a_run_that_is_stopped_leaves_a_folder_that_says_so(monkeypatch, refused):
    def stop(*_, **__):
        msg = "stopped"
        raise RuntimeError(msg)

    monkeypatch.setattr(run, "save_map", stop)
    with pytest.raises(RuntimeError, match="stopped"):
        main(["run", "mine.csv", "--out", "out", "--draws", "9"])
    assert "out has no manifest.json" in refused("describe", "out")


def test_a_run_on_what_cannot_be_read_leaves_an_earlier_one_whole(done, refused):
    refused("run", "nowhere.csv", "--out", "out")
    assert geosec.describe_file(done)["state"] == "as written"


def test_what_a_manifest_says_is_fit_for_a_terminal(done, capsys):
    path = done / "manifest.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    hostile = {"\x1b[31mverb": {"layers": ["\x1b]0;x\x07"], "draws": [1, {"a": None}]}, "x": 7}
    path.write_text(
        json.dumps({**told, "source_credit": "\x1b[2J\nACLED", "steps": hostile, "layers": 7}),
        encoding="utf-8",
    )
    assert main(["describe", "out"]) == 0
    page = capsys.readouterr().out
    assert "\x1b" not in page
    assert "credit: ?[2J ACLED" in page


def test_no_command_prints_the_password_of_a_database(refused, capsys):
    place = "postgresql://user:s3cr3t@127.0.0.1:1/base/table"
    for words in (
        ("run", place, "--out", "x"),
        ("map", place),
        ("nearest", place),
        ("describe", place),
        ("geocode", "Sibi", "--out", place),
        ("run", "mine.csv", "--out", "x", "--rejected", place),
    ):
        error = refused(*words)
        assert "s3cr3t" not in error + capsys.readouterr().out
