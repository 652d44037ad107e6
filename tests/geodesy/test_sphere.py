"""The squeezed sphere bounds the geodesics of the ellipsoid, whatever lies between."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geosec.geodesy.sphere import Site, bound_arcs, least_geodesic_m, pack_tree, to_sphere
from geosec.geodesy.wgs84 import POLE_M

GEOD = Geod(ellps="WGS84")
PLACE = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(PLACE)
def test_every_point_lies_on_the_sphere(place):
    assert math.dist(to_sphere(*place), (0, 0, 0)) == pytest.approx(POLE_M)


@given(PLACE, PLACE)
@settings(deadline=None, max_examples=300)
def test_no_geodesic_is_shorter_than_the_arc_of_its_chord(one, two):
    chord_m = math.dist(to_sphere(*one), to_sphere(*two))
    assert least_geodesic_m(chord_m) <= GEOD.inv(*one, *two)[2] + 1e-9


@pytest.mark.parametrize("lon", [0.0, 67.0, 180.0])
def test_along_a_meridian_at_the_pole_the_bound_is_close(lon):
    one, two = (lon, 89.9), (lon + 180, 89.9)
    least_m = least_geodesic_m(math.dist(to_sphere(*one), to_sphere(*two)))
    assert least_m / GEOD.inv(*one, *two)[2] == pytest.approx(1, abs=0.007)


@pytest.mark.parametrize("chord_m", [0.0, 1.0, POLE_M, 2 * POLE_M, 2 * POLE_M + 1e-6])
def test_an_arc_is_no_shorter_than_its_chord_and_half_the_sphere_at_the_most(chord_m):
    least_m = least_geodesic_m(chord_m)
    assert min(chord_m, 2 * POLE_M) - 2e-6 <= least_m <= math.pi * POLE_M


@given(PLACE, st.floats(0, 360), st.floats(0, 2e7))
@settings(deadline=None, max_examples=300)
def test_the_box_holds_the_end_of_every_geodesic_so_long(place, azimuth_deg, distance_m):
    end = GEOD.fwd(*place, azimuth_deg, distance_m)[:2]
    box = np.array(bound_arcs(*place, distance_m))
    assert (box[:3] <= to_sphere(*end)).all()
    assert (to_sphere(*end) <= box[3:]).all()


@pytest.mark.parametrize("count", [0, 1, 40])
def test_a_tree_holds_every_site_under_its_number(count):
    places = [(67 + at / 10, 30 - at / 20) for at in range(count)]
    sites = {7 + at: Site(*place, to_sphere(*place), ["x"]) for at, place in enumerate(places)}
    tree = pack_tree(sites)
    for number, site in sites.items():
        assert list(tree.nearest(site.xyz * 2, 1)) == [number]
    everything = (-POLE_M,) * 3 + (POLE_M,) * 3
    assert sorted(tree.intersection(everything)) == list(sites)
