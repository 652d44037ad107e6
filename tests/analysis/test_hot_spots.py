"""Where incidents crowd, and whether that survives what is not known of their places."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from libpysal.graph import Graph
from pandas.testing import assert_frame_equal
from shapely import box

from geosec.analysis.hot_spots import find_hot_spots
from geosec.errors import GeosecWarning, ParameterError, SchemaError

SIDE = 8
pytestmark = pytest.mark.filterwarnings("ignore:of [0-9,]+ incidents, [0-9,]+ that lie in no unit")


@pytest.fixture(scope="module")
def cells() -> gpd.GeoDataFrame:
    """Sixty-four squares of 0.2 degrees."""
    corners = [(66 + x / 5, 28 + y / 5) for y in range(SIDE) for x in range(SIDE)]
    squares = [box(lon, lat, lon + 0.2, lat + 0.2) for lon, lat in corners]
    squares = shapely.set_precision(squares, 0.1)
    names = [f"c{number}" for number in range(len(corners))]
    people = np.arange(1, 65) * 1_000
    return gpd.GeoDataFrame({"name": names, "people": people}, geometry=squares, crs=4326)


def scatter(seed: int, radius_m: float = 0.0, hot: int = 40, spread: int = 80) -> gpd.GeoDataFrame:
    """Scatter incidents, some of them in four squares; reported within a radius of the truth."""
    rng = np.random.default_rng(seed)
    beyond = 0.0 if hot else 0.6
    lon = np.append(rng.uniform(66.4, 66.8, hot), rng.uniform(66 - beyond, 67.6 + beyond, spread))
    lat = np.append(rng.uniform(28.4, 28.8, hot), rng.uniform(28 - beyond, 29.6 + beyond, spread))
    turn = rng.uniform(0, 2 * np.pi, len(lon))
    away = radius_m / np.sqrt(0.95) * np.sqrt(rng.uniform(0, 1, len(lon))) / 111_200
    points = gpd.points_from_xy(lon + away * np.cos(turn) / 0.88, lat + away * np.sin(turn))
    return gpd.GeoDataFrame(geometry=points, crs=4326).assign(uncertainty_m=radius_m)


@pytest.mark.parametrize("statistic", ["gi_star", "local_moran"])
def test_a_hot_spot_is_found(cells, statistic):
    spots = find_hot_spots(scatter(0, 1_000.0), cells, statistic=statistic)
    found = spots.loc[spots["spot"].isin(["hot spot 99 %", "hot spot 95 %", "high-high"])]
    assert len({"c18", "c19", "c26", "c27"} & set(found["unit_name"])) >= 3
    assert len(found) <= 12
    assert (found["significant_share"] > 0.5).all()
    assert spots["count"].sum() == pytest.approx(120, abs=1)
    assert spots["count"].between(spots["count_low"], spots["count_high"]).all()
    assert spots["reason"].isna().all()


def test_it_is_less_stable_the_wider_the_radii(cells):
    """The squares are 20 km wide; far smaller radii change little."""
    stable = []
    for radius_m in (2_000.0, 20_000.0, 40_000.0, 80_000.0):
        shares = []
        for seed in range(5):
            spots = find_hot_spots(scatter(seed, radius_m), cells, draws=49, shuffles=1_999)
            shares.append(spots.loc[["c18", "c19", "c26", "c27"], "significant_share"].mean())
        stable.append(np.mean(shares))
    assert stable[0] > 0.9
    assert stable == sorted(stable, reverse=True)
    assert stable[-1] < 0.05


def test_nothing_is_found_where_there_is_nothing(cells):
    """At the expected counts, a third of the units would have p <= 0.05."""
    alarms, means = [], []
    for seed in range(10):
        located = scatter(seed, 20_000.0, hot=0, spread=600)
        spots = find_hot_spots(located, cells, draws=49, shuffles=999)
        alarms.append((spots["p_value"] <= 0.05).mean())
        means.append(spots["significant_share"].mean())
    assert np.mean(alarms) <= 0.05
    assert np.mean(means) <= 0.02


def test_rates_are_of_area_people_or_a_series(cells):
    located = scatter(0)
    by_area = find_hot_spots(located, cells, rate_by="area", draws=9, shuffles=99)
    per_area = by_area["count"] / by_area["area_km2"] * 1_000
    assert by_area["rate_per_1000km2"].to_numpy() == pytest.approx(per_area.to_numpy())
    by_people = find_hot_spots(located, cells, rate_by="people", draws=9, shuffles=99)
    assert by_people["rate_per_100000"].to_numpy() == pytest.approx(
        (by_people["count"] / cells["people"].to_numpy() * 100_000).to_numpy()
    )
    numbers = pd.Series(cells["people"].to_numpy(), cells["name"]).iloc[::-1]
    told = find_hot_spots(located, cells, rate_by=numbers, draws=9, shuffles=99)
    assert_frame_equal(told.drop(columns="geometry"), by_people.drop(columns="geometry"))


def test_a_unit_that_cannot_be_judged_has_a_reason(cells):
    numbers = pd.Series(1.0, cells["name"]).drop("c0").replace({"c1": 0.0})
    numbers["c1"] = 0.0
    far = gpd.GeoDataFrame({"name": ["far"]}, geometry=[box(70, 30, 71, 31)], crs=4326)
    layer = pd.concat([cells[["name", "geometry"]], far], ignore_index=True)
    numbers["far"] = 1.0
    spots = find_hot_spots(scatter(0), layer, rate_by=numbers, draws=9, shuffles=99)
    told = spots.loc[spots["reason"].notna(), "reason"].to_dict()
    nothing = "`rate_by` has no number above 0"
    assert told == {"c0": nothing, "c1": nothing, "far": "no neighbours"}
    assert (
        spots.loc[list(told), ["z", "p_value", "q_value", "significant_share"]]
        .isna()
        .all(axis=None)
    )


def test_without_draws_the_best_points_are_counted(cells):
    spots = find_hot_spots(scatter(0, 25_000.0), cells, draws=0)
    exact = find_hot_spots(scatter(0, 25_000.0).assign(uncertainty_m=0.0), cells, draws=0)
    assert_frame_equal(pd.DataFrame(spots), pd.DataFrame(exact))
    assert spots[["count_low", "z_high", "significant_share"]].isna().all(axis=None)
    assert spots["p_value"].notna().all()


def test_the_same_seed_gives_the_same_table_and_the_input_stays(cells):
    located = scatter(0, 5_000.0)
    before = located.copy()
    options = {"draws": 9, "shuffles": 99, "units": cells}
    first, second = (find_hot_spots(located, **options) for _ in range(2))
    assert_frame_equal(pd.DataFrame(first), pd.DataFrame(second))
    assert_frame_equal(pd.DataFrame(located), pd.DataFrame(before))
    assert find_hot_spots(located, **options, seed=1)["count"].ne(first["count"]).any()
    assert first.attrs["geosec_steps"]["find_hot_spots"]["draws"] == 9


def test_neighbours_may_be_given(cells):
    queen = find_hot_spots(scatter(0), cells, draws=9, shuffles=0)
    graph = Graph.build_contiguity(cells.set_index("name"), rook=False)
    for weights in (graph, graph.to_W()):
        own = find_hot_spots(scatter(0), cells, weights=weights, draws=9, shuffles=0)
        assert own["z"].to_numpy() == pytest.approx(queen["z"].to_numpy())
    every = find_hot_spots(scatter(0), cells, weights="knn:500", draws=9, shuffles=0)
    assert set(every["reason"]) == {"all units are its neighbours"}
    for weights in ("rook", "knn:8", "distance:30000"):
        told = find_hot_spots(scatter(0), cells, weights=weights, draws=9, shuffles=0)
        assert told["z"].notna().any()


def test_only_the_period_counts(cells):
    days = pd.date_range("2024-01-01", periods=120)
    spots = find_hot_spots(
        scatter(0).assign(date=days), cells, period=("2024-01-01", "2024-02-09"), shuffles=0
    )
    assert spots["count"].sum() == 40
    assert spots["unit_name"][spots["count"] > 0].isin(["c18", "c19", "c26", "c27"]).all()
    with pytest.warns(GeosecWarning, match="all of them, of which none has a day in the period"):
        find_hot_spots(scatter(0).assign(date=days), cells, period=("2020-01-01", "2020-02-09"))


def test_what_is_left_out_is_told(cells):
    located = scatter(0)
    located.loc[:4, "geometry"] = None
    located["date"] = pd.Timestamp("2024-01-01")
    located.loc[10:12, "date"] = pd.NaT
    with pytest.warns(
        GeosecWarning, match="of 120 incidents, 5 without a place and 3 without a date"
    ):
        spots = find_hot_spots(located, cells, period=("2024-01-01", "2024-12-31"), shuffles=0)
    assert list(spots.attrs["left_out"].values()) == [120, 5, 3, 0]
    with pytest.warns(GeosecWarning, match="120 that lie in no unit"):
        find_hot_spots(scatter(0), cells.assign(geometry=cells.translate(20)), shuffles=0)


def test_tables_of_none_one_and_one_place(cells):
    empty = find_hot_spots(scatter(0).iloc[:0], cells)
    assert set(empty["reason"]) == {"all units have the same value"}
    one = find_hot_spots(scatter(0).iloc[:1], cells)
    assert one["spot"].eq("not significant").all()
    stacked = scatter(0)[["geometry"]].iloc[[0] * 50].to_crs(32642)
    assert stacked.index.has_duplicates
    told = find_hot_spots(stacked, cells)
    assert told["count"].max() == 50
    alone = find_hot_spots(scatter(0), cells.iloc[[18]], shuffles=99)
    assert alone["reason"].tolist() == ["no neighbours"]


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"statistic": "gi"}, "`statistic` is 'gi'"),
        ({"alpha": 0}, "`alpha` is a share"),
        ({"alpha": "x"}, "`alpha` must be"),
        ({"fdr": 1}, "`fdr` is True or False"),
        ({"shuffles": -1}, "`shuffles` must be 0 or more"),
        ({"draws": -1}, "`draws` must be 0 or more"),
        ({"weights": "king"}, "names no neighbours"),
        ({"weights": "knn:0"}, "1 or more"),
        ({"weights": 3}, "a Graph or W of libpysal, and was given 3"),
        ({"rate_by": "pople"}, "did you mean 'people'"),
        ({"rate_by": 3}, "a Series by `unit_id`, and was given 3"),
        ({"rate_by": pd.Series([1.0], ["x"])}, "for none of the units"),
        ({"rate_by": pd.Series([-1.0], ["c0"])}, "is -1 for 'c0'"),
        ({"rate_by": pd.Series([1.0, 2.0], ["c0", "c0"])}, "two numbers for 'c0'"),
        ({"period": "2024"}, "a first and a last day"),
        ({"period": ("2024-01-02", "2024-01-01")}, "before it begins"),
        ({"period": ("2024-01-02", "soon")}, "one is 'soon'"),
    ],
)
def test_an_argument_that_cannot_be_is_refused(cells, options, match):
    with pytest.raises(ParameterError, match=match):
        find_hot_spots(scatter(0).assign(date="2024-01-01"), cells, **options)


def test_a_period_needs_dates(cells):
    with pytest.raises(SchemaError, match="date"):
        find_hot_spots(scatter(0), cells, period=("2024-01-01", "2024-01-01"))


def test_a_graph_of_other_units_is_refused(cells):
    foreign = Graph.from_arrays(["x", "y"], ["y", "x"], [1.0, 1.0])
    with pytest.raises(ParameterError, match=r"has the label 'x', .* named as 'c0'"):
        find_hot_spots(scatter(0), cells, weights=foreign)
