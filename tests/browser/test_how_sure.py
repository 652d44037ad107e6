"""How sure places are, as a reader sees it: shares in place of points, readings, unknown radii."""

from __future__ import annotations

import json
import re

import geopandas as gpd
import map_reader as reader
import pytest
from shapely import LineString, box

import geosec

pytestmark = pytest.mark.browser

KALAT = box(66.0, 28.4, 67.0, 29.4)
SPOTS = """() => {  // the painted parts of the canvas of the incidents, as points of the window
    const canvas = document.querySelector('.gs-incidents'), ratio = devicePixelRatio || 1;
    const {width, height} = canvas, frame = canvas.getBoundingClientRect();
    const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
    const found = [], seen = new Uint8Array(width * height);
    const paint = (at) => data[4 * at + 3] > 60 && !seen[at];
    for (let start = 0; start < seen.length; start++) {
        if (!paint(start)) continue;
        const todo = [start];
        let size = 0, x = 0, y = 0;
        seen[start] = 1;
        while (todo.length) {
            const at = todo.pop();
            size++; x += at % width; y += Math.floor(at / width);
            for (const next of [at - 1, at + 1, at - width, at + width]) {
                if (!(next >= 0 && next < seen.length && paint(next))) continue;
                seen[next] = 1;
                todo.push(next);
            }
        }
        found.push({x: frame.x + x / size / ratio, y: frame.y + y / size / ratio, size});
    }
    return found;
}"""


def make_table(rows):
    columns = {
        "uncertainty_m": [row[2] for row in rows],
        "footprint": gpd.GeoSeries([row[3] for row in rows], crs=4326),
        "match_candidates": [row[4] for row in rows],
        "match_score": [row[5] for row in rows],
        "event_type": "Battles",
    }
    points = gpd.points_from_xy([row[0] for row in rows], [row[1] for row in rows])
    return gpd.GeoDataFrame(columns, geometry=points, crs=4326)


@pytest.fixture
def opened(page, tmp_path):
    def save_and_open(rows, fragment):
        table = make_table(rows)
        page.open(geosec.save_map(geosec.incident_map(table), tmp_path / "map.html"), fragment)
        reader.settle(page)
        return page

    return save_and_open


def test_counts_tell_how_they_are_made_and_who_has_no_radius(page, tmp_path):
    table = make_table([(66.5, 28.9, None, None, None, 1.0), (70.0, 28.9, 0.0, None, None, 1.0)])
    areas = gpd.GeoDataFrame({"name": ["Kalat"]}, geometry=[KALAT], crs=4326)
    map_ = geosec.incident_map(table, choropleth="adm1", ground={"boundaries": areas})
    page.open(geosec.save_map(map_, tmp_path / "map.html"), "")
    reader.settle(page)
    told = reader.text(page, ".gs-legend")
    assert "An incident counts in each area it may lie in, by its share." in told
    assert "Expected outside these areas: 1." in told
    assert "How near is not known, and counted at their point: 1." in told


def test_expected_numbers_have_no_more_figures_than_their_draws_tell(page, tmp_path):
    located = geosec.geocode(["near Sibi", "Mach and Kolpur", "Kachhi district"])
    map_ = geosec.incident_map(located, choropleth="adm2")
    page.open(geosec.save_map(map_, tmp_path / "map.html"), "")
    reader.settle(page)
    told = page.evaluate("""() => [...document.querySelectorAll('.gs-legend tr')]
        .map(each => each.lastElementChild.textContent)""")
    assert {told[0], told[-1]} == {"2 (1 – 3)", "0 (0 – 0)"}
    assert not any(re.search(r"\d\.\d{3}", each) for each in told)


def test_dots_stand_out_of_coloured_districts(page, tmp_path):
    white = """() => { const canvas = document.querySelector('.gs-incidents');
        const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((each, at) => at % 4 === 0 && data[at + 3] > 99
            && Math.min(each, data[at + 1], data[at + 2]) > 240).length; }"""
    table = make_table([(66.5, 28.9, 70_000.0, KALAT, None, 1.0)])
    areas = gpd.GeoDataFrame({"name": ["Kalat"]}, geometry=[KALAT], crs=4326)
    seen = []
    for level in (None, "adm1"):
        map_ = geosec.incident_map(table, choropleth=level, ground={"boundaries": areas})
        page.open(geosec.save_map(map_, tmp_path / "map.html"), "#at=9/28.9/66.5&draw=sure")
        reader.settle(page)
        seen.append(page.evaluate(white))
    assert seen[0] == 0
    assert seen[1] > 40


@pytest.mark.parametrize(("radius_m", "told"), [(None, True), (500.0, False)])
def test_a_place_of_unknown_radius_is_dashed(opened, radius_m, told):
    rows = [(67.0, 30.2, radius_m, None, None, 1.0), (66.4, 29.8, 900.0, None, None, 1.0)]
    page = opened(rows, "#incident=0")
    assert ("how near is not known" in reader.text(page, ".gs-legend")) is told
    assert ("How far from this point is not known" in reader.text(page, ".gs-card")) is told


