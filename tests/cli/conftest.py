"""Every command starts in an empty folder, as a user does."""

from __future__ import annotations

import pytest

from geosec.cli.commands import main


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
        assert main(words) == 1
        *_, error = capsys.readouterr().err.splitlines()
        assert error.startswith("geosec: ")
        return error

    return run
