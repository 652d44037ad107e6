"""Km posts as somebody quoted them: which km of a line each may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from geosec.arguments import require_numbers
from geosec.errors import ParameterError
from geosec.railway.breaks import list_other_counts, load_chainage_breaks
from geosec.railway.network import RailNetwork, take_network

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_NEAR_POST_KM = 0.5  # posts are told in whole km


class _Readings(NamedTuple):
    """Lowest and highest km that a break lets posts mean; not finite where it says nothing."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]


def km_interval(line_id: str, km: ArrayLike, *, network: RailNetwork | None = None) -> pd.DataFrame:
    """Say which km of a line posts may mean that somebody quoted.

    Each break is weighed by itself, and the interval holds every reading: the post as it stands,
    the same post in another count, and, between two posts at odds with the track, counting from
    the lower and from the upper one.

    Parameters
    ----------
    line_id : str
        Such as ``"ML-3"``.
    km : float or array of float
        Posts as quoted, in kilometres.
    network : RailNetwork, optional
        The railway; the one that ships with geosec by default.

    Returns
    -------
    pandas.DataFrame
        One row for each post: ``rail_km`` as quoted, ``rail_km_low`` and ``rail_km_high`` in the
        chainage of `geosec.interpolate` (kilometres; equal where there is no doubt, missing
        where nobody knows how large it is), and ``note``, why; missing where there is no doubt.

    Raises
    ------
    UnknownNameError
        If there is no such line.
    ParameterError
        If a post lies beyond the ends of the line by any count.

    Examples
    --------
    >>> km_interval("ML-3", [175, 268])[["rail_km_low", "rail_km_high"]].to_numpy().tolist()
    [[175.0, 175.0], [268.0, 271.0]]
    """
    network = take_network(network)
    ends = network.posts_of(line_id)["km"].iloc[[0, -1]].to_numpy()
    quoted = require_numbers(km, "km")
    on_line = (quoted >= ends[0]) & (quoted <= ends[1])
    low, high = np.where(on_line, quoted, np.inf), np.where(on_line, quoted, -np.inf)
    notes: list[list[str]] = [[] for _ in quoted]
    for at in load_chainage_breaks(network.on([line_id])).itertuples():
        meant = _READ_BY_KIND[at.kind](quoted, at.km_low, at.km_high, at.shift_km)
        low, high = np.minimum(low, meant.low), np.maximum(high, meant.high)
        for row in np.flatnonzero(~np.isinf(meant.low)):
            notes[row].append(at.note)
    beyond = np.isinf(low) & ~np.isnan(quoted)
    require_on_line(line_id, quoted[beyond], network=network)
    low, high = (np.where(np.isinf(end), np.nan, np.clip(end, *ends)) for end in (low, high))
    table = pd.DataFrame({"rail_km": quoted, "rail_km_low": low, "rail_km_high": high})
    table["note"] = pd.Series(["; ".join(told) or None for told in notes], dtype="str")
    return table


def require_on_line(line_id: str, km: NDArray[np.float64], *, network: RailNetwork) -> None:
    """Raise a `ParameterError` if one of the posts, in km, lies beyond the ends of a line.

    Where another count of the same line has that post, the message says so. Missing posts pass.
    """
    posts = network.posts_of(line_id)
    first, last = posts.iloc[0], posts.iloc[-1]
    beyond = km[(km < first["km"]) | (km > last["km"])]
    if not beyond.size:
        return
    other = [
        f"By another count it is km {reading.low[0]:g}; `geosec.km_interval` tells."
        for count in list_other_counts(network, line_id).itertuples()
        for reading in [_read_double(beyond[:1], count.km_low, count.km_high, count.shift_km)]
        if np.isfinite(reading.low[0])
    ]
    msg = (
        f"km {beyond[0]:g} is not on {line_id}, whose posts run from km {first['km']:g} "
        f"({first['name']}) to km {last['km']:g} ({last['name']})."
    )
    raise ParameterError(" ".join([msg, *other]))


def _read_double(
    km: NDArray[np.float64], low_km: float, high_km: float, shift_km: float
) -> _Readings:
    """Read a post as one of another count, which `shift_km` brings to ours."""
    if low_km == high_km:  # another post of one station
        meant = np.where(np.abs(km - low_km) <= _NEAR_POST_KM, low_km + shift_km, np.nan)
    else:
        meant = np.where((km >= low_km) & (km <= high_km), km + shift_km, np.nan)
    return _unless_missing(meant, meant)


def _read_from_both_ends(
    km: NDArray[np.float64], low_km: float, high_km: float, shift_km: float
) -> _Readings:
    """Read a post by the track from either end: each km of track stands for span / track km."""
    stretched = (high_km - low_km) / (high_km - low_km - shift_km)
    up, down = low_km + (km - low_km) * stretched, high_km - (high_km - km) * stretched
    inside = (km > low_km) & (km < high_km)
    low, high = np.minimum(up, down), np.maximum(up, down)
    return _unless_missing(
        np.where(inside, np.maximum(low, low_km), np.nan),
        np.where(inside, np.minimum(high, high_km), np.nan),
    )


def _read_estimate(
    km: NDArray[np.float64], low_km: float, high_km: float, shift_km: float
) -> _Readings:
    """Read a post between two published ones, off by `shift_km` at the most where that is known."""
    if np.isnan(shift_km):  # nobody knows how good any post of these is, the ends included
        unknown = (km >= low_km) & (km <= high_km)
        return _Readings(np.where(unknown, np.nan, np.inf), np.where(unknown, np.nan, -np.inf))
    inside = (km > low_km) & (km < high_km)
    return _Readings(
        np.where(inside, np.maximum(km - shift_km, low_km), np.inf),
        np.where(inside, np.minimum(km + shift_km, high_km), -np.inf),
    )


def _unless_missing(low: NDArray[np.float64], high: NDArray[np.float64]) -> _Readings:
    """Give readings that say nothing where a km is missing."""
    return _Readings(np.where(np.isnan(low), np.inf, low), np.where(np.isnan(high), -np.inf, high))


_READ_BY_KIND = {
    "double": _read_double,
    "gap": _read_from_both_ends,
    "jump": _read_from_both_ends,
    "estimated": _read_estimate,
}
