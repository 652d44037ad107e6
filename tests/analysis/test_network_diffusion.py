"""The kernel along a network is that of all paths, and no mass is lost or made."""

from __future__ import annotations

import math

import numpy as np
import pytest

from geosec.analysis.network_diffusion import TrackDiffusion
from geosec.railway.lixels import cut_lixels

BANDWIDTH_M, STEP_M = 2_000.0, 100.0


def gaussian(metres):
    return math.exp(-0.5 * (metres / BANDWIDTH_M) ** 2) / math.sqrt(2 * math.pi) / BANDWIDTH_M


def quartic(metres, bandwidth):
    return 15 / 16 * max(0.0, 1 - (metres / bandwidth) ** 2) ** 2 / bandwidth


def spread_from(tracks, source, bandwidth_m=BANDWIDTH_M):
    """Spread one incident: places of lixels as (edge, metres), and densities per metre."""
    lixels = cut_lixels(tracks.network(), STEP_M)
    first, last = lixels.shares
    middle = (first + last) / 2 * lixels.tracks["length_m"].to_numpy()[lixels.track]
    places = [(tracks.edges[own], at) for own, at in zip(lixels.track, middle, strict=True)]
    point = tracks.point(*source[0], source[1]).geometry
    start = int(lixels.find(point.x, point.y)[0])
    mass = np.zeros((len(lixels), 1))
    mass[start] = 1.0
    spread = TrackDiffusion(lixels, bandwidth_m).spread(mass)[:, 0]
    return places, start, spread / lixels.length_m


def test_on_a_line_far_from_its_ends_the_kernel_is_gauss(star):
    tracks = star(30_000, 30_000)
    places, start, density = spread_from(tracks, (("hub", "end 0"), 50.0))
    way = np.array([at if edge[1] == "end 0" else -at for edge, at in places])
    exact = np.array([gaussian(metres) for metres in way - way[start]])
    assert density == pytest.approx(exact, abs=0.002 * exact.max())


@pytest.mark.parametrize("lengths_m", [(9_000,), (5_000, 3_000), (9_000, 9_000, 9_000)])
@pytest.mark.parametrize("along_m", [50.0, 1_050.0, 2_950.0])
def test_junctions_and_dead_ends_split_as_the_sum_over_all_paths(star, lengths_m, along_m):
    tracks = star(*lengths_m)
    check_against_paths(tracks, (tracks.edges[0], along_m))


@pytest.mark.parametrize("along_m", [50.0, 1_950.0])
def test_paths_that_come_round_a_ring_count_each(ring, along_m):
    tracks = ring(4_000, 3_000)
    check_against_paths(tracks, (tracks.edges[0], along_m))


def check_against_paths(tracks, source):
    places, start, density = spread_from(tracks, source)
    whole = [tracks.sum_paths(places[start], at, gaussian, 6 * BANDWIDTH_M) for at in places[::7]]
    assert density[::7] == pytest.approx(np.array(whole), abs=0.003 * max(whole))


def test_the_paths_give_the_values_that_spnetwork_publishes(star):
    """Tests of spNetwork 0.4 (Gelb 2021, doi:10.32614/RJ-2021-102), `test_kernels.R`.

    Both have four arms and an event 3 from the middle: equal-split discontinuous, seen from 3 along
    another arm, and continuous, from 1 along its own.
    """
    near, far = star(5_000, 5_000, 5_000, 5_000), star(10_000, 10_000, 10_000, 10_000)
    arms = near.edges

    def sum_quartic(tracks, target, bandwidth_m, *, continuous):
        kernel = lambda metres: quartic(metres, bandwidth_m)  # noqa: E731
        source = arms[0], 3_000.0
        return tracks.sum_paths(source, target, kernel, bandwidth_m, continuous=continuous)

    split = sum_quartic(near, (arms[1], 3_000.0), 10_000, continuous=False)
    assert split == pytest.approx(quartic(6_000, 10_000) / 3)
    kept = sum_quartic(far, (arms[0], 1_000.0), 5_000, continuous=True)
    assert kept == pytest.approx(quartic(2_000, 5_000) - quartic(4_000, 5_000) / 2)


def test_the_kernel_has_the_same_two_values_where_spnetwork_checks_its_own(star):
    tracks = star(10_000, 10_000, 10_000, 10_000)
    arms = tracks.edges[:2]
    source = arms[0], 3_050.0
    places, start, density = spread_from(tracks, source)
    seen = {edge: np.array([at if own == edge else np.inf for own, at in places]) for edge in arms}
    own, other = (
        int(np.abs(seen[edge] - metres).argmin())
        for edge, metres in zip(arms, (1_050, 3_050), strict=True)
    )
    from_hub = places[start][1]
    kept = gaussian(from_hub - places[own][1]) - gaussian(from_hub + places[own][1]) / 2
    assert density[own] == pytest.approx(kept, rel=0.005)
    assert density[other] == pytest.approx(gaussian(from_hub + places[other][1]) / 2, rel=0.01)


def test_mass_is_kept_and_the_kernel_is_symmetric(ring):
    lixels = cut_lixels(ring(4_000, 3_000).network(), 250.0)
    kernel = TrackDiffusion(lixels, BANDWIDTH_M).spread(np.eye(len(lixels)))
    assert kernel.sum(axis=0) == pytest.approx(1.0, abs=1e-12)
    assert kernel.min() >= 0
    density = kernel / lixels.length_m[:, None]
    assert density == pytest.approx(density.T, abs=1e-12)


def test_an_even_density_stays_even(ring):
    lixels = cut_lixels(ring(4_000, 3_000).network(), 250.0)
    mass = lixels.length_m[:, None]
    assert TrackDiffusion(lixels, BANDWIDTH_M).spread(mass) == pytest.approx(mass)


def test_without_a_bandwidth_nothing_is_spread(star):
    lixels = cut_lixels(star(9_000, 9_000, 9_000).network(), 250.0)
    mass = np.random.default_rng(0).poisson(3.0, (len(lixels), 5))
    assert TrackDiffusion(lixels, 0.0).spread(mass) == pytest.approx(mass)


def test_a_very_wide_kernel_is_even_over_what_is_joined(star):
    lixels = cut_lixels(star(9_000, 5_000, 4_000).network(), 250.0)
    mass = np.zeros((len(lixels), 1))
    mass[0] = 1.0
    spread = TrackDiffusion(lixels, 1e7).spread(mass)[:, 0]
    assert spread == pytest.approx(lixels.length_m / lixels.length_m.sum(), rel=1e-6)
