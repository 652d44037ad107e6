"""Breaks of chainage: where a km post may mean more than one place.

Some are told by the sources and stand in the layer ``rail_breaks``; others show from the posts
themselves: estimated ones, and neighbours nearer to each other, or farther apart, than the
geodesic between their stations allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from geosec.data.catalogue import layer_path
from geosec.errors import ParameterError
from geosec.railway.network import RailNetwork, load_rail_network

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_COLUMNS = ["rail_line", "km_low", "km_high", "kind", "shift_km", "note", "source"]
_ROUNDING_KM = 1.0  # two posts told in whole km
_LONG, _SHORT = 1.2, 0.6  # chord / km that no pair of right posts leaves, horseshoes apart
_ESTIMATE_KM = 1.0  # card of the layer rail_stations: estimated posts are good to about 1 km
_NEAR_POST_KM = 0.5  # posts are told in whole km


class _Readings(NamedTuple):
    """Lowest and highest km that a break lets posts mean; not finite where it says nothing."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]


def load_chainage_breaks(network: RailNetwork | None = None) -> pd.DataFrame:
    """List the places where km posts are double, too few, too many or estimated.

    Parameters
    ----------
    network : RailNetwork, optional
        The railway; the one that ships with geosec by default.

    Returns
    -------
    pandas.DataFrame
        ``rail_line``; ``km_low`` and ``km_high``, the posts it makes doubtful (kilometres, as
        they may be quoted); ``kind``; ``shift_km``; ``note``; ``source``. The kinds are

        ``double``
            another count is in use; `shift_km` added to one of its posts gives ours. A row with
            ``km_low`` = ``km_high`` is another post of one station.
        ``gap``, ``jump``
            between these two posts there are `shift_km` more of posts than of track (``gap``),
            or fewer (``jump``, negative). Where only the geodesic tells, that is the track at
            the least: a gap may be smaller, a jump larger.
        ``estimated``
            no published post between these two; ours are good to `shift_km`, or nobody knows
            how good where it is missing.

    Examples
    --------
    >>> breaks = load_chainage_breaks().set_index(["rail_line", "kind"])
    >>> breaks.loc[("ML-3", "gap"), ["km_low", "km_high", "shift_km"]].round(1).tolist()
    [231.0, 243.0, 2.6]
    """
    network = network or load_rail_network()
    told = _told(network)
    parts = [_as_breaks(told[told["kind"] != "checked"]), _strained(network, told)]
    parts.append(_estimated(network))
    table = pd.concat(parts, ignore_index=True)
    line = table["rail_line"].map({name: at for at, name in enumerate(network.lines.index)})
    order = np.lexsort((table["km_high"], table["km_low"], line))
    return table.iloc[order].reset_index(drop=True)


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
    network = network or load_rail_network()
    ends = network.posts_of(line_id)["km"].iloc[[0, -1]].to_numpy()
    quoted = np.atleast_1d(np.asarray(km, dtype="float64"))
    on_line = (quoted >= ends[0]) & (quoted <= ends[1])
    low, high = np.where(on_line, quoted, np.inf), np.where(on_line, quoted, -np.inf)
    notes: list[list[str]] = [[] for _ in quoted]
    for each in load_chainage_breaks(network.on([line_id])).itertuples():
        meant = _READ[each.kind](quoted, each.km_low, each.km_high, each.shift_km)
        low, high = np.minimum(low, meant.low), np.maximum(high, meant.high)
        for row in np.flatnonzero(~np.isinf(meant.low)):
            notes[row].append(each.note)
    beyond = np.isinf(low) & ~np.isnan(quoted)
    require_on_line(line_id, quoted[beyond], network=network)
    low, high = (np.where(np.isinf(end), np.nan, np.clip(end, *ends)) for end in (low, high))
    table = pd.DataFrame({"rail_km": quoted, "rail_km_low": low, "rail_km_high": high})
    table["note"] = pd.Series(["; ".join(each) or None for each in notes], dtype="str")
    return table


def require_on_line(line_id: str, km: NDArray[np.float64], *, network: RailNetwork) -> None:
    """Check that km posts lie between the ends of a line.

    Parameters
    ----------
    line_id : str
        Such as ``"ML-3"``.
    km : numpy.ndarray
        Posts in kilometres; missing ones pass.
    network : RailNetwork
        The railway.

    Raises
    ------
    UnknownNameError
        If there is no such line.
    ParameterError
        If one lies beyond; where another count of the same line has it, the message says so.

    Examples
    --------
    >>> require_on_line("ML-4", np.array([10.0]), network=load_rail_network())
    Traceback (most recent call last):
    ...
    geosec.errors.ParameterError: km 10 is not on ML-4, ... By another count it is km 35; ...
    """
    posts = network.posts_of(line_id)
    first, last = posts.iloc[0], posts.iloc[-1]
    beyond = km[(km < first["km"]) | (km > last["km"])]
    if not beyond.size:
        return
    told = _told(network)
    counts = _as_breaks(told[(told["line_id"] == line_id) & (told["kind"] == "double")])
    other = [
        f"By another count it is km {reading.low[0]:g}; `geosec.km_interval` tells."
        for each in counts.itertuples()
        for reading in [_recounted(beyond[:1], each.km_low, each.km_high, each.shift_km)]
        if np.isfinite(reading.low[0])
    ]
    msg = (
        f"km {beyond[0]:g} is not on {line_id}, whose posts run from km {first['km']:g} "
        f"({first['name']}) to km {last['km']:g} ({last['name']})."
    )
    raise ParameterError(" ".join([msg, *other]))


