"""Probabilities that need no draws: an evenly filled disc against a line, an edge or a point.

An event within a known distance of a known point is spread evenly over a disc. What share of that
disc lies near a straight line, beyond a straight edge or near a point is a piece of plane geometry:
the circular segment (Weisstein, *Circular Segment*, MathWorld,
https://mathworld.wolfram.com/CircularSegment.html) and the lens of two circles (Weisstein,
*Circle-Circle Intersection*, MathWorld,
https://mathworld.wolfram.com/Circle-CircleIntersection.html).

How far the plane may be trusted:

- The Earth. Lengths and straight lines are geodesics, and the plane stands for the ellipsoid. The
  error of a share grows with the square of the reach, the radius of the disc plus the distance
  asked for, in radii of the Earth (6,371 km). Against fine grids of geodesics it is less than a
  tenth of that square, 0.0009 at the most for a reach of 1,000 km; at 50 km and less nothing is
  seen above the 0.00006 that the grids resolve.
- A bent line. It must be straight as far as the disc reaches on either side, and no other part of
  it may come near. Where it strays at most ``stray_m`` from a straight line there,
  `error_of_straying` bounds what that does to the share. A line that bends with a radius of
  curvature c strays ``radius_m ** 2 / (2 c)`` from its tangent.

Arrays broadcast against each other, a missing number (NaN) gives a missing share, and a disc
without a radius is a point: its shares are 0 or 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.errors import ParameterError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def share_near_line(
    offset_m: ArrayLike, radius_m: ArrayLike, distance_m: ArrayLike
) -> NDArray[np.float64]:
    """Give the share of a disc that lies within a distance of a straight line.

    The strip along the line is what is left between two circular segments.

    Parameters
    ----------
    offset_m : array of float
        From the centre of the disc to the line, metres; the side makes no difference.
    radius_m : array of float
        Full radius of the disc, metres.
    distance_m : array of float
        The limit, metres.

    Returns
    -------
    numpy.ndarray
        Probabilities, 0 to 1.

    Raises
    ------
    ParameterError
        If a radius or a distance is negative.

    Examples
    --------
    >>> share_near_line(0, 25_000, [5_000, 10_000]).round(3)
    array([0.253, 0.495])
    >>> share_near_line([14_000, 36_000], 25_000, 10_000).round(3)
    array([0.394, 0.   ])
    """
    offset_m, radius_m, distance_m = _check_lengths(offset_m, radius_m, distance_m)
    away_m = np.abs(offset_m)
    near = share_in_half_plane(distance_m - away_m, radius_m)
    far = share_in_half_plane(-distance_m - away_m, radius_m)
    point = np.where(away_m <= distance_m, 1.0, 0.0)
    share = np.where(radius_m > 0, np.maximum(near - far, 0.0), point)
    return np.where(np.isnan(offset_m + radius_m + distance_m), np.nan, share)


def share_in_half_plane(depth_m: ArrayLike, radius_m: ArrayLike) -> NDArray[np.float64]:
    """Give the share of a disc that lies on one side of a straight edge.

    With t the depth as a share of the radius, it is ``1/2 + (t sqrt(1 - t^2) + asin t) / pi``: the
    disc without the circular segment beyond the edge.

    Parameters
    ----------
    depth_m : array of float
        How deep inside the edge the centre of the disc lies, metres; negative outside.
    radius_m : array of float
        Full radius of the disc, metres.

    Returns
    -------
    numpy.ndarray
        Probabilities, 0 to 1.

    Raises
    ------
    ParameterError
        If a radius is negative.

    Examples
    --------
    >>> share_in_half_plane([0, 25_000, -12_500], 25_000).round(3)
    array([0.5  , 1.   , 0.196])
    """
    depth_m, radius_m, _ = _check_lengths(depth_m, radius_m, 0.0)
    whole = np.where(radius_m > 0, radius_m, 1.0)
    inside = np.clip(depth_m / whole, -1.0, 1.0)
    share = 0.5 + (inside * np.sqrt(1 - inside**2) + np.arcsin(inside)) / np.pi
    point = np.where(depth_m >= 0, 1.0, 0.0)
    share = np.where(radius_m > 0, share, point)
    return np.where(np.isnan(depth_m + radius_m), np.nan, share)


def share_near_point(
    away_m: ArrayLike, radius_m: ArrayLike, distance_m: ArrayLike
) -> NDArray[np.float64]:
    """Give the share of a disc that lies within a distance of a point.

    The lens of the two circles, as a share of the disc.

    Parameters
    ----------
    away_m : array of float
        From the centre of the disc to the point, metres.
    radius_m : array of float
        Full radius of the disc, metres.
    distance_m : array of float
        The limit, metres.

    Returns
    -------
    numpy.ndarray
        Probabilities, 0 to 1.

    Raises
    ------
    ParameterError
        If a radius or a distance is negative.

    Examples
    --------
    >>> share_near_point([0, 20_000, 40_000], 25_000, 10_000).round(3)
    array([0.16 , 0.123, 0.   ])
    """
    away_m, radius_m, distance_m = _check_lengths(away_m, radius_m, distance_m)
    away_m = np.abs(away_m)
    whole = np.where(radius_m > 0, radius_m, 1.0)
    least = np.minimum(distance_m / whole, 1.0) ** 2  # one circle inside the other
    meets = (away_m < radius_m + distance_m) & (away_m > np.abs(radius_m - distance_m))
    lens = _measure_lens_m2(away_m, radius_m, distance_m, meets) / (np.pi * whole**2)
    share = np.where(meets, np.minimum(lens, 1.0), least)
    share = np.where(away_m >= radius_m + distance_m, 0.0, share)
    point = np.where(away_m <= distance_m, 1.0, 0.0)
    share = np.where(radius_m > 0, share, point)
    return np.where(np.isnan(away_m + radius_m + distance_m), np.nan, share)


def share_in_polygon(
    depth_m: ArrayLike, radius_m: ArrayLike, distance_m: ArrayLike = 0.0
) -> NDArray[np.float64]:
    """Say where a disc lies wholly inside a polygon, or wholly outside it.

    Parameters
    ----------
    depth_m : array of float
        From the centre of the disc to the nearest point of the polygon's border, metres; negative
        where the centre lies outside.
    radius_m : array of float
        Full radius of the disc, metres.
    distance_m : array of float, default 0
        Within so many metres of the polygon counts as inside.

    Returns
    -------
    numpy.ndarray
        1 wholly inside, 0 wholly outside, NaN where the border passes through the disc: that
        share depends on the border's course, and needs draws or, for a straight border,
        `share_in_half_plane`.

    Raises
    ------
    ParameterError
        If a radius or a distance is negative.

    Examples
    --------
    >>> share_in_polygon([30_000, 20_000, -20_000, -30_000], 25_000)
    array([ 1., nan, nan,  0.])
    """
    depth_m, radius_m, distance_m = _check_lengths(depth_m, radius_m, distance_m)
    reach_m = depth_m + distance_m
    outside = (reach_m <= -radius_m) & (reach_m < 0)  # on the border counts as inside
    return np.where(reach_m >= radius_m, 1.0, np.where(outside, 0.0, np.nan))


def error_of_straying(stray_m: ArrayLike, radius_m: ArrayLike) -> NDArray[np.float64]:
    """Bound how far a share changes if a line or an edge strays from the straight one.

    Two lines that stray at most s from each other have strips that lie within s of each other, and
    a strip of width s holds at most ``2 s / (pi radius)`` of a disc, which it does through the
    centre. A strip has two sides.

    Parameters
    ----------
    stray_m : array of float
        The farthest the line strays from the straight one within reach of the disc, metres.
    radius_m : array of float
        Full radius of the disc, metres.

    Returns
    -------
    numpy.ndarray
        The most by which `share_near_line` is off, 0 to 1.

    Raises
    ------
    ParameterError
        If either is negative.

    Examples
    --------
    >>> error_of_straying([200], 25_000).round(4)
    array([0.0102])
    """
    _, radius_m, stray_m = _check_lengths(0.0, radius_m, stray_m)
    whole = np.where(radius_m > 0, radius_m, 1.0)
    bound = np.minimum(4 * stray_m / (np.pi * whole), 1.0)
    point = np.where(stray_m > 0, 1.0, 0.0)
    return np.where(np.isnan(radius_m + stray_m), np.nan, np.where(radius_m > 0, bound, point))


def _measure_lens_m2(
    away_m: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    distance_m: NDArray[np.float64],
    meets: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Add the two circular segments of circles that cut each other."""
    area_m2 = np.zeros(meets.shape)
    apart, one, other = away_m[meets], radius_m[meets], distance_m[meets]
    for own, across in ((one, other), (other, one)):
        chord = (apart**2 + (own - across) * (own + across)) / (2 * apart * own)
        half = np.arccos(np.clip(chord, -1.0, 1.0))
        area_m2[meets] += own**2 * (half - np.sin(half) * np.cos(half))
    return area_m2


def _check_lengths(
    place_m: ArrayLike, radius_m: ArrayLike, distance_m: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Broadcast, and refuse negative lengths."""
    place_m, radius_m, distance_m = np.broadcast_arrays(
        np.asarray(place_m, dtype="float64"),
        np.asarray(radius_m, dtype="float64"),
        np.asarray(distance_m, dtype="float64"),
    )
    least = min(np.nanmin(radius_m, initial=0.0), np.nanmin(distance_m, initial=0.0))
    if least < 0:
        msg = f"radii and distances are 0 m or more, and one of them is {least:g}."
        raise ParameterError(msg)
    return place_m, radius_m, distance_m
