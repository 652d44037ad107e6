"""Which district a name or a point belongs to, asked of the district layer itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
from shapely import Point

from boundaries.build.place_names import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from boundaries.build.place_rows import Row

_METRIC = "EPSG:32642"  # UTM 42N crosses the middle of the country: nearest of neighbours, no more


@dataclass(frozen=True)
class Districts:
    """The district polygons, and the districts that were cut out of them or merged into them.

    Attributes
    ----------
    frame : geopandas.GeoDataFrame
        The layer ``adm2`` in EPSG:4326, with ``adm2_code``, ``adm2_name``, ``alt_names`` and
        ``adm1_code``.
    lineage : pandas.DataFrame
        The table ``adm2_lineage``, with ``name``, ``alt_names``, ``adm1_code``, ``parent_code``.
    """

    frame: gpd.GeoDataFrame
    lineage: pd.DataFrame

    def code_of(self, name: str, adm1_code: str) -> tuple[str, str]:
        """Find the district of a name within a province.

        Parameters
        ----------
        name : str
            Name of the district, in any spelling the two tables know.
        adm1_code : str
            ISO 3166-2 code of its province.

        Returns
        -------
        tuple of (str, str)
            ``adm2_code`` and a note: empty, or which newer district the name is.

        Raises
        ------
        LookupError
            If neither table knows the name in that province.
        """
        for table, column in ((self.frame, "adm2_name"), (self.lineage, "name")):
            for row in table[table["adm1_code"] == adm1_code].to_dict("records"):
                if plain(name) in _spellings(row[column], row["alt_names"]):
                    return _answer(row)
        msg = f"no district of {adm1_code} is called {name!r}: add the spelling to adm2 or lineage"
        raise LookupError(msg)

    def holding(
        self,
        longitude: float,
        latitude: float,
        adm1_code: str = "",
        stated: str = "",
        within_m: float = 0.0,
    ) -> tuple[str, str]:
        """Find the district that holds a point.

        Parameters
        ----------
        longitude, latitude : float
            The point in degrees, EPSG:4326.
        adm1_code : str
            Province the point is known to lie in. Where the polygons say another, the point is
            given to the nearest district of this one. Empty: the polygons decide.
        stated : str
            Name of the district that a source says it lies in, which holds if it is known and not
            farther than `within_m` metres.
        within_m : float
            How far point and border may be off, metres.

        Returns
        -------
        tuple of (str, str)
            ``adm2_code`` and a note: empty, or how far outside its province the point fell.
        """
        if stated and self.reaches(stated, adm1_code, longitude, latitude, within_m):
            with suppress(LookupError):
                return self.code_of(stated, adm1_code)[0], ""
        point = Point(longitude, latitude)
        held = self.frame[self.frame.intersects(point)]
        if len(held) and adm1_code in {"", held["adm1_code"].iloc[0]}:
            return str(held["adm2_code"].iloc[0]), ""
        near = self.frame if not adm1_code else self.frame[self.frame["adm1_code"] == adm1_code]
        metric = near.to_crs(_METRIC)
        spot = gpd.GeoSeries([point], crs="EPSG:4326").to_crs(_METRIC).iloc[0]
        distance_m = metric.distance(spot)
        code = str(near.loc[distance_m.idxmin(), "adm2_code"])
        return code, f"{distance_m.min() / 1000:.1f} km outside the polygon of its district"

    def find_near(self, rows: Sequence[Row], within_m: float) -> dict[str, list[str]]:
        """Find the districts of a row's province that its point lies in or near.

        Parameters
        ----------
        rows : sequence of dict
            Rows of the gazetteer; coordinates in degrees, EPSG:4326.
        within_m : float
            Metres from a border that still count.

        Returns
        -------
        dict of str to list of str
            ``place_id`` to ``adm2_code``; rows without a coordinate are left out.
        """
        known = [row for row in rows if row["latitude"] != ""]
        spots = gpd.GeoSeries.from_xy(
            [float(row["longitude"]) for row in known],
            [float(row["latitude"]) for row in known],
            crs="EPSG:4326",
        )
        found: dict[str, list[str]] = {}
        for at, unit in zip(
            *self.frame.to_crs(_METRIC).sindex.query(
                spots.to_crs(_METRIC), predicate="dwithin", distance=within_m, sort=True
            ),
            strict=True,
        ):
            row = self.frame.iloc[unit]
            if row["adm1_code"] == known[at]["adm1_code"]:
                found.setdefault(known[at]["place_id"], []).append(row["adm2_code"])
        return found

    def reaches(
        self, name: str, adm1_code: str, longitude: float, latitude: float, within_m: float
    ) -> bool:
        """Say whether a point lies in a district, or near it.

        Parameters
        ----------
        name : str
            Of the district, in any spelling the two tables know.
        adm1_code : str
            ISO 3166-2 code of its province.
        longitude, latitude : float
            The point in degrees, EPSG:4326.
        within_m : float
            Metres from its border that still count.

        Returns
        -------
        bool
            True where the district is not known: then nothing speaks against the point.
        """
        try:
            code, _ = self.code_of(name, adm1_code)
        except LookupError:
            return True
        return self.measure_distance_m(code, longitude, latitude) <= within_m

    def measure_distance_m(self, adm2_code: str, longitude: float, latitude: float) -> float:
        """Measure how far outside a district a point lies, in metres; degrees, EPSG:4326."""
        shape = self.frame.loc[self.frame["adm2_code"] == adm2_code, "geometry"].to_crs(_METRIC)
        spot = gpd.GeoSeries([Point(longitude, latitude)], crs="EPSG:4326").to_crs(_METRIC)
        return float(shape.iloc[0].distance(spot.iloc[0]))


def _spellings(name: str, alternates: str) -> set[str]:
    return {plain(each) for each in [name, *str(alternates or "").split(";")] if each}


def _answer(row: dict[str, str]) -> tuple[str, str]:
    if "adm2_code" in row:
        return row["adm2_code"], ""
    return row["parent_code"], f"district {row['name']} lies in this polygon"
