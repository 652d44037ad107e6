"""Units of the ground in which a map counts its incidents."""

from __future__ import annotations

import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point, Polygon, box

import geosec
from geosec.errors import GeosecWarning, ParameterError
from geosec.located import fill_located
from geosec.maps.counted_units import (
    count_units,
    find_units,
    measure_shipped_rail_km,
    tell_counted,
    tell_units,
)
from geosec.maps.words import load_words

WORDS = load_words("en")
HALVES = gpd.GeoDataFrame(
    {"shapeName": ["West", "East"], "Population": [50_000, None]},
    geometry=[box(79, 6, 80, 8), box(80, 6, 81, 8)],
    crs=4326,
)
AWAY = gpd.GeoDataFrame(
    {"uncertainty_m": [0.0, 0.0, 20_000.0]},
    geometry=[Point(79.5, 7), Point(79.6, 7), Point(80, 7)],
    crs=4326,
)


def test_shipped_districts_come_with_their_railway():
    located = geosec.geocode(["Mach", "Sibi"], admin1="Balochistan")
    units = find_units("adm2", located, None)
    told = tell_units(units, WORDS)["columns"]
    assert told["name"] == geosec.load_boundaries("adm2")["adm2_name"].tolist()
    assert told["rail_km"][told["name"].index("Sibi")] > 20
    assert "population" not in told


def test_the_railway_of_all_districts_is_that_of_the_country():
    lines = geosec.load_rail_network().standing().lines
    whole = lines.geometry.to_crs(geosec.crs.metric_crs(lines)).length.sum() / 1000
    for level in ("adm1", "adm2"):
        assert measure_shipped_rail_km(level).sum() == pytest.approx(whole, rel=0.02)


def test_units_of_ones_own_bring_people_and_railway():
    line = gpd.GeoSeries([LineString([(79.5, 7), (80.5, 7)])], crs=4326)
    units = find_units("adm1", AWAY, {"boundaries": HALVES, "lines": line})
    told = tell_units(units, WORDS)
    assert told["columns"]["name"] == ["West", "East"]
    assert told["columns"]["population"] == [50_000, None]
    assert told["columns"]["rail_km"] == pytest.approx([55.2, 55.2], abs=0.1)
    assert len(told["shapes"]) == 2


def test_paper_counts_what_is_expected_with_its_interval():
    counts = count_units(find_units("adm1", AWAY, {"boundaries": HALVES}), AWAY, WORDS)
    assert counts["value"].tolist() == pytest.approx([2.5, 0.5], abs=0.1)
    assert counts["low"].tolist() == [2, 0]
    assert counts["high"].tolist() == [3, 1]


def test_units_without_a_shape_and_a_series_of_shapes_are_taken():
    holed = HALVES.assign(geometry=[HALVES.geometry[0], None])
    assert find_units("adm1", AWAY, {"boundaries": holed}).names == ["West"]
    shapes = HALVES.geometry.set_axis(["a", "b"])
    units = find_units("adm2", AWAY, {"boundaries": {"adm2": shapes}})
    assert units.names == ["a", "b"]
    assert np.all([units.population is None, units.rail_km is None])


@pytest.mark.parametrize(
    ("level", "ground", "said"),
    [
        ("adm3", None, "was given 'adm3'; did you mean 'adm2'"),
        ("adm2", None, r"which has no boundaries; give them as ground=\{'boundaries': \{'adm2'"),
        ("adm2", {}, "which has no boundaries"),
        ("adm2", {"boundaries": HALVES}, "which has only adm1"),
        ("adm1", {"boundaries": HALVES.head(0)}, "in the adm1 of the ground, which has no areas"),
        ("adm1", {"boundaries": AWAY}, r"`ground\['boundaries'\]` takes areas, and 3 of its 3"),
        (["adm1"], None, "takes a DataFrame, and was given a list of 1; a level of the boundaries"),
    ],
)
def test_units_that_are_not_there_are_refused(level, ground, said):
    with pytest.raises(ParameterError, match=said):
        geosec.incident_map(AWAY, choropleth=level, ground=ground)
    with pytest.raises(ParameterError, match=said):
        geosec.static_map(AWAY, choropleth=level, ground=ground)


