"""The squeezed sphere: a tree of sites, and bounds of geodesics that hold everywhere on Earth.

The ellipsoid is squeezed by b/a along its equatorial axes, until its radius is b everywhere. A
sphere has no antimeridian and no pole. Squeezing makes no curve longer, so no geodesic is shorter
than the sphere's arc between its ends.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from rtree import index

from geosec.geodesy.wgs84 import EQUATOR_M, POLE_M

Point = tuple[float, float, float]
_FLAT = POLE_M / EQUATOR_M
_ROUNDING_M = 1e-6  # coordinates are rounded to 1e-9 m, and geodesics to 1e-8 m
_NODE = 16  # sites in a node of the tree
_FILLED = 0.4  # at least; a site leaves a tree of large, full nodes 25 times as slowly


class Site(NamedTuple):
    """A place in degrees, its point on the sphere in metres, and what stands there, sorted."""

    lon: float
    lat: float
    xyz: Point
    names: list[str]


def to_sphere(lon: float, lat: float) -> Point:
    """Give the point of the sphere, in metres from its centre, for degrees in EPSG:4326."""
    lam, phi = math.radians(lon), math.radians(lat)
    reduced = math.atan2(_FLAT * math.sin(phi), math.cos(phi))
    flat_m = POLE_M * math.cos(reduced)
    return flat_m * math.cos(lam), flat_m * math.sin(lam), POLE_M * math.sin(reduced)


def least_geodesic_m(chord_m: float) -> float:
    """Give the length in metres of the least geodesic over a chord: the sphere's own arc."""
    half = min(chord_m / (2 * POLE_M), 1.0)
    return 2 * POLE_M * math.asin(half) - _ROUNDING_M


def bound_arcs(lon: float, lat: float, distance_m: float) -> tuple[float, ...]:
    """Give the box, in metres, of the part of the sphere where geodesics so long can end."""
    half_arc = min(distance_m / (2 * POLE_M), math.pi / 2)
    reach_m = 2 * POLE_M * math.sin(half_arc) + _ROUNDING_M
    xyz = to_sphere(lon, lat)
    return (*(side - reach_m for side in xyz), *(side + reach_m for side in xyz))


def pack_tree(sites: dict[int, Site]) -> index.Index:
    """Build the tree over numbered sites at once, much faster than one by one."""
    properties = index.Property(
        dimension=3,
        leaf_capacity=_NODE,
        index_capacity=_NODE,
        near_minimum_overlap_factor=_NODE - 1,
        fill_factor=_FILLED,
    )
    if not sites:
        return index.Index(properties=properties)
    xyz = np.array([site.xyz for site in sites.values()])
    return index.Index((np.fromiter(sites, dtype="int64"), xyz, xyz), properties=properties)
