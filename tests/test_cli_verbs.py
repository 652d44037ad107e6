"""Every verb of the command line explains itself, and what is wrong is told with the usage."""

from __future__ import annotations

import pytest

import geosec
from geosec.cli.commands import main


def test_data_list_tells_every_layer_with_its_licence(capsys):
    assert main(["data", "list"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in geosec.list_layers().index)
    assert "ODbL-1.0" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["geocode"], "Missing argument"),
        (["parse", "report.txt"], "--published"),
        (["run", "mine.csv"], "--out"),
        (["run", "mine.csv", "--out", "a", "--draw", "1"], "--draws"),
        (["nearest", "mine.csv", "--k", "three"], "--k"),
        (["map", "mine.csv", "--columns", "Ort"], "THEIRS=OURS"),
        (["release", "mine.csv", "--out", "a.csv"], "--audience"),
        (["map", "mine.csv", "--day-first", "--month-first"], "say the contrary"),
        (["data", "list", "everything"], "unexpected extra argument"),
    ],
)
def test_words_that_are_missing_or_wrong_are_told_with_the_usage(words, told, capsys):
    assert main(words) == 2
    error = capsys.readouterr().err
    assert error.startswith("Usage: geosec")
    assert told in error


@pytest.mark.parametrize("words", [[], ["data"]])
def test_no_command_is_answered_with_the_help(words, capsys):
    assert main(words) == 2
    told = capsys.readouterr()
    assert "Commands:" in told.out + told.err


VERBS = [
    "demo",
    "run",
    "geocode",
    "parse",
    "evaluate",
    "columns",
    "counts",
    "nearest",
    "map",
    "release",
    "report",
    "describe",
    "data list",
]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example_and_its_exit_codes(verb, capsys):
    assert main([*verb.split(), "--help"]) == 0
    told = capsys.readouterr().out
    assert f"Usage: geosec {verb}" in told
    assert f"Example: geosec {verb}" in told
    assert "Exit codes: 0 done; 1 nothing was read" in told
    assert "\x1b" not in told


def test_the_version_is_told(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"geosec {geosec.__version__}\n"
