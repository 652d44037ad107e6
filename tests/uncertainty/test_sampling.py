from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

import geosec
from geosec import ParameterError, SchemaError
from geosec.geodesy.geodesics import geodesic_distance_m

if TYPE_CHECKING:
    import geopandas as gpd

PHRASES = [
    "Mach",
    "Kech district",
    "between Panir and Peshi stations",
    "Jaffar Express",
    "Mach and Kolpur",
]


@pytest.fixture(scope="module")
def mixed() -> gpd.GeoDataFrame:
    return geosec.geocode(PHRASES, admin1="Balochistan")


def test_the_same_seed_gives_the_same_bytes(mixed):
    once, again = geosec.sample(mixed, 50, 3), geosec.sample(mixed, 50, 3)
    assert once.tobytes() == again.tobytes()
    assert geosec.sample(mixed, 50, 4).tobytes() != once.tobytes()


def test_adding_a_row_changes_no_other_draws(mixed):
    assert np.array_equal(geosec.sample(mixed, 50)[1:3], geosec.sample(mixed.iloc[1:3], 50))


def test_a_row_without_a_place_is_missing(mixed):
    assert np.isnan(geosec.sample(mixed, 20)[3]).all()


def test_a_disc_is_left_by_one_draw_in_twenty(mixed):
    draws, row = geosec.sample(mixed, 999)[0], mixed.iloc[0]
    away_m = geodesic_distance_m(row["geometry"].x, row["geometry"].y, *draws.T)
    assert np.mean(away_m <= row["uncertainty_m"]) == pytest.approx(0.95, abs=0.01)


@pytest.mark.parametrize("row", [1, 2])
def test_draws_stay_in_their_footprint(mixed, row):
    points = shapely.points(geosec.sample(mixed, 300)[row])
    assert shapely.distance(points, mixed["footprint"].iloc[row]).max() < 1e-4


def test_readings_are_drawn_as_often_as_they_weigh(mixed):
    draws = geosec.sample(mixed, 999)[4]
    readings = geosec.candidates(mixed).query("incident_id == '4'").geometry.dropna()
    away_m = [geodesic_distance_m(at.x, at.y, *draws.T) for at in readings]
    assert np.mean(away_m[0] < away_m[1]) == pytest.approx(0.5, abs=0.02)


def test_a_table_that_is_not_geocoded_is_refused(incidents):
    with pytest.raises(SchemaError, match="`sample` needs the columns 'uncertainty_m'"):
        geosec.sample(incidents)


def test_at_least_one_draw_is_asked_for(mixed):
    with pytest.raises(ParameterError, match="`draws` must be 1 or more, and is 0"):
        geosec.sample(mixed, 0)


def test_the_crs_of_the_table_does_not_change_the_draws(mixed):
    assert geosec.sample(mixed.to_crs(32642), 20) == pytest.approx(
        geosec.sample(mixed, 20), abs=1e-6, nan_ok=True
    )


TWINS = [
    "Kech district",
    "Mach and Kolpur",
    "Kech district",
    "Mach",
    "Mach and Kolpur",
    "Sibi district",
]


@pytest.fixture(scope="module")
def twins() -> gpd.GeoDataFrame:
    """Rows that share a district or its readings, some as copies, beside lines and discs."""
    table = geosec.geocode([*TWINS, *PHRASES], admin1="Balochistan")
    copies = [shapely.from_wkb(shapely.to_wkb(shape)) for shape in table["footprint"]]
    table["footprint"] = [
        copy if number % 2 else shape
        for number, (copy, shape) in enumerate(zip(copies, table["footprint"], strict=True))
    ]
    return table


def test_rows_that_share_a_place_are_drawn_as_if_alone(twins):
    together = geosec.sample(twins, 60, 7)
    alone = [geosec.sample(twins.iloc[[row]], 60, 7)[0] for row in range(len(twins))]
    assert [row.tobytes() for row in together] == [row.tobytes() for row in alone]
    assert not np.isclose(together[0], together[2]).any()


def test_identifiers_that_repeat_draw_by_their_row(mixed):
    named_alike = mixed.iloc[[0, 0, 1]]
    draws = geosec.sample(named_alike, 60)
    assert (draws[0] != draws[1]).all()
    numbered = named_alike.set_axis(["0", "1", "2"]).rename_axis("incident_id")
    assert draws.tobytes() == geosec.sample(numbered, 60).tobytes()


@pytest.mark.parametrize("threads", ["1", "3"])
def test_threads_change_no_draw(twins, threads, monkeypatch):
    monkeypatch.setattr("geosec.geodesy.threads._LEAST_ROWS", 100)
    monkeypatch.setenv("GEOSEC_THREADS", threads)
    many = geosec.sample(twins, 999)
    assert many[:, :20].tobytes() == geosec.sample(twins, 20).tobytes()


def test_a_very_wide_disc_changes_no_other_draw(points_at):
    table = points_at([67.0, 67.5, 69.0], [30.0, 30.5, 29.0], 4_000)
    alone = geosec.sample(table.iloc[[0, 2]], 50)
    table["uncertainty_m"] = [4_000, 900_000.0, 4_000]
    together = geosec.sample(table, 50)
    assert together[[0, 2]].tobytes() == alone.tobytes()
    away_m = geodesic_distance_m(67.5, 30.5, *together[1].T)
    assert 600_000 < away_m.max() <= 900_000 / np.sqrt(0.95)


def test_no_draw_lies_beyond_the_reach(twins, footprints_of):
    draws, reach = geosec.sample(twins, 999), footprints_of(twins).reach_m
    points = twins.geometry
    away_m = geodesic_distance_m(
        points.x.to_numpy()[:, None], points.y.to_numpy()[:, None], *draws.transpose(2, 0, 1)
    )
    placed = ~points.isna().to_numpy()
    assert (away_m[placed].max(axis=1) <= reach[placed] + 1e-3).all()
    assert np.isnan(reach[~placed]).all()
    assert (away_m[placed].max(axis=1) > 0.8 * reach[placed]).all()


def test_no_rows_have_no_draws(twins):
    assert geosec.sample(twins.iloc[:0], 5).shape == (0, 5, 2)
