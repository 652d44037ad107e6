"""The whole path in another country: its own units, its own railway, and nothing of Pakistan."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec import GeosecWarning, RailNetwork

COUNT = 500
#: The main line of Sri Lanka, km from Colombo Fort (Wikipedia, "List of railway stations in Sri
#: Lanka by line"), places to a hundredth of a degree.
MAIN_LINE = pd.DataFrame(
    [
        ("Colombo Fort", 0.0, 79.85, 6.93),
        ("Peradeniya Junction", 115.34, 80.59, 7.26),
        ("Ella", 271.03, 81.05, 6.88),
        ("Badulla", 292.3, 81.06, 6.98),
    ],
    columns=["name", "km", "longitude", "latitude"],
).assign(line="Main Line", positional_accuracy_m=1_000.0)


@pytest.fixture(scope="module")
def fixes():
    numbers = np.random.default_rng(3)
    lon, lat = numbers.uniform(79.8, 81.1, COUNT), numbers.uniform(6.7, 7.4, COUNT)
    index = pd.Index(numbers.permutation(COUNT) + 70_001)
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326, index=index)


@pytest.fixture(scope="module")
def units():
    at = [(x, y) for x in range(5) for y in range(3)]
    squares = [
        shapely.box(79.7 + 0.3 * x, 6.6 + 0.3 * y, 80 + 0.3 * x, 6.9 + 0.3 * y) for x, y in at
    ]
    columns = {
        "ADM2_EN": [f"D{x}{y}" for x, y in at],
        "ADM2_PCODE": [f"LK{x}{y}" for x, y in at],
        "ADM1_EN": ["West" if x < 3 else "East" for x, _ in at],
        "ADM1_PCODE": ["LK1" if x < 3 else "LK2" for x, _ in at],
    }
    return gpd.GeoDataFrame(columns, geometry=squares, crs=4326)


@pytest.fixture(scope="module")
def network():
    return RailNetwork.from_table(MAIN_LINE)


@pytest.fixture(scope="module")
def located(fixes, units, network):
    assigned = geosec.assign_boundaries(fixes, boundaries=units)
    return geosec.locate_on_rail(assigned, network=network)


def names_of_ours():
    """Every name and code of the shipped ground."""
    lines, stations = geosec.load_rail_lines(), geosec.load_rail_stations()
    names = {*lines.index, *stations["name"]}
    for level in ("adm1", "adm2"):
        units = geosec.load_boundaries(level)
        names |= {*units.index, *units[f"{level}_name"]}
    return names


def test_districts_are_those_of_a_spatial_join_and_all_rows_join_back(fixes, units, located):
    joined = gpd.sjoin(fixes, units, how="left")
    for column, name in {"adm2_code": "ADM2_PCODE", "adm1_name": "ADM1_EN"}.items():
        expected = joined[name].astype("str")
        pd.testing.assert_series_equal(located[column], expected, check_names=False)
    back = fixes.join(located.drop(columns="geometry"))
    assert len(back) == COUNT
    assert back["rail_offset_m"].notna().sum() == COUNT


def test_kilometres_are_those_of_the_railway_given(located, network):
    near = located.dropna(subset=["rail_km"])
    assert len(near) > 100
    assert set(near["rail_line"]) == {"Main Line"}
    assert near["rail_km"].between(0, 292.3).all()
    far = located[located["rail_km"].isna() & (located["rail_prob"] == 0)]
    assert far["rail_line"].isna().all()
    assert (far["rail_offset_m"] > 25_000).all()
    ella = gpd.GeoSeries.from_xy([81.05], [6.88], crs=4326)
    assert geosec.locate(ella, network=network)["rail_km"].item() == pytest.approx(271.03)


def test_nothing_of_pakistan_is_in_the_table_or_its_popups(located):
    texts = located.select_dtypes("str")
    assert not {text for name in texts for text in texts[name].dropna()} & names_of_ours()
    head = geosec.incident_map(located.head(20), title="Sri Lanka").payload.head
    told = {column["name"]: column.get("values") for column in head["columns"]}
    assert told["rail_line"] == ["Main Line"]
    assert set(told["adm2_name"]) == set(located.head(20)["adm2_name"])
    assert set(told["adm1_name"]) == set(located.head(20)["adm1_name"])


def test_targets_of_the_country_are_near(fixes, network):
    pairs = geosec.nearest(fixes, network.stations.geometry, k=2)
    assert set(pairs["target_id"]) <= {"colombo-fort", "peradeniya-junction", "ella", "badulla"}
    assert len(pairs) == 2 * COUNT
    hit = geosec.within(fixes, network.lines, distance_m=10_000)
    assert 0.2 < hit["probability"].mean() < 0.8
    assert set(hit["target_id"]) == {"Main Line"}


def test_without_layers_of_its_own_a_table_abroad_is_told_and_claims_nothing(fixes):
    with pytest.warns(GeosecWarning, match="of 500 places, 500 lie in no unit of Pakistan"):
        found = geosec.assign_boundaries(fixes)
    with pytest.warns(GeosecWarning, match=r"500 lie outside Pakistan, .* [\d,]+ km from a line"):
        found = geosec.locate_on_rail(found)
    texts = ["adm1_name", "adm2_name", "rail_line", "rail_prev_station", "rail_next_station"]
    assert found[texts].isna().all(axis=None)
    assert (found["rail_prob"] == 0).all()
    assert (found["rail_offset_m"] > 1_000_000).all()
