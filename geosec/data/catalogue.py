"""Find the reference layers that ship with geosec.

An installed wheel carries the files in ``geosec/data/layers``; an editable checkout reads them
from ``boundaries/``, where they are edited. ``datapackage.json`` (Frictionless Data Package)
describes each: source, licence, vintage, positional accuracy, size and SHA-256.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.arguments import require_text
from geosec.errors import SourceError, UnknownNameError, near_misses

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "layers"
_CHECKOUT = _PACKAGE.parents[1]


def layer_path(name: str) -> Path:
    """Give the path of a shipped layer.

    Parameters
    ----------
    name : str
        Name of a layer as in ``geosec.list_layers()``, such as ``"adm2"`` or ``"rail_lines"``.

    Returns
    -------
    pathlib.Path
        An existing file. Coordinates in it are in EPSG:4326 (degrees).

    Raises
    ------
    UnknownNameError
        If no layer has that name; the message offers those that are near.
    SourceError
        If the layer is described but its file is gone.

    Examples
    --------
    >>> layer_path("rail_lines").name
    'rail_lines.csv'
    """
    resources = _read_resources()
    name = require_text(name, "name", "the name of a layer")
    if name not in resources:
        msg = f"there is no layer {name!r}; {near_misses(name, resources)}"
        raise UnknownNameError(msg)
    return _find_file(resources[name]["path"], _CHECKOUT / "boundaries")


def list_layers() -> pd.DataFrame:
    """List the reference layers with what is known of each.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``layer``: ``title``, ``vintage``, ``positional_accuracy_m`` (radius that holds
        the true position with 95 %, in metres; missing for tables without positions),
        ``licence`` and ``bytes``.

    Examples
    --------
    >>> list_layers().loc["adm1", "title"]
    'Provinces and territories of Pakistan'
    """
    rows = {name: _describe_resource(resource) for name, resource in _read_resources().items()}
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.rename_axis("layer")


def layer_accuracy_m(name: str) -> float:
    """Give the radius in metres that holds the true position of a layer's feature with 95 %.

    NaN where the layer states none; an unknown layer raises an `UnknownNameError`.
    """
    table = list_layers()
    if name not in table.index:
        msg = f"there is no layer {name!r}; {near_misses(name, table.index)}"
        raise UnknownNameError(msg)
    return float(table.loc[name, "positional_accuracy_m"])


def describe_layers(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Tell the vintage and the hash of each layer that ships with geosec, by its name."""
    known = _read_resources()
    return {
        name: {
            "vintage": str(known[name].get("vintage", "")),
            "hash": str(known[name].get("hash", "")),
        }
        for name in sorted({*names} & known.keys())
    }


def example_path(name: str = "incidents_pakistan.csv") -> Path:
    """Give the path of an example file: publicly reported incidents, or coded events.

    Parameters
    ----------
    name : str
        ``"incidents_pakistan.csv"``, 72 incidents whose ``location`` holds phrases, without
        coordinates and a CRS; or ``"ucdp_balochistan.csv"``, 692 events of UCDP GED in EPSG:4326,
        coded with how precisely each place is known (CC BY 4.0, Sundberg and Melander 2013).

    Returns
    -------
    pathlib.Path

    Raises
    ------
    SourceError
        If the file is not there.

    Examples
    --------
    >>> example_path().name
    'incidents_pakistan.csv'
    """
    return _find_file(name, _CHECKOUT / "examples" / "data")


@cache
def _read_resources() -> dict[str, dict[str, Any]]:
    package = json.loads(
        _find_file("datapackage.json", _CHECKOUT / "boundaries").read_text(encoding="utf-8")
    )
    return {resource["name"]: resource for resource in package["resources"]}


def _find_file(name: str, checkout: Path) -> Path:
    for folder in (_INSTALLED, checkout):
        if (folder / name).is_file():
            return folder / name
    msg = (
        f"{name} is neither in {_INSTALLED} nor in {checkout}. "
        "The installation is incomplete: install geosec again."
    )
    raise SourceError(msg)


def _describe_resource(resource: dict[str, Any]) -> dict[str, Any]:
    licences = [held.get("name") or held.get("title") for held in resource.get("licenses", [])]
    return {
        "title": resource["title"],
        "vintage": resource.get("vintage"),
        "positional_accuracy_m": resource.get("positional_accuracy_m", float("nan")),
        "licence": ", ".join(licences),
        "bytes": resource.get("bytes"),
    }
