"""The boundary layers as files: valid, nested, with every seat at home and as described."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

LAYERS = Path(__file__).parents[2] / "boundaries"
PACKAGE = json.loads((LAYERS / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
PROVINCES = ["PK-BA", "PK-GB", "PK-IS", "PK-JK", "PK-KP", "PK-PB", "PK-SD"]
WITHOUT_SEAT = {"Mohmand", "Sherani"}  # no source at hand gives a point for their headquarters
# https://getinfopk.com/how-many-provinces-of-pakistan/
AREAS_KM2 = {"PK-BA": 347_190, "PK-KP": 101_741, "PK-PB": 205_344, "PK-SD": 140_914}


EQUAL_AREA = "ESRI:54034"
# https://pnb.wikipedia.org, list of districts of Punjab; https://pakistanalmanac.com
DISTRICTS_KM2 = {
    "PK-PB-rajanpur": 12_319,
    "PK-PB-dera-ghazi-khan": 11_922,
    "PK-PB-rawalpindi": 5_286,
    "PK-PB-lodhran": 2_778,
}


def read(level):
    return gpd.read_file(LAYERS / f"{level}.geojson").set_index(f"{level}_code")


@pytest.fixture(scope="module")
def adm0():
    return read("adm0")


@pytest.fixture(scope="module")
def adm1():
    return read("adm1")


@pytest.fixture(scope="module")
def adm2():
    return read("adm2")


@pytest.fixture(scope="module")
def lineage():
    return pd.read_csv(LAYERS / "adm2_lineage.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def seats():
    """Headquarters of the districts; points in EPSG:4326, indexed by district."""
    table = pd.read_csv(LAYERS / "build" / "districts.csv")
    table = table[~table["note"].fillna("").str.startswith("former Frontier Region")]
    points = gpd.points_from_xy(table["longitude"], table["latitude"], crs="EPSG:4326")
    return gpd.GeoDataFrame(table, geometry=points).set_index("adm2_name")


@pytest.mark.parametrize("level", ["adm0", "adm1", "adm2"])
def test_every_polygon_is_valid(level):
    layer = read(level)
    assert layer.crs == "EPSG:4326"
    assert layer.index.is_unique
    assert layer.is_valid.all()
    assert set(layer.geom_type) <= {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize("level", ["adm1", "adm2"])
def test_a_level_is_a_coverage_without_gap_or_overlap(level):
    assert shapely.coverage_is_valid(read(level).geometry.to_numpy())


def test_there_are_seven_provinces(adm1):
    assert sorted(adm1.index) == PROVINCES


def test_there_are_138_districts_with_readable_codes(adm2):
    assert len(adm2) == 138
    assert adm2.index.str.fullmatch(r"PK-[A-Z]{2}-[a-z]+(-[a-z]+)*").all()
    assert (adm2.index.str[:5] == adm2["adm1_code"]).all()
    assert adm2["adm2_name"].is_unique


@pytest.mark.parametrize("code", PROVINCES)
def test_districts_fill_their_province_exactly(code, adm1, adm2):
    own = adm2.geometry[adm2["adm1_code"] == code].to_numpy()
    left = shapely.symmetric_difference(shapely.coverage_union_all(own), adm1.geometry[code])
    assert left.area == 0


def test_provinces_fill_the_country_exactly(adm0, adm1):
    whole = shapely.coverage_union_all(adm1.geometry.to_numpy())
    assert shapely.symmetric_difference(whole, adm0.geometry["PK"]).area == 0


def test_districts_bear_the_name_of_their_province(adm1, adm2):
    assert adm2["adm1_name"].equals(adm2["adm1_code"].map(adm1["adm1_name"]).rename("adm1_name"))


@pytest.mark.parametrize("code", AREAS_KM2)
def test_a_province_has_its_published_area(code, adm1):
    area_km2 = adm1.to_crs("ESRI:54034").area[code] / 1e6
    assert area_km2 == pytest.approx(AREAS_KM2[code], rel=0.01)


def test_every_seat_lies_in_its_district(adm2, seats):
    known = seats[seats["seat"].notna()]
    own = adm2.reset_index().set_index("adm2_name").geometry[known.index]
    assert known.index[~own.contains(known.geometry)].tolist() == []


def test_districts_without_a_published_seat_are_named(adm2, seats):
    assert set(seats.index) == set(adm2["adm2_name"])
    assert set(seats.index[seats["seat"].isna()]) == WITHOUT_SEAT


def test_rivers_stay_in_the_country_and_pass_the_bridges(adm0):
    rivers = gpd.read_file(LAYERS / "rivers.geojson")
    assert set(rivers.geom_type) == {"LineString"}
    assert adm0.geometry["PK"].buffer(0.003).contains(rivers.union_all())
    stations = pd.read_csv(LAYERS / "rail_stations.csv").set_index("name")
    ends = stations.loc[["Attock Khurd", "Khairabad Kund", "Sukkur", "Rohri Junction", "Adamwahan"]]
    points = gpd.GeoSeries.from_xy(ends["lon"], ends["lat"], crs=4326).to_crs(32642)
    assert points.distance(rivers.to_crs(32642).union_all()).max() < 1_300


def test_lineage_parents_are_districts_of_the_same_province(adm2, lineage):
    assert set(lineage["parent_code"]) <= set(adm2.index)
    assert (lineage["parent_code"].map(adm2["adm1_code"]) == lineage["adm1_code"]).all()


def test_lineage_rows_say_what_happened_when_and_who_says_so(lineage):
    assert set(lineage["kind"]) <= {"created", "renamed", "merged", "restored"}
    assert lineage["year"].astype(int).between(2010, 2026).all()
    assert lineage["source"].str.startswith("https://").all()


def test_no_district_of_today_has_a_polygon_and_a_lineage_row(adm2, lineage):
    assert not set(lineage["name"]) & set(adm2["adm2_name"])


@pytest.mark.parametrize("name", RESOURCES)
def test_a_layer_is_the_file_that_was_described(name):
    content = (LAYERS / RESOURCES[name]["path"]).read_bytes()
    assert RESOURCES[name]["bytes"] == len(content)
    assert RESOURCES[name]["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


@pytest.mark.parametrize("name", RESOURCES)
def test_a_layer_says_where_it_comes_from(name):
    resource = RESOURCES[name]
    assert resource["title"]
    assert resource["vintage"]
    assert all(licence["name"] for licence in resource["licenses"])
    assert all(source["title"] for source in resource["sources"])
    assert resource["licenses"]
    assert resource["sources"]


# Where the drawing gave a place to the neighbour: what its own district is, all know.
AT_HOME = {
    "Padag": (65.1829, 29.10288, "PK-BA-chagai"),
    "Spintangi": (68.09696, 29.94148, "PK-BA-harnai"),
    "Zardalu": (67.52909, 30.27619, "PK-BA-harnai"),
    "Basima": (65.8173, 27.8959, "PK-BA-washuk"),
    "Degari": (67.22108, 30.06072, "PK-BA-quetta"),
    "Bala Dhaka": (69.40431, 30.04304, "PK-BA-kohlu"),
    "Latifabad": (68.355, 25.375, "PK-SD-hyderabad"),
    "Qasimabad": (68.332, 25.395, "PK-SD-hyderabad"),
    "Odero Lal": (68.59583, 25.62971, "PK-SD-matiari"),
    "Wah": (72.7518, 33.7714, "PK-PB-rawalpindi"),
    "Minimarg": (75.08333, 34.78333, "PK-GB-astore"),
    "Malam Jabba": (72.57167, 34.79972, "PK-KP-swat"),
}


@pytest.mark.parametrize("name", AT_HOME)
def test_a_place_where_the_drawing_was_off_lies_in_its_district(name, adm2):
    longitude, latitude, code = AT_HOME[name]
    point = gpd.GeoSeries.from_xy([longitude], [latitude], crs="EPSG:4326").to_crs(EQUAL_AREA)
    own = adm2.geometry[[code]].to_crs(EQUAL_AREA)
    assert own.item().distance(point.item()) < 2_000


@pytest.mark.parametrize("code", DISTRICTS_KM2)
def test_a_district_that_the_drawing_had_wrong_has_its_published_area(code, adm2):
    area_km2 = adm2.to_crs(EQUAL_AREA).area[code] / 1e6
    assert area_km2 == pytest.approx(DISTRICTS_KM2[code], rel=0.05)


def test_no_border_is_a_wedge_round_a_seat(adm2):
    metric = adm2.to_crs(EQUAL_AREA).geometry
    hull = metric.convex_hull.area
    compact = (metric.area / hull).rename(adm2["adm2_name"])
    assert compact[["Matiari", "Harnai"]].min() > 0.6


def test_districts_bear_the_pcodes_of_their_parts(adm1, adm2):
    assert adm2.loc["PK-BA-quetta", "adm2_pcode"] == "PK226"
    assert adm2.loc["PK-KP-chitral", "adm2_pcode"] == "PK507;PK508"
    parts = adm2["adm2_pcode"].str.split(";").explode()
    assert parts.is_unique
    assert len(parts) == 160
    assert (parts.str[:3] == adm2["adm1_pcode"].reindex(parts.index)).all()
    assert adm2["adm1_pcode"].eq(adm2["adm1_code"].map(adm1["adm1_pcode"])).all()


@pytest.mark.parametrize("level", ["adm0", "adm1", "adm2", "border_accuracy"])
def test_boundaries_are_credited_to_those_whose_points_they_have(level):
    licences = [licence["name"] for licence in RESOURCES[level]["licenses"]]
    assert licences == ["CC-BY-3.0-IGO"]
    assert any("OCHA" in source["title"] for source in RESOURCES[level]["sources"])


@pytest.mark.parametrize("name", ["adm0", "adm1", "adm2", "rail_stations"])
def test_a_positional_accuracy_says_how_it_was_measured(name):
    assert RESOURCES[name]["positional_accuracy_m"] > 0
    assert RESOURCES[name]["accuracy_measured"]


def test_every_shipped_layer_is_described():
    shipped = {path.name for path in LAYERS.iterdir() if path.suffix in {".geojson", ".csv"}}
    assert shipped == {resource["path"] for resource in PACKAGE["resources"]}


@pytest.mark.parametrize("level", ["adm0", "adm1", "adm2"])
def test_a_layer_shows_one_feature_a_line(level):
    lines = (LAYERS / f"{level}.geojson").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(read(level)) + 2
    assert (LAYERS / f"{level}.geojson").stat().st_size < 1_000_000
