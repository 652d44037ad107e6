"""What incidents are counted in, and how many of them lie in each unit."""

from __future__ import annotations

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
import pytest
from shapely import box

import geosec
from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.units import Units, count_in_units, find_units
from geosec.errors import CRSError, ParameterError, SchemaError

DISTRICTS = "adm2"
AROUND = gpd.GeoSeries([box(65, 27, 71, 32)], crs=4326)


def place(lon, lat, uncertainty_m=0.0, **columns) -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(np.atleast_1d(lon), np.atleast_1d(lat))
    table = gpd.GeoDataFrame(columns, geometry=points, crs=4326)
    return table.assign(uncertainty_m=uncertainty_m)


def draw(located: gpd.GeoDataFrame, **options) -> IncidentDraws:
    return IncidentDraws.of(located, "test", **options)


@pytest.fixture
def scattered() -> gpd.GeoDataFrame:
    rng = np.random.default_rng(3)
    radii_m = rng.choice([0.0, 5_000.0, 25_000.0], 300)
    return place(rng.uniform(66, 70, 300), rng.uniform(28, 31, 300), radii_m)


def test_expected_counts_are_the_sums_of_probabilities(scattered):
    counts = count_in_units(draw(scattered), Units.read(DISTRICTS, draw(scattered)))
    whole = [Units.read(DISTRICTS, draw(scattered)), draw(scattered, draws=1999)]
    expected = count_in_units(whole[1], whole[0]).mean(axis=1)
    assert counts.shape == (138, 199)
    told = geosec.assign_boundaries(scattered, ["adm2"], draws=999)
    sure = told[told["adm2_prob"] == 1].groupby("adm2_code").size()
    assert (expected[whole[0].ids.get_indexer(sure.index)] >= sure - 0.01).all()
    assert expected.sum() == pytest.approx(counts.sum(axis=0).mean(), abs=1.5)


def test_exact_points_are_counted_as_a_join_counts_them(scattered):
    exact = scattered.assign(uncertainty_m=0.0)
    draws = draw(exact, draws=5)
    units = Units.read(DISTRICTS, draws, exact=True)
    counts = count_in_units(draws, units)
    joined = exact.sjoin(geosec.load_boundaries("adm2")[["geometry"]]).groupby("adm2_code").size()
    assert (counts == counts[:, :1]).all()
    told = pd.Series(counts[:, 0], units.ids)
    assert told[told > 0].to_dict() == joined.to_dict()


def test_a_border_is_off_for_all_incidents_together():
    border = place([67.0] * 40, [30.0] * 40)
    own = gpd.GeoDataFrame(
        {"name": ["west", "east"], "positional_accuracy_m": 3_000.0},
        geometry=[box(66, 29, 67, 31), box(67, 29, 68, 31)],
        crs=4326,
    )
    draws = draw(border)
    counts = count_in_units(draws, Units.read(own, draws))
    assert set(counts[0]) == {0, 40}
    assert counts[0].mean() == pytest.approx(20, abs=3)


def test_an_incident_well_inside_needs_no_draw():
    draws = draw(place([66.9, 66.9], [30.2, 30.2], [1_000.0, 400_000.0]))
    sure, *drawn = find_units(draws, Units.read(DISTRICTS, draws))
    assert sure.unit.shape == (1, 1)
    assert [part.unit.shape for part in drawn] == [(1, 199)]


def test_cells_of_h3_are_those_of_h3(scattered):
    for resolution in (2, 5, 6):
        draws = draw(scattered, draws=3)
        units = Units.read(f"h3:{resolution}", draws, within=AROUND)
        places = draws.draw_places(np.arange(300))
        own = [h3.latlng_to_cell(lat, lon, resolution) for lon, lat in places.reshape(-1, 2)]
        told = units.ids[units.find(places).ravel()]
        assert (told == own).mean() > 0.998  # but for metres at an edge


