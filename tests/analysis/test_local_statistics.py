"""Local statistics, against documented values, esda and every arrangement there is."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from esda import G_Local, Moran_Local
from libpysal.graph import Graph
from scipy.stats import false_discovery_control

from geosec.analysis.local_statistics import (
    adjust_p,
    find_normal_p,
    find_pseudo_p,
    measure_gi_star,
    measure_local_moran,
)
from geosec.analysis.neighbours import Neighbours

# six points and their values, and Gi* of them in a band of 15: the documentation of esda 2.9,
# https://pysal.org/esda/generated/esda.G_Local.html
POINTS = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)])
VALUES = np.array([[2, 3, 3.2, 5, 8, 7]])
GI_STAR = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]


def take(graph: Graph) -> Neighbours:
    pairs = graph.adjacency.reset_index()
    return Neighbours.of(*(pairs[name].to_numpy() for name in pairs.columns), graph.n)


@pytest.fixture
def band() -> Graph:
    return Graph.build_distance_band(POINTS, 15)


@pytest.fixture
def lattice() -> tuple[Graph, Neighbours, np.ndarray]:
    at = np.stack(np.meshgrid(np.arange(9), np.arange(9)), -1).reshape(-1, 2).astype(float)
    graph = Graph.build_distance_band(at, 1.5)
    return graph, take(graph), np.random.default_rng(1).poisson(1.5, (20, 81)).astype(float)


def test_gi_star_is_that_of_the_documented_example(band):
    assert measure_gi_star(VALUES, take(band)).z[0] == pytest.approx(GI_STAR, abs=1e-8)


def test_gi_star_of_all_sets_is_that_of_esda_for_each(lattice):
    graph, neighbours, values = lattice
    own = [G_Local(each, graph, transform="B", star=True, permutations=0).Zs for each in values]
    assert np.abs(measure_gi_star(values, neighbours).z - own).max() < 1e-9


def test_moran_deviates_by_the_moments_of_all_arrangements(band):
    """esda's closed variance is less by (n - 2) / n; its shuffles agree with this one."""
    neighbours = take(band)
    told = measure_local_moran(VALUES, neighbours).z[0]
    apart = VALUES[0] - VALUES[0].mean()
    for unit in range(6):
        own = neighbours.members[neighbours.starts[unit] : neighbours.starts[unit + 1]]
        others = np.delete(apart, unit)
        every = [sum(chosen) for chosen in permutations(others, len(own))]
        lag = apart[own].sum()
        z = np.sign(apart[unit]) * (lag - np.mean(every)) / np.std(every)
        assert told[unit] == pytest.approx(z, abs=1e-9)


def test_quadrants_are_those_of_esda(lattice):
    graph, neighbours, values = lattice
    for each in values[:5]:
        own = Moran_Local(each, graph, permutations=0).q
        found = measure_local_moran(each[None], neighbours)
        told = np.where(found.is_high, np.where(found.lag_is_high, 1, 4), 2 + found.lag_is_high * 0)
        told = np.where(~found.is_high & ~found.lag_is_high, 3, told)
        assert (told[0] == own).all()


@pytest.mark.parametrize("fixed", [False, True])
def test_pseudo_p_is_that_of_all_arrangements(band, fixed):
    neighbours = take(band)
    statistic = "local_moran" if fixed else "gi_star"
    told = find_pseudo_p(VALUES, neighbours, statistic, (40_000, 40_000), 0)[0]
    own = neighbours if fixed else neighbours.with_self()
    for unit in range(6):
        members = own.members[own.starts[unit] : own.starts[unit + 1]]
        pool = np.delete(VALUES[0], unit) if fixed else VALUES[0]
        every = np.array([sum(chosen) for chosen in combinations(pool, len(members))])
        seen = VALUES[0][members].sum()
        tails = (every >= seen - 1e-9).mean(), (every <= seen + 1e-9).mean()
        assert told[unit] == pytest.approx(min(1, 2 * min(tails)), abs=0.012)


def test_few_shuffles_tell_what_many_do(lattice):
    _, neighbours, values = lattice
    few = find_pseudo_p(values, neighbours, "gi_star", (9_999, 20), 0)
    many = find_pseudo_p(values, neighbours, "gi_star", (9_999, 9_999), 1)
    assert np.log(few / many).mean() == pytest.approx(0, abs=0.05)
    assert np.log(few / many).std() < 0.3


def test_shuffles_do_not_depend_on_the_threads(lattice, monkeypatch):
    _, neighbours, values = lattice
    many = np.tile(values, (20, 1))
    told = []
    for threads in ("1", "2"):
        monkeypatch.setenv("GEOSEC_THREADS", threads)
        told.append(find_pseudo_p(many, neighbours, "gi_star", (99, 10), 7))
    assert (told[0] == told[1]).all()


def test_q_is_that_of_scipy():
    p = np.random.default_rng(0).uniform(0, 0.2, (3, 30))
    own = [false_discovery_control(each) for each in p]
    assert adjust_p(p) == pytest.approx(np.array(own))
    gap = np.append(p[0], np.nan)[None]
    assert np.isnan(adjust_p(gap)[0, -1])
    assert adjust_p(gap)[0, :-1] == pytest.approx(own[0])


def test_normal_p_is_two_sided():
    assert find_normal_p(np.array([1.959964, -2.575829])) == pytest.approx([0.05, 0.01], abs=1e-6)


def test_where_nothing_differs_nothing_is_said(band):
    same = np.ones((2, 6))
    assert np.isnan(measure_gi_star(same, take(band)).z).all()
    assert np.isnan(find_pseudo_p(same, take(band), "gi_star", (99, 10), 0)).all()
    island = Neighbours.of(np.array([0, 1]), np.array([1, 0]), np.ones(2), 6)
    assert np.isnan(measure_local_moran(VALUES, island).z[0]).tolist() == [False] * 2 + [True] * 4
