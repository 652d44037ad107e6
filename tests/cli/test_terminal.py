"""The shell in a terminal: laid out by rich, as wide as it is, and never obeyed."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

import geosec

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")
HOME = Path(geosec.__file__).parents[1]
STYLES = re.compile(r"\x1b\[[\d;]*m")
HOSTILE = "\x1b]0;title\x07 \x1b[2J [red]x[/red] [link=http://x]y[/link] \u202egnp.exe"


@pytest.fixture
def terminal(folder):
    """Run words in a terminal of a width; give what it shows and how it ends."""

    def run(width, *words):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
        env = os.environ | {"TERM": "xterm-256color", "PYTHONPATH": str(HOME)}
        env = {name: env[name] for name in env.keys() - {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}}
        command = [sys.executable, "-m", "geosec", *words]
        with subprocess.Popen(command, stdout=theirs, stdin=theirs, cwd=folder, env=env) as done:
            os.close(theirs)
            told = b""
            while part := read(ours):
                told += part
        os.close(ours)
        return told.decode().replace("\r\n", "\n"), done.returncode

    return run


def read(terminal):
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says so at the end
        return b""


@pytest.mark.parametrize("width", [80, 200])
def test_a_listing_fits_and_is_whole(terminal, width):
    told, code = terminal(width, "data", "list")
    lines = STYLES.sub("", told).splitlines()
    assert code == 0
    assert max(map(cell_len, lines)) <= width
    assert "\x1b[1m" in told
    assert "…" not in told
    for name, size in geosec.list_layers()["bytes"].items():
        assert any(line.startswith(f"{name} ") and f" {size:,}" in line for line in lines)


@pytest.mark.parametrize(
    "words", [["geocode", HOSTILE], ["parse", "r.txt", *("--published", "2025-03-12")]]
)
def test_what_a_report_holds_is_shown_and_not_obeyed(folder, terminal, words):
    text = f"A blast in Mach killed two on 11 March 2025, said {HOSTILE}."
    (folder / "r.txt").write_text(text, encoding="utf-8")
    told, code = terminal(80, *words)
    assert code == 0
    assert not set("\x1b\x07\u202e") & set(STYLES.sub("", told))
    if words[0] == "geocode":
        assert "[red]x[/red] [link=http://x]y[/link] ?gnp.exe" in STYLES.sub("", told).replace(
            "\n", " "
        )


def test_help_is_laid_out_for_the_terminal(terminal):
    told, code = terminal(80, "run", "--help")
    assert code == 0
    assert "╭─" in told
    assert "--month-first" in STYLES.sub("", told)
