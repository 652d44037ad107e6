"""Marks that would hide each other are joined, and no incident is lost."""

from __future__ import annotations

import numpy as np

from geosec.maps.paper.crowds import (
    cluster_places,
    count_bins,
    find_radius,
    is_crowded,
    join_covered,
    write_count,
)


def make_places(count):
    chance = np.random.default_rng(0)
    x, y = chance.uniform(0, 600, count), chance.uniform(0, 500, count)
    return x, y, chance.integers(0, 3, (count, 2)) + np.array([1, 0])


def test_joined_marks_hold_every_incident_and_hide_no_count():
    x, y, rings = make_places(300)
    rows = rings.sum(axis=1)
    marks = join_covered(x, y, rings, np.where(rows == 1, 6.0, [find_radius(n) for n in rows]))
    assert sum(mark.ring.sum() for mark in marks) == rings.sum()
    for one in marks:
        for other in marks:
            apart = np.hypot(one.x - other.x, one.y - other.y)
            if one is not other and one.ring.sum() > 1:
                assert apart >= one.radius + other.radius - 5


def test_clusters_and_bins_hold_every_incident():
    x, y, rings = make_places(5_000)
    assert is_crowded(x, y, (600, 500))
    assert not is_crowded(x[:60], y[:60], (600, 500))
    clusters = cluster_places(x, y, rings)
    assert sum(cluster.rows for cluster in clusters) == rings.sum()
    assert sum(cluster.places for cluster in clusters) == 5_000
    bins = count_bins(x, y, rings.sum(axis=1))
    held = sum(len(middle_x) for middle_x, _ in bins)
    assert held == len({*zip(x // 2, y // 2, strict=True)})


def test_counts_have_three_figures_at_the_most():
    told = [write_count(count) for count in (7, 999, 1_234, 12_345, 999_600)]
    assert told == ["7", "999", "1.2k", "12k", "1M"]
