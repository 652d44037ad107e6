"""Codes for any point: the coordinates stay, and a vaguer word never makes a place surer."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec
from geosec.reference.codebooks import PRECISION_RULES
from geosec.uncertainty.coded_footprints import decode_footprint

LON, LAT = st.floats(61, 77), st.floats(24, 37)
CODES = st.sampled_from(sorted(PRECISION_RULES))


@given(LON, LAT, CODES, st.booleans())
@settings(deadline=None, max_examples=60)
def test_coordinates_stay_the_best_point_and_have_a_radius(lon, lat, coded, vicinity):
    footprint, reason = decode_footprint(lon, lat, *coded, vicinity=vicinity)
    assert reason.startswith(f"{coded[0]} precision {coded[1]}: ")
    if footprint is None:
        assert PRECISION_RULES[coded].kind in {"unit", "nowhere"}
    else:
        assert (footprint.lon, footprint.lat) == (lon, lat)
        assert footprint.uncertainty_m > 0


@given(LON, LAT, CODES)
@settings(deadline=None, max_examples=60)
def test_near_is_never_surer_than_in(lon, lat, coded):
    inside, near = (decode_footprint(lon, lat, *coded, vicinity=flag)[0] for flag in (False, True))
    assert (inside is None) == (near is None)
    assert inside is None or near.uncertainty_m >= inside.uncertainty_m


@given(LON, LAT, st.floats(-0.5, 0.5), st.floats(0.2, 0.5))
@settings(deadline=None, max_examples=40)
def test_a_line_is_taken_where_it_is_within_reach_and_only_there(lon, lat, aside, half):
    line = shapely.LineString([(lon + aside, lat - half), (lon + aside, lat + half)])
    footprint, _ = decode_footprint(lon, lat, "ucdp", 5, lines={"line": line})
    away_km = float(geosec.geodesy.geodesics.geodesic_distance_m(lon, lat, lon + aside, lat)) / 1000
    if abs(away_km - 25) > 0.5:
        assert (footprint.shape is line) == (away_km < 25)


@given(
    st.lists(
        st.tuples(st.sampled_from([66.5, 67.0]), CODES, st.booleans()), min_size=1, max_size=12
    )
)
@settings(deadline=None, max_examples=30)
def test_a_table_of_coded_rows_is_its_rows_one_by_one(drawn):
    table = pd.DataFrame(
        {
            "location": "",
            "longitude": [lon for lon, _, _ in drawn],
            "latitude": 29.5,
            "precision_scheme": [coded[0] for _, coded, _ in drawn],
            "precision_code": [coded[1] for _, coded, _ in drawn],
            "vicinity": [flag for _, _, flag in drawn],
        }
    )
    located = geosec.geocode(table)
    for number, (lon, coded, flag) in enumerate(drawn):
        footprint, reason = decode_footprint(lon, 29.5, *coded, vicinity=flag)
        assert located["match_reason"].iloc[number] == reason
        radius_m = located["uncertainty_m"].iloc[number]
        expected_m = float("nan") if footprint is None else footprint.uncertainty_m
        assert radius_m == pytest.approx(expected_m, abs=0.5, nan_ok=True)
