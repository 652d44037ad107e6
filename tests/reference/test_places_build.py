"""The gazetteer tables are made again from their sources."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
LAYERS = ROOT / "boundaries"
BUILD = LAYERS / "build"


def table(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def build(name):
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(f"boundaries.build.{name}")


@pytest.fixture(scope="module")
def places():
    return table(LAYERS / "places.csv").set_index("place_id")


@pytest.fixture(scope="module")
def adm2():
    return gpd.read_file(LAYERS / "adm2.geojson").set_index("adm2_code")


@pytest.fixture(scope="module")
def layer():
    return build("places").districts()


def assert_rows(made, places, columns=("name", "feature_class", "adm2_code", "latitude", "source")):
    frame = pd.DataFrame(made).set_index("place_id")[list(columns)].astype(str)
    pd.testing.assert_frame_equal(frame, places.loc[frame.index, list(columns)])


def test_station_rows_are_made_again_from_the_station_table(places, layer):
    made = build("place_points").stations(table(LAYERS / "rail_stations.csv"), layer)
    assert_rows(made, places)


def test_landmark_rows_are_made_again_from_the_landmark_table(places, layer):
    known = places.reset_index().set_index("place_id", drop=False).to_dict("index")
    made = build("place_points").landmarks(table(BUILD / "landmarks.csv"), layer, known)
    own = [each for each in made if each["source"] == places.loc[each["place_id"], "source"]]
    assert len(own) > 500
    assert_rows(own, places)


def test_district_rows_are_made_again_from_the_polygons(places):
    frame = gpd.read_file(LAYERS / "adm2.geojson")
    made = build("place_areas").units(frame, "adm2", "district", "")
    assert_rows(made, places, columns=["name", "adm1_code", "latitude", "longitude", "extent_m"])


def test_tehsils_are_in_the_district_the_fixes_say(places):
    fixes = table(BUILD / "tehsil_fixes.csv")
    moved = fixes[(fixes["right_district"] != "") & (fixes["district"] != fixes["right_district"])]
    slug = build("place_names").slug
    names = moved["right_name"].str.split("/").str[0]
    ids = [
        f"tehsil:{slug(d)}-{slug(n)}" for d, n in zip(moved["right_district"], names, strict=True)
    ]
    assert set(ids) <= set(places.index)


@pytest.mark.parametrize(
    ("listed", "name", "others"),
    [
        ("Johan Sub-", "Johan", []),
        ("Haveli/Mumtazabad", "Haveli", ["Mumtazabad"]),
        ("Golarchi (S.F.Rahu)", "Golarchi", ["S.F.Rahu"]),
    ],
)
def test_census_names_are_cleaned(listed, name, others):
    assert build("place_names").clean_tehsil(listed) == (name, others)


@pytest.mark.parametrize(
    ("name", "alternates", "kept"),
    [
        ("Sukkur", ["Sukkur", "SKZ", "Szukkúr", "sukhr", "Sukur", "Суккур"], ["Sukkur", "Sukur"]),
        ("Lahore", ["Lahoras", "Lāhaur", "Lakhor"], ["Lahaur", "Lakhor"]),
        ("Zhob", ["Apozai", "Fort Sandeman", "PZH"], ["Apozai", "Fort Sandeman"]),
    ],
)
def test_useless_romanisations_are_dropped(name, alternates, kept):
    assert build("place_names").latin_alternates(name, alternates) == kept


def test_a_name_the_tables_do_not_know_is_refused(layer):
    with pytest.raises(LookupError, match="no district of PK-BA is called 'Atlantis'"):
        layer.code_of("Atlantis", "PK-BA")


def test_a_point_just_outside_goes_to_the_nearest_district_of_its_province(layer):
    code, note = layer.holding(66.9, 24.0, "PK-SD")
    assert code.startswith("PK-SD-")
    assert note.endswith("outside the polygon of its district")


def test_variants_of_unknown_places_are_refused():
    variants = pd.DataFrame([{"place_id": "gn:0", "name_ur": "", "alt_names": "X"}])
    with pytest.raises(LookupError, match="places that are not there: gn:0"):
        build("place_rows").with_variants([], variants)


def test_a_repeated_tehsil_is_left_out():
    row = {"province": ["Azad Kashmir"], "district": ["Sudhnoti"], "tehsil": ["Mung"]}
    listed = pd.DataFrame(row)
    fixes = listed.assign(right_district="", right_name="", reason="listed twice")
    assert build("places").mended_tehsils(listed, fixes).empty


@pytest.mark.parametrize(
    ("name", "at", "drawn", "meant"),
    [
        ("Lalian", (72.80116, 31.82462), "PK-PB-sargodha", "PK-PB-chiniot"),
        ("Raiwind", (74.21534, 31.24895), "PK-PB-kasur", "PK-PB-lahore"),
        ("Lalian", (71.0, 31.0), "PK-PB-layyah", "PK-PB-layyah"),  # far from Chiniot
        ("Elsewhere", (72.80116, 31.82462), "PK-PB-sargodha", "PK-PB-sargodha"),
    ],
)
def test_a_town_just_outside_lies_in_the_district_of_its_tehsil(
    places, layer, name, at, drawn, meant
):
    census = places[places["feature_class"] == "tehsil"].to_dict("records")
    town = {"name": name, "adm1_code": drawn[:5], "adm2_code": drawn, "note": ""}
    town |= {"longitude": at[0], "latitude": at[1]}
    (joined,) = build("place_areas").join_tehsils([town], census, layer)
    assert joined["adm2_code"] == meant
    assert ("outside the polygon" in joined["note"]) == (drawn != meant)
