"""The words that each command takes, and what they are when they are not said."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner

from geosec.cli import app as commands
from geosec.cli.map_options import Drawing
from geosec.cli.options import (
    Ground,
    Hints,
    Measure,
    Reading,
    Sampling,
    read_columns,
    spread_groups,
)
from geosec.cli.telling import tell_on_lines


@pytest.fixture
def said(monkeypatch):
    """Run words; give what the command would have been done with."""
    given = {}

    class Module(SimpleNamespace):
        def __getattr__(self, name):
            return lambda *words, **named: given.update({"verb": name, "words": words, **named})

    monkeypatch.setattr(
        commands, "_load", lambda name: Module(tell_on_lines=tell_on_lines, __name__=name)
    )

    def run(*words):
        done = CliRunner().invoke(commands.app, words, prog_name="geosec")
        assert done.exit_code == 0, done.output
        return given

    return run


def test_what_is_not_said_has_its_usual_value(said):
    assert said("demo")["words"] == (Path("geosec-demo"), Sampling(draws=199, seed=0))
    near = said("nearest", "mine.csv")
    assert near["words"] == ("mine.csv", Measure(to="stations", k=3), Sampling())
    assert (near["ground"], near["out"]) == (Ground(), None)
    draw = said("map", "mine.csv")
    assert draw["words"] == ("mine.csv", Reading(), Drawing(title="Reported incidents"))
    assert (draw["out"], draw["ground"]) == (Path("map.html"), Ground())


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        (["--day-first"], Reading(day_first=True)),
        (["--month-first"], Reading(day_first=False)),
        (["--sheet", "new", "--encoding", "cp1252"], Reading(sheet="new", encoding="cp1252")),
        (
            ["--columns", "Ort=location", "--columns", "Tag=date"],
            Reading(columns=["Ort=location", "Tag=date"]),
        ),
        (["--rejected", "left.csv"], Reading(rejected=Path("left.csv"))),
    ],
)
@pytest.mark.parametrize("verb", [["run", "--out", "out"], ["nearest"], ["map"]])
def test_every_verb_reads_a_file_by_the_same_options(said, verb, words, reading):
    given = said(*verb, "mine.csv", *words)
    assert reading in (*given["words"], given.get("reading"))


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (["run", "a.csv", "--out", "b", "--on", "incident"], {"ground": Ground(on="incident")}),
        (["run", "a.csv", "--out", "b", "--title", "July"], {"title": "July"}),
        (["geocode", "Sibi", "Mach"], {"words": (["Sibi", "Mach"], Hints(), None)}),
        (["parse", "-", "--published", "2025-03-12"], {"explain": False, "encoding": "utf-8"}),
        (["evaluate", "g.csv", "--fit"], {"fit": True, "diagram": None}),
        (["data", "list"], {"verb": "list_data"}),
    ],
)
def test_what_is_said_is_taken(said, words, given):
    assert given.items() <= said(*words).items()


def test_the_help_of_nearest_names_every_layer():
    told = CliRunner().invoke(commands.app, ["nearest", "--help"]).output
    assert all(name in told for name in ("stations", "lines", "districts"))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (None, {}),
        (["Ort=location", "a=b=date"], {"Ort": "location", "a=b": "date"}),
        (["Ort=location", "Ort=location"], {"Ort": "location"}),
    ],
)
def test_columns_are_read_at_their_last_sign(words, names):
    assert read_columns(words) == names


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Ort"], "is not THEIRS=OURS"),
        (["=date"], "is not THEIRS=OURS"),
        (["Ort="], "is not THEIRS=OURS"),
        (["Ort=date", "Ort=location"], "said to be 'date' and 'location'"),
    ],
)
def test_columns_that_say_nothing_are_refused(words, told):
    with pytest.raises(typer.BadParameter, match=told):
        read_columns(words)


def test_a_group_of_options_is_given_as_one():
    def take(sampling: Sampling, name: str = "") -> None:
        assert (sampling, name) == (Sampling(draws=9, seed=0), "x")

    spread_groups(take)(draws=9, seed=0, name="x")
