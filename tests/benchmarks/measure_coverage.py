"""How often the intervals of rates, counts and ratios hold what is true, on simulated incidents.

Run it by hand: ``python tests/benchmarks/measure_coverage.py [RUNS]``; with 100 runs it takes some
minutes. True places are strewn evenly, with more of them in one section, near one target or in one
square; each is told somewhere else in a disc, as a table with that error would have it. Nothing of
the analyses is used to make the truth: lines are walked by pyproj, squares are of UTM.
"""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

import geosec

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RUNS = 100
ERRORS_M = (1_000.0, 5_000.0, 20_000.0)
SECTIONS, SECTION_M, HALF_WIDTH_M, HOT = 12, 50_000.0, 10_000.0, 5
AZIMUTH_DEG, START = 70.0, (64.0, 27.0)
YEAR = ("2020-01-01", "2020-12-31")
YEARS = 366 / 365.2425
UTM, ORIGIN_M = 32642, (400_000.0, 3_300_000.0)
NEAR_M, REGION_M = 10_000.0, 60_000.0
SIDE_M, SQUARES = 20_000.0, 8
CENTRE = (4, 4)  # the square in which there are more


def shift(rng: np.random.Generator, count: int, error_m: float) -> tuple[Floats, Floats]:
    """Draw how far from the truth places are told, evenly over a disc, in metres."""
    away = error_m * np.sqrt(rng.uniform(size=count))
    angle = rng.uniform(0, 2 * np.pi, count)
    return away * np.cos(angle), away * np.sin(angle)


def tell(x: Floats, y: Floats, rng: np.random.Generator, error_m: float) -> gpd.GeoDataFrame:
    """Make a table of places in metres of the region, told with an error."""
    right, up = shift(rng, len(x), error_m)
    points = gpd.points_from_xy(ORIGIN_M[0] + x + right, ORIGIN_M[1] + y + up)
    table = gpd.GeoDataFrame(geometry=points, crs=UTM)
    return geosec.with_uncertainty(table, uncertainty_m=error_m * np.sqrt(0.95))


def walk(along_m: Floats, beside_m: Floats) -> tuple[Floats, Floats]:
    """Give longitudes and latitudes of places along a geodesic, and to the right of it."""
    geod, count = Geod(ellps="WGS84"), len(along_m)
    lon, lat = np.full(count, START[0]), np.full(count, START[1])
    lon, lat, back = geod.fwd(lon, lat, np.full(count, AZIMUTH_DEG), along_m)
    lon, lat, _ = geod.fwd(lon, lat, np.asarray(back) + 180 + 90, beside_m)
    return np.asarray(lon), np.asarray(lat)


def make_network() -> geosec.RailNetwork:
    """Make a straight railway with a station every 25 km."""
    km = np.arange(0, SECTIONS * SECTION_M / 1000 + 1, 25.0)
    lon, lat = walk(km * 1000, np.zeros(len(km)))
    names = [f"S{number:02d}" for number in range(len(km))]
    stations = {"name": names, "line": "X", "km": km, "longitude": lon, "latitude": lat}
    return geosec.RailNetwork.from_table(pd.DataFrame(stations))


def strew(rng: np.random.Generator, error_m: float, each: int, hot: int) -> gpd.GeoDataFrame:
    """Strew incidents over the land round the railway, and more into one section."""
    beside = 4 * max(error_m, HALF_WIDTH_M)
    ends = -2 * beside, SECTIONS * SECTION_M + 2 * beside
    density = each / (SECTION_M * 2 * HALF_WIDTH_M)
    even, more = rng.poisson(density * (ends[1] - ends[0]) * 2 * beside), rng.poisson(hot - each)
    along = [rng.uniform(*ends, even), SECTION_M * (HOT + rng.uniform(size=more))]
    across = [rng.uniform(-beside, beside, even), rng.uniform(-HALF_WIDTH_M, HALF_WIDTH_M, more)]
    on, off = shift(rng, even + more, error_m)
    lon, lat = walk(np.concatenate(along) + on, np.concatenate(across) + off)
    dates = pd.to_datetime(["2020-06-01"] * len(lon))
    table = gpd.GeoDataFrame({"date": dates}, geometry=gpd.points_from_xy(lon, lat), crs=4326)
    return geosec.with_uncertainty(table, uncertainty_m=error_m * np.sqrt(0.95))


def measure_sections(network: geosec.RailNetwork, error_m: float, each: int, hot: int) -> str:
    """Count how often the rates of `corridor_rates` hold: of the hot section, and of the others."""
    true = np.full(SECTIONS, each / (SECTION_M / 1e5) / YEARS)
    true[HOT] *= hot / each
    held = np.zeros(SECTIONS)
    for run in range(RUNS):
        rng = np.random.default_rng([run, int(error_m), each, hot])
        rates = geosec.corridor_rates(
            strew(rng, error_m, each, hot),
            "X",
            network=network,
            by=SECTION_M,
            half_width_m=HALF_WIDTH_M,
            period=YEAR,
            draws=99,
        )
        low, high = (rates[f"rate_per_100km_year_{end}"].to_numpy() for end in ("low", "high"))
        held += (low <= true) & (true <= high)
    others = np.delete(held, HOT)[1:-1]  # without the ends of the corridor
    return f"{held[HOT] / RUNS:.3f}, others {others.mean() / RUNS:.3f}"


