"""Addresses of tables in a database, and what is shown of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geosec import ParameterError, SourceError
from geosec.storage.addresses import is_address, read_address, show_place


@pytest.mark.parametrize(
    ("text", "schema", "table", "connection"),
    [
        ("postgresql://h/b/t", "", "t", "postgresql://h/b"),
        ("postgres://u:p@h:5433/b/s.t", "s", "t", "postgresql://u:p@h:5433/b"),
        ("postgresql://h/b", "", "", "postgresql://h/b"),
        ("postgresql:///b/t?host=/run/x", "", "t", "postgresql:///b?host=/run/x"),
        ("postgresql://h/b/my%20s.a%2Eb%2Fc", "my s", "a.b/c", "postgresql://h/b"),
        ("postgresql://h/b/t/", "", "t", "postgresql://h/b"),
        ("postgresql://one:1,two:2/b/t", "", "t", "postgresql://one:1,two:2/b"),
    ],
)
def test_an_address_names_base_schema_and_table(text, schema, table, connection):
    found = read_address(text)
    assert (found.schema, found.table) == (schema, table)
    assert found.connection == connection


def test_what_is_shown_has_neither_user_nor_password_nor_options():
    text = "postgresql://user:pass@host:5433/base/s.t?password=pass&sslpassword=pass"
    assert show_place(text) == "postgresql://host:5433/base/s.t"
    assert "pass" not in repr(read_address(text))
    assert show_place(Path("a/b.csv")) == str(Path("a/b.csv"))


@given(st.text("ab:/?#@%.4", max_size=12), st.sampled_from(["", "/b", "/b/t"]))
def test_a_password_is_never_shown(password, rest):
    secret = f"Xq7{password}Zw9"
    try:
        shown = show_place(f"postgresql://user:{secret}@host{rest}")
    except SourceError as error:
        shown = str(error)
    assert "Xq7" not in shown
    assert "Zw9" not in shown


@pytest.mark.parametrize("place", ["table.csv", "/postgresql/table.csv", Path("a.csv"), None, 7])
def test_other_places_are_no_databases(place):
    assert not is_address(place)


def test_an_address_that_was_made_a_path_is_refused():
    with pytest.raises(ParameterError, match="given as a `Path`, which mars it"):
        is_address(Path("postgresql://u:p@h/b"))
