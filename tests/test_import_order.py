"""The rooms stand in one order, without circles, and stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

import geosec

PACKAGE = Path(__file__).parents[1] / "geosec"
ROOMS = (
    *(
        "errors",
        "shared",
        "arguments",
        "crs",
        "match_rules",
        "schema",
        "footprint_texts",
        "located",
    ),
    *("geodesy", "data", "storage"),
    *(
        "reference",
        "numerals",
        "language",
        "railway",
        "packs",
        "uncertainty",
        "incidents",
        "geocoding",
        "news",
    ),
    *("assignment", "analysis", "disclosure", "exports", "maps", "report", "evaluation"),
    *("scaling", "cli"),
    *("__init__", "__main__"),
)
MODULES = sorted(PACKAGE.rglob("*.py"))
FILES = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in MODULES}
LINES = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
MOST_LINES, MOST_MEDIAN, MOST_SHARE = 400, 180, 0.25


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules_imported(path: Path) -> set[Path]:
    """List the modules of geosec that one imports, be it inside functions or for its types."""
    names: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    ends = {end for name in names for end in (name, f"{name}.__init__")}
    return {FILES[end] for end in ends & FILES.keys()} - {path}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_rooms_above_it(path):
    room = room_of(path)
    rooms = {room_of(other) for other in modules_imported(path)}
    below = {name for name in rooms if ROOMS.index(name) > ROOMS.index(room)}
    assert not below, f"{path.name} in {room} imports from {sorted(below)}"


def test_no_module_imports_itself_by_others():
    graph = {path: modules_imported(path) for path in MODULES}
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_a_circle_would_be_found():
    one, two = MODULES[:2]
    with pytest.raises(ValueError, match="cycle"):
        list(TopologicalSorter({one: {two}, two: {one}}).static_order())


def test_no_room_holds_more_than_a_quarter_of_the_lines():
    lines = Counter()
    for path in MODULES:
        lines[room_of(path)] += LINES[path]
    room, most = lines.most_common(1)[0]
    assert most <= MOST_SHARE * lines.total(), f"{room} has {most} of {lines.total()} lines"


def test_modules_are_short():
    long = {path.name: lines for path, lines in LINES.items() if lines > MOST_LINES}
    assert not long
    assert median(lines for lines in LINES.values() if lines > 1) <= MOST_MEDIAN


def test_import_touches_neither_network_nor_reference_data():
    code = (
        "import sys\n"
        "seen = []\n"
        "sys.addaudithook(lambda event, args: seen.append(f'{event} {args[0]}')"
        " if event in {'open', 'socket.connect'} else None)\n"
        "import geosec\n"
        "[getattr(geosec, name) for name in geosec.__all__]\n"
        "bad = [what for what in seen"
        " if what.endswith(('.csv', '.geojson', '.toml')) or what.startswith('socket')]\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_package_keeps_its_name_apart_from_its_functions():
    """No public function bears its module's name, so that no import hides a module."""
    modules = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}
    assert not modules & set(geosec.__all__)


@pytest.mark.parametrize(
    "library", ["folium", "matplotlib", "numba", "openpyxl", "psycopg", "pyogrio"]
)
def test_the_verbs_leave_to_the_first_use_what_few_need(library):
    code = (
        "import sys, geosec\n"
        "[getattr(geosec, name) for name in geosec.__all__ if not name.endswith('_map')]\n"
        f"assert {library!r} not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("library", ["pandas", "geopandas", "shapely", "typer", "rich"])
def test_import_alone_waits_for_nothing(library):
    code = f"import sys, geosec\nassert {library!r} not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
