"""The density along a railway: what a user asks, and what a table must not do to it."""

from __future__ import annotations

import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec import CRSError, GeosecWarning, ParameterError, RailNetwork, SchemaError
from geosec.analysis.network_density import estimate_network_density
from geosec.geodesy.geodesics import geodesic_direct

STEP = "estimate_network_density"


@pytest.fixture(scope="module")
def railway(star):
    """Three arms of 20 km from one junction."""
    return star(20_000, 20_000, 20_000)


@pytest.fixture(scope="module")
def network(railway):
    return railway.network()


@pytest.fixture(scope="module")
def along(railway):
    """Make a table of incidents on the first arm: along([metres from the hub], uncertainty_m)."""

    def make(metres, uncertainty_m=0.0) -> gpd.GeoDataFrame:
        rows = pd.concat([railway.point(*railway.edges[0], at) for at in metres])
        table = gpd.GeoDataFrame(rows.reset_index(drop=True))
        return geosec.with_uncertainty(table, uncertainty_m) if len(metres) else table

    return make


def told(density):
    return density.attrs["geosec_steps"][STEP]


def sum_up(density, column="density_per_km"):
    return (density[column] * density["length_km"]).sum()


def test_density_sums_up_to_the_incidents_that_are_on_the_railway(network, along):
    table = along([1_000, 1_500, 19_000, 12_000], 8_000)
    density = estimate_network_density(table, network, bandwidth_m=2_000, max_offset_m=3_000)
    assert 0 < told(density)["on_track"] < 4
    assert sum_up(density) == pytest.approx(told(density)["on_track"], rel=1e-12)


def test_exact_incidents_are_alike_in_every_draw(network, along):
    density = estimate_network_density(along([5_000, 5_000, 5_000]), network, bandwidth_m=2_000)
    assert sum_up(density) == pytest.approx(3)
    for end in ("low", "high"):
        same = pytest.approx(density["density_per_km"].to_numpy(), rel=1e-12)
        assert density[f"density_per_km_{end}"].to_numpy() == same
    assert set(density["top_share"]) == {0.0, 1.0}
    peak = density["density_per_km"].idxmax()
    line = density.loc[peak]
    assert line["rail_line"] == "hub-end 0"
    assert line["km_from"] <= 5 <= line["km_to"]


def test_what_is_not_known_to_the_metre_is_spread_and_has_intervals(network, along):
    sure, vague = (
        estimate_network_density(along([10_000], radius_m), network, bandwidth_m=1_000)
        for radius_m in (0, 5_000)
    )
    assert vague["density_per_km"].max() < sure["density_per_km"].max()
    assert (vague["density_per_km_low"] <= vague["density_per_km"]).all()
    assert (vague["density_per_km"] <= vague["density_per_km_high"]).all()
    assert vague["top_share"].between(0.02, 0.98).any()


def test_two_incidents_at_one_place_are_drawn_apart(network, along):
    one = estimate_network_density(along([10_000], 4_000), network, bandwidth_m=500)
    two = estimate_network_density(along([10_000] * 2, 4_000), network, bandwidth_m=500)
    assert two["density_per_km_high"].max() < 2 * one["density_per_km_high"].max() - 1e-3


