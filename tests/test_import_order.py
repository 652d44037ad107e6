"""The rooms stand in one order, and a room imports only from those above it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import geosec

PACKAGE = Path(__file__).parents[1] / "geosec"
ROOMS = (
    "errors",
    "crs",
    "match_rules",
    "schema",
    "geodesy",
    "data",
    "storage",
    "reference",
    "railway",
    "packs",
    "uncertainty",
    "incidents",
    "geocoding",
    "news",
    "assignment",
    "analysis",
    "disclosure",
    "exports",
    "maps",
    "report",
    "evaluation",
    "scaling",
    "cli",
    "__init__",
    "__main__",
)
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms_imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names += [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    own = [name.split(".") for name in names if name and name.split(".")[0] == "geosec"]
    return {parts[1] if len(parts) > 1 else "__init__" for parts in own}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_rooms_above_it(path):
    room = room_of(path)
    below = {name for name in rooms_imported(path) if ROOMS.index(name) > ROOMS.index(room)}
    assert not below, f"{path.name} in {room} imports from {sorted(below)}"


def test_import_touches_neither_network_nor_reference_data():
    code = (
        "import sys, builtins, socket\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0]))"
        " if event == 'open' else None)\n"
        "sys.addaudithook(lambda event, args: opened.append(event)"
        " if event.startswith('socket.connect') else None)\n"
        "import geosec\n"
        "bad = [name for name in opened if name.endswith(('.csv', '.geojson', '.toml'))"
        " or name.startswith('socket')]\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_package_keeps_its_name_apart_from_its_functions():
    """No public function bears its module's name, so that no import hides a module."""
    modules = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}
    assert not modules & set(geosec.__all__)


@pytest.mark.parametrize("library", ["folium", "numba", "openpyxl", "pyogrio"])
def test_import_leaves_to_the_first_use_what_few_need(library):
    code = f"import sys, geosec\nassert {library!r} not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
