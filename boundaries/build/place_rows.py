"""A row of the gazetteer, and what any maker of rows needs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from boundaries.build.place_names import join_names, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

Row = dict[str, Any]

COLUMNS = [
    "place_id",
    "name",
    "name_ur",
    "alt_names",
    "feature_class",
    "adm1_code",
    "adm2_code",
    "latitude",
    "longitude",
    "population",
    "mentions",
    "extent_m",
    "positional_accuracy_m",
    "source",
    "note",
]
TOWN_ACCURACY_M = 2000  # many GeoNames points were read off maps to the minute of arc


def blank(**values: object) -> Row:
    """Return a row with every column, empty where nothing is given.

    Parameters
    ----------
    **values : object
        Values by column name.

    Returns
    -------
    dict
        The row.
    """
    return dict.fromkeys(COLUMNS, "") | values


class Points:
    """Points of towns, villages and stations, to be found by name within a district.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the gazetteer; those without a coordinate are passed over. The first of a name
        in a district is kept.
    near : mapping of str to sequence of str, optional
        ``place_id`` to the ``adm2_code`` of districts that the place may lie in too, so near is
        their border; there it is found where no other place of the name is.
    """

    def __init__(
        self, rows: Sequence[Row], near: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._by_name: dict[tuple[str, str], Row] = {}
        for row in rows:
            for name in [row["name"], *row["alt_names"].split(";")]:
                if row["latitude"] != "":
                    self._by_name.setdefault((plain(name), row["adm2_code"]), row)
        for row in rows:
            for code in (near or {}).get(row["place_id"], ()):
                for name in [row["name"], *row["alt_names"].split(";")]:
                    self._by_name.setdefault((plain(name), code), row)

    def borrow(self, names: Iterable[str], adm2_code: str) -> Row:
        """Take the coordinate of the place of the same name.

        Parameters
        ----------
        names : iterable of str
            Names to look for, best first.
        adm2_code : str
            District to look in.

        Returns
        -------
        dict
            ``latitude`` and ``longitude`` in degrees (EPSG:4326), ``positional_accuracy_m`` and a
            ``note`` that says whose point it is; only an empty note where there is none.
        """
        found = (self._by_name.get((plain(each), adm2_code)) for each in names)
        row = next((each for each in found if each), None)
        if row is None:
            return {"note": ""}
        taken = ("latitude", "longitude", "positional_accuracy_m")
        note = f"point of the {row['feature_class'].replace('_', ' ')} {row['name']}"
        return {key: row[key] for key in taken} | {"note": note}


def with_points(rows: Sequence[Row], table: pd.DataFrame) -> list[Row]:
    """Give rows without a point the one that was found for them by hand.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the gazetteer.
    table : pandas.DataFrame
        ``point_fills``: ``place_id``, ``latitude`` and ``longitude`` (degrees, EPSG:4326),
        ``positional_accuracy_m`` and ``source``.

    Returns
    -------
    list of dict
        The same rows; one that has a point keeps it.

    Examples
    --------
    >>> import pandas as pd
    >>> fills = pd.DataFrame({"place_id": ["a"], "latitude": ["30"], "longitude": ["67"],
    ...                       "positional_accuracy_m": ["2000"], "source": ["page"]})
    >>> [filled] = with_points([blank(place_id="a", source="list")], fills)
    >>> filled["latitude"], filled["source"]
    (30.0, 'list; point: page')
    """
    fills = table.set_index("place_id").to_dict("index")
    return [
        _pointed(row, fills[row["place_id"]])
        if row["place_id"] in fills and row["latitude"] == ""
        else row
        for row in rows
    ]


def _pointed(row: Row, fill: Row) -> Row:
    return row | {
        "latitude": round(float(fill["latitude"]), 5),
        "longitude": round(float(fill["longitude"]), 5),
        "positional_accuracy_m": int(fill["positional_accuracy_m"]),
        "source": f"{row['source']}; point: {fill['source']}",
    }


def with_variants(rows: Sequence[Row], table: pd.DataFrame) -> list[Row]:
    """Add the spellings kept by hand to the rows they belong to.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the gazetteer.
    table : pandas.DataFrame
        ``place_variants``: ``place_id``, ``name_ur``, ``alt_names``.

    Returns
    -------
    list of dict
        The same rows with more names.

    Raises
    ------
    LookupError
        If the table names a place that is not there.
    """
    variants: dict[str, Row] = defaultdict(dict)
    for each in table.fillna("").to_dict("records"):
        variants[each["place_id"]] = each
    unknown = sorted(set(variants) - {row["place_id"] for row in rows})
    if unknown:
        msg = f"place_variants.csv names places that are not there: {', '.join(unknown)}"
        raise LookupError(msg)
    return [_varied(row, variants[row["place_id"]]) for row in rows]


def _varied(row: Row, variant: Row) -> Row:
    if not variant:
        return row
    urdu = variant["name_ur"] or row["name_ur"]
    others = row["alt_names"].split(";") + variant["alt_names"].split(";") + [row["name_ur"]]
    return row | {"name_ur": urdu, "alt_names": join_names(others, but=[row["name"], urdu])}