def track_lengths_km(network: RailNetwork) -> NDArray[np.float64]:
    """Give the length of the track between neighbouring posts.

    Parameters
    ----------
    network : RailNetwork
        The railway.

    Returns
    -------
    numpy.ndarray
        Kilometres, one for each row of ``network.edges``: the difference of the posts, or the
        measured length where the sources tell one that contradicts it.

    Examples
    --------
    >>> network = load_rail_network()
    >>> lengths_km = track_lengths_km(network)
    >>> float(lengths_km[network.edges["from_station"] == "perak"][0])
    9.4
    """
    edges = network.edges
    told = _told(network)
    told = told[told["kind"].isin(["gap", "jump"])]
    pairs = ["line_id", "from_station", "to_station"]
    measured = edges[pairs].merge(told[[*pairs, "track_km"]], how="left", on=pairs)["track_km"]
    return np.asarray(measured.fillna(edges["km_b"] - edges["km_a"]), dtype="float64")


def _told(network: RailNetwork) -> pd.DataFrame:
    """Read the sourced breaks of the network's lines, with our posts of their stations."""
    told = pd.read_csv(layer_path("rail_breaks"))
    km = network.posts.set_index(["line_id", "station_id"])["km"]
    for end in ("from", "to"):
        stations = pd.MultiIndex.from_frame(told[["line_id", f"{end}_station"]])
        told[f"{end}_km"] = km.reindex(stations).to_numpy()
    return told.dropna(subset=["from_km", "to_km"])


def _as_breaks(told: pd.DataFrame) -> pd.DataFrame:
    double = told["kind"] == "double"
    span_km = told["to_km"] - told["from_km"]
    shift_km = (told["from_km"] - told["km_other"]).where(double, span_km - told["track_km"])
    low_km = told["km_other"].where(double, told["from_km"])
    table = told.rename(columns={"line_id": "rail_line"})
    return table.assign(km_low=low_km, km_high=low_km + span_km, shift_km=shift_km)[_COLUMNS]


def _strained(network: RailNetwork, told: pd.DataFrame) -> pd.DataFrame:
    """Find neighbours whose posts the geodesic between them contradicts."""
    edges = network.edges
    span_km, chord_km = edges["km_b"] - edges["km_a"], edges["chord_km"]
    jump = (chord_km > _LONG * span_km) | (chord_km > span_km + _ROUNDING_KM)
    gap = chord_km < _SHORT * span_km
    pairs = ["line_id", "from_station", "to_station"]
    known = pd.MultiIndex.from_frame(edges[pairs]).isin(pd.MultiIndex.from_frame(told[pairs]))
    table = pd.DataFrame(
        {
            "rail_line": edges["line_id"],
            "km_low": edges["km_a"],
            "km_high": edges["km_b"],
            "kind": np.where(jump, "jump", "gap"),
            "shift_km": span_km - chord_km,
            "note": [
                f"{span:g} km of posts, and {chord:.1f} km as the crow flies"
                for span, chord in zip(span_km.round(1), chord_km, strict=True)
            ],
            "source": "computed from posts and coordinates",
        }
    )
    return table[(jump | gap) & ~known]


def _estimated(network: RailNetwork) -> pd.DataFrame:
    """Find the runs of estimated posts, each between the published ones beside it."""
    rows = []
    for line_id, posts in network.posts.groupby("line_id", sort=False):
        km, name, source = (posts[each].to_numpy() for each in ("km", "name", "km_source"))
        at = np.flatnonzero(posts["km_source"].str.startswith("estimated"))
        for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if at.size else []:
            low, high = max(run[0] - 1, 0), min(run[-1] + 1, len(km) - 1)
            note = f"no published post, good to about {_ESTIMATE_KM:g} km: {', '.join(name[run])}"
            how = "; ".join(dict.fromkeys(each.split(";")[0] for each in source[run]))
            rows.append((line_id, km[low], km[high], "estimated", _ESTIMATE_KM, note, how))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _recounted(
    km: NDArray[np.float64], low_km: float, high_km: float, shift_km: float
) -> _Readings:
    if low_km == high_km:  # another post of one station
        meant = np.where(np.abs(km - low_km) <= _NEAR_POST_KM, low_km + shift_km, np.nan)
    else:
        meant = np.where((km >= low_km) & (km <= high_km), km + shift_km, np.nan)
    return _unless_missing(meant, meant)


def _counted_from_both_ends(
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


def _guessed(km: NDArray[np.float64], low_km: float, high_km: float, shift_km: float) -> _Readings:
    if np.isnan(shift_km):  # nobody knows how good any post of these is, the ends included
        unknown = (km >= low_km) & (km <= high_km)
        return _Readings(np.where(unknown, np.nan, np.inf), np.where(unknown, np.nan, -np.inf))
    inside = (km > low_km) & (km < high_km)
    return _Readings(
        np.where(inside, np.maximum(km - shift_km, low_km), np.inf),
        np.where(inside, np.minimum(km + shift_km, high_km), -np.inf),
    )


def _unless_missing(low: NDArray[np.float64], high: NDArray[np.float64]) -> _Readings:
    return _Readings(np.where(np.isnan(low), np.inf, low), np.where(np.isnan(high), -np.inf, high))


_READ = {
    "double": _recounted,
    "gap": _counted_from_both_ends,
    "jump": _counted_from_both_ends,
    "estimated": _guessed,
}
