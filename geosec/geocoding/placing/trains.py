"""Named trains: no places, but they run somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

from geosec.railway.referencing import stretch
from geosec.railway.stops import load_routes
from geosec.reference.toponyms import normalise

if TYPE_CHECKING:
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from geosec.geocoding.placing.ground import Ground


@dataclass(frozen=True)
class TrainRoute:
    """A named train and its stops.

    Attributes
    ----------
    name : str
        As in the timetable.
    stops : tuple of str
        Identifiers of stations, in order.

    Examples
    --------
    >>> find_train("the Jaffar Express").stops[0]
    'quetta'
    """

    name: str
    stops: tuple[str, ...]

    def told(self, ground: Ground) -> str:
        """Say where it runs.

        Parameters
        ----------
        ground : Ground
            With the stations, in EPSG:4326.

        Returns
        -------
        str

        Examples
        --------
        >>> from geosec.geocoding.placing.ground import Ground
        >>> find_train("Jaffar Express").told(Ground())
        'the Jaffar Express runs between Quetta and Peshawar Cantonment'
        """
        names = ground.network.stations["name"]
        first, last = names[self.stops[0]], names[self.stops[-1]]
        return f"the {self.name} runs between {first} and {last}"

    def shape(self, ground: Ground) -> BaseGeometry:
        """Draw the line it runs on.

        Parameters
        ----------
        ground : Ground
            With the railway, in EPSG:4326.

        Returns
        -------
        shapely LineString or MultiLineString
            In EPSG:4326, from stop to stop along the lines both stand on.

        Examples
        --------
        >>> from geosec.geocoding.placing.ground import Ground
        >>> find_train("Jaffar Express").shape(Ground()).bounds[0] < 67
        True
        """
        parts = []
        for one, two in pairwise(self.stops):
            posts_b = dict(ground.stations[two])
            shared = [(line, km) for line, km in ground.stations[one] if line in posts_b]
            if shared:
                line, km = min(shared, key=lambda each: abs(each[1] - posts_b[each[0]]))
                low, high = sorted((km, posts_b[line]))
                if low < high:
                    parts.append(stretch(line, low, high, network=ground.network))
        return shapely.line_merge(shapely.union_all(parts))


def find_train(name: str) -> TrainRoute | None:
    """Find a train by its name.

    Parameters
    ----------
    name : str
        In any case, with or without an article. No unit or CRS is involved.

    Returns
    -------
    TrainRoute or None
        None where its stops are not known.

    Examples
    --------
    >>> find_train("Orient Express") is None
    True
    """
    return _trains().get(normalise(name).removeprefix("the "))


@cache
def _trains() -> dict[str, TrainRoute]:
    found: dict[str, TrainRoute] = {}
    for _, stops in load_routes().groupby("route_id", sort=False):
        first: pd.Series = stops.iloc[0]
        route = TrainRoute(first["route_name"], tuple(stops["station_id"]))
        for spelt in (first["route_name"], *first["alt_names"].split(";")):
            found[normalise(spelt)] = route
    return found