def measure_targets(error_m: float, mean: float, hot: float) -> str:
    """Count how often `count_near` holds the true number near a target, and its mean."""
    target = gpd.GeoDataFrame({"name": ["T"]}, geometry=[shapely.Point(ORIGIN_M)], crs=UTM)
    held = np.zeros(2)
    for run in range(RUNS):
        rng = np.random.default_rng([run, int(error_m), int(10 * mean), int(hot)])
        even = rng.poisson(mean * (2 * REGION_M) ** 2 / (np.pi * NEAR_M**2))
        x, y = rng.uniform(-REGION_M, REGION_M, (2, even))
        right, up = shift(rng, rng.poisson(hot), NEAR_M / 2)
        x, y = np.append(x, right), np.append(y, up)
        true = (np.hypot(x, y) <= NEAR_M).sum()
        found = geosec.count_near(tell(x, y, rng, error_m), target, distance_m=NEAR_M).iloc[0]
        held[0] += found["count_low"] <= true <= found["count_high"]
        held[1] += found["mean_low"] <= mean + hot <= found["mean_high"]
    return f"{held[0] / RUNS:.3f}, mean {held[1] / RUNS:.3f}"


def make_squares() -> gpd.GeoDataFrame:
    """Make the squares that ratios are asked of."""
    corners = [(i, j) for i in range(SQUARES) for j in range(SQUARES)]
    boxes = [shapely.box(i, j, i + 1, j + 1) for i, j in corners]
    boxes = shapely.transform(boxes, lambda at: ORIGIN_M + SIDE_M * at)
    index = pd.Index([f"{i}-{j}" for i, j in corners])
    return gpd.GeoDataFrame({"name": index}, geometry=boxes, index=index, crs=UTM)


def fill_squares(
    rng: np.random.Generator, error_m: float, each: float, more: float
) -> gpd.GeoDataFrame:
    """Strew incidents over all squares and round them, and more into the one at the centre."""
    pad = 2 * error_m + 1
    even = rng.poisson(each * ((SQUARES * SIDE_M + 2 * pad) / SIDE_M) ** 2)
    x, y = rng.uniform(-pad, SQUARES * SIDE_M + pad, (2, even))
    at = rng.uniform(size=(2, rng.poisson(more)))
    in_x, in_y = SIDE_M * (np.array(CENTRE)[:, None] + at)
    return tell(np.append(x, in_x), np.append(y, in_y), rng, error_m)


def measure_ratio(squares: gpd.GeoDataFrame, error_m: float, each: float, ratio: float) -> str:
    """Count how often `compare_rates` holds the ratio of one square, and 1 in those beside it."""
    centre = f"{CENTRE[0]}-{CENTRE[1]}"
    beside = [f"{CENTRE[0] + i}-{CENTRE[1] + j}" for i, j in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    held = np.zeros(2)
    for run in range(RUNS):
        rng = np.random.default_rng([run, int(error_m), int(each), int(ratio)])
        first = fill_squares(rng, error_m, each, 0)
        second = fill_squares(rng, error_m, each, each * (ratio - 1))
        found = geosec.compare_rates(first, second, squares, draws=99)
        low, high = found["ratio_b_to_a_low"], found["ratio_b_to_a_high"]
        held[0] += low[centre] <= ratio <= high[centre]
        held[1] += ((low[beside] <= 1) & (high[beside] >= 1)).mean()
    return f"{held[0] / RUNS:.3f}, beside it {held[1] / RUNS:.3f}"


def main() -> None:
    """Print the shares of tables whose intervals hold."""
    network, squares = make_network(), make_squares()
    print(f"{RUNS} tables each; intervals of 95 %\n")
    for each, hot in ((1, 1), (4, 30), (20, 20), (20, 100)):
        for error_m in ERRORS_M:
            told = measure_sections(network, error_m, each, hot)
            print(f"corridor_rates, {hot} among {each}, errors of {error_m / 1e3:.0f} km: {told}")
    for mean, hot in ((3.0, 0.0), (20.0, 0.0), (3.0, 20.0)):
        for error_m in ERRORS_M:
            told = measure_targets(error_m, mean, hot)
            print(f"count_near, {mean:.0f} and {hot:.0f}, errors of {error_m / 1e3:.0f} km: {told}")
    for ratio in (1.0, 4.0):
        for error_m in (0.0, *ERRORS_M):
            told = measure_ratio(squares, error_m, 30.0, ratio)
            print(f"compare_rates, x {ratio:.0f}, errors of {error_m / 1e3:.0f} km: {told}")


if __name__ == "__main__":
    warnings.simplefilter("ignore", geosec.GeosecWarning)
    RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    main()