def test_incidents_of_unknown_radius_count_at_their_point_and_are_told():
    unsure = AWAY.assign(uncertainty_m=[0.0, np.nan, np.nan])
    figure = geosec.static_map(unsure, choropleth="adm1", ground={"boundaries": HALVES})
    notes = " ".join(text.get_text() for text in figure.axes[0].texts)
    assert "How near is not known, and counted at their point: 2." in notes
    assert WORDS["counted_by_share"] in notes
    counts = count_units(find_units("adm1", unsure, {"boundaries": HALVES}), unsure, WORDS)
    assert counts["value"].sum() >= 3
    assert tell_counted(counts, fill_located(AWAY, ""), WORDS) == [WORDS["counted_by_share"]]


def test_paper_tells_what_lies_outside():
    far = geosec.with_uncertainty(gpd.GeoSeries([Point(79.5, 7), Point(90, 7)], crs=4326), 0)
    counts = count_units(find_units("adm1", far, {"boundaries": HALVES}), far, WORDS)
    told = tell_counted(counts, fill_located(far, ""), WORDS)
    assert "Expected outside these areas: 1." in told
    nested = HALVES.assign(geometry=[box(79, 6, 81, 8), box(79, 6, 80, 8)])
    counts = count_units(find_units("adm1", far, {"boundaries": nested}), far, WORDS)
    assert counts["value"].tolist() == [1, 1]
    assert tell_counted(counts, fill_located(far, ""), WORDS) == told


def test_counting_on_paper_needs_nothing_beside_matplotlib(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    counts = count_units(find_units("adm1", AWAY, {"boundaries": HALVES}), AWAY, WORDS)
    assert counts["value"].sum() == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize(
    ("people", "number", "given"),
    [
        (["many", None], 1, "'many'"),
        ([-5, 0], 1, "-5"),
        ([np.inf, 9], 1, "inf"),
        (["1,000", "2 0"], 2, "'1,000'"),
    ],
)
def test_people_that_are_no_number_are_told(people, number, given):
    units = HALVES.assign(Population=pd.Series(people, dtype="object"))
    said = f"'Population' that is no number of people in {number} of its 2 units.*is {given}"
    with pytest.warns(GeosecWarning, match=said):
        found = find_units("adm1", AWAY, {"boundaries": units})
    assert np.isnan(found.population).sum() == number + (people[1] is None)


def test_units_of_any_labels_and_of_some_areas_are_counted():
    names = pd.Categorical(["West", None, "flat"])
    flat = Polygon([(79, 6), (80, 6), (79.5, 6)])
    odd = gpd.GeoDataFrame(
        {"name": names}, geometry=[*HALVES.geometry, flat], crs=4326, index=[1, 1, 1]
    )
    map_ = geosec.incident_map(AWAY, choropleth="adm1", ground={"boundaries": odd})
    assert '"name":["West",""]' in map_.get_root().render()
    assert geosec.static_map(AWAY, choropleth="adm1", ground={"boundaries": odd}) is not None


@pytest.mark.parametrize("draw", [geosec.incident_map, geosec.static_map])
def test_units_that_are_no_areas_are_refused(draw):
    lines = HALVES.assign(geometry=HALVES.geometry.boundary)
    with pytest.raises(ParameterError, match="takes areas, and 2 of its 2 shapes are lines"):
        draw(AWAY, choropleth="adm1", ground={"boundaries": lines})
    empty = HALVES.assign(geometry=[Polygon(), None])
    with pytest.raises(ParameterError, match="in the adm1 of the ground, which has no areas"):
        draw(AWAY, choropleth="adm1", ground={"boundaries": empty})
    assert draw(AWAY, ground={"boundaries": empty}) is not None


def test_the_page_is_told_whether_units_lie_on_each_other():
    nested = HALVES.assign(geometry=[box(79, 6, 81, 8), box(80, 6, 81, 8)])
    for units, overlap in ((HALVES, 0), (nested, 1)):
        found = find_units("adm1", AWAY, {"boundaries": units})
        assert tell_units(found, WORDS)["overlap"] == overlap
    assert tell_units(find_units("adm2", AWAY.iloc[:0], None), WORDS)["overlap"] == 0
