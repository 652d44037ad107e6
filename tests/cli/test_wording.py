"""Arguments of the library as options of the shell."""

from __future__ import annotations

import pytest

from geosec.cli.wording import name_options

OPTIONS = {"columns", "sheet", "encoding", "day_first", "on", "k", "draws"}
OPTIONS |= {"stations", "unit_name", "unit_code"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("name it with `sheet='new'`.", "name it with --sheet new."),
        ("name it with `sheet='two words'`.", "name it with --sheet 'two words'."),
        ("say which with `columns=`.", "say which with --columns."),
        ('with `columns={"yours": "date"}`.', "with --columns yours=date."),
        ("with `columns={'der Ort': 'location'}`.", "with --columns 'der Ort=location'."),
        ("with `day_first=True` or `day_first=False`", "with --day-first or --month-first"),
        ("as `day_first=False` says", "as --month-first says"),
        ("(`encoding='utf-16-le'`)", "(--encoding utf-16-le)"),
        ("`k` must be 1 or more", "--k must be 1 or more"),
        ("say it with sheet=, not a=b", "say it with --sheet, not a=b"),
        ('sheet="two words" reads it', "--sheet 'two words' reads it"),
        ('is with columns={"yours": "date"}.', "is with --columns yours=date."),
        ("`seed` must be whole", "`seed` must be whole"),
        ("Read it with `geosec.read_counts`.", "Read it with `geosec counts FILE`."),
        ("`stations` needs a column `name` with", "--stations needs a column `name` with"),
        ("say with name=, or code= where", "say with --unit-name, or --unit-code where"),
        ("it has `sheet` twice: `[red]`", "it has --sheet twice: `[red]`"),
    ],
)
def test_what_the_library_says_is_told_in_options_that_there_are(said, told):
    assert name_options(said, OPTIONS) == told


def test_a_value_is_quoted_for_the_shell():
    assert name_options("`sheet='; rm -rf /'`", OPTIONS) == "--sheet '; rm -rf /'"
