"""Breaks of chainage: where a km post may mean more than one place.

Some are told by the sources and stand in the layer ``rail_breaks``; others show from the posts
themselves: estimated ones, and neighbours nearer to each other, or farther apart, than the
geodesic between their stations allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.data.catalogue import layer_path
from geosec.railway.edges import edges_between
from geosec.railway.network import RailNetwork, take_network

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COLUMNS = ["rail_line", "km_low", "km_high", "kind", "shift_km", "note", "source"]
_ROUNDING_KM = 1.0  # two posts told in whole km
_LONG, _SHORT = 1.2, 0.6  # chord / km that no pair of right posts leaves, horseshoes apart
_BEND_KM = 0.001  # by so much a track that bends is longer than its chord
_ESTIMATE_KM = 1.0  # card of the layer rail_stations: estimated posts are good to about 1 km


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
            or fewer (``jump``, negative). Where only the drawn track tells, that is the track at
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
    network = take_network(network)
    told = _read_sourced(network)
    parts = [_as_breaks(told[told["kind"] != "checked"]), _find_strained(network, told)]
    parts.append(_find_estimated(network))
    table = pd.concat(parts, ignore_index=True)
    line = table["rail_line"].map({name: at for at, name in enumerate(network.lines.index)})
    order = np.lexsort((table["km_high"], table["km_low"], line))
    return table.iloc[order].reset_index(drop=True)


def list_other_counts(network: RailNetwork, line_id: str) -> pd.DataFrame:
    """List the breaks of kind ``double`` of a line: posts of another count that is in use."""
    told = _read_sourced(network)
    return _as_breaks(told[(told["line_id"] == line_id) & (told["kind"] == "double")])


def measure_track_km(network: RailNetwork) -> NDArray[np.float64]:
    """Give the length of track in km on each row of ``network.edges``.

    It is the difference of the two posts, or what was measured where the sources tell a length
    that contradicts them.
    """
    edges = network.edges
    told = _read_sourced(network)
    told = told[told["kind"].isin(["gap", "jump"])]
    pairs = ["line_id", "from_station", "to_station"]
    measured = edges[pairs].merge(told[[*pairs, "track_km"]], how="left", on=pairs)["track_km"]
    return np.asarray(measured.fillna(edges["km_b"] - edges["km_a"]), dtype="float64")


def _read_sourced(network: RailNetwork) -> pd.DataFrame:
    """Read the breaks that sources tell of the network's lines, with our posts of their ends."""
    told = pd.read_csv(layer_path("rail_breaks"))
    km = network.posts.set_index(["line_id", "station_id"])["km"]
    for end in ("from", "to"):
        stations = pd.MultiIndex.from_frame(told[["line_id", f"{end}_station"]])
        told[f"{end}_km"] = km.reindex(stations).to_numpy()
    return told.dropna(subset=["from_km", "to_km"])


def _as_breaks(told: pd.DataFrame) -> pd.DataFrame:
    """Bring breaks as the sources tell them to the columns of `load_chainage_breaks`."""
    double = told["kind"] == "double"
    span_km = told["to_km"] - told["from_km"]
    shift_km = (told["from_km"] - told["km_other"]).where(double, span_km - told["track_km"])
    low_km = told["km_other"].where(double, told["from_km"])
    table = told.rename(columns={"line_id": "rail_line"})
    return table.assign(km_low=low_km, km_high=low_km + span_km, shift_km=shift_km)[_COLUMNS]


def _find_strained(network: RailNetwork, told: pd.DataFrame) -> pd.DataFrame:
    """Find neighbours whose posts the track drawn between them contradicts."""
    edges = network.edges
    span_km, drawn_km = edges["km_b"] - edges["km_a"], _measure_drawn_km(network)
    is_bent = drawn_km > edges["chord_km"].to_numpy() + _BEND_KM
    hows = np.where(is_bent, "it is drawn", "the crow flies")
    jump = (drawn_km > _LONG * span_km) | (drawn_km > span_km + _ROUNDING_KM)
    gap = drawn_km < _SHORT * span_km
    pairs = ["line_id", "from_station", "to_station"]
    known = pd.MultiIndex.from_frame(edges[pairs]).isin(pd.MultiIndex.from_frame(told[pairs]))
    table = pd.DataFrame(
        {
            "rail_line": edges["line_id"],
            "km_low": edges["km_a"],
            "km_high": edges["km_b"],
            "kind": np.where(jump, "jump", "gap"),
            "shift_km": span_km - drawn_km,
            "note": [
                f"{span:g} km of posts, and {drawn:.1f} km as {how}"
                for span, drawn, how in zip(span_km.round(1), drawn_km, hows, strict=True)
            ],
            "source": "computed from posts and coordinates",
        }
    )
    return table[(jump | gap) & ~known]


def _measure_drawn_km(network: RailNetwork) -> NDArray[np.float64]:
    """Measure the track on each row of ``network.edges`` as it is drawn, by its bends."""
    track = network.track
    pieces = edges_between(track.assign(station_id=track["post"]))
    return np.asarray(pieces.groupby("from_station", sort=False)["chord_km"].sum())


def _find_estimated(network: RailNetwork) -> pd.DataFrame:
    """Find the runs of estimated posts, each between the published ones beside it."""
    rows = []
    for line_id, posts in network.posts.groupby("line_id", sort=False):
        km, name, source = (posts[column].to_numpy() for column in ("km", "name", "km_source"))
        at = np.flatnonzero(posts["km_source"].str.startswith("estimated"))
        for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if at.size else []:
            low, high = max(run[0] - 1, 0), min(run[-1] + 1, len(km) - 1)
            note = f"no published post, good to about {_ESTIMATE_KM:g} km: {', '.join(name[run])}"
            how = "; ".join(dict.fromkeys(told.split(";")[0] for told in source[run]))
            rows.append((line_id, km[low], km[high], "estimated", _ESTIMATE_KM, note, how))
    return pd.DataFrame(rows, columns=_COLUMNS)
