"""Places that reports name beside coded ones, and how many coded events each place has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boundaries.build.place_events import PROVINCES, SOURCE, split_kind
from boundaries.build.place_names import join_names, slug
from boundaries.build.place_rows import Row, blank
from geosec.geodesy.geodesics import distance_between_m
from geosec.reference.toponyms import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from boundaries.build.place_districts import Districts

# The coded place stands for the one that the report names: UCDP's where_prec 2 is within 25 km;
# 22 places told at where_prec 1 that have a point of their own lie 1 to 20 km from it.
ACCURACY_M = {"1": 20_000, "2": 25_000}
TOLD_AT = "named by reports of events at "
_SAME_M = 25_000.0
_KINDS: dict[str, tuple[str, int | str]] = {
    "village": ("village", ""),
    "area": ("area", 8000),
    "valley": ("area", 20_000),
}
_UNITS = frozenset({"country", "province", "division", "district"})
_FINEST = ("town", "village", "area", "neighbourhood", "tehsil", "rail_station")


def told_places(table: pd.DataFrame, districts: Districts, known: Sequence[Row]) -> list[Row]:
    """Make rows of the places that reports name more finely than the coder did.

    Parameters
    ----------
    table : pandas.DataFrame
        ``event_names``: ``event_id``, ``name``, ``kind``, ``told_at``, ``adm_1``, ``latitude`` and
        ``longitude`` (degrees, EPSG:4326) of the coded place, ``where_prec`` and ``events``.
    districts : Districts
        The district layer.
    known : sequence of dict
        Rows that the gazetteer has; a name that one of them bears is passed over.

    Returns
    -------
    list of dict
        Rows at the point of the coded place, which is as far off as its code says.
    """
    borne = {skeleton(name) for row in known for name in _list_names(row)}
    rows: dict[str, Row] = {}
    for told in table.to_dict("records"):
        adm1_code = PROVINCES.get(told["adm_1"], "")
        if not adm1_code or skeleton(told["name"]) in borne:
            continue
        longitude, latitude = float(told["longitude"]), float(told["latitude"])
        adm2_code, _ = districts.holding(longitude, latitude, adm1_code)
        feature_class, extent_m = _KINDS[told["kind"]]
        place_id = f"told:{slug(told['name'])}-{adm2_code[6:]}"
        rows.setdefault(
            place_id,
            blank(
                place_id=place_id,
                name=told["name"],
                alt_names="",
                feature_class=feature_class,
                adm1_code=adm1_code,
                adm2_code=adm2_code,
                latitude=round(latitude, 5),
                longitude=round(longitude, 5),
                mentions=told["events"],
                extent_m=extent_m,
                positional_accuracy_m=ACCURACY_M[told["where_prec"]],
                source=SOURCE.format(told["event_id"]),
                note=TOLD_AT + ", ".join(told["told_at"].split(";")),
            ),
        )
    return list(rows.values())


def with_mentions(rows: Sequence[Row], table: pd.DataFrame) -> list[Row]:
    """Count the coded events of each place, and give it the spellings that reports of them use.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the gazetteer.
    table : pandas.DataFrame
        ``event_places``: ``where_coordinates``, ``latitude`` and ``longitude`` (degrees,
        EPSG:4326), ``events`` and ``alt_names``.

    Returns
    -------
    list of dict
        The same rows. An event counts for the finest place of its name within 25 km.
    """
    bearers: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        if row["latitude"] != "" and row["feature_class"] not in _UNITS:
            for sound in {skeleton(name) for name in _list_names(row)}:
                bearers.setdefault(sound, []).append(number)
    counted = [dict(row) for row in rows]
    for event in table.to_dict("records"):
        name, _ = split_kind(event["where_coordinates"])
        near = [
            number
            for number in bearers.get(skeleton(name), ())
            if _measure(rows[number], event) <= _SAME_M
        ]
        if near:
            meant = counted[min(near, key=lambda each: (_rank(rows[each]), each))]
            meant["mentions"] = int(meant["mentions"] or 0) + int(event["events"])
            spelt = meant["alt_names"].split(";") + event["alt_names"].split(";")
            meant["alt_names"] = join_names(spelt, but=[meant["name"], meant["name_ur"]])
    return counted


def _measure(row: Row, event: Row) -> float:
    return distance_between_m(
        float(row["longitude"]),
        float(row["latitude"]),
        float(event["longitude"]),
        float(event["latitude"]),
    )


def _rank(row: Row) -> int:
    kind = row["feature_class"]
    return _FINEST.index(kind) if kind in _FINEST else len(_FINEST)


def _list_names(row: Row) -> Iterable[str]:
    return filter(None, [row["name"], *row["alt_names"].split(";")])
