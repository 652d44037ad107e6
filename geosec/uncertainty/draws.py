"""How one place is drawn: even sequences mapped onto discs, polygons and lines.

The sequence is Roberts' R3, a rank-1 lattice of the generalised golden ratio (M. Roberts 2018,
*The unreasonable effectiveness of quasirandom sequences*), rotated by a shift of its own for each
incident (Cranley and Patterson 1976, doi:10.1137/0713071). The shift comes from the seed and the
incident's identifier alone, so adding a row changes no other row's draws.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer

from geosec.geodesy.compiled import load_loops
from geosec.geodesy.geodesics import geodesic_direct, geodesic_inverse
from geosec.geodesy.threads import run_in_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


_GOLDEN_3 = 1.2207440846057596  # the real root of x^4 = x + 1
_STEPS = 1 / _GOLDEN_3 ** np.arange(1, 4)
_EQUAL_AREA = "EPSG:6933"  # WGS 84 / NSIDC EASE-Grid 2.0 Global, cylindrical equal area
_SERIES_M = 500_000.0  # radii up to here are walked by the compiled loops
_EDGE_DEG = 0.1  # edges are cut this fine before they are bent into the equal-area plane


def uniforms(ids: Sequence[str], draws: int, *, seed: int) -> NDArray[np.float64]:
    """Give each incident its own evenly spread numbers between 0 and 1.

    Parameters
    ----------
    ids : sequence of str
        Identifiers of the incidents; the same identifier gets the same numbers.
    draws : int
        How many for each.
    seed : int
        Another seed gives other numbers.

    Returns
    -------
    numpy.ndarray
        Shape (len(ids), draws, 3), no unit: one to choose a reading by, two to place a draw.

    Examples
    --------
    >>> both = uniforms(["a", "b"], 4, seed=0)
    >>> bool((both[1] == uniforms(["b"], 4, seed=0)[0]).all())
    True
    """
    shifts = np.array([_shift(each, seed) for each in ids]).reshape(-1, 3)
    numbers = np.empty((len(shifts), draws, 3))
    fill = load_loops("uncertainty.loops").fill_uniforms
    run_in_parts(lambda first, last: fill(shifts, _STEPS, first, last, numbers), len(shifts))
    return numbers


def _shift(identifier: str, seed: int) -> list[float]:
    digest = hashlib.blake2b(f"{seed}:{identifier}".encode(), digest_size=24).digest()
    return [int.from_bytes(digest[at : at + 8], "big") / 2**64 for at in (0, 8, 16)]


def in_disc(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    uniform: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw evenly over the area of discs.

    Parameters
    ----------
    lon, lat : array of float, shape (n, 1)
        Centres, degrees in EPSG:4326.
    radius_m : array of float, shape (n, 1)
        Full radii, metres.
    uniform : array of float, shape (n, draws, 2)
        Numbers between 0 and 1.

    Returns
    -------
    lon, lat : array of float, shape (n, draws)

    Examples
    --------
    >>> centre = np.array([[67.0]]), np.array([[30.0]])
    >>> lon, lat = in_disc(*centre, np.array([[0.0]]), np.array([[[0.5, 0.5]]]))
    >>> lon.round(6).tolist(), lat.round(6).tolist()
    ([[67.0]], [[30.0]])
    """
    away_m = (radius_m * np.sqrt(uniform[..., 0])).ravel()
    shape = uniform.shape[:-1]
    from_lon, from_lat = (np.broadcast_to(each, shape).ravel() for each in (lon, lat))
    azimuth_deg = (360.0 * uniform[..., 1]).ravel()
    to_lon, to_lat = np.empty_like(away_m), np.empty_like(away_m)
    move = load_loops("geodesy.loops.ellipsoid").fill_direct

    def move_part(first: int, last: int) -> None:
        part = slice(first, last)
        arguments = (from_lon, from_lat, azimuth_deg, away_m, to_lon, to_lat)
        move(*(each[part] for each in arguments))

    run_in_parts(move_part, len(away_m))
    wide = np.broadcast_to(radius_m > _SERIES_M, shape).ravel()
    if wide.any():
        to_lon[wide], to_lat[wide] = geodesic_direct(
            from_lon[wide], from_lat[wide], azimuth_deg[wide], away_m[wide]
        )
    return to_lon.reshape(shape), to_lat.reshape(shape)


