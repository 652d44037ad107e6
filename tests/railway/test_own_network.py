"""A railway of a caller's tables: few columns are needed, and what is missing is said."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, MultiLineString

import geosec
from geosec import GeosecWarning, RailNetwork, SchemaError

LON = np.array([30.0, 30.1, 30.2, 30.3])
COMPUTED = r"the km of 4 of 4 stations were computed from the length of their line \('L'\)"


@pytest.fixture
def stations():
    columns = {"name": ["A", "B", "C", "D"], "line": "L", "km": [10.0, 18.0, 26.0, 34.0]}
    points = gpd.points_from_xy(LON, [48.0] * 4)
    return gpd.GeoDataFrame(columns, geometry=points, crs=4326)


@pytest.fixture
def lines():
    """One line that bends to the north between its stations, drawn from D to A."""
    bends = [(lon + 0.05, 48.02) for lon in LON[:-1]]
    track = sorted([*zip(LON, [48.0] * 4, strict=True), *bends], reverse=True)
    return gpd.GeoDataFrame({"name": ["L"]}, geometry=[LineString(track)], crs=4326)


def test_name_line_km_and_point_are_enough(stations):
    network = RailNetwork.from_table(stations)
    assert network.posts["name"].tolist() == ["A", "B", "C", "D"]
    assert network.lines.loc["L", ["km_from", "km_to"]].tolist() == [10, 34]
    assert network.lines.geometry["L"].equals(LineString(stations.geometry.tolist()))
    assert network.station_id("b") == "b"
    assert network.on(["L"]).standing().posts_of("L")["km"].tolist() == [10, 18, 26, 34]


def test_points_may_be_columns_and_columns_may_be_spelt_otherwise(stations):
    plain = pd.DataFrame(stations.drop(columns="geometry")).assign(Longitude=LON, Latitude=48.0)
    plain = plain.rename(columns={"name": "Station", "line": "LINE_ID", "km": "KM"})
    read, expected = RailNetwork.from_table(plain), RailNetwork.from_table(stations)
    pd.testing.assert_frame_equal(pd.DataFrame(read.posts), pd.DataFrame(expected.posts))


@pytest.mark.parametrize(
    ("lacking", "message"),
    [
        ("name", "needs a column `name` with the name of each station"),
        ("line", "needs a column `line` with the line that each station stands on"),
        ("km", "has no `km`, and there is no geometry to compute it from"),
        ("geometry", "needs the point of each station, as the geometry of a GeoDataFrame or in"),
    ],
)
def test_what_is_missing_is_named(stations, lacking, message):
    if lacking != "geometry":
        stations = stations.assign(lon=LON, lat=48.0)
    with pytest.raises(SchemaError, match=message):
        RailNetwork.from_table(pd.DataFrame(stations).drop(columns=lacking))


def test_a_line_with_a_geometry_keeps_its_bends_in_either_direction(stations, lines):
    for drawn in (lines, lines.set_geometry(lines.reverse())):
        network = RailNetwork.from_table(stations, drawn)
        assert network.posts["name"].tolist() == ["A", "B", "C", "D"]
        assert network.bends["km"].round(6).tolist() == [14, 22, 30]
        assert network.track["post"].tolist() == [0, 0, 1, 1, 2, 2, 3]
        middle = geosec.interpolate("L", 22.0, network=network).item()
        assert (middle.x, middle.y) == pytest.approx((30.15, 48.02))
        assert len(geosec.stretch("L", 12, 32, network=network).coords) == 7
        assert geosec.locate(gpd.GeoSeries([middle], crs=4326), network=network)[
            "rail_km"
        ].item() == pytest.approx(22)


def test_a_place_at_a_bend_stands_between_its_stations(stations, lines):
    network = RailNetwork.from_table(stations, lines)
    places = gpd.GeoDataFrame(geometry=gpd.points_from_xy([30.15, 30.1], [48.02, 48.0]), crs=4326)
    found = geosec.locate_on_rail(places, network=network)
    assert found["rail_prev_station"].tolist() == ["B", "B"]
    assert found["rail_next_station"].tolist() == ["C", "C"]
    assert found["rail_km"].tolist() == pytest.approx([22, 18])
    assert found["rail_offset_m"].tolist() == pytest.approx([0, 0], abs=0.01)


def test_without_km_they_are_computed_from_the_geometry_and_said(stations, lines):
    with pytest.warns(GeosecWarning, match=COMPUTED):
        network = RailNetwork.from_table(stations.drop(columns=["km", "line"]), lines)
    assert network.posts["name"].tolist() == ["D", "C", "B", "A"]
    assert network.posts["km"].iloc[0] == 0
    assert np.diff(network.posts["km"]) == pytest.approx([8.68] * 3, abs=0.1)
    assert network.posts["km_source"].str.startswith("computed").all()


def test_a_km_that_is_missing_is_estimated_between_those_that_are_given(stations, lines):
    stations.loc[[1, 3], "km"] = None
    with pytest.warns(GeosecWarning, match="the km of 2 of 4 stations were computed"):
        network = RailNetwork.from_table(stations, lines)
    assert network.posts["km"].iloc[:3].tolist() == pytest.approx([10, 18, 26])
    assert network.posts["km"].iloc[3] == pytest.approx(26 + 8.68, abs=0.1)
    assert geosec.load_chainage_breaks(network)["kind"].tolist() == ["estimated"] * 2


def test_a_station_on_two_lines_is_one_and_namesakes_are_two(stations):
    branch = stations.iloc[[1, 1, 1]].assign(line="M", km=[0.0, 12.0, 24.0], name=["B", "E", "A"])
    branch = branch.set_geometry(gpd.points_from_xy([30.1, 30.1, 30.1], [48.0, 48.1, 48.2]))
    network = RailNetwork.from_table(pd.concat([stations, branch.set_crs(4326)], ignore_index=True))
    assert network.stations.loc["b", "lines"] == "L;M"
    assert network.stations.index.tolist() == ["a", "b", "c", "d", "e", "a-2"]
    there = gpd.GeoSeries.from_xy([30.1], [48.0], crs=4326)
    found = geosec.locate_all(there, max_offset_m=100, network=network)
    assert found["rail_line"].tolist() == ["L", "M"]


def test_parts_of_a_line_are_joined_and_those_that_do_not_meet_refused(stations, lines):
    corners = list(lines.geometry.item().coords)
    halves = MultiLineString([corners[3:], corners[:4]])
    network = RailNetwork.from_table(stations, lines.set_geometry([halves]).set_crs(4326))
    assert len(network.bends) == 3
    rows = gpd.GeoDataFrame({"name": ["L"] * 2}, geometry=[*halves.geoms], crs=4326)
    assert len(RailNetwork.from_table(stations, rows).bends) == 3
    gap = gpd.GeoDataFrame(
        {"name": ["L"] * 2}, geometry=[LineString(corners[:3]), LineString(corners[4:])], crs=4326
    )
    with pytest.raises(SchemaError, match="line 'L' is in 2 parts that do not join end to end"):
        RailNetwork.from_table(stations, gap)


def test_lines_in_metres_with_heights_and_an_index_of_names(stations, lines):
    deep = lines.set_geometry(shapely.force_3d(lines.geometry.to_numpy(), 90.0)).set_crs(4326)
    moved = deep.set_index("name").to_crs(32636)
    network = RailNetwork.from_table(stations.to_crs(32636), moved.geometry)
    assert network.lines.index.tolist() == ["L"]
    assert not network.lines.has_z.any()
    assert network.bends["km"].tolist() == pytest.approx([14, 22, 30])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"line": ["L", "L", "L", "LL"]}, "'D' stands on line 'LL', which `lines` lacks; did you"),
        ({"km": [10.0, 26.0, 18.0, 34.0]}, "'B' .* and 'C' .* do not follow its km"),
        ({"km": [10.0, 18.0, 18.0, 34.0]}, "'B' .* and 'C' .* stand at one place or one km"),
        ({"km": ["10", "18", "x", "34"]}, "holds numbers, and 'x' in row 2"),
        ({"name": ["A", None, "C", "D"]}, r"`stations\['name'\]` is empty in row 1"),
        (
            {"name": ["A", "B", "C", "C"], "station_id": list("abcc")},
            "'C' stands twice on line 'L'",
        ),
        ({"geometry": [None] * 4}, "`stations` has no point in row 0"),
    ],
)
def test_what_cannot_be_a_railway_is_refused(stations, lines, change, message):
    if "geometry" in change:
        change = {"geometry": gpd.GeoSeries(change["geometry"], crs=4326)}
    with pytest.raises(SchemaError, match=message):
        RailNetwork.from_table(stations.assign(**change), lines)


def test_a_station_far_from_its_line_and_a_line_of_one_station_are_refused(stations, lines):
    far = stations.set_geometry(stations.translate(0, -1))
    with pytest.raises(SchemaError, match="'A' stands 111 km from the geometry of its line 'L'"):
        RailNetwork.from_table(far, lines)
    with pytest.raises(SchemaError, match="line 'L' has 1 stations, and km posts need two"):
        RailNetwork.from_table(stations.iloc[:1])


def test_km_that_are_no_km_are_told(stations):
    with pytest.warns(GeosecWarning, match="3 neighbours have km that their points contradict"):
        RailNetwork.from_table(stations.assign(km=stations["km"] * 1000))
    with pytest.warns(GeosecWarning, match="are the posts in km"):
        RailNetwork.from_table(stations.assign(km=stations["km"] / 2))


def test_track_beyond_the_last_stations_is_left_out_and_told(stations, lines):
    with pytest.warns(GeosecWarning, match="km of line 'L' lie beyond its first and last station"):
        network = RailNetwork.from_table(stations.iloc[1:], lines)
    assert network.lines.geometry["L"].bounds[0] == pytest.approx(30.1)


@pytest.mark.parametrize("given", [None, "stations.csv", pd.DataFrame(), [1, 2]])
def test_what_is_no_table_is_refused(given):
    with pytest.raises(SchemaError, match="`stations` takes a table"):
        RailNetwork.from_table(given)


def test_lines_without_a_name_and_other_shapes_are_refused(stations, lines):
    with pytest.raises(SchemaError, match="`lines` needs a column `line` or `name`"):
        RailNetwork.from_table(stations, lines.rename(columns={"name": "label"}))
    with pytest.raises(SchemaError, match="`lines` takes lines, and row 0 is a Point"):
        RailNetwork.from_table(stations, stations.iloc[:1])


def test_a_line_of_no_length_or_without_numbers_is_refused(stations, lines):
    for corner, message in ((30.0, "line 'L' has no length"), (np.nan, "no number in row 0")):
        with np.errstate(invalid="ignore"):
            bad = lines.set_geometry([LineString([(30.0, 48.0), (corner, 48.0)])]).set_crs(4326)
        with pytest.raises(SchemaError, match=message):
            RailNetwork.from_table(stations, bad)


def test_lines_out_of_a_larger_table_keep_their_names(stations, lines):
    network = RailNetwork.from_table(stations, lines.set_index(pd.Index([17])))
    assert network.lines.index.tolist() == ["L"]
    again = RailNetwork.from_table(stations, network.lines)
    assert again.lines.index.tolist() == ["L"]
