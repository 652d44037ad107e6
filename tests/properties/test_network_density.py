"""In any railway the density sums up to its incidents, and the kernel is fair to all places."""

from __future__ import annotations

import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec
from geosec import GeosecWarning, RailNetwork
from geosec.analysis.network_diffusion import TrackDiffusion
from geosec.railway.lixels import cut_lixels

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=25, deadline=None)


def make_railway(numbers: np.random.Generator, nodes: int, more: int) -> RailNetwork:
    """Lay a tree of tracks over random stations, and some tracks more, which close rings."""
    at = numbers.uniform([30, 48], [30.6, 48.4], (nodes, 2))
    pairs = {(int(numbers.integers(0, node)), node) for node in range(1, nodes)}
    for one, two in numbers.integers(0, nodes, (more, 2)).tolist():
        pairs |= {(min(one, two), max(one, two))} if one != two else set()
    rows = [
        (f"L{one}-{two}", f"N{end}", number * 1.0, *at[end])
        for one, two in sorted(pairs)
        for number, end in enumerate((one, two))
    ]
    stations = pd.DataFrame(rows, columns=["line", "name", "km", "longitude", "latitude"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeosecWarning)
        return RailNetwork.from_table(stations.assign(station_id=stations["name"]))


@FEW
@given(seed=SEEDS, nodes=st.integers(2, 12), more=st.integers(0, 6), km=st.floats(0.5, 40))
def test_mass_is_kept_and_what_a_place_gives_it_gets(seed, nodes, more, km):
    numbers = np.random.default_rng(seed)
    lixels = cut_lixels(make_railway(numbers, nodes, more), 2_000.0)
    some = numbers.choice(len(lixels), min(20, len(lixels)), replace=False)
    mass = np.zeros((len(lixels), len(some)))
    mass[some, np.arange(len(some))] = 1.0
    spread = TrackDiffusion(lixels, km * 1_000).spread(mass)
    assert spread.sum(axis=0) == pytest.approx(1.0, abs=1e-12)
    assert spread.min() >= 0
    given_ = spread[some] / lixels.length_m[some, None]
    assert given_ == pytest.approx(given_.T, abs=1e-9 * given_.max())


@FEW
@given(seed=SEEDS, nodes=st.integers(2, 12), more=st.integers(0, 6), radius_m=st.floats(0, 9_000))
def test_density_sums_up_to_what_is_on_the_railway_in_any_network(seed, nodes, more, radius_m):
    numbers = np.random.default_rng(seed)
    network = make_railway(numbers, nodes, more)
    lon, lat = numbers.uniform([30, 48], [30.6, 48.4], (15, 2)).T
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    table = geosec.with_uncertainty(table, radius_m)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeosecWarning)
        density = geosec.estimate_network_density(table, network, draws=19, step_m=2_000)
    on_track = density.attrs["geosec_steps"]["estimate_network_density"]["on_track"]
    total = (density["density_per_km"] * density["length_km"]).sum()
    assert total == pytest.approx(on_track, rel=1e-9)
    assert density["top_share"].between(0, 1).all()
    low, mean, high = (density[f"density_per_km{end}"] for end in ("_low", "", "_high"))
    assert ((low <= mean) & (mean <= high)).all()
