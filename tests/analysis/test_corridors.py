"""Rates along a railway: known ones are found again, in the intervals that are given."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geosec
from geosec.analysis.corridor_cells import Corridor, find_reach
from geosec.analysis.corridors import Fill, corridor_rates
from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.learned_counts import allocate, draw_counts, learn_counts
from geosec.analysis.periods import Period
from geosec.analysis.rates import combine_intervals, find_poisson_interval
from geosec.analysis.sections import cut_sections
from geosec.analysis.ways import find_way
from geosec.errors import GeosecWarning, ParameterError, SchemaError, UnknownNameError
from tests.analysis.straight_line import HALF_WIDTH_M, PERIOD, YEARS, make_network, place, strew

RATE = "rate_per_100km_year"
HOT = 3  # the section from km 150 to 200
LEAST = 0.92  # of the runs in which a 95 % interval holds


@pytest.fixture(scope="module")
def network() -> geosec.RailNetwork:
    return make_network()


@pytest.fixture(scope="module")
def corridor(network: geosec.RailNetwork) -> Corridor:
    period = Period(np.datetime64(PERIOD[0]), np.datetime64(PERIOD[1]), is_dated=False)
    return Corridor.of(cut_sections(find_way("North", network), 50_000), HALF_WIDTH_M, period)


def points(north_km: list[float], east_km: list[float], **columns: object) -> gpd.GeoDataFrame:
    lon, lat = place(np.array(north_km) * 1000, np.array(east_km) * 1000)
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


@pytest.mark.parametrize(("reported_m", "runs"), [(10_000.0, 400), (2_000.0, 100)])
def test_a_hot_section_is_found_and_its_interval_holds_the_true_rate(
    corridor: Corridor, reported_m: float, runs: int
) -> None:
    held = found = 0
    for seed in range(runs):
        table = strew(seed, reported_m=reported_m, per_section=4, hot=30)
        drawn = IncidentDraws.of(table, "test", draws=99, seed=seed)
        reach = find_reach(drawn, corridor)
        counts = learn_counts(drawn, corridor, allocate(drawn, corridor, reach))
        low, high = combine_intervals(counts[HOT : HOT + 1])
        held += int(low[0] <= 30 <= high[0])
        found += int(counts.mean(axis=1).argmax() == HOT)
    assert held >= LEAST * runs
    assert found == runs


def test_exact_points_are_counted_with_the_exact_interval(network: geosec.RailNetwork) -> None:
    table = points([10, 20, 60, 160, 160, 160, 260], [0, 5, -5, 0, 1, 2, 15])
    rates = corridor_rates(table, "North", by=50_000, period=PERIOD, network=network)
    assert rates["count"].tolist() == [2, 1, 0, 3, 0, 0, 0, 0]
    assert (rates["count_low"] == rates["count_high"]).all()
    per_incident = 2 / YEARS
    assert rates[RATE].to_numpy() == pytest.approx(rates["count"] * per_incident)
    low, high = find_poisson_interval(rates["count"])
    assert rates[f"{RATE}_low"].to_numpy() == pytest.approx(low * per_incident, abs=1e-9)
    assert rates[f"{RATE}_high"].to_numpy() == pytest.approx(high * per_incident)
    assert rates["worst_share"].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]


def test_a_disc_counts_with_the_part_that_the_corridor_cuts_out(
    network: geosec.RailNetwork,
) -> None:
    radius_m, away_m = 8_000.0, 12_000.0
    table = points([225.0] * 300, [away_m / 1000] * 300)
    table = geosec.with_uncertainty(table, uncertainty_m=radius_m * np.sqrt(0.95))
    rates = corridor_rates(table, "North", by=50_000, period=PERIOD, network=network, fill="even")
    beyond = (away_m - HALF_WIDTH_M) / radius_m  # of a circle: the segment beyond a chord
    share = (np.arccos(beyond) - beyond * np.sqrt(1 - beyond**2)) / np.pi
    assert rates["count"].sum() / 300 == pytest.approx(share, abs=0.01)


def test_even_filling_and_learning_agree_where_places_are_known(corridor: Corridor) -> None:
    table = strew(1, reported_m=50.0, per_section=20, hot=20)
    drawn = IncidentDraws.of(table, "test")
    reach = find_reach(drawn, corridor)
    learned = learn_counts(drawn, corridor, allocate(drawn, corridor, reach))
    even, _ = draw_counts(drawn, corridor, reach)
    assert learned.mean(axis=1) == pytest.approx(even.mean(axis=1), abs=0.6)
    assert reach.is_open.sum() < len(table) / 10


@pytest.mark.parametrize("fill", ["learned", "even"])
def test_how_many_are_known_to_no_better_than_the_half_width_is_told(
    network: geosec.RailNetwork, fill: Fill
) -> None:
    table = geosec.with_uncertainty(points([75, 120, 220], [0, 0, 0]), uncertainty_m=15_000)
    table.loc[0, "uncertainty_m"] = 5_000
    rates = corridor_rates(table, "North", by=50_000, period=PERIOD, network=network, fill=fill)
    assert rates["count_coarse"].iloc[1] < 0.1  # but for a tail of the one at km 120
    rest = rates.iloc[2:]
    assert rest["count_coarse"].sum() > 1
    assert rest["count_coarse"].to_numpy() == pytest.approx(rest["count_even"].to_numpy())


def test_dates_that_are_all_missing_are_told(network: geosec.RailNetwork) -> None:
    undated = points([10, 60], [0, 0], date=[pd.NaT, pd.NaT])
    with pytest.warns(GeosecWarning, match="no incident has a date in its column `date`"):
        rates = corridor_rates(undated, "North", period=PERIOD, network=network)
    assert rates["count"].sum() == 2


def test_a_railway_that_no_incident_is_near_is_told(network: geosec.RailNetwork) -> None:
    with pytest.warns(GeosecWarning, match="none of 1 incidents lies within 10,000 m of the way"):
        rates = corridor_rates(points([10], [90]), "North", period=PERIOD, network=network)
    assert (rates["count"] == 0).all()


def test_incidents_on_one_point_do_not_drag_each_other_along(
    network: geosec.RailNetwork,
) -> None:
    """Of a disc astride two sections, 60 % lie in one: so do 60 % of the incidents put there."""
    table = geosec.with_uncertainty(points([149.2] * 400, [0] * 400), uncertainty_m=5_000)
    rates = corridor_rates(table, "North", by=50_000, period=PERIOD, network=network)
    assert rates["count"].sum() == pytest.approx(400, abs=1)
    assert rates["count_even"][2] == pytest.approx(240, abs=10)
    assert rates["count"][2] == pytest.approx(240, abs=40)


def test_learning_undoes_the_blur_of_a_hot_section(network: geosec.RailNetwork) -> None:
    table = strew(5, reported_m=10_000.0, per_section=4, hot=200)
    rates = corridor_rates(table, "North", by=50_000, period=PERIOD, network=network)
    assert rates.loc[HOT, "count_even"] < 150
    assert rates.loc[HOT, "count"] == pytest.approx(200, rel=0.15)


def test_errors_larger_than_the_half_width_stay_evenly_filled(
    network: geosec.RailNetwork,
) -> None:
    table = strew(5, reported_m=15_000.0, per_section=4, hot=200)
    rates = corridor_rates(table, "North", by=50_000, period=PERIOD, network=network)
    assert rates["count"].to_numpy() == pytest.approx(rates["count_even"], abs=1.5)


@pytest.mark.parametrize("period", [(2023, 2024), (np.int64(2023), 2024.0), ("2024", "2023")])
def test_a_period_of_numbers_is_none(network: geosec.RailNetwork, period: tuple) -> None:
    table = points([10], [0], date=pd.to_datetime(["2023-05-01"]))
    with pytest.raises(ParameterError, match="`period` is the first and the last day"):
        corridor_rates(table, "North", by=50_000, period=period, network=network)


def test_days_outside_of_the_period_do_not_count(network: geosec.RailNetwork) -> None:
    table = points(
        [10, 60, 110, 160],
        [0, 0, 0, 0],
        date=pd.to_datetime(["2020-05-01", "2021-05-01", "2020-12-01", None]),
        date_precision=["day", "day", "year", "day"],
    )
    half = ("2020-01-01", "2020-06-30")
    with pytest.warns(GeosecWarning, match="of 4 incidents, 1 without a date"):
        rates = corridor_rates(table, "North", by=50_000, period=half, network=network, draws=999)
    assert rates["count"][[0, 1, 3]].tolist() == [1, 0, 0]
    assert rates.loc[2, "count"] == pytest.approx(182 / 366, abs=0.05)
    told = rates.attrs["geosec_steps"]["corridor_rates"]
    assert (told["undated"], told["outside_period"], told["period"]) == (1, 1, list(half))


def test_the_period_is_by_default_the_span_of_the_incidents(network: geosec.RailNetwork) -> None:
    dates = pd.to_datetime(["2020-01-01", "2020-12-31"])
    rates = corridor_rates(points([10, 60], [0, 0], date=dates), "North", network=network)
    told = rates.attrs["geosec_steps"]["corridor_rates"]
    assert (told["period"], told["period_is_given"]) == (list(PERIOD), False)
    assert rates.loc[0, RATE] == pytest.approx(2 / YEARS)


def test_a_short_span_is_told(network: geosec.RailNetwork) -> None:
    table = points([10], [0], date=pd.to_datetime(["2020-01-01"]))
    with pytest.warns(GeosecWarning, match="the incidents span 1 days"):
        corridor_rates(table, "North", network=network)


def test_incidents_without_a_place_are_told(network: geosec.RailNetwork) -> None:
    table = points([10, 60], [0, 0])
    table.loc[1, "geometry"] = None
    with pytest.warns(GeosecWarning, match="of 2 incidents, 1 without a place"):
        rates = corridor_rates(table, "North", period=PERIOD, network=network)
    assert rates["count"].sum() == 1


def test_ties_for_the_worst_section_are_split(network: geosec.RailNetwork) -> None:
    rates = corridor_rates(points([10, 60], [0, 0]), "North", period=PERIOD, network=network)
    assert rates["worst_share"].head(3).tolist() == [0.5, 0.5, 0.0]


def test_no_incidents_are_rates_of_zero_with_upper_bounds(network: geosec.RailNetwork) -> None:
    nobody = points([], [])
    rates = corridor_rates(nobody, "North", by=50_000, period=PERIOD, network=network)
    assert rates[RATE].tolist() == [0.0] * 8
    assert rates["worst_share"].tolist() == [0.0] * 8
    assert rates[f"{RATE}_high"].to_numpy() == pytest.approx(3.6889 * 2 / YEARS, rel=1e-4)


def test_the_same_seed_gives_the_same_table_and_leaves_the_given_one(
    network: geosec.RailNetwork,
) -> None:
    table = strew(2, reported_m=10_000.0, per_section=3, hot=9)
    before = table.copy()
    one, two = (
        corridor_rates(table, "North", period=PERIOD, network=network, draws=29) for _ in range(2)
    )
    pd.testing.assert_frame_equal(one, two)
    pd.testing.assert_frame_equal(table, before)
    turned = corridor_rates(table[::-1], "North", period=PERIOD, network=network, draws=29)
    pd.testing.assert_frame_equal(one, turned)


def test_traffic_makes_rates_of_train_kilometres(network: geosec.RailNetwork) -> None:
    exposure = pd.DataFrame(
        {"rail_line": "North", "km_from": [0, 25], "km_to": [100, 50], "trains_per_day": [10, 6]}
    )
    rates = corridor_rates(
        points([10, 20, 60], [0, 0, 0]),
        "North",
        by=50_000,
        period=PERIOD,
        exposure=exposure,
        network=network,
    )
    train_km = (50 * 10 + 25 * 6) * 366 / 1e6
    assert rates.loc[0, "million_train_km"] == pytest.approx(train_km)
    assert rates.loc[0, "rate_per_million_train_km"] == pytest.approx(2 / train_km)
    assert rates["million_train_km"].isna().tolist() == [False] * 2 + [True] * 6


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"half_width_m": 0}, "`half_width_m` is the metres"),
        ({"half_width_m": 1e6}, "no more than 200,000"),
        ({"by": "km"}, '`by` is "station" or a length'),
        ({"by": 5}, "shorter than that no track is known"),
        ({"fill": "evenly"}, "did you mean 'even'"),
        ({"draws": 0}, "`draws` must be 1 or more"),
        ({"period": ("2020-02-01", "2020-01-01")}, "`period` is the first and the last day"),
        ({"period": "2020"}, "`period` is the first and the last day"),
        ({"period": None}, "no incident has a date"),
    ],
)
def test_arguments_that_are_none_are_refused(
    network: geosec.RailNetwork, options: dict[str, object], message: str
) -> None:
    asked = {"period": PERIOD, "network": network, **options}
    with pytest.raises(ParameterError, match=message):
        corridor_rates(points([10], [0]), "North", **asked)


def test_an_exposure_of_another_line_is_refused(network: geosec.RailNetwork) -> None:
    asked = {"period": PERIOD, "network": network}
    rows = {"rail_line": ["Nroth"], "km_from": [0.0], "km_to": [1.0]}
    other = pd.DataFrame({**rows, "trains_per_day": [1]})
    with pytest.raises(ParameterError, match="did you mean 'North'"):
        corridor_rates(points([10], [0]), "North", exposure=other, **asked)
    with pytest.raises(SchemaError, match="and the table has neither"):
        corridor_rates(points([10], [0]), "North", exposure=pd.DataFrame(rows), **asked)


def test_a_way_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'Jaffar Express'"):
        corridor_rates(points([10], [0]), "Jafar Expres", period=PERIOD)
    with pytest.raises(ParameterError, match="was given 5"):
        corridor_rates(points([10], [0]), 5, period=PERIOD)  # type: ignore[arg-type]