def test_an_incident_of_a_district_is_shares_of_it_and_no_point(opened):
    rows = [(66.5, 28.9, 70_000.0, KALAT, None, 0.9), (68.0, 29.0, 0.0, None, None, 0.9)]
    page = opened(rows, "#at=9/28.9/67")
    assert len(page.evaluate(SPOTS)) == 2
    page.evaluate("() => document.getElementById('gs-sure').click()")
    reader.settle(page)
    spots = sorted(page.evaluate(SPOTS), key=lambda spot: spot["x"])
    assert len(spots) in range(30, 42)  # forty dots, of which some touch, and the exact one
    assert spots[-1]["size"] > 2 * spots[0]["size"]
    assert "a share of an incident" in reader.text(page, ".gs-legend")
    page.click(spots[-2]["x"], spots[-2]["y"])  # the others are below the legend
    reader.settle(page)
    assert "only its middle" in reader.text(page, ".gs-card")
    assert "draw=sure" in page.evaluate("() => location.hash")


def test_shares_leave_no_unknown_radius_looking_sure(opened):
    spots = []
    for radius_m in (0.0, None):
        rows = [(67.0, 30.0, radius_m, None, None, 1.0), (66.0, 29.0, 0.0, None, None, 1.0)]
        spots.append(len(opened(rows, "#at=9/29.6/66.6&draw=sure").evaluate(SPOTS)))
    assert spots[0] == 2
    assert spots[1] > 10  # a ring of dashes, too


def test_less_sure_is_paler(opened):
    paint = """() => { const canvas = document.querySelector('.gs-incidents');
        const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.reduce((sum, each, at) => at % 4 === 3 ? sum + each : sum, 0); }"""
    painted = []
    for score in (1.0, 0.5, 0.2):
        page = opened([(66.5, 28.9, 70_000.0, KALAT, None, score)], "#at=9/28.9/66.5&draw=sure")
        painted.append(page.evaluate(paint))
    assert painted[0] > 1.5 * painted[1] > 2 * painted[2] > 0


def test_a_phrase_with_two_readings_is_drawn_at_both(opened):
    names = ("weight", "longitude", "latitude", "uncertainty_m", "footprint")
    readings = [(0.5, 66.0, 29.0, 5_000.0, ""), (0.5, 67.5, 29.0, 5_000.0, "")]
    told = json.dumps([dict(zip(names, each, strict=True)) for each in readings])
    page = opened([(66.0, 29.0, 5_000.0, None, told, 0.5)], "#at=9/29/66.75&draw=sure")
    spots = page.evaluate(SPOTS)
    middle = sum(spot["x"] for spot in spots) / len(spots)
    left = sum(spot["size"] for spot in spots if spot["x"] < middle)
    assert left / sum(spot["size"] for spot in spots) == pytest.approx(0.5, abs=0.15)
    assert "in one of these places" in reader.text(page, ".gs-legend")


def test_at_a_distance_rings_tell_expected_numbers(opened):
    rows = [
        (62 + at % 50 * 0.3, 25 + at // 50 * 0.2, 20_000.0, None, None, 0.5) for at in range(2_000)
    ]
    page = opened(rows, "#draw=sure")
    legend = reader.text(page, ".gs-legend")
    assert "how many are expected, and of which kinds" in legend
    assert "Density of expected reports, not risk" in legend
    page.evaluate("() => document.getElementById('gs-sure').click()")
    reader.settle(page)
    assert "expected" not in reader.text(page, ".gs-legend")


def test_too_many_footprints_are_said_to_be_missing(opened):
    told = "Too many are in view to draw each"
    for rows, missing in ((2_100, True), (1_900, False)):
        spread = [(62 + at % 50 * 0.3, 25 + at // 50 * 0.2) for at in range(rows)]
        page = opened([(*at, 9_000.0, None, None, 0.5) for at in spread], "#draw=footprints")
        assert (told in reader.text(page, ".gs-legend")) is missing
        assert (told in reader.text(page, ".gs-drawing")) is missing


def test_numbers_that_hide_each_other_are_joined(opened):
    rows = [(66 + at % 30 * 0.05, 29.0, 0.0, None, None, 1.0) for at in range(120)]
    page = opened(rows, "#at=7/29/66.7")
    assert "how many, and of which kinds" in reader.text(page, ".gs-legend")
    reader.show(page, 29, 66.7, 11)
    reader.settle(page)
    assert "how many, and of which kinds" not in reader.text(page, ".gs-legend")


def test_without_the_middle_point_there_is_a_number_and_no_mark(opened):
    rows = [(66.5, 28.9, 70_000.0, KALAT, None, 0.9)] * 100
    painted = []
    for view in ("", "&draw=centreless"):
        page = opened(rows, f"#at=9/28.9/66{view}")
        spots = page.evaluate(SPOTS)
        painted.append(max(spot["size"] for spot in spots))
    assert painted[0] > 1_000  # a disc with the number
    assert painted[1] < 400  # a digit


def test_the_number_of_a_place_is_read_while_it_is_selected(opened):
    stretch = LineString([(66.0, 29.0), (67.0, 29.0)])
    rows = [(66.5, 29.0, 50_000.0, stretch, None, 0.9)] * 40
    middle = """() => { const canvas = document.querySelector('.gs-incidents');
        const {width, height} = canvas, ratio = devicePixelRatio || 1, size = 20 * ratio;
        const at = [Math.round((width - size) / 2), Math.round((height - size) / 2)];
        return Array.from(canvas.getContext('2d').getImageData(...at, size, size).data); }"""
    plain = opened(rows, "#at=9/29/66.5").evaluate(middle)
    assert opened(rows, "#at=9/29/66.5&incident=0").evaluate(middle) == plain
