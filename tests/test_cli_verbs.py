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
