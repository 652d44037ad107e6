"""What verbs note of themselves, and what of it is written."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec.storage.provenance import (
    ORIGIN,
    STEPS,
    describe_origin,
    note_step,
    parse_origin,
    stamp,
    write_origin,
)


def test_steps_are_noted_one_after_the_other_and_a_new_geocoding_begins_anew():
    table = geosec.geocode(["Sibi"])
    found = geosec.assign_boundaries(table, draws=9)
    assert list(found.attrs[STEPS]) == ["geocode", "assign_boundaries"]
    assert list(table.attrs[STEPS]) == ["geocode"]
    assert list(geosec.geocode(found).attrs[STEPS]) == ["geocode"]


def test_own_layers_are_not_called_ours():
    network = geosec.load_rail_network()
    located = geosec.locate_on_rail(geosec.geocode(["Sibi"]), draws=9, network=network)
    assert located.attrs[STEPS]["locate_on_rail"]["layers"] == []


def test_the_day_can_be_given_so_that_bytes_are_made_again(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert describe_origin(pd.DataFrame({"a": [1]})) == {
        "geosec": geosec.__version__,
        "written": "1970-01-01",
        "rows": 1,
    }


@pytest.mark.parametrize("steps", [None, 7, "x", [], {}])
def test_steps_that_are_none_are_passed_over(steps):
    table = pd.DataFrame({"a": [1]})
    table.attrs[STEPS] = steps
    assert "steps" not in describe_origin(table)
    assert list(note_step(table, "nearest", ()).attrs[STEPS]) == ["nearest"]


def test_what_no_file_can_hold_stays_behind():
    table = pd.DataFrame({"a": [1]})
    table.attrs = {"set": {1}, 7: "x", "nan": float("nan"), "half": "\ud800", "kept": (1, 2)}
    stamped = stamp(table)
    assert stamped.attrs.keys() == {"half", "kept", ORIGIN}
    assert stamped.attrs["half"] == "\ufffd"
    assert ORIGIN not in table.attrs
    assert parse_origin(write_origin(stamped)) == stamped.attrs[ORIGIN]
    assert not write_origin(table)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", None, {"a": 1}, "[" * 9999])
def test_what_is_no_origin_is_none(text):
    assert parse_origin(text) == {}
