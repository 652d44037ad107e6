"""Incidents near targets, against what each incident's probability says."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest

import geosec
from geosec.analysis.rates import find_poisson_interval
from geosec.analysis.target_counts import count_near
from geosec.errors import CRSError, GeosecWarning, ParameterError
from tests.analysis.straight_line import place


@pytest.fixture
def located() -> gpd.GeoDataFrame:
    incidents, _ = geosec.read_incidents(geosec.example_path("incidents_pakistan.csv"))
    return geosec.geocode(incidents)


def test_exact_points_are_counted() -> None:
    lon, lat = place(np.array([0.0, 900.0, 1_100.0, 50_000.0]), np.zeros(4))
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    targets = table.iloc[[3, 0]].set_axis(["far", "here"])
    near = count_near(table, targets, distance_m=1_000)
    assert near.index.tolist() == ["far", "here"]
    assert near["count"].tolist() == near["count_worst"].tolist() == [1, 2]
    assert near["any_prob"].tolist() == [1, 1]
    low, high = find_poisson_interval([1, 2])
    assert near["mean_low"].to_numpy() == pytest.approx(low, abs=1e-9)
    assert near["mean_high"].to_numpy() == pytest.approx(high)


def test_expected_numbers_are_the_sums_of_probabilities(located: gpd.GeoDataFrame) -> None:
    """To what draws allow: each incident is drawn for itself here, and in even steps there."""
    stations = geosec.load_rail_stations().loc[["mach", "quetta", "sibi-junction"]]
    near = count_near(located, stations, distance_m=10_000)
    for station in stations.index:
        one = geosec.within(located, stations.loc[[station]], distance_m=10_000)["probability"]
        assert near.loc[station, "count"] == pytest.approx(one.sum(), abs=0.3)
        assert near.loc[station, "any_prob"] == pytest.approx(1 - (1 - one).prod(), abs=0.02)
        assert near.loc[station, "count_low"] <= one.sum() <= near.loc[station, "count_high"]


def test_a_disc_counts_with_its_part_of_the_circle() -> None:
    """Of a disc round the target itself, that part lies within the distance which its area says."""
    here = gpd.GeoSeries.from_xy([70.0] * 200, [30.0] * 200, crs=4326)
    table = geosec.with_uncertainty(here, uncertainty_m=10_000 * np.sqrt(0.95))
    near = count_near(table, here.iloc[:1], distance_m=5_000)
    assert near["count"].item() == pytest.approx(50, abs=1)
    assert near["any_prob"].item() == 1
    spread = np.sqrt(200 * 0.25 * 0.75)  # binomial
    assert near["count_high"].item() - near["count_low"].item() == pytest.approx(
        2 * 1.96 * spread, rel=0.2
    )
    assert 50 < near["count_worst"].item() <= near["count_high"].item()


def test_an_incident_counts_at_every_target_and_in_polygons() -> None:
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy([70.0], [30.0]), crs=4326)
    point = table.geometry.iloc[0]
    targets = gpd.GeoSeries([point, point.buffer(1), point.buffer(0.001)], crs=4326)
    assert count_near(table, targets, distance_m=0)["count"].tolist() == [1, 1, 1]


def test_pairs_across_the_date_line_are_found() -> None:
    east = gpd.GeoDataFrame(geometry=gpd.points_from_xy([179.99], [10.0]), crs=4326)
    west = gpd.GeoSeries.from_xy([-179.99, 0.0], [10.0, 10.0], crs=4326)
    assert count_near(east, west, distance_m=3_000)["count"].tolist() == [1, 0]


def test_a_row_more_changes_no_other_count(located: gpd.GeoDataFrame) -> None:
    stations = geosec.load_rail_stations()
    whole = count_near(located, stations, distance_m=5_000)
    parts = [count_near(part, stations, distance_m=5_000) for part in (located[:40], located[40:])]
    assert whole["count"].to_numpy() == pytest.approx(parts[0]["count"] + parts[1]["count"])


def test_how_many_are_known_to_no_better_than_the_distance_is_told(
    located: gpd.GeoDataFrame,
) -> None:
    stations = geosec.load_rail_stations().loc[["mach", "quetta"]]
    vague = located.iloc[:0]
    near = count_near(vague, stations, distance_m=5_000)
    assert (near["count_coarse"] == 0).all()
    table = geosec.with_uncertainty(stations[["geometry"]], uncertainty_m=[1_000, 20_000])
    near = count_near(table, stations, distance_m=5_000)
    assert near["count_coarse"].tolist() == [0, near.loc["quetta", "count"]]


def test_incidents_without_a_place_are_told(located: gpd.GeoDataFrame) -> None:
    located.loc[located.index[0], "geometry"] = None
    with pytest.warns(GeosecWarning, match="of 72 incidents, 1 without a place were left"):
        near = count_near(located, geosec.load_rail_stations(), distance_m=5_000)
    assert near.attrs["geosec_steps"]["count_near"]["unplaced"] == 1


def test_no_incidents_and_no_targets(located: gpd.GeoDataFrame) -> None:
    near = count_near(located[:0], geosec.load_rail_stations(), distance_m=5_000)
    assert (near["count"] == 0).all()
    assert (near["any_prob"] == 0).all()
    with pytest.raises(ParameterError, match="there are none"):
        count_near(located, geosec.load_rail_stations()[:0], distance_m=5_000)


def test_arguments_that_are_none_are_refused(located: gpd.GeoDataFrame) -> None:
    stations = geosec.load_rail_stations()
    with pytest.raises(ParameterError, match="`distance_m` must be 0 m or more"):
        count_near(located, stations, distance_m=-1)
    with pytest.raises(ParameterError, match="`draws` must be 1 or more"):
        count_near(located, stations, distance_m=1, draws=0)
    with pytest.raises(CRSError, match="targets"):
        count_near(located, stations.set_crs(None, allow_override=True), distance_m=1)
