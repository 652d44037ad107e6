"""The page about the shell: its examples print what stands below them; no command is missing."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from geosec.cli.app import app
from geosec.cli.commands import main

PAGE = (Path(__file__).parents[2] / "docs" / "shell.md").read_text(encoding="utf-8")
FILES = re.findall(r"`(\S+)`:\n\n```text\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = re.findall(r"```sh\ngeosec (.*?)\n```\n\n```\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("words", "printed"), EXAMPLES)
def test_an_example_prints_what_stands_below_it(folder, capsys, words, printed):
    for name, text in FILES:
        (folder / name).write_text(text, encoding="utf-8")
    assert main(shlex.split(words)) == 0
    told = capsys.readouterr()
    assert told.err + told.out == printed


def test_every_command_stands_in_the_table():
    rows = set(re.findall(r"^\| `([a-z]+)(?: list)?` \|", PAGE, re.MULTILINE))
    assert rows == set(typer.main.get_command(app).commands)
