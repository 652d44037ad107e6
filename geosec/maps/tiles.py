"""Online tiles: by a name of xyzservices, or an address with whose they are."""

from __future__ import annotations

from html import escape
from typing import Any

import xyzservices
from folium.raster_layers import TileLayer

from geosec.arguments import describe_given
from geosec.errors import ParameterError, near_misses

_ADDRESS = ("https://", "http://", "//")
_PLACES = ("{z}", "{x}", "{y}")
_PARTS = 2  # of a pair


def open_tiles(tiles: Any) -> TileLayer | None:
    """Open the layer of what was given as ``tiles``."""
    if tiles is None or isinstance(tiles, TileLayer):
        return tiles
    if isinstance(tiles, xyzservices.TileProvider):
        return _open_provider(tiles)
    if isinstance(tiles, tuple | list) and len(tiles) == _PARTS:
        return _open_address(*tiles)
    if not isinstance(tiles, str):
        msg = (
            "`tiles` takes the name of tiles as 'OpenStreetMap', or a pair of their address and "
            f"whose they are, and was given {describe_given(tiles)}."
        )
        raise ParameterError(msg)
    if tiles.startswith(_ADDRESS):
        msg = (
            "`tiles` of an address need to say whose they are: "
            f"tiles=({describe_given(tiles)}, '© who made them')."
        )
        raise ParameterError(msg)
    try:
        provider = xyzservices.providers.query_name(_spell(tiles))
    except ValueError as error:
        known = near_misses(tiles, [*xyzservices.providers.flatten(), "OpenStreetMap"])
        msg = f"there are no `tiles` {tiles!r}; {_shorten(known)}"
        raise ParameterError(msg) from error
    return _open_provider(provider)


def _spell(name: str) -> str:
    return "OpenStreetMap.Mapnik" if name.lower() == "openstreetmap" else name


def _shorten(known: str) -> str:
    few = 300
    if len(known) <= few:
        return known
    return "known are the names of xyzservices, as 'OpenStreetMap' or 'OpenTopoMap'."


def _open_provider(provider: xyzservices.TileProvider) -> TileLayer:
    if provider.requires_token():
        msg = (
            f"the `tiles` {provider['name']!r} need a key of their maker: fill it into "
            f"`xyzservices.providers.{provider['name']}(...)` and give that."
        )
        raise ParameterError(msg)
    return TileLayer(tiles=provider)


def _open_address(address: Any, credit: Any) -> TileLayer:
    if not isinstance(address, str) or not address.startswith(_ADDRESS):
        msg = f"`tiles` takes an address that begins with https://, and was given {address!r}."
        raise ParameterError(msg)
    plain = address.replace("{-y}", "{y}")  # counted from the south, as by TMS
    missing = [part for part in _PLACES if part not in plain]
    if missing:
        msg = (
            "`tiles` takes an address with {z}, {x} and {y} where the numbers of a tile go, and "
            f"{address!r} has no {missing[0]}."
        )
        raise ParameterError(msg)
    if not isinstance(credit, str) or not credit.strip():
        msg = f"`tiles` need to say whose they are, and were given {describe_given(credit)}."
        raise ParameterError(msg)
    return TileLayer(tiles=address, attr=escape(credit), name="tiles")
