"""Coded events whose district or point other events or the census contradict."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from boundaries.build.place_events import split_kind
from boundaries.build.place_miscoded import APART_M, MOST_OF_THEM
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.reference.toponyms import skeleton

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Tehsil = tuple[str, float, float]

_SPOT = ["name", "told", "longitude", "latitude"]


def find_contradicted(events: pd.DataFrame, tehsils: pd.DataFrame) -> pd.Series:
    """Say of each event what contradicts it; empty where nothing does.

    No border is asked, so that what is left can be held against borders.

    Parameters
    ----------
    events : pandas.DataFrame
        ``where_coordinates``, ``adm_1``, ``longitude`` and ``latitude`` (degrees, EPSG:4326) of
        UCDP GED, one row an event, and ``told``, the code of the district that it names.
    tehsils : pandas.DataFrame
        The tehsils of the census: ``name``, ``alt_names``, ``adm2_code``, ``longitude`` and
        ``latitude`` (degrees, EPSG:4326).

    Returns
    -------
    pandas.Series
        The reason: at least three times as many events of that name and district have it more than
        25 km away, or as many more put a place of that name so near into another district; or the
        census has a tehsil of that name in the district, but more than 25 km away; or has one so
        near, but in another district.
    """
    named = events.assign(name=[skeleton(split_kind(x)[0]) for x in events["where_coordinates"]])
    bearers = _list_tehsils(tehsils)
    spots = named.groupby(_SPOT, sort=False).size().reset_index(name="events")
    of_name = dict(list(spots.groupby("name", sort=False)))
    spots["reason"] = [
        _hold_against_events(spot, of_name[spot["name"]])
        or _hold_against_census(spot, bearers[spot["name"]])
        for spot in spots.to_dict("records")
    ]
    return named.merge(spots, on=_SPOT, how="left")["reason"].set_axis(events.index)


def _list_tehsils(table: pd.DataFrame) -> dict[str, list[Tehsil]]:
    """List the tehsils by the sound of their name: district, longitude and latitude of each."""
    tehsils: dict[str, list[Tehsil]] = defaultdict(list)
    columns = ("name", "alt_names", "adm2_code", "longitude", "latitude")
    for name, others, *tehsil in zip(*(table[each] for each in columns), strict=True):
        for spelt in {skeleton(each) for each in [name, *others.split(";")]}:
            tehsils[spelt].append(cast("Tehsil", tuple(tehsil)))
    return tehsils


def _hold_against_events(spot: Mapping[str, Any], others: pd.DataFrame) -> str:
    """Say whether far more events of that name speak against a spot."""
    there = _measure(spot, others["longitude"], others["latitude"]) <= APART_M
    same, counts = (others["told"] == spot["told"]).to_numpy(), others["events"].to_numpy()
    own = MOST_OF_THEM * counts[same & there].sum()
    if counts[same & ~there].sum() >= own:
        return "most events of that name and district are elsewhere"
    if counts[there & ~same].sum() >= own:
        return "most events of that name there are in another district"
    return ""


def _hold_against_census(spot: Mapping[str, Any], tehsils: Sequence[Tehsil]) -> str:
    """Say whether the census's tehsils of that name speak against a spot."""
    if not tehsils:
        return ""
    code, lon, lat = (np.array(each) for each in zip(*tehsils, strict=True))
    near, own = _measure(spot, lon, lat) <= APART_M, code == spot["told"]
    if own.any() and not near[own].any():
        return "the tehsil of that name in that district is elsewhere"
    if near.any() and not own.any():
        return "the tehsil of that name there is in another district"
    return ""


def _measure(spot: Mapping[str, Any], lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(geodesic_distance_m(spot["longitude"], spot["latitude"], lon, lat))
