"""The page for maintainers says what the code says: its rooms, and the tags of its grammar.

A table that differs is written anew by `python -m tests.test_maintainers_page`.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from geosec.language.tags import ALL
from tests.test_import_order import ROOMS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/maintainers.md"
PACKAGE = ROOT / "geosec"


def first_line(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text, f"{path} says nothing of itself"
    return text.splitlines()[0]


def list_rooms() -> list[str]:
    """Give a row for each room that stands, in the order of the imports, and for rooms in it."""
    rows = ["| room | what it holds |", "|---|---|"]
    for room in (name for name in ROOMS if not name.startswith("__")):
        module, folder = PACKAGE / f"{room}.py", PACKAGE / room
        if module.is_file():
            rows.append(f"| `{room}.py` | {first_line(module)} |")
        if folder.is_dir():
            rows.append(f"| `{room}/` | {first_line(folder / '__init__.py')} |")
            inner = sorted(path.parent for path in folder.rglob("*/__init__.py"))
            rows += [
                f"| `{path.relative_to(PACKAGE)}/` | {first_line(path / '__init__.py')} |"
                for path in inner
            ]
    return rows


def list_tags() -> list[str]:
    rows = ["| letter | tag | kind | what it is |", "|---|---|---|---|"]
    rows += [f"| `{tag}` | `{tag.name}` | {tag.kind} | {tag.says} |" for tag in ALL]
    return rows


TABLES = {"rooms": list_rooms, "tags": list_tags}


def split_at_table(name: str, page: str) -> tuple[str, str, str]:
    """Split a page into what stands before a table, the table, and what stands behind it."""
    before, start, rest = page.partition(f"<!-- {name} -->\n\n")
    table, end, behind = rest.partition("\n\n<!-- end -->")
    assert start, f"the page has no table of {name}"
    return before + start, table, end + behind


@pytest.mark.parametrize("name", TABLES)
def test_the_page_holds_the_table_that_the_code_gives(name):
    _, table, _ = split_at_table(name, PAGE.read_text("utf-8"))
    assert table.splitlines() == TABLES[name]()


def test_every_room_of_the_package_is_named_once_and_nothing_else():
    named = re.findall(r"^\| `(\w+)(?:/|\.py)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    there = {path.stem for path in PACKAGE.iterdir() if not path.name.startswith(("__", "."))}
    assert sorted(named) == sorted(there - {"py"})


def test_the_table_of_tags_has_every_letter_and_name_once():
    cells = [row.split(" | ") for row in list_tags()[2:]]
    for column in (0, 1):
        assert len({row[column] for row in cells}) == len(cells) == len(ALL)


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    for key, write in TABLES.items():
        before, _, behind = split_at_table(key, text)
        text = before + "\n".join(write()) + behind
    PAGE.write_text(text, encoding="utf-8")
