"""Each incident is drawn for itself: its place in its footprint, its day in its span."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geosec.analysis.extras import import_extra
from geosec.analysis.incident_draws import IncidentDraws
from geosec.errors import ParameterError
from geosec.geodesy.geodesics import geodesic_inverse

ROWS = np.arange(3)


@pytest.fixture
def located() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "date": pd.to_datetime(["2025-03-01", "2025-03-01", None]),
            "date_precision": ["month", "day", None],
            "uncertainty_m": [5_000.0, 5_000.0, 0.0],
        },
        geometry=gpd.points_from_xy([67.0, 67.0, 68.0], [30.0, 30.0, 29.0]),
        index=pd.Index(["a", "b", "c"], name="incident_id"),
        crs=4326,
    )


def test_places_fill_the_disc(located: gpd.GeoDataFrame) -> None:
    places = IncidentDraws.of(located, "test", draws=4_000).draw_places(ROWS)
    lon, lat = places[0].T
    away_m = geodesic_inverse(np.full(4_000, 67.0), np.full(4_000, 30.0), lon, lat)[1]
    assert away_m.max() <= located["uncertainty_m"].iloc[0] / np.sqrt(0.95) + 1
    assert np.median(away_m) == pytest.approx(5_000 / np.sqrt(0.95) * np.sqrt(0.5), rel=0.03)
    assert places[2] == pytest.approx(np.tile([68.0, 29.0], (4_000, 1)), abs=1e-9)


def test_two_incidents_of_one_footprint_say_nothing_of_each_other(
    located: gpd.GeoDataFrame,
) -> None:
    first, second = IncidentDraws.of(located, "test", draws=4_000).draw_places(ROWS)[:2]
    lon, lat = np.vstack([first, second]).T
    apart_m = geodesic_inverse(lon[:4_000], lat[:4_000], lon[4_000:], lat[4_000:])[1]
    expected_m = 128 / 45 / np.pi * 5_000 / np.sqrt(0.95)  # mean distance of two points of a disc
    assert apart_m.mean() == pytest.approx(expected_m, rel=0.03)
    assert np.corrcoef(first[:, 0], second[:, 0])[0, 1] == pytest.approx(0, abs=0.05)


def test_days_fill_the_span(located: gpd.GeoDataFrame) -> None:
    days = IncidentDraws.of(located, "test", draws=3_100).draw_days(ROWS)
    day, times = np.unique(days[0], return_counts=True)
    assert [str(day[0]), str(day[-1]), len(day)] == ["2025-03-01", "2025-03-31", 31]
    assert times.min() > 60
    assert (days[1] == np.datetime64("2025-03-01")).all()
    assert np.isnat(days[2]).all()


def test_a_row_more_changes_no_other_row(located: gpd.GeoDataFrame) -> None:
    whole = IncidentDraws.of(located, "test")
    less = IncidentDraws.of(located.iloc[1:], "test")
    assert (whole.draw_places(ROWS)[1:] == less.draw_places(ROWS[:2])).all()
    salted = IncidentDraws.of(located, "test", salt="other")
    assert (whole.draw_places(ROWS)[:2] != salted.draw_places(ROWS)[:2]).all()


def test_chunks_hold_each_row_once(located: gpd.GeoDataFrame) -> None:
    many = IncidentDraws.of(located, "test", draws=1_500_000)
    assert np.concatenate(list(many.split_rows(ROWS))).tolist() == ROWS.tolist()


def test_a_table_without_dates_has_no_days(located: gpd.GeoDataFrame) -> None:
    undated = IncidentDraws.of(located.drop(columns="date"), "test")
    assert not undated.is_dated.any()
    assert undated.is_placed.all()


def test_a_package_that_is_missing_is_named_with_its_extra() -> None:
    with pytest.raises(ParameterError, match=r"needs no_such_package .* geosec\[analysis\]"):
        import_extra("no_such_package.of_it")
