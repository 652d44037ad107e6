"""The command line: its data, and what it cannot use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import geosec
from geosec.cli.commands import main

HOME = Path(geosec.__file__).parents[1]


def test_data_list_names_every_layer(capsys):
    assert main(["data", "list"]) == 0
    assert "rail_stations" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "nothing.csv", "--out", "out"], "there is no file nothing.csv"),
        (["run", "table.pdf", "--out", "out"], "ends in '.pdf'"),
        (["nearest", "x.csv", "--to", "station"], "did you mean 'stations'"),
    ],
)
def test_what_cannot_be_used_is_told_on_one_line(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 1
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_a_warning_is_a_line_for_a_reader(capsys):
    assert main(["geocode", "Quetta", "--admin1", "Foo"]) == 0
    error = capsys.readouterr().err
    assert error.startswith("geosec: of 1 rows, some give what is not known")
    assert error.count("\n") == 1
    assert ".py" not in error


def test_a_reader_who_has_enough_is_left_alone():
    words = [sys.executable, "-m", "geosec", "data", "list"]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, cwd=HOME) as command:
        command.stdout.close()
        assert command.stderr.read() == b""
        assert command.wait() == 0


@pytest.mark.parametrize("words", [["--help"], ["geocode", "Sibi"], ["geocode", "--nothing"]])
def test_neither_help_nor_answers_nor_errors_need_a_reader(words):
    pipe = subprocess.PIPE
    command = subprocess.Popen(
        [sys.executable, "-m", "geosec", *words], stdout=pipe, stderr=subprocess.STDOUT, cwd=HOME
    )
    with command:
        command.stdout.close()
        assert command.wait() == (2 if "--nothing" in words else 0)


def test_a_run_goes_on_where_nobody_reads_what_it_prints(folder):
    words = [sys.executable, "-m", "geosec", "run", folder / "mine.csv", "--out", folder / "out"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=HOME) as command:
        command.stdout.close()
        assert command.wait() == 0
    assert (folder / "out" / "map.html").exists()


def test_a_phrase_of_bytes_that_are_no_text_is_answered(capsys):
    assert main(["geocode", "near \udcff Sibi"]) == 0
    assert "half a character" in capsys.readouterr().out