def test_a_row_more_changes_no_other_rows_draws(network, along):
    few, more = along([3_000, 9_000], 2_000), along([3_000, 9_000, 15_000], 2_000)
    single = estimate_network_density(more.iloc[2:], network, bandwidth_m=1_000)
    parts = estimate_network_density(few, network, bandwidth_m=1_000)
    whole = estimate_network_density(more, network, bandwidth_m=1_000)
    both = parts["density_per_km"] + single["density_per_km"]
    assert whole["density_per_km"].to_numpy() == pytest.approx(both.to_numpy(), abs=1e-9)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(network, along):
    table = along([3_000, 9_000], 3_000)
    one, again, other = (
        estimate_network_density(table, network, seed=seed).to_wkb().to_csv() for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def test_the_table_that_is_given_stays_as_it_was(network, along):
    table = along([3_000, 9_000], 3_000)
    before = table.copy()
    estimate_network_density(table, network)
    pd.testing.assert_frame_equal(table, before)


def test_an_injected_section_is_in_the_top_of_every_draw(network, along):
    numbers = np.random.default_rng(0)
    even, hot = numbers.uniform(0, 20_000, 40), numbers.uniform(8_000, 10_000, 30)
    table = along([*even, *hot], 1_000)
    density = estimate_network_density(table, network, bandwidth_m=1_000, top=0.03)
    arm = density[density["rail_line"] == "hub-end 0"]
    assert (arm["top_share"][arm["km_from"].between(8.5, 9.3)] == 1).all()
    assert (density["top_share"][density["rail_line"] != "hub-end 0"] == 0).all()


def test_without_draws_the_best_points_count_alone(network, along):
    table = along([5_000, 12_000], 4_000)
    density = estimate_network_density(table, network, draws=0)
    assert sum_up(density) == pytest.approx(2)
    empty = ["density_per_km_low", "density_per_km_high", "top_share"]
    assert density[empty].isna().all(axis=None)


def test_what_is_left_out_is_counted_and_told(network, along):
    table = along([5_000, 6_000, 7_000], 500)
    far, none = gpd.points_from_xy([40.0], [10.0])[0], None
    table.geometry = [table.geometry.iloc[0], far, none]
    with pytest.warns(GeosecWarning, match="of 3 incidents, 1 without a place were left out"):
        density = estimate_network_density(table, network)
    counts = {"incidents": 3, "on_track": 1.0, "unplaced": 1, "out_of_reach": 1}
    assert counts.items() <= told(density).items()


def test_a_table_of_another_country_is_told_of(along):
    with pytest.warns(GeosecWarning, match=r"none of 2 incidents .* another country"):
        density = estimate_network_density(along([1_000, 2_000]))
    assert (density["density_per_km"] == 0).all()
    assert (density["top_share"] == 0).all()


def test_an_empty_table_has_a_density_of_nothing(network):
    empty = gpd.GeoDataFrame(geometry=gpd.GeoSeries([], crs=4326))
    density = estimate_network_density(empty, network)
    assert (density["density_per_km"] == 0).all()
    assert told(density)["incidents"] == 0


def test_metres_doubled_identifiers_and_unknown_days_do_no_harm(network, along):
    table = along([5_000, 6_000, 6_000], 500)
    hostile = table.assign(date=pd.NaT).set_axis(["x", "x", "y"]).to_crs(3857)
    density = estimate_network_density(hostile, network)
    assert sum_up(density) == pytest.approx(3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"bandwidth_m": -1}, "`bandwidth_m` must be 0 m or more"),
        ({"bandwidth_m": np.inf}, "more than half way round the Earth"),
        ({"step_m": 0}, "`step_m` must be more than 0 m"),
        ({"step_m": 1e-4}, "fit into memory; take `step_m`"),
        ({"max_offset_m": "near"}, "`max_offset_m` must be 0 m or more"),
        ({"top": 1.0}, "`top` is a share"),
        ({"draws": -1}, "`draws` must be 0 or more"),
        ({"network": "ML-1"}, "`network` takes a RailNetwork"),
    ],
)
def test_what_cannot_be_asked_is_refused(network, along, options, said):
    with pytest.raises(ParameterError, match=said):
        estimate_network_density(along([5_000]), **{"network": network} | options)


def test_what_is_no_table_of_points_is_refused(network):
    lines = gpd.GeoDataFrame(geometry=[shapely.LineString([(30, 0), (30, 1)])], crs=4326)
    with pytest.raises(SchemaError, match="point"):
        estimate_network_density(lines, network)
    with pytest.raises(CRSError, match="CRS"):
        estimate_network_density(gpd.GeoDataFrame(geometry=gpd.points_from_xy([30], [0])), network)
    with pytest.raises(TypeError, match="unexpected keyword argument 'steps_m'"):
        estimate_network_density(lines, network, steps_m=3)


def test_the_incidents_of_the_example_are_densest_below_quetta(located):
    density = estimate_network_density(located)
    worst = density.loc[density["density_per_km"].idxmax()]
    assert worst["rail_line"] == "ML-3"
    assert 250 < worst["km_from"] < 390
    assert sum_up(density) == pytest.approx(told(density)["on_track"])
    assert "BOSTAN-ZHOB" not in set(density["rail_line"])


