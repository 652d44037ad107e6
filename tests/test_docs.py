"""Every example of the README and the docs runs, every link and path leads somewhere."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import geosec

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "boundaries/README.md"]
EXAMPLES = [
    pytest.param(code, printed, id=f"{page.name}-{number}")
    for page in PAGES
    for number, (code, printed) in enumerate(
        re.findall(r"```python\n(.*?)```(?:\n\n```\n(.*?)```)?", page.read_text("utf-8"), re.DOTALL)
    )
]


@pytest.mark.parametrize(("code", "printed"), EXAMPLES)
def test_an_example_runs_and_prints_what_stands_below_it(
    code, printed, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "example", "exec"), {})  # noqa: S102 - our own examples
    told = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert not printed or told == printed.splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_every_path_of_the_project_is_there(page):
    """A path is written `folder/file`, with stars for many."""
    text = page.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:geosec|tests|docs|boundaries|examples|\.ci)/[^\s`]*)`", text)
    assert [path for path in paths if not any(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_every_dotted_name_is_there(page):
    text = page.read_text(encoding="utf-8")
    for name in set(re.findall(r"`(geosec(?:\.[A-Za-z_]\w*)+)(?:\(.*?\))?`", text)):
        assert resolve(name) is not None, name


def resolve(name):
    """Import the longest module of a dotted name, and ask it for the rest."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[cut:]:
            found = getattr(found, attribute)
        return found
    return None


def test_every_public_name_stands_in_the_table_of_rooms():
    rows = [
        line for line in (ROOT / "docs/index.md").read_text("utf-8").splitlines() if "|" in line
    ]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[3])}
    assert named == {*geosec.__all__, "geosec"}
