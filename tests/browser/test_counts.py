"""Filters, time, search, table and counts say what pandas says of the same rows."""

from __future__ import annotations

import io
from collections import Counter

import geopandas as gpd
import map_reader as reader
import numpy as np
import pandas as pd
import pytest
from map_tables import make_located
from shapely import box

import geosec
from geosec.maps.incident_columns import find_days, find_places

pytestmark = pytest.mark.browser

ROWS = 3_000
FILTERS = {"event_type": "Event type", "actor": "Actor", "match_name": "Place"}
SEARCHED = ["summary", "location", "event_type", "actor", "target", "match_name"]


@pytest.fixture(scope="module")
def table():
    made = make_located(ROWS, seed=3)
    made.loc[made.index[::9], "actor"] = None
    return made


@pytest.fixture(scope="module")
def page_file(table, tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    return geosec.save_map(geosec.incident_map(table, filters=list(FILTERS)), path)


@pytest.fixture
def opened(page, page_file):
    return page.open(page_file)


def count(rows: pd.Series) -> dict[str, int]:
    told = rows.astype("object").fillna("not reported").value_counts()
    return {name: int(number) for name, number in told.items() if number}


def held(rows: pd.DataFrame, low: int, high: int) -> np.ndarray:
    """Tell which rows may have been between two days, both included."""
    first, last = find_days(rows)
    return (first <= high) & (last >= low)


@pytest.mark.parametrize("column", ["side", "size"])
def test_what_is_coloured_by_can_be_filtered_by(page, table, tmp_path, column):
    own = table.assign(side=["A", "B", "B"] * (ROWS // 3), size=np.arange(ROWS) % 50)
    page.open(geosec.save_map(geosec.incident_map(own, color_by=column), tmp_path / "map.html"))
    values = reader.facets(page)[column]
    value, number = next(iter(values.items()))
    reader.choose(page, column, value)
    assert reader.shown(page) == number
    assert 0 < number < own.geometry.notna().sum()


def test_each_filter_counts_the_rows_that_the_others_keep(opened, table):
    chosen = {"event_type": ["Battles", "Riots"], "actor": ["Actor group 007", "not reported"]}
    reader.facets(opened)  # all values are listed
    for column, values in chosen.items():
        for value in values:
            reader.choose(opened, FILTERS[column], value)
    passes = {
        column: table[column].astype("object").fillna("not reported").isin(values)
        for column, values in chosen.items()
    }
    assert reader.shown(opened) == int(np.logical_and.reduce(list(passes.values())).sum()) > 0
    found = reader.facets(opened)
    for column, title in FILTERS.items():
        others = [passes[each] for each in passes if each != column]
        known = Counter(count(table.loc[np.logical_and.reduce(others), column]))
        assert {name: told for name, told in found[title].items() if told} == {
            name: known[name] for name in found[title] if known[name]
        }
    assert set(found["Event type"]) == set(table["event_type"])


def test_the_span_of_days_keeps_what_may_have_been_in_it(opened, table):
    reader.focus(opened, ".gs-handle")
    for key in ("PageUp", "PageUp", "ArrowRight"):
        opened.press(key)
    reader.focus(opened, ".gs-handle + .gs-handle")
    for key in ("PageDown", "ArrowLeft"):
        opened.press(key)
    reader.settle(opened)
    low, high = map(int, reader.state(opened)["days"][0].split("/"))
    assert reader.shown(opened) == int(held(table, low, high).sum()) < ROWS

    left, top, width, height = reader.box(opened, ".gs-chart")
    opened.evaluate("() => document.querySelector('.gs-told button').click()")
    assert reader.shown(opened) == ROWS
    opened.move(left + width * 0.4, top + height / 2)
    opened.down()
    opened.move(left + width * 0.5, top + height / 2)
    opened.move(left + width * 0.6, top + height / 2)
    opened.up()
    reader.settle(opened)
    low, high = map(int, reader.state(opened)["days"][0].split("/"))
    first, last = (each[~np.isnan(each)] for each in find_days(table))
    whole = last.max() - first.min()
    assert abs((high - low) / whole - 0.2) < 0.02
    assert reader.shown(opened) == int(held(table, low, high).sum())


@pytest.mark.parametrize(
    "words", ["mosque bridge", "BRIDGE pa", "Quetta", "group 01", "PAK000012", "ß"]
)
def test_a_search_finds_the_rows_with_the_words(opened, table, words):
    reader.focus(opened, ".gs-search")
    opened.type(words)
    opened.wait("() => /have/.test(document.querySelector('.gs-found').textContent)")
    texts = pd.concat(
        [table[SEARCHED].astype("object").fillna(""), pd.Series(table.index, table.index)], axis=1
    )
    known = texts.apply(lambda row: any(words.lower() in str(each).lower() for each in row), axis=1)
    assert reader.shown(opened) == int(known.sum())
    assert (int(known.sum()) > 0) == (words != "ß")


def test_the_table_and_its_file_hold_the_rows_in_view(opened, table):
    reader.choose(opened, "Event type", "Protests")
    reader.show(opened, 31.5, 73.0, 7)
    edges = reader.bounds(opened)
    places = find_places(table)
    lon, lat = places.lon[places.which], places.lat[places.which]
    inside = (lon >= edges["west"]) & (lon <= edges["east"])
    inside &= (lat >= edges["south"]) & (lat <= edges["north"])
    known = table[inside & (table["event_type"] == "Protests").to_numpy()]
    assert 0 < reader.listed(opened) == len(known) < ROWS
    latest = known["summary"].iloc[np.argsort(-find_days(known)[0], kind="stable")[0]]
    assert reader.cells(opened)[0][-1] in set(known["summary"])
    assert latest
    file = pd.read_csv(io.StringIO(reader.written(opened).lstrip("\ufeff")))
    assert sorted(file["incident_id"]) == sorted(known.index)
    told = file.set_index("incident_id").loc[known.index]
    for name in ("summary", "event_type", "actor", "fatalities"):
        assert told[name].fillna("").tolist() == known[name].astype("object").fillna("").tolist()


def test_units_count_what_is_shown(page, tmp_path):
    west, east = box(60, 20, 68, 40), box(68, 20, 76, 40)
    halves = gpd.GeoDataFrame(
        {"name": ["West", "East"], "population": [10_000, 40_000]}, geometry=[west, east], crs=4326
    )
    chance = np.random.default_rng(4)
    lon, lat = chance.uniform(61, 75, 400), chance.uniform(24, 36, 400)
    kinds = chance.choice(["Battles", "Riots"], 400)
    points = gpd.GeoDataFrame(
        {"event_type": kinds}, geometry=gpd.points_from_xy(lon, lat), crs=4326
    )
    map_ = geosec.incident_map(points, choropleth="adm1", ground={"boundaries": halves})
    page.open(geosec.save_map(map_, tmp_path / "map.html"))
    reader.settle(page)
    told = """() => Object.fromEntries([...document.querySelectorAll('.gs-legend table tr')].map(
        (row) => [row.children[0].textContent, row.children[1].textContent.split(' ')[0]]))"""
    page.evaluate("() => { document.querySelector('.gs-legend details').open = true; }")
    shown = {"West": int((lon < 68).sum()), "East": int((lon >= 68).sum())}
    assert page.evaluate(told) == {name: str(number) for name, number in shown.items()}
    reader.choose(page, "Event type", "Riots")
    reader.settle(page)
    riots = {"West": lon[kinds == "Riots"] < 68, "East": lon[kinds == "Riots"] >= 68}
    assert page.evaluate(told) == {name: str(held.sum()) for name, held in riots.items()}
    page.evaluate("""() => {
        const choice = document.querySelector('.gs-legend select');
        choice.value = 'rate_population';
        choice.dispatchEvent(new Event('change'));
    }""")
    rates = {name: float(each.replace(",", "")) for name, each in page.evaluate(told).items()}
    assert rates["West"] == pytest.approx(riots["West"].sum() * 10, rel=0.01)
    assert rates["East"] == pytest.approx(riots["East"].sum() * 2.5, rel=0.01)