def test_squares_have_one_area_and_leave_no_gap(scattered):
    draws = draw(scattered)
    units = Units.read("grid:20000", draws, within=AROUND)
    assert units.area_km2 == pytest.approx(400, rel=1e-5)
    assert (units.find(draws.draw_places(np.arange(300))) >= 0).all()
    assert units.ids.is_unique


def test_cells_cover_the_incidents_of_another_country():
    abroad = place([30.1, 30.9, 30.5], [50.1, 50.2, 50.9])
    draws = draw(abroad)
    units = Units.read("grid:10000", draws)
    assert count_in_units(draws, units).sum(axis=0).tolist() == [3] * 199
    given = gpd.GeoSeries([box(30, 50, 31, 51)], crs=4326)
    assert len(Units.read("h3:4", draws, within=given)) > len(Units.read("h3:3", draws))
    alone = draw(abroad.iloc[:1])
    assert count_in_units(alone, Units.read("h3:5", alone)).tolist() == [[1] * 199]


def test_only_days_of_a_period_count():
    dated = place(
        [66.9] * 4,
        [30.2] * 4,
        date=pd.to_datetime(["2024-03-31", "2024-04-01", "2024-04-01", None]),
        date_precision=["day", "day", "month", "day"],
    )
    draws = draw(dated, draws=3_000)
    april = np.datetime64("2024-04-01"), np.datetime64("2024-04-10")
    counts = count_in_units(draws, Units.read("adm1", draws), period=april).sum(axis=0)
    assert set(counts) == {1, 2}
    assert counts.mean() == pytest.approx(1 + 10 / 30, abs=0.03)
    assert not count_in_units(draws, Units.read("adm1", draws), rows=np.array([0, 3])).sum() > 6_000


def test_own_polygons_have_ids_that_tell_them_apart():
    twins = gpd.GeoDataFrame(
        {"code": ["a", "b"], "name": ["one", "one"]},
        geometry=[box(66, 29, 67, 31), box(67, 29, 68, 31)],
        crs=4326,
    )
    draws = draw(place(66.5, 30))
    assert Units.read(twins, draws).ids.tolist() == ["a", "b"]
    with pytest.warns(geosec.GeosecWarning, match="have the same name"):
        assert Units.read(twins[["name", "geometry"]], draws).ids.tolist() == ["one", "one (2)"]


def test_no_places_are_no_counts():
    none = place([np.nan], [np.nan], [np.nan])
    draws = draw(none)
    for kind in ("adm2", "h3:3", "grid:100000"):
        assert not count_in_units(draws, Units.read(kind, draws)).any()
    empty = draw(none.iloc[:0])
    assert not count_in_units(empty, Units.read("adm1", empty)).any()


@pytest.mark.parametrize(
    ("units", "match"),
    [
        ("adm3", "was given 'adm3'. did you mean 'adm2' or 'adm1'"),
        (5, "was given 5"),
        ("h3:16", "resolutions 0 to 15"),
        ("h3:5.5", "whole numbers"),
        ("h3:9", "cells of the area, and 100,000 are the most"),
        ("grid:0", "more than 0 metres"),
        ("grid:50", "cells of the area"),
    ],
)
def test_what_names_no_units_is_refused(units, match):
    with pytest.raises(ParameterError, match=match):
        Units.read(units, draw(place(66.5, 30)))


def test_an_area_is_polygons_for_cells():
    draws = draw(place(66.5, 30))
    area = gpd.GeoSeries([box(66, 29, 67, 31)], crs=4326)
    with pytest.raises(ParameterError, match="`within` is the area that cells cover"):
        Units.read("adm2", draws, within=area)
    with pytest.raises(SchemaError, match="`within` takes polygons"):
        Units.read("h3:5", draws, within=area.iloc[:0])
    with pytest.raises(CRSError, match="has no CRS"):
        Units.read("h3:5", draws, within=area.set_crs(None, allow_override=True))
