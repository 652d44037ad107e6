"""`geosec report`: a page from a file, and what is refused before work begins."""

from __future__ import annotations

import hashlib

import pytest

from geosec.cli.commands import main
from geosec.cli.report_options import SECTIONS
from geosec.report import pdf
from geosec.report.outline import WRITERS

ROWS = "date,location\n2025-03-11,near Mach\n2025-02-30,Sibi\n"


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text(ROWS, "utf-8")
    return "mine.csv"


def test_a_report_is_written_with_what_was_rejected(source, tmp_path, capsys):
    words = ["--question", "Where?", "--section", "map", "--section", "summary"]
    assert main(["report", source, "--out", "r.html", *words]) == 0
    told = capsys.readouterr()
    assert "written to r.html" in told.out + told.err
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "Where?" in page
    assert "1 row of the file could not be read" in page
    assert hashlib.sha256(ROWS.encode()).hexdigest() in page


def test_the_shell_names_the_sections_that_there_are():
    assert tuple(WRITERS) == SECTIONS


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--out", "r.doc"], "a report is written as .html, .htm, .pdf"),
        (["--section", "mapp"], "did you mean 'map'?"),
        (["--language", "xx"], "there is no --language"),
        (["--audience", "public"], "--secret-file"),
        (["--audience", "publik"], "did you mean 'public'?"),
        (["--secret-file", "secret.txt"], "--secret-file is for an --audience"),
        (["--out", "none/r.html"], "there is no folder none"),
    ],
)
def test_what_cannot_be_used_is_told(source, words, told, capsys, monkeypatch):
    monkeypatch.delenv("GEOSEC_SECRET", raising=False)
    assert main(["report", source, *words]) == 1
    assert told in capsys.readouterr().err.replace("\n", " ")


def test_a_pdf_without_a_browser_is_refused_before_the_file_is_read(source, monkeypatch, capsys):
    monkeypatch.setattr(pdf, "_NAMES", ())
    monkeypatch.setattr(pdf, "_PLACES", ())
    monkeypatch.delenv("GEOSEC_CHROMIUM", raising=False)
    assert main(["report", source, "--out", "r.pdf"]) == 1
    assert "a PDF is printed by Chromium" in capsys.readouterr().err
