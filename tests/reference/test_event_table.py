"""Names of places read off coded events."""

from __future__ import annotations

import pandas as pd
import pytest

from boundaries.build import event_table
from boundaries.build.event_table import is_twin, list_chunks, make_tables


@pytest.fixture(autouse=True)
def _few_names(monkeypatch):
    """Let the gazetteer hold Quetta alone, and nothing be dropped by hand."""
    tables = {
        "places": pd.DataFrame({"place_id": ["gn:1"], "name": ["Quetta"], "alt_names": ["Kwatah"]}),
        "places_neighbours": pd.DataFrame(columns=["place_id", "name", "alt_names"]),
        "event_drops": pd.DataFrame(
            {"where_coordinates": ["Kot town"], "adm_2": ["Kurram agency"]}
        ),
    }
    monkeypatch.setattr(event_table, "table", lambda name, _folder=None: tables[name])


def make_events(*rows):
    """Make events of id, name, description, latitude and where_prec."""
    columns = ["id", "where_coordinates", "where_description", "latitude", "where_prec"]
    events = pd.DataFrame(rows, columns=columns, dtype="str")
    return events.assign(adm_1="FATA", adm_2="Kurram agency", longitude="70.1")


def make(events, wrong=None):
    """Make the tables of events of which none is wrong."""
    return make_tables(events, pd.Series(wrong or [""] * len(events), index=events.index))


@pytest.mark.parametrize(
    ("words", "chunks"),
    [
        ("Nezapir sector", [("Nezapir", "area")]),
        ("Laker Baba valley", [("Laker Baba", "valley")]),
        ("Tenrinot village in Hajira", [("Tenrinot", "village"), ("Hajira", "village")]),
        ("Sturikhel, Sultanzai and Anjatari areas", None),
        ("the hills above the village", []),
        ("Model Market (near)", []),
        ("Kot, Rai", [("Kot", "village"), ("Rai", "village")]),
        ("five kilometres south of Mir Ali", [("Mir Ali", "village")]),
        ("a village of persons unknown", []),
    ],
)
def test_names_stand_with_capitals_between_commas_and_small_words(words, chunks):
    if chunks is None:
        chunks = [("Sturikhel", "village"), ("Sultanzai", "village"), ("Anjatari", "area")]
    assert list(list_chunks(words)) == chunks


@pytest.mark.parametrize(
    ("name", "coded"),
    [
        ("Pewchar", "Peuchar"),
        ("Edik", "Idak"),
        ("Tenrinot", "Tatrinote"),
        ("Tetrinot", "Tatrinote"),
    ],
)
def test_a_spelling_twin_differs_by_vowels_or_a_few_letters(name, coded):
    assert is_twin(name, coded) == (name != "Tenrinot")


@pytest.mark.parametrize(
    ("name", "coded"), [("Wana", "Wacha"), ("Sipah", "Bara"), ("Boya", "Dega")]
)
def test_another_name_is_no_twin(name, coded):
    assert not is_twin(name, coded)


def test_a_place_has_the_point_of_most_of_its_events_and_their_number():
    events = make_events(
        ("1", "Bagan town", "Bagan", "33.1", "1"),
        ("2", "Bagan town", "Bagan", "33.2", "1"),
        ("3", "Bagan town", "Bagan", "33.2", "1"),
    )
    (row,) = make(events)["event_places"].to_dict("records")
    assert (row["latitude"], row["events"], row["event_id"]) == ("33.2", 3, "2")


def test_how_reports_spell_the_place_is_kept_with_it():
    events = make_events(("1", "Peuchar valley", "Pewchaar, Swat", "33.1", "1"))
    tables = make(events)
    assert tables["event_places"]["alt_names"].tolist() == ["Pewchaar"]
    assert tables["event_names"].empty


def test_a_name_told_before_the_coded_place_lies_near_it():
    events = make_events(("1", "Bagan town", "Zarghuna village near Bagan", "33.1", "2"))
    (row,) = make(events)["event_names"].to_dict("records")
    assert (row["name"], row["kind"], row["told_at"]) == ("Zarghuna", "village", "Bagan")
    assert (row["latitude"], row["where_prec"], row["events"]) == ("33.1", "2", 1)


def test_what_stands_behind_a_known_name_is_left():
    events = make_events(("1", "Bagan town", "Bagan, Zarghuna", "33.1", "2"))
    assert make(events)["event_names"].empty
    events = make_events(("1", "Bagan town", "Quetta, Zarghuna", "33.1", "2"))
    assert make(events)["event_names"].empty


@pytest.mark.parametrize("name", ["Dega", "Ko Rai", "A Very Long Name Indeed"])
def test_names_too_short_or_of_many_words_are_left(name):
    assert make(make_events(("1", "Bagan town", name, "33.1", "2")))["event_names"].empty


def test_a_name_told_at_places_far_apart_is_left():
    events = make_events(
        ("1", "Bagan town", "Zarghuna", "33.1", "2"), ("2", "Sadda town", "Zarghuna", "33.6", "2")
    )
    assert make(events)["event_names"].empty
    near = make_events(
        ("1", "Bagan town", "Zarghuna", "33.1", "2"), ("2", "Sadda town", "Zarghuna", "33.2", "1")
    )
    (row,) = make(near)["event_names"].to_dict("records")
    assert (row["told_at"], row["latitude"], row["events"]) == ("Bagan;Sadda", "33.2", 2)


def test_what_is_coded_wrongly_is_listed_with_why_and_takes_no_part():
    events = make_events(
        ("1", "Bagan town", "Bagan", "33.1", "1"), ("2", "Sadda town", "Sadda", "28.0", "1")
    )
    tables = make(events, ["", "500 km outside Kurram agency"])
    assert tables["event_places"]["where_coordinates"].tolist() == ["Bagan town"]
    (row,) = tables["event_miscoded"].to_dict("records")
    assert (row["where_coordinates"], row["reason"]) == (
        "Sadda town",
        "500 km outside Kurram agency",
    )


def test_what_was_dropped_by_hand_takes_no_part():
    tables = make(make_events(("1", "Kot town", "Kot", "33.1", "1")))
    assert tables["event_places"].empty
