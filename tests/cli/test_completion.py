"""Words that the shell completes, quickly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import geosec

HOME = Path(geosec.__file__).parents[1]
RUN = "import sys; from geosec.cli.commands import main; sys.exit(main())"


def complete(words):
    """Ask for what may stand at the end of some words, as bash does."""
    asked = {"_GEOSEC_COMPLETE": "complete_bash", "COMP_WORDS": words}
    env = os.environ | asked | {"COMP_CWORD": str(len(words.split(" ")) - 1)}
    command = [sys.executable, "-c", RUN]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=HOME, check=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("geosec ne", ["nearest"]),
        ("geosec data ", ["list"]),
        ("geosec nearest --to ", ["stations", "lines", "districts"]),
        ("geosec nearest --to st", ["stations"]),
        ("geosec columns a.csv --kind a", ["acled"]),
        ("geosec map a.csv --gaz", ["--gazetteer"]),
    ],
)
def test_commands_options_and_their_values_are_completed(words, completed):
    assert complete(words) == completed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_words_to_install_are_shown(shell):
    env = os.environ | {"_GEOSEC_COMPLETE": f"source_{shell}"}
    command = [sys.executable, "-c", RUN]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=HOME, check=True)
    assert "_GEOSEC_COMPLETE=complete_" in done.stdout


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["--version"], ["frobnicate"]])
def test_what_only_tells_of_the_words_waits_for_no_pandas(words):
    code = (
        f"import sys\nfrom geosec.cli.commands import main\nmain({words})\n"
        "assert not {'pandas', 'geopandas', 'numpy', 'rich.table'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=HOME, check=False
    )
    assert "AssertionError" not in done.stderr
    assert done.returncode == 0
