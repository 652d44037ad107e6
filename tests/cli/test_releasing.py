"""`geosec release`: the secret comes from a file or the environment, and is never printed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import geosec
from geosec.cli.commands import main

SECRET = "a secret of the tests, 2026"  # noqa: S105 - of the tests
PLACES = ("Mach", "Sibi", "Quetta", "Dhadar", "near Mach", "Ab-i-Gum")
ROWS = "".join(f"2025-03-{day + 1:02d},{place},Balochistan\n" for day, place in enumerate(PLACES))


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GEOSEC_SECRET", raising=False)
    (tmp_path / "mine.csv").write_text("date,location,admin1\n" + ROWS, "utf-8")
    (tmp_path / "secret.txt").write_text(f"{SECRET}\n", "utf-8")
    (tmp_path / "key.bin").write_bytes(b"\xff\xfe\x00" + bytes(range(20)))
    return "mine.csv"


def test_incidents_are_released_with_a_secret_from_a_file(source, capsys):
    words = ["--audience", "public", "--secret-file", "secret.txt", "--k", "3"]
    assert main(["release", source, *words, "--out", "out.csv"]) == 0
    told = capsys.readouterr()
    assert "Released to the public: places by district, 3 incidents or more" in told.out
    assert "6 incidents written to out.csv" in told.out
    assert SECRET not in told.out + told.err
    assert "location" not in pd.read_csv("out.csv")
    assert geosec.describe_file("out.csv")["release"]["audience"] == "public"


def test_the_environment_may_hold_it(source, monkeypatch):
    monkeypatch.setenv("GEOSEC_SECRET", SECRET)
    words = ["--audience", "partner", "--delay-days", "30", "--keep", "target"]
    assert main(["release", source, *words, "--out", "out.geojson"]) == 0
    assert geosec.describe_file("out.geojson")["release"]["donut_m"] == [2_000, 10_000]


def test_a_secret_is_the_same_from_wherever_it_comes(source, monkeypatch):
    Path("secret.txt").write_text(f"{SECRET}\r\n", "utf-8-sig")
    monkeypatch.setenv("GEOSEC_SECRET", f"{SECRET}\n")
    words = ["release", source, "--audience", "partner", "--out"]
    assert main([*words, "one.csv", "--secret-file", "secret.txt"]) == 0
    assert main([*words, "two.csv"]) == 0
    assert Path("one.csv").read_bytes() == Path("two.csv").read_bytes()


def test_internal_tables_need_none(source):
    assert main(["release", source, "--audience", "internal", "--out", "out.csv"]) == 0
    assert pd.read_csv("out.csv")["location"].tolist() == list(PLACES)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--audience", "public"], "name a file that holds it with --secret-file"),
        (["--audience", "publik"], "did you mean 'public'?"),
        (["--audience", "public", "--secret-file", "no.txt"], "no.txt cannot be read"),
        (["--audience", "public", "--secret-file", "key.bin"], "key.bin is no text in UTF-8"),
        (["--audience", "public", "--secret-file", "secret.txt", "--k", "9"], "fewer than k = 9"),
        (["--audience", "partner", "--secret-file", "secret.txt", "--unit", "adm1"], "--unit"),
    ],
)
def test_what_cannot_be_used_is_told(source, words, told, capsys):
    assert main(["release", source, *words, "--out", "out.csv"]) == 1
    said = capsys.readouterr().err.replace("\n", " ")
    assert told in said
    assert SECRET not in said
