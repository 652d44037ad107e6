"""The words that the command line takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from geosec.cli.parser import build_parser


def test_what_is_not_said_has_its_usual_value():
    demo = build_parser().parse_args(["demo"])
    assert (demo.command, demo.out, demo.draws, demo.seed) == ("demo", Path("geosec-demo"), 199, 0)
    near = build_parser().parse_args(["nearest", "mine.csv"])
    assert (near.to, near.k, near.out, near.draws) == ("stations", 3, None, 199)
    draw = build_parser().parse_args(["map", "mine.csv"])
    assert (draw.out, draw.online, draw.on) == (Path("map.html"), False, None)


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["run", "a.csv", "--out", "b", "--seed", "7"], {"file": Path("a.csv"), "seed": 7}),
        (["run", "a.csv", "--out", "b", "--on", "incident"], {"on": "incident"}),
        (["run", "a.csv", "--out", "b", "--day-first"], {"day_first": True, "sheet": None}),
        (["map", "a.csv", "--month-first"], {"day_first": False, "encoding": "utf-8"}),
        (["nearest", "a.xlsx", "--sheet", "b"], {"day_first": None, "sheet": "b"}),
        (["geocode", "Sibi", "Mach"], {"phrase": ["Sibi", "Mach"], "admin1": None}),
        (["parse", "-", "--published", "2025-03-12"], {"file": Path("-"), "out": None}),
        (["evaluate", "g.csv", "--fit"], {"fit": True, "diagram": None}),
        (["data", "list"], {"command": "data"}),
    ],
)
def test_what_is_said_is_taken(words, options):
    found = vars(build_parser().parse_args(words))
    assert {name: found[name] for name in options} == options


@pytest.mark.parametrize("name", ["stations", "lines", "districts"])
def test_the_help_of_nearest_names_every_layer(name, capsys):
    with pytest.raises(SystemExit, match="0"):
        build_parser().parse_args(["nearest", "--help"])
    assert name in capsys.readouterr().out