def test_a_network_of_two_parts_keeps_the_mass_of_each(along, railway):
    other = pd.DataFrame(
        {"name": ["Far", "Away"], "line": "Z", "km": [0.0, 11.1]}
        | {"longitude": [30.5, 30.6], "latitude": 0.0}
    )
    posts = railway.network().posts
    mine = pd.DataFrame(
        {"name": posts["name"], "line": posts["line_id"], "km": posts["km"]}
        | {"longitude": posts.geometry.x, "latitude": posts.geometry.y}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        network = RailNetwork.from_table(pd.concat([mine, other]))
    density = estimate_network_density(along([19_000]), network, bandwidth_m=50_000)
    assert sum_up(density[density["rail_line"] != "Z"]) == pytest.approx(1)
    assert (density["density_per_km"][density["rail_line"] == "Z"] == 0).all()


DAYS = ("2024-01-01", "2024-12-31")


@pytest.fixture
def dated(along):
    """One incident in the year, one in the year before, one without a day."""
    days = pd.to_datetime(["2024-05-01", "2023-05-01", None])
    return along([5_000, 10_000, 15_000]).assign(date=days)


def test_incidents_of_a_period_count_alone(network, dated):
    with pytest.warns(GeosecWarning, match="1 without a date"):
        density = estimate_network_density(dated, network, period=DAYS)
    assert sum_up(density) == pytest.approx(1)
    counts = {"undated": 1, "outside_period": 1, "out_of_reach": 0, "period": list(DAYS)}
    assert counts.items() <= told(density).items()
    assert sum_up(estimate_network_density(dated, network)) == pytest.approx(3)


def test_an_incident_known_to_a_span_of_days_counts_in_the_draws_that_fall_into_the_period(
    network, along
):
    table = along([5_000] * 40).assign(date=pd.Timestamp("2023-12-25"), date_precision="week")
    table["date"] = pd.Timestamp("2023-12-29")  # to 4 January: 4 of 7 days
    density = estimate_network_density(table, network, period=DAYS)
    assert sum_up(density) == pytest.approx(40 * 4 / 7, rel=0.05)
    assert density["density_per_km_low"].max() < density["density_per_km_high"].max()


def test_undated_incidents_are_all_of_the_period_where_none_has_a_date(network, along):
    table = along([5_000, 9_000])
    density = estimate_network_density(table, network, period=DAYS)
    assert sum_up(density) == pytest.approx(2)
    with pytest.warns(GeosecWarning, match="network_density counts all 2 as of the period"):
        estimate_network_density(table.assign(date=pd.NaT), network, period=DAYS)


@pytest.fixture
def traffic():
    """Two trains a day on the first arm, twenty on the second, none known on the third."""
    return pd.DataFrame(
        {"rail_line": ["hub-end 0", "hub-end 1"], "km_from": 0.0, "km_to": 20.0}
        | {"trains_per_day": [2.0, 20.0]}
    )


def test_an_even_rate_stays_even_where_traffic_is_not(network, railway, traffic):
    """Incidents as many as trains: where a tenth of the trains run, a tenth of the incidents."""
    middles = np.arange(500, 20_000, 1_000)
    few = [railway.point("hub", "end 0", at) for at in middles]
    many = [railway.point("hub", "end 1", at) for at in middles for _ in range(10)]
    table = pd.concat([*few, *many], ignore_index=True)
    density = estimate_network_density(table, network, exposure=traffic, period=DAYS)
    rate = density["rate_per_million_train_km"]
    assert rate[density["rail_line"] == "hub-end 2"].isna().all()
    assert density["top_share"][density["rail_line"] == "hub-end 2"].isna().all()
    expected = 1 / (2 * 366 / 1e6)  # one incident a km, two trains a day
    assert rate.dropna().to_numpy() == pytest.approx(expected, rel=0.01)
    assert density["million_train_km"].sum() == pytest.approx(22 * 20 * 366 / 1e6, rel=1e-4)


def test_incidents_where_no_traffic_is_known_make_no_rate(network, railway, traffic):
    beside = pd.concat(
        [railway.point("hub", "end 0", 500), railway.point("hub", "end 2", 500)], ignore_index=True
    )
    one, both = (
        estimate_network_density(table, network, exposure=traffic, period=DAYS)
        for table in (beside.iloc[:1], beside)
    )
    name = "rate_per_million_train_km"
    assert both[name].to_numpy() == pytest.approx(one[name].to_numpy(), nan_ok=True)


def test_where_nothing_runs_there_is_no_rate(network, along, traffic):
    none = traffic.assign(trains_per_day=0)
    density = estimate_network_density(along([500]), network, exposure=none, period=DAYS)
    assert density[["rate_per_million_train_km", "top_share"]].isna().all(axis=None)
    assert sum_up(density) == pytest.approx(1)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"period": "2024"}, ParameterError, "`period` is the first and the last day"),
        ({"exposure": True}, ParameterError, "no incident has a date"),
        ({"exposure": True, "period": DAYS, "drop": "km_to"}, SchemaError, "km_to"),
        ({"exposure": True, "period": DAYS, "drop": "trains_per_day"}, SchemaError, "neither"),
    ],
)
def test_a_period_or_traffic_that_is_none_is_refused(network, along, traffic, options, error, said):
    options = dict(options)
    if options.get("exposure"):
        options["exposure"] = traffic.drop(columns=options.pop("drop", []))
    with pytest.raises(error, match=said):
        estimate_network_density(along([5_000]), network, **options)


def test_intervals_hold_the_density_of_the_true_places(railway):
    """True places are scattered evenly, and reported up to 4 km off, as their radius says.

    Looked at on two places of each arm in 67 runs: as many as 368 of 400.
    """
    network, held, places = railway.network(), [], [2, 8, 12, 18, 22, 28]
    for seed in range(67):
        numbers = np.random.default_rng(seed)
        lon, lat = 30 + numbers.uniform(-0.3, 0.3, 60), numbers.uniform(-0.3, 0.3, 60)
        true = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
        azimuth_deg, away_m = numbers.uniform(0, 360, 60), 4_000 * np.sqrt(numbers.uniform(size=60))
        reported = gpd.GeoSeries.from_xy(*geodesic_direct(lon, lat, azimuth_deg, away_m), crs=4326)
        table = geosec.with_uncertainty(reported, 4_000 * np.sqrt(0.95))
        options = {"bandwidth_m": 2_000, "step_m": 2_000, "seed": seed}
        found = estimate_network_density(table, network, draws=99, **options).iloc[places]
        density = estimate_network_density(true, network, draws=0, **options)["density_per_km"]
        low, high = found["density_per_km_low"], found["density_per_km_high"]
        held += ((low <= density.iloc[places]) & (density.iloc[places] <= high)).tolist()
    assert np.mean(held) >= 368 / 400
