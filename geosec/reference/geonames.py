"""Country dumps of GeoNames as places of a gazetteer.

GeoNames (https://www.geonames.org, CC BY 4.0) gives one tab-separated file per country, with 19
columns and no header, and ``alternateNamesV2`` with the names of all of them in other languages
(https://download.geonames.org/export/dump/readme.txt).
"""

from __future__ import annotations

import zipfile
import zlib
from importlib.resources import files
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from geosec.crs import STORAGE_CRS
from geosec.errors import SourceError
from geosec.reference.boundaries import load_boundaries
from geosec.shared import build_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import IO

_COLUMNS = (
    *("geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude"),
    *("feature_group", "feature_code", "country_code", "cc2", "admin1", "admin2", "admin3"),
    *("admin4", "population", "elevation", "dem", "timezone", "modified"),
)
_KEPT = (
    *("geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude"),
    *("feature_code", "country_code", "admin1", "admin2", "population"),
)
_NAME_COLUMNS = (
    *("alternate_id", "geonameid", "language", "name", "preferred", "short", "colloquial"),
    *("historic", "since", "until"),
)
_NAMES_KEPT = ("geonameid", "language", "name", "preferred")
_NOT_NAMES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "abbr", "tcid"})
_TOWN_PEOPLE = 2_000  # a populated place of so many people or more is a town
_ACCURACY_M = 2_000.0  # of GeoNames points, which are often rounded to a minute of arc
_CHUNK = 1_000_000
_UNREADABLE = (ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
_WHERE = "https://download.geonames.org/export/dump/"


def read_geonames(path: Path, alternate_names: Path | None = None) -> pd.DataFrame:
    """Read a country dump, and the names of its places in other languages, as a gazetteer's table.

    The table is as `geosec.Gazetteer.from_table` takes it, coordinates in EPSG:4326. Features of
    kinds that reports do not name as places (streams, wells, fields) are left out. Provinces and
    districts have the codes of the shipped boundaries where those cover the country, else ``AF.11``
    and ``AF.11.1104``. A file that is not there, or is no such dump, raises a `SourceError` that
    names the line.
    """
    rows = pd.concat(_read_chunks(path, _COLUMNS, _KEPT))
    rows = rows[~_mark_blank(rows)]
    for column, most in (("latitude", 90.0), ("longitude", 180.0)):
        rows[column] = _read_degrees(rows[column], most, path)
    rows["feature_class"] = _look_up(_map_classes(), rows["feature_code"])
    rows = rows[rows["feature_class"] != ""].reset_index(drop=True)
    people = pd.to_numeric(rows["population"], errors="coerce").fillna(0)
    populated = rows["feature_class"] == "populated"
    rows.loc[populated, "feature_class"] = "village"
    rows.loc[populated & (people >= _TOWN_PEOPLE), "feature_class"] = "town"
    urdu, others = _collect_alternates(alternate_names, frozenset(rows["geonameid"]))
    names = rows["alternatenames"].str.replace(",", ";") + ";" + rows["asciiname"]
    return pd.DataFrame(
        {
            "place_id": "gn:" + rows["geonameid"],
            "name": rows["name"],
            "name_ur": _look_up(urdu, rows["geonameid"]),
            "alt_names": names + ";" + _look_up(others, rows["geonameid"]),
            "feature_class": rows["feature_class"],
            "country_code": rows["country_code"],
            **_code_units(rows),
            "latitude": rows["latitude"],
            "longitude": rows["longitude"],
            "population": people.where(people > 0),
            "positional_accuracy_m": _ACCURACY_M,
            "source": "GeoNames " + rows["geonameid"] + " (CC BY 4.0)",
        }
    )


@build_once
def _map_classes() -> dict[str, str]:
    """Map GeoNames' feature codes to feature classes of the gazetteer."""
    file = files("geosec.reference") / "geonames_features.csv"
    table = pd.read_csv(str(file), dtype="str", keep_default_na=False)
    return dict(zip(table["feature_code"], table["feature_class"], strict=True))


def _look_up(table: Mapping[str, str], keys: pd.Series) -> pd.Series:
    """Look each key up in a table, empty where it is not there."""
    return pd.Series([table.get(key, "") for key in keys], index=keys.index, dtype="str")


def _mark_blank(rows: pd.DataFrame) -> pd.Series:
    """Mark lines that hold nothing; they are read so that line numbers stay those of the file."""
    return (rows["geonameid"].str.strip() == "") & (rows[list(_KEPT[1:])] == "").all(axis=1)


def _read_degrees(values: pd.Series, most: float, path: Path) -> pd.Series:
    """Read a column of degrees; a `SourceError` names the line of one that is none."""
    degrees = pd.to_numeric(values, errors="coerce")
    wrong = ~(degrees.abs() <= most)
    if wrong.any():
        line = int(wrong.idxmax())
        msg = (
            f"{path}, line {line + 1}: the {values.name} is {values[line]!r}, and a number from "
            f"{-most:g} to {most:g} is expected in a GeoNames dump of {len(_COLUMNS)} columns."
        )
        raise SourceError(msg)
    return degrees


def _code_units(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Give province and district codes: by place where we have borders, else GeoNames' own."""
    adm1 = rows["country_code"] + "." + rows["admin1"]
    adm2 = adm1 + "." + rows["admin2"]
    codes = {
        "adm1_code": adm1.where(rows["admin1"] != "", ""),
        "adm2_code": adm2.where(rows["admin2"] != "", ""),
    }
    drawn = set(load_boundaries("adm0").index)
    inside = rows.index[rows["country_code"].isin(drawn)]
    if not len(inside):
        return codes
    points = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(rows.loc[inside, "longitude"], rows.loc[inside, "latitude"]),
        index=inside,
        crs=STORAGE_CRS,
    )
    units = load_boundaries("adm2").reset_index()[["adm1_code", "adm2_code", "geometry"]]
    found = gpd.sjoin(points, units, predicate="intersects")
    found = found[~found.index.duplicated()].reindex(inside)
    province = rows.loc[inside, "feature_class"].isin(["province", "country"])
    for name, values in codes.items():
        values[inside] = found[name].fillna("")
    codes["adm2_code"][inside[province]] = ""
    return codes


def _collect_alternates(
    path: Path | None, wanted: frozenset[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Give the Urdu name and the other names of each place that is wanted."""
    urdu: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    if path is None:
        return {}, {}
    for part in _read_chunks(path, _NAME_COLUMNS, _NAMES_KEPT):
        ours = part[part["geonameid"].isin(wanted) & ~part["language"].isin(_NOT_NAMES)]
        columns = (ours[name] for name in ("geonameid", "language", "name", "preferred"))
        for place, language, name, preferred in zip(*columns, strict=True):
            others.setdefault(place, []).append(name.replace(";", " "))
            if language == "ur" and (preferred == "1" or place not in urdu):
                urdu[place] = name
    return urdu, {place: ";".join(dict.fromkeys(names)) for place, names in others.items()}


def _read_chunks(
    path: Path, columns: tuple[str, ...], kept: tuple[str, ...]
) -> Iterator[pd.DataFrame]:
    """Read a tab-separated file without header, part by part."""
    if not path.is_file():
        msg = f"there is no file {path}; GeoNames has such files at {_WHERE}."
        raise SourceError(msg)
    try:
        with _open_dump(path) as file:
            yield from pd.read_csv(
                file,
                sep="\t",
                header=None,
                names=list(columns),
                usecols=list(kept),
                index_col=False,
                dtype="str",
                quoting=3,
                na_filter=False,
                skip_blank_lines=False,
                chunksize=_CHUNK,
                encoding="utf-8",
            )
    except SourceError:
        raise
    except _UNREADABLE as error:
        msg = (
            f"{path} cannot be read ({error}); a GeoNames dump in UTF-8 with {len(columns)} "
            f"columns between tabs is expected, as at {_WHERE}."
        )
        raise SourceError(msg) from error


def _open_dump(path: Path) -> IO[bytes]:
    """Open a dump, or the file of the same name in its zip."""
    if path.suffix != ".zip":
        return path.open("rb")
    with zipfile.ZipFile(path) as archive:
        wanted = f"{path.stem}.txt"
        if wanted not in archive.namelist():
            held = ", ".join(archive.namelist()) or "nothing"
            msg = f"{path} holds {held}, and {wanted} is expected in it."
            raise SourceError(msg)
        return archive.open(wanted)
