"""The command line: its data, and what it cannot use."""

from __future__ import annotations

import pytest

from geosec.cli.commands import main


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
    assert main(words) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_words_that_are_no_command_are_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["frobnicate"])
    assert "invalid choice" in capsys.readouterr().err
