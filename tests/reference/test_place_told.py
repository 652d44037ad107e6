"""Places that reports name beside coded ones, and the count of events."""

from __future__ import annotations

import pandas as pd
import pytest

from boundaries.build.place_rows import blank
from boundaries.build.place_told import told_places, with_mentions


class OneDistrict:
    """A layer in which every point lies in Kurram."""

    def holding(self, _longitude, _latitude, adm1_code):
        return f"{adm1_code}-kurram", ""


def make_told(**more):
    row = {
        "event_id": "7",
        "name": "Zarghuna",
        "kind": "village",
        "told_at": "Bagan;Sadda",
        "adm_1": "Federally Administered Tribal Areas",
        "adm_2": "Kurram agency",
        "latitude": "33.1",
        "longitude": "70.1",
        "where_prec": "2",
        "events": "3",
    }
    return pd.DataFrame([row | more])


def make_row(name, latitude=33.1, **more):
    return blank(
        place_id=f"x:{name}", name=name, alt_names="", feature_class="village", latitude=latitude,
        longitude=70.1,
    ) | more  # fmt: skip


def make_events(name, events, latitude="33.1", alt_names=""):
    return pd.DataFrame(
        {
            "where_coordinates": [name],
            "latitude": [latitude],
            "longitude": ["70.1"],
            "events": [str(events)],
            "alt_names": [alt_names],
        }
    )


def test_a_told_place_stands_at_the_coded_one_within_what_its_code_says():
    (row,) = told_places(make_told(), OneDistrict(), [])
    assert row["place_id"] == "told:zarghuna-kurram"
    assert (row["latitude"], row["longitude"]) == (33.1, 70.1)
    assert row["positional_accuracy_m"] == 25_000
    assert row["note"] == "named by reports of events at Bagan, Sadda"
    assert row["source"].startswith("UCDP GED event 7 (CC BY 4.0)")
    assert row["mentions"] == "3"


def test_at_the_place_itself_it_is_told_more_exactly():
    (row,) = told_places(make_told(where_prec="1"), OneDistrict(), [])
    assert row["positional_accuracy_m"] == 20_000


@pytest.mark.parametrize(("kind", "extent"), [("village", ""), ("area", 8000), ("valley", 20_000)])
def test_a_valley_reaches_farther_than_an_area(kind, extent):
    (row,) = told_places(make_told(kind=kind), OneDistrict(), [])
    assert row["extent_m"] == extent


def test_a_name_that_a_place_bears_is_not_told_again():
    assert told_places(make_told(), OneDistrict(), [make_row("Zarghoona")]) == []
    other = make_row("Ziarat", alt_names="Zarguna;Zarghuna")
    assert told_places(make_told(), OneDistrict(), [other]) == []


def test_a_province_that_is_not_known_has_no_place():
    assert told_places(make_told(adm_1="Elsewhere"), OneDistrict(), []) == []


def test_events_count_for_the_place_of_their_name_nearby():
    near, far = make_row("Bagan"), make_row("Bagan", latitude=30.0, place_id="x:far")
    counted = with_mentions([near, far], make_events("Bagan town", 4))
    assert [row["mentions"] for row in counted] == [4, ""]


def test_events_count_once_for_the_finest_place():
    station = make_row("Bagan", feature_class="rail_station", place_id="x:s")
    tehsil = make_row("Bagan", feature_class="tehsil", place_id="x:t")
    counted = with_mentions([tehsil, station, make_row("Bagan")], make_events("Bagan town", 4))
    assert [row["mentions"] for row in counted] == ["", "", 4]


def test_a_district_is_not_counted():
    counted = with_mentions(
        [make_row("Bagan", feature_class="district")], make_events("Bagan town", 4)
    )
    assert counted[0]["mentions"] == ""


def test_spellings_of_reports_are_added_once():
    row = make_row("Bagan", alt_names="Baggan")
    counted = with_mentions([row], make_events("Bagan town", 4, alt_names="Bagun;Bagan;Baggan"))
    assert counted[0]["alt_names"] == "Baggan;Bagun"
    assert row["alt_names"] == "Baggan"
