"""The gazetteer: named places with their feature class, parents and positional accuracy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd

from geosec.arguments import require_kind, require_list, require_path, require_text
from geosec.data.catalogue import layer_path
from geosec.errors import SchemaError
from geosec.reference.geonames import read_geonames
from geosec.shared import build_once

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT_COLUMNS = (
    "name",
    "name_ur",
    "alt_names",
    "feature_class",
    "country_code",
    "adm1_code",
    "adm2_code",
    "source",
    "note",
)
NUMBER_COLUMNS = (
    *("latitude", "longitude", "population", "mentions", "extent_m", "positional_accuracy_m"),
)
IdKind = Literal["station", "line", "road", "adm2"]
_MOST = {"latitude": 90.0, "longitude": 180.0}  # degrees
_SHIPPED = "PK"  # the country of the shipped layers
_REQUIRED = ("place_id", "name", "feature_class")


@dataclass(frozen=True)
class Gazetteer:
    """A table of named places.

    Attributes
    ----------
    places : pandas.DataFrame
        Indexed by ``place_id``: ``name``, ``name_ur``, ``alt_names`` (separated by ``;``),
        ``feature_class``, ``country_code`` (ISO 3166-1), ``adm1_code``, ``adm2_code``,
        ``latitude`` and ``longitude`` (degrees, EPSG:4326; missing where no source gives them),
        ``population``, ``mentions`` (how many coded events are there: how often reports mean the
        place), ``extent_m`` (radius of the thing itself, metres),
        ``positional_accuracy_m`` (95 % radius of the coordinate, metres), ``source``, ``note``.
    home : frozenset of str
        ISO 3166-1 codes of the countries whose places are answered. Places of other countries are
        there to be recognised as outside.

    Examples
    --------
    >>> load_gazetteer().places.loc["station:mach", "name"]
    'Mach'
    """

    places: pd.DataFrame
    home: frozenset[str]

    @classmethod
    def from_table(
        cls, table: pd.DataFrame, *, home: str | Iterable[str] | None = None
    ) -> Gazetteer:
        """Make a gazetteer of a table.

        Parameters
        ----------
        table : pandas.DataFrame
            One row per place with at least ``place_id``, ``name`` and ``feature_class``; the
            other columns may be missing. Coordinates are degrees in EPSG:4326.
        home : str or iterable of str, optional
            Code of the country whose places are answered, or codes of several; all that the
            table has by default.

        Returns
        -------
        Gazetteer

        Raises
        ------
        SchemaError
            If a required column is missing, two rows have one ``place_id``, or a coordinate or
            another number (``population``, ``mentions``, ``extent_m``,
            ``positional_accuracy_m``) is none that it can be; the message names the row.

        Examples
        --------
        >>> row = {"place_id": "x:1", "name": "Sibi", "feature_class": "town"}
        >>> len(Gazetteer.from_table(pd.DataFrame([row])).places)
        1
        """
        require_kind(table, pd.DataFrame, "table")
        home = _read_home(home)
        missing = [name for name in _REQUIRED if name not in table.columns]
        if missing:
            msg = (
                f"a gazetteer needs the columns {', '.join(_REQUIRED)}, and the table lacks "
                f"{', '.join(missing)}."
            )
            raise SchemaError(msg)
        twice = table.loc[table["place_id"].duplicated(), "place_id"]
        if len(twice):
            msg = f"the place_id {twice.tolist()[0]!r} stands on two rows; make identifiers unique."
            raise SchemaError(msg)
        places = table.reindex(columns=["place_id", *TEXT_COLUMNS, *NUMBER_COLUMNS])
        places = places.set_index("place_id")
        for column in TEXT_COLUMNS:
            text = places[column].astype("object")
            places[column] = text.where(text.notna(), "").astype("str")
        for column in NUMBER_COLUMNS:
            places[column] = _read_numbers(places[column])
        codes = places["country_code"].unique() if home is None else home
        codes = [codes] if isinstance(codes, str) else codes
        return cls(places, frozenset(codes) - {""})

    @classmethod
    def from_geonames(
        cls, path: str | Path, *, alternate_names: str | Path | None = None
    ) -> Gazetteer:
        """Make a gazetteer of a country dump of GeoNames.

        Parameters
        ----------
        path : path
            ``PK.txt`` or ``PK.zip`` as downloaded from
            https://download.geonames.org/export/dump/; coordinates in EPSG:4326.
        alternate_names : path, optional
            ``alternateNamesV2.txt`` or its zip, for names in other languages, Urdu among them.

        Returns
        -------
        Gazetteer
            Packs can be joined: ``load_gazetteer() + Gazetteer.from_geonames("AF.zip")``.

        Raises
        ------
        SourceError
            If a file is not there, or is no such dump; the message names the line.

        Examples
        --------
        >>> Gazetteer.from_geonames("XX.txt")
        Traceback (most recent call last):
        ...
        geosec.errors.SourceError: there is no file XX.txt; GeoNames has such files at ...
        """
        given = require_path(path, "path")
        if alternate_names is not None:
            alternate_names = Path(require_path(alternate_names, "alternate_names"))
        return cls.from_table(read_geonames(Path(given), alternate_names))

    def __add__(self, other: Gazetteer) -> Gazetteer:
        """Join two gazetteers.

        A ``place_id`` both have is taken from the first. A country that one of them answers and
        the other only recognises as outside is taken from the one that answers.
        """
        ours, theirs = (
            one.places[~one.places["country_code"].isin(two.home - one.home)]
            for one, two in ((self, other), (other, self))
        )
        new = theirs[~theirs.index.isin(ours.index)]
        return Gazetteer(pd.concat([ours, new]), self.home | other.home)


def _read_numbers(given: pd.Series) -> pd.Series:
    """Read a column of numbers, missing where it is empty; a `SchemaError` names a wrong row."""
    told = given.where(given.notna(), "").astype("str").str.strip()
    numbers = pd.to_numeric(told, errors="coerce").astype("float64")
    most = _MOST.get(str(given.name), math.inf)
    least = -most if given.name in _MOST else 0.0
    wrong = ~numbers.between(least, most) & ~told.str.casefold().isin(["", "nan"])
    if wrong.any():
        row, value = next(iter(given[wrong].to_dict().items()))
        limits = f"from {least:g} to {most:g}" if given.name in _MOST else "of 0 or more"
        msg = (
            f"the {given.name} of place {row!r} is {value!r}, and a number {limits} is expected; "
            "leave it empty where it is not known."
        )
        raise SchemaError(msg)
    return numbers


@build_once
def load_gazetteer() -> Gazetteer:
    """Load the gazetteer of Pakistan that ships with geosec, with the neighbours' main places.

    Returns
    -------
    Gazetteer
        Places in EPSG:4326. Those of neighbouring countries are there so that they are recognised
        as outside.

    Examples
    --------
    >>> places = load_gazetteer().places
    >>> places.loc["gn:1167528", ["name", "feature_class"]].tolist()
    ['Quetta', 'town']
    """
    parts = [
        _read_layer("places").assign(country_code=_SHIPPED),
        _name_ways("roads", "road_id", "road", "road"),
        _name_ways("rail_lines", "line_id", "line", "rail_line"),
        _read_layer("places_neighbours"),
    ]
    return Gazetteer.from_table(pd.concat(parts, ignore_index=True), home=[_SHIPPED])


def load_roads() -> pd.DataFrame:
    """Load the highways, as the places of the gazetteer that they join.

    Indexed by ``road_id``: ``name``, ``alt_names``, ``via`` (identifiers of places in order,
    separated by ``;``) and ``source``.
    """
    return _read_layer("roads").set_index("road_id")


def make_place_id(kind: IdKind, own_id: str) -> str:
    """Make the identifier in the gazetteer of what has one of its own: a line, a road, a unit."""
    return f"{kind}:{own_id}"


def _name_ways(layer: str, key: str, kind: IdKind, feature_class: str) -> pd.DataFrame:
    """Make places of roads or railway lines: named, without a point; their number is a name."""
    table = _read_layer(layer)
    return pd.DataFrame(
        {
            "place_id": [make_place_id(kind, own_id) for own_id in table[key]],
            "name": table["name"],
            "alt_names": table[key] + ";" + table["alt_names"],
            "feature_class": feature_class,
            "country_code": _SHIPPED,
            "source": table["source"],
        }
    )


def _read_layer(layer: str) -> pd.DataFrame:
    """Read a shipped layer as text."""
    return pd.read_csv(layer_path(layer), dtype="str", keep_default_na=False)


def _read_home(home: str | Iterable[str] | None) -> str | list[str] | None:
    """Refuse codes of countries that are no texts."""
    if home is None or isinstance(home, str):
        return home
    return [require_text(each, "home") for each in require_list(home, "home")]
