from __future__ import annotations

import pytest
from pyproj import Geod

from geosec.geocoding.placing.scope import ANYWHERE, Scope

GEOD = Geod(ellps="WGS84")
SINDH = Scope(frozenset({"PK-SD"}))


def length_m(line):
    return GEOD.geometry_length(line)


@pytest.mark.parametrize(
    "phrase",
    [
        "between Mach and Kolpur stations",
        "between Kolpur and Mach",
        "the Mach-Kolpur rail section",
        "railway line between Mach and Kolpur",
    ],
)
def test_between_two_stations_is_the_railway_from_one_to_the_other(ground, read, phrase):
    (reading,) = read(phrase)
    line = reading.footprint.shape
    assert (reading.rule, reading.place_id) == ("rail_between", "rail:ML-3:318-343")
    stations = ground.network.stations.geometry
    mach, kolpur = stations["mach"], stations["kolpur"]
    assert line.geom_type == "LineString"
    assert {line.boundary.geoms[0], line.boundary.geoms[1]} == {mach, kolpur}
    straight_m = GEOD.inv(mach.x, mach.y, kolpur.x, kolpur.y)[2]
    assert straight_m <= length_m(line) <= 25_000 * 1.1  # posts 318 and 343 are 25 km apart


@pytest.mark.parametrize(
    ("phrase", "place_id"),
    [
        ("km 268 of the Rohri-Chaman line", "rail:ML-3:266-270"),
        ("km 268 near Sibi", "rail:ML-3:266-270"),
        ("km 268.5 of ML-3", "rail:ML-3:266.5-270.5"),
        ("KM 1175 of ML-1", "rail:ML-1:1173-1177"),
        ("km 1 of ML-1", "rail:ML-1:0-3"),  # the line begins at 0
        ("km 1686 of ML-1", "rail:ML-1:1684-1687"),  # and ends at 1687
        ("km 5 of ML-1, Sibi", "rail:ML-1:3-7"),  # the line named wins over the one nearby
    ],
)
def test_a_km_post_is_two_kilometres_to_each_side_on_its_line(read, phrase, place_id):
    (reading,) = read(phrase, ANYWHERE)
    assert (reading.rule, reading.place_id) == ("rail_km", place_id)
    assert reading.footprint.shape.geom_type == "LineString"


@pytest.mark.parametrize(
    "phrase",
    ["km 268 of ML-3", "between Mach and Kolpur", "Quetta-Sibi rail section"],
)
def test_a_stretch_of_line_outside_the_province_is_none(read, phrase):
    assert read(phrase, SINDH) == []
