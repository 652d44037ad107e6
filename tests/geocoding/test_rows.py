from __future__ import annotations

import json
import math

import pytest
import shapely

from geosec.geocoding.placing.judge import decide_between
from geosec.geocoding.placing.readings import Answer, Reading
from geosec.geocoding.rows import Row, make_row, make_table
from geosec.schema import list_columns
from geosec.uncertainty.footprints import make_disc, spread_over_shape

LINE = shapely.LineString([(67.0, 30.0), (67.2, 30.0)])


def reading(name, weight, lon=67.0, *, reason="", footprint=None):
    place = footprint or make_disc(lon, 30.0, 5_000)
    return Reading(place, "town", name, f"id:{name}", weight, 0.9 * weight, reason)


def test_an_answer_without_readings_keeps_its_status_and_reason():
    row = make_row(Answer("outside", reason="Kandahar is in Afghanistan"))
    assert (row.match_status, row.match_reason) == ("outside", "Kandahar is in Afghanistan")
    assert row.lon != row.lon
    assert (row.match_name, row.footprint, row.match_candidates) == (None, None, None)


def test_one_reading_is_the_row():
    row = make_row(decide_between([reading("Sibi", 1.0, reason="read as Sibi")]))
    assert (row.match_status, row.match_rule, row.match_name) == ("matched", "town", "Sibi")
    assert (row.lon, row.lat, row.match_id, row.match_score) == (67.0, 30.0, "id:Sibi", 0.9)
    assert row.uncertainty_m == round(5_000 * 0.95**0.5)
    assert row.match_reason == "read as Sibi"
    assert row.match_candidates is None


def test_a_shape_is_kept_as_the_footprint_of_one_reading_only():
    along = spread_over_shape(LINE)
    assert make_row(decide_between([reading("Line", 1.0, footprint=along)])).footprint == LINE
    two = make_row(decide_between([reading("Line", 0.9, footprint=along), reading("Sibi", 0.1)]))
    assert two.footprint is None
    stored = json.loads(two.match_candidates)
    assert [each["footprint"] for each in stored] == [LINE.wkt, None]


def test_several_readings_are_stored_and_told():
    row = make_row(decide_between([reading("near", 0.6), reading("far", 0.4, 68.0)]))
    stored = json.loads(row.match_candidates)
    assert [each["match_name"] for each in stored] == ["near", "far"]
    assert sum(each["weight"] for each in stored) == pytest.approx(1)
    assert row.match_reason == "may also be far (40%)"
    assert (row.match_status, row.lon) == ("ambiguous", 67.0)


def test_the_radius_of_several_reaches_the_others_where_they_count():
    unlikely = make_row(decide_between([reading("near", 0.98), reading("far", 0.02, 68.0)]))
    likely = make_row(decide_between([reading("near", 0.6), reading("far", 0.4, 68.0)]))
    assert unlikely.uncertainty_m <= 5_000
    assert likely.uncertainty_m > 90_000  # a degree of longitude at 30 N is 96 km


def test_names_in_any_script_are_stored_as_they_are():
    row = make_row(decide_between([reading("سبی", 0.5), reading("مچھ", 0.5)]))
    assert "سبی" in row.match_candidates


def test_rows_become_the_columns_of_the_stage():
    table = make_table(
        [make_row(decide_between([reading("Sibi", 1.0)])), Row("unmatched", match_reason="why")]
    )
    assert table.crs == "EPSG:4326"
    assert table.geometry.iloc[0] == shapely.Point(67, 30)
    assert table.geometry.isna().tolist() == [False, True]
    assert set(table.columns) == {*list_columns("geocode"), "geometry"}
    assert table["match_reason"].iloc[1] == "why"


def test_no_rows_are_a_table_without_rows():
    table = make_table([])
    assert len(table) == 0
    assert "match_status" in table.columns


def test_a_row_without_a_place_has_gaps_and_no_point():
    row = Row("unmatched")
    assert math.isnan(row.lon)
    assert math.isnan(row.uncertainty_m)
    table = make_table([row])
    assert table.geometry.isna().all()
    assert table["match_id"].isna().all()


def test_plain_tuples_are_rows_too():
    rows = [tuple(make_row(decide_between([reading("Sibi", 1.0)]))), tuple(Row("outside"))]
    table = make_table(rows)
    assert table["match_status"].tolist() == ["matched", "outside"]


def test_a_reading_without_a_reason_leaves_the_reason_missing():
    assert make_row(decide_between([reading("Sibi", 1.0)])).match_reason is None
    two = [reading("near", 0.6, reason="why"), reading("far", 0.4, 68.0)]
    assert make_row(decide_between(two)).match_reason == "why; may also be far (40%)"
