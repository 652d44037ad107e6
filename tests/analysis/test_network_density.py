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
    assert 0 < told(density)["incidents_on_track"] < 4
    assert sum_up(density) == pytest.approx(told(density)["incidents_on_track"], rel=1e-12)


def test_exact_incidents_are_alike_in_every_draw(network, along):
    density = estimate_network_density(along([5_000, 5_000, 5_000]), network, bandwidth_m=2_000)
    assert sum_up(density) == pytest.approx(3)
    for end in ("low", "high"):
        same = pytest.approx(density["density_per_km"].to_numpy(), rel=1e-12)
        assert density[f"density_per_km_{end}"].to_numpy() == same
    assert set(density["top_prob"]) == {0.0, 1.0}
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
    assert vague["top_prob"].between(0.02, 0.98).any()


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
    density = estimate_network_density(table, network, bandwidth_m=1_000, top_share=0.03)
    arm = density[density["rail_line"] == "hub-end 0"]
    assert (arm["top_prob"][arm["km_from"].between(8.5, 9.3)] == 1).all()
    assert (density["top_prob"][density["rail_line"] != "hub-end 0"] == 0).all()


def test_without_draws_the_best_points_count_alone(network, along):
    table = along([5_000, 12_000], 4_000)
    density = estimate_network_density(table, network, draws=0)
    assert sum_up(density) == pytest.approx(2)
    empty = ["density_per_km_low", "density_per_km_high", "top_prob"]
    assert density[empty].isna().all(axis=None)


def test_what_is_left_out_is_counted_and_told(network, along):
    table = along([5_000, 6_000, 7_000], 500)
    far, none = gpd.points_from_xy([40.0], [10.0])[0], None
    table.geometry = [table.geometry.iloc[0], far, none]
    with pytest.warns(GeosecWarning, match="of 3 incidents, 1 have no place"):
        density = estimate_network_density(table, network)
    counts = {name: value for name, value in told(density).items() if "incidents" in name}
    assert counts == {
        "incidents": 3,
        "incidents_without_place": 1,
        "incidents_out_of_reach": 1,
        "incidents_on_track": 1.0,
    }


def test_a_table_of_another_country_is_told_of(along):
    with pytest.warns(GeosecWarning, match=r"none of 2 incidents .* another country"):
        density = estimate_network_density(along([1_000, 2_000]))
    assert (density["density_per_km"] == 0).all()
    assert (density["top_prob"] == 0).all()


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
        ({"top_share": 1.0}, "`top_share` is a share"),
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
    assert sum_up(density) == pytest.approx(told(density)["incidents_on_track"])
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
