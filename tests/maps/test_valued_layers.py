"""Tables drawn on the map: values of districts and of sections of the railway."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

import geosec
from geosec.errors import ParameterError, SchemaError, UnknownNameError
from geosec.maps.valued_layers import collect_choropleth, collect_corridor
from geosec.maps.words import load_words

WORDS = load_words("en")
CODES = ["PK-BA-kachhi", "PK-BA-sibi"]


def test_districts_have_their_shape_name_and_railway():
    table = pd.DataFrame({"adm2_code": CODES, "value": [3, None], "low": [1, None]})
    table.attrs["title"] = "Attacks"
    told = collect_choropleth(table, WORDS)
    assert told["title"] == "Attacks"
    assert told["columns"]["name"] == ["Kachhi", "Sibi"]
    assert told["columns"]["value"] == [3.0, None]
    assert told["columns"]["rail_km"][1] > 20
    assert len(told["shapes"]) == 2


def test_codes_may_be_the_index_and_rail_km_given():
    table = pd.DataFrame({"value": [1, 2], "rail_km": [5, 6]}, index=CODES)
    assert collect_choropleth(table, WORDS)["columns"]["rail_km"] == [5.0, 6.0]


def test_areas_of_ones_own_are_drawn_as_they_are():
    own = gpd.GeoDataFrame({"name": ["A"], "value": [1.5]}, geometry=[box(0, 0, 1, 1)], crs=4326)
    told = collect_choropleth(own, WORDS)
    assert told["columns"]["name"] == ["A"]
    assert "rail_km" not in told["columns"]


@pytest.mark.parametrize(
    ("table", "error", "said"),
    [
        (pd.DataFrame({"adm2_code": CODES}), SchemaError, "column 'value'"),
        (pd.DataFrame({"adm2_code": ["PK-BA-siby"], "value": [1]}), UnknownNameError, "PK-BA-sibi"),
        (pd.DataFrame({"adm2_code": ["PK-BA-sibi"] * 2, "value": [1, 2]}), SchemaError, "one row"),
        (pd.DataFrame({"adm2_code": CODES, "value": ["1", "two"]}), ParameterError, "'two'"),
        ([1, 2], ParameterError, "choropleth"),
    ],
)
def test_what_is_wrong_is_said(table, error, said):
    with pytest.raises(error, match=said):
        collect_choropleth(table, WORDS)


def test_sections_follow_the_railway():
    table = pd.DataFrame(
        {
            "rail_line": ["ML-3"] * 2,
            "km_from": [268, 283],
            "km_to": [283, 318.1],
            "value": [2, np.nan],
        }
    )
    told = collect_corridor(table, WORDS)
    assert told["columns"]["name"] == ["ML-3 km 268\u2013283", "ML-3 km 283\u2013318.1"]
    assert told["shapes"][0]["type"] == "LineString"


def test_sections_need_their_posts():
    with pytest.raises(SchemaError, match="km_from"):
        collect_corridor(pd.DataFrame({"rail_line": ["ML-3"], "value": [1]}), WORDS)


def test_a_map_holds_both(located):
    table = pd.DataFrame({"value": [1, 2]}, index=CODES)
    page = geosec.incident_map(located, choropleth=table).get_root().render()
    assert '"choropleth":' in page


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"adm2_code": ["PK-XX"], "value": [1]}, "no district 'PK-XX'; codes are as 'PK-BA-"),
        ({"adm2": ["PK-BA-sibi"], "value": [1]}, "no such column.*index has '0'; .*mean 'adm2'"),
        ({"adm2_code": ["PK-BA-sibi"], "values": [1]}, "no such column; did you mean 'values'"),
        ({}, "'value', .* and has no such column; there is none"),
    ],
)
def test_what_names_no_district_or_value_is_told_whole(columns, told):
    with pytest.raises((SchemaError, UnknownNameError), match=told):
        collect_choropleth(pd.DataFrame(columns), WORDS)
