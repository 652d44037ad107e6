"""Rows that are quarters of large cities, of a published list of them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from boundaries.build.place_names import join_names, plain, slug
from boundaries.build.place_rows import Row, blank
from geosec.geodesy.geodesics import distance_between_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from boundaries.build.place_districts import Districts

SOURCE = "pak-geodata 0.1.0 (MIT), areas/{}"
ACCURACY_M = 3000  # the five quarters that other sources place lie 0.5 to 3.0 km off
_PROVINCES = {"islamabad-ict": "PK-IS", "punjab": "PK-PB", "sindh": "PK-SD"}
_PART = re.compile(
    r"\s+(?:Block|Phase|Sector|Scheme)\s+\S+(?:\s.*)?$|\s+(?:\d+|[A-Z]|I{1,3}|IV|V)$"
)
# Words that many cities have, and names that say no more than what a thing is.
_COMMON = re.compile(
    r"\b(?:road|market|lines|colony|society|scheme|askari|ground|city|view|cantt)\b|^(?:township|"
    r"saddar|satellite town|walled city|bahria town|dha|model town|samanabad|gulberg|sector)\b",
    re.IGNORECASE,
)


def read_areas(folder: Path) -> list[dict[str, Any]]:
    """Read the areas of cities.

    Parameters
    ----------
    folder : pathlib.Path
        The folder ``areas`` of the package.

    Returns
    -------
    list of dict
        Records of all files in their order, each with ``file``.
    """
    return [
        {**record, "file": str(path.relative_to(folder).as_posix())}
        for path in sorted(folder.glob("*/*.json"))
        for record in json.loads(path.read_text(encoding="utf-8"))
    ]


def quarters(
    areas: Iterable[Mapping[str, Any]], districts: Districts, known: Sequence[Row]
) -> list[Row]:
    """Make the rows of quarters; the blocks or phases of one are taken together.

    Parameters
    ----------
    areas : iterable of mapping
        From `read_areas`; ``coordinates`` in degrees, EPSG:4326.
    districts : Districts
        The district layer.
    known : sequence of dict
        Rows that the gazetteer has; a name that stands in the same province already is not added.

    Returns
    -------
    list of dict
        Class ``neighbourhood``, its extent that of its blocks; sorted by name.
    """
    parts: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for area in areas:
        name = _PART.sub("", area["name"]).strip()
        if not _COMMON.search(name):
            parts.setdefault((area["provinceId"], area["cityId"], name), []).append(area)
    taken = {
        (row["adm1_code"], plain(name))
        for row in known
        for name in [row["name"], *row["alt_names"].split(";")]
        if name
    }
    return [
        _make_row(name, _PROVINCES[province], parts[province, city, name], districts)
        for province, city, name in sorted(parts)
        if (_PROVINCES[province], plain(name)) not in taken
    ]


def _make_row(
    name: str, adm1_code: str, blocks: Sequence[Mapping[str, Any]], districts: Districts
) -> Row:
    points = [(each["coordinates"]["lng"], each["coordinates"]["lat"]) for each in blocks]
    longitude = round(sum(lon for lon, _ in points) / len(points), 5)
    latitude = round(sum(lat for _, lat in points) / len(points), 5)
    adm2_code, note = districts.holding(longitude, latitude, adm1_code)
    reach_m = max(distance_between_m(longitude, latitude, *point) for point in points)
    whole = len(blocks) == 1 and blocks[0]["name"] == name
    return blank(
        place_id=f"lm:{slug(name)}-{blocks[0]['cityId']}",
        name=name,
        name_ur=blocks[0]["urduName"] if whole else "",
        alt_names=join_names(blocks[0]["aliases"], but=[name]) if whole else "",
        feature_class="neighbourhood",
        adm1_code=adm1_code,
        adm2_code=adm2_code,
        latitude=latitude,
        longitude=longitude,
        extent_m=round(reach_m) if reach_m > 0 else "",
        positional_accuracy_m=ACCURACY_M,
        source=SOURCE.format(blocks[0]["file"]),
        note=note,
    )