def in_polygon(
    polygon: BaseGeometry, uniform: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw evenly over the area of a polygon.

    The polygon is cut into triangles in a cylindrical equal-area projection of the ellipsoid;
    one number picks the triangle by its share of the area and, stretched, one of two barycentric
    coordinates.

    Parameters
    ----------
    polygon : shapely Polygon or MultiPolygon
        In EPSG:4326.
    uniform : array of float, shape (draws, 2)
        Numbers between 0 and 1.

    Returns
    -------
    lon, lat : array of float, shape (draws,)

    Examples
    --------
    >>> box = shapely.box(66, 29, 67, 30)
    >>> lon, lat = in_polygon(box, np.array([[0.1, 0.3], [0.7, 0.9]]))
    >>> bool(shapely.contains_xy(box, lon, lat).all())
    True
    """
    corners, upto = _triangles(shapely.to_wkb(polygon))
    which = np.minimum(np.searchsorted(upto, uniform[:, 0], side="right"), len(upto) - 1)
    low = np.concatenate([[0.0], upto])[which]
    root = np.sqrt((uniform[:, 0] - low) / (upto[which] - low))[:, None]
    turn = uniform[:, 1][:, None]
    a, b, c = corners[which, 0], corners[which, 1], corners[which, 2]
    x, y = ((1 - root) * a + root * (1 - turn) * b + root * turn * c).T
    lon, lat = _projection().transform(x, y, direction="INVERSE")
    return np.asarray(lon), np.asarray(lat)


def along_line(
    line: BaseGeometry, uniform: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw evenly along the geodesic length of a line.

    Parameters
    ----------
    line : shapely LineString or MultiLineString
        In EPSG:4326, edges are geodesics.
    uniform : array of float, shape (draws,)
        Numbers between 0 and 1, as shares of the length.

    Returns
    -------
    lon, lat : array of float, shape (draws,)

    Examples
    --------
    >>> lon, lat = along_line(shapely.LineString([(66, 0), (68, 0)]), np.array([0.25]))
    >>> float(lon[0].round(6)), float(abs(lat[0]).round(6))
    (66.5, 0.0)
    """
    ends = [np.asarray(part.coords)[:, :2] for part in shapely.get_parts(line)]
    start = np.concatenate([part[:-1] for part in ends])
    stop = np.concatenate([part[1:] for part in ends])
    azimuth_deg, length_m = geodesic_inverse(start[:, 0], start[:, 1], stop[:, 0], stop[:, 1])
    upto = np.cumsum(length_m)
    wanted = uniform * upto[-1]
    edge = np.minimum(np.searchsorted(upto, wanted, side="right"), len(upto) - 1)
    rest_m = wanted - (upto - length_m)[edge]
    return geodesic_direct(start[edge, 0], start[edge, 1], azimuth_deg[edge], rest_m)


@lru_cache(maxsize=512)
def _triangles(wkb: bytes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give corners (n, 3, 2) in the equal-area plane and the cumulative shares of area."""
    fine = shapely.segmentize(shapely.from_wkb(wkb), _EDGE_DEG)
    plane = shapely.transform(fine, _projection().transform, interleaved=False)
    pieces = shapely.get_parts(shapely.constrained_delaunay_triangles(plane))
    pieces = pieces[shapely.area(pieces) > 0]
    corners = shapely.get_coordinates(pieces).reshape(-1, 4, 2)[:, :3]
    upto = np.cumsum(shapely.area(pieces))
    return corners, upto / upto[-1]


@lru_cache(maxsize=1)
def _projection() -> Transformer:
    return Transformer.from_crs("EPSG:4326", _EQUAL_AREA, always_xy=True)
