"""Events that can be shown to be coded wrongly."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from boundaries.build.place_districts import Districts
from boundaries.build.place_miscoded import find_miscoded

WEST, EAST = "PK-BA-west", "PK-BA-east"


@pytest.fixture
def layer():
    """Two districts of one degree, side by side."""
    frame = gpd.GeoDataFrame(
        {
            "adm2_code": [WEST, EAST],
            "adm2_name": ["West", "East"],
            "alt_names": ["", ""],
            "adm1_code": ["PK-BA", "PK-BA"],
        },
        geometry=[box(66, 29, 67, 30), box(67, 29, 68, 30)],
        crs="EPSG:4326",
    )
    lineage = pd.DataFrame(columns=["name", "alt_names", "adm1_code", "parent_code"])
    return Districts(frame, lineage)


def make_events(*rows):
    """Make events of name, district, longitude and latitude."""
    names = ["where_coordinates", "adm_2", "longitude", "latitude"]
    events = pd.DataFrame(rows, columns=names).assign(adm_1="Balochistan province")
    return events.astype({"longitude": "str", "latitude": "str"})


def make_known(*rows):
    """Make places of another source, of name, district, longitude and latitude."""
    return pd.DataFrame(rows, columns=["name", "adm2_code", "longitude", "latitude"]).assign(
        alt_names=""
    )


def test_a_point_in_its_district_stands(layer):
    events = make_events(("Mach town", "West district", 66.5, 29.5))
    assert find_miscoded(events, layer, make_known()).tolist() == [""]


def test_a_point_in_another_district_is_wrong(layer):
    events = make_events(("Mach town", "West district", 67.5, 29.5))
    assert find_miscoded(events, layer, make_known()).tolist() == ["48 km outside West district"]


def test_a_point_just_across_the_border_stands(layer):
    events = make_events(("Mach town", "West district", 67.1, 29.5))
    assert find_miscoded(events, layer, make_known()).tolist() == [""]


def test_a_district_that_is_not_known_says_nothing(layer):
    events = make_events(("Mach town", "Nowhere district", 67.5, 29.5))
    assert find_miscoded(events, layer, make_known()).tolist() == [""]


def test_a_point_far_from_the_same_name_in_another_source_is_wrong(layer):
    events = make_events(("Mach town", "West district", 66.9, 29.5))
    known = make_known(("Machh", WEST, 66.2, 29.5))
    (reason,) = find_miscoded(events, layer, known)
    assert reason.startswith("68 km from")
    elsewhere = make_known(("Machh", EAST, 67.9, 29.5))
    assert find_miscoded(events, layer, elsewhere).tolist() == [""]


def test_one_event_is_outvoted_by_three(layer):
    here, there = ("Mach town", "West district", 66.2, 29.5), ("Mach", "West district", 66.9, 29.5)
    there = ("Mach town", *there[1:])
    events = make_events(there, here, here, here)
    reasons = find_miscoded(events, layer, make_known()).tolist()
    assert reasons == ["68 km from 3 events of that name", "", "", ""]
    assert find_miscoded(events.iloc[:3], layer, make_known()).tolist() == ["", "", ""]
