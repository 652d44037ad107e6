"""The verb: clusters of known answer, their stability, and tables that are hostile."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from geosec import find_clusters, with_uncertainty
from geosec.errors import GeosecWarning, ParameterError, SchemaError
from geosec.storage.provenance import STEPS


@pytest.fixture
def towns() -> gpd.GeoDataFrame:
    """Forty attacks in one town, twenty in another 50 km east, ten between and round them."""
    rng = np.random.default_rng(4)
    lon = np.concatenate(
        [rng.normal(67, 0.01, 40), rng.normal(67.5, 0.01, 20), np.linspace(66, 68.4, 10)]
    )
    lat = np.concatenate([rng.normal(30, 0.01, 60), np.linspace(29, 31.5, 10)])
    days = pd.Timestamp("2025-01-01") + pd.to_timedelta(np.arange(70), unit="D")
    return gpd.GeoDataFrame({"date": days}, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def test_towns_are_clusters_and_what_lies_between_is_none(towns):
    incidents, clusters = find_clusters(towns)
    assert incidents["cluster_id"].tolist() == [1] * 40 + [2] * 20 + [pd.NA] * 10
    assert clusters["incidents"].tolist() == [40, 20]
    assert clusters["stability"].tolist() == [1, 1]
    assert clusters["first_date"].astype("str").tolist() == ["2025-01-01", "2025-02-10"]
    assert clusters["last_date"].astype("str").tolist() == ["2025-02-09", "2025-03-01"]
    assert clusters.crs == "EPSG:4326"
    held = clusters.geometry.iloc[0].buffer(1e-9).contains(towns.geometry.iloc[:40])
    assert held.all()


def test_stability_falls_as_radii_grow(towns):
    stability = [
        find_clusters(with_uncertainty(towns, radius_m), draws=49).clusters["stability"].mean()
        for radius_m in (1_000, 8_000, 11_000, 20_000)
    ]
    assert stability[0] == 1
    assert (np.diff(stability) < 0).all()
    assert stability[-1] < 0.4


def test_a_gazetteer_point_is_no_cluster_where_its_incidents_may_be_anywhere(towns):
    stacked = towns.set_geometry(gpd.points_from_xy([67.0] * 70, [30.0] * 70), crs=4326)
    incidents, clusters = find_clusters(with_uncertainty(stacked, 60_000), draws=49)
    assert clusters["incidents"].tolist() == [70]
    assert clusters["dissolved_share"].item() == 1
    assert clusters[["incidents_low", "incidents_high"]].isna().all(axis=None)
    assert (incidents["own_prob"] == 0).all()


def test_an_incident_that_may_be_elsewhere_is_in_its_cluster_now_and_then(towns):
    radii = np.full(70, 100.0)
    radii[0] = 20_000
    incidents = find_clusters(with_uncertainty(towns, radii)).incidents
    assert 0.05 < incidents["own_prob"].iloc[0] < 0.4
    assert (incidents["own_prob"].iloc[1:60] > 0.9).all()
    assert incidents["own_prob"].iloc[60:].isna().all()


def test_hdbscan_finds_the_towns(towns):
    incidents = find_clusters(towns, method="hdbscan", min_incidents=10).incidents
    assert incidents["cluster_id"].iloc[:40].mode().item() == 1
    assert incidents["cluster_id"].iloc[40:60].mode().item() == 2
    assert incidents["cluster_id"].iloc[60:].isna().mean() > 0.7


def test_the_same_seed_gives_the_same_tables_and_the_input_stays(towns):
    vague = with_uncertainty(towns, 4_000)
    before = vague.copy()
    once, again = (find_clusters(vague, draws=19) for _ in range(2))
    assert_frame_equal(once.incidents, again.incidents)
    assert_frame_equal(once.clusters, again.clusters)
    assert_frame_equal(vague, before)
    told = once.clusters.attrs[STEPS]["find_clusters"]
    assert (told["method"], told["distance_m"], told["incidents"]) == ("dbscan", 5_000, 70)


def test_without_draws_only_the_best_points_are_clustered(towns):
    incidents, clusters = find_clusters(with_uncertainty(towns, 4_000), draws=0)
    assert clusters["incidents"].tolist() == [40, 20]
    assert clusters[["stability", "incidents_low"]].isna().all(axis=None)
    assert incidents[["own_prob", "any_prob"]].isna().all(axis=None)


def test_rows_without_a_place_are_in_no_cluster(towns):
    holes = towns.copy()
    holes.loc[[0, 69], "geometry"] = None
    with pytest.warns(GeosecWarning, match="of 70 incidents, 2 without a place were left"):
        incidents, clusters = find_clusters(holes)
    assert incidents.loc[0].isna().all()
    assert clusters["incidents"].tolist() == [39, 20]


@pytest.mark.parametrize("rows", [0, 1])
def test_too_few_incidents_are_in_no_cluster(towns, rows):
    incidents, clusters = find_clusters(towns.iloc[:rows])
    assert incidents["cluster_id"].isna().all()
    assert len(incidents) == rows
    assert len(clusters) == 0
    assert clusters.crs == "EPSG:4326"


def test_dates_are_not_needed_and_missing_ones_are_passed_over(towns):
    undated = find_clusters(towns.drop(columns="date")).clusters
    assert undated["first_date"].isna().all()
    towns.loc[[0, 41], "date"] = pd.NaT
    dated = find_clusters(towns).clusters
    assert dated["first_date"].astype("str").tolist() == ["2025-01-02", "2025-02-10"]


def test_metres_and_repeated_identifiers_are_taken(towns):
    metres = towns.to_crs(32642).set_axis(["a"] * 70, axis="index")
    incidents = find_clusters(metres).incidents
    assert incidents["cluster_id"].tolist() == find_clusters(towns).incidents["cluster_id"].tolist()
    assert incidents.index.equals(metres.index)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"method": "kmeans"}, "`method` is 'kmeans', which is none; known are 'dbscan' and"),
        ({"method": "dbscn"}, "did you mean 'dbscan'"),
        ({"method": None}, "`method` takes a text"),
        ({"distance_m": -1}, "`distance_m` must be 0 m or more"),
        ({"distance_m": 2e6}, "`distance_m` is at most 1,000,000 m"),
        ({"method": "hdbscan", "distance_m": 500}, "`distance_m` is for DBSCAN"),
        ({"min_incidents": 1}, "`min_incidents` must be 2 or more"),
        ({"draws": -1}, "`draws` must be 0 or more"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(towns, options, told):
    with pytest.raises(ParameterError, match=told):
        find_clusters(towns, **options)


def test_tables_that_are_none_are_refused():
    with pytest.raises(SchemaError, match="takes a table"):
        find_clusters([1, 2])
    with pytest.raises(SchemaError, match="Points of your own go in as a GeoDataFrame"):
        find_clusters(pd.DataFrame({"x": [1]}))
