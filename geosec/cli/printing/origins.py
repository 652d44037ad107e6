"""How a table came about, as a page: who wrote it when, whose data it is, what was done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geosec.cli.printing.page import Heading, Listing
from geosec.cli.printing.terminal import escape_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geosec.cli.printing.page import Part

_LINES = {
    "input": "read from",
    "rejected": "rows rejected",
    "source_kind": "kind of source",
    "source_credit": "credit",
    "source_terms": "terms",
    "source_notices": "notices",
    "release": "released for",
    "key": "rows known by",
    "state": "state",
}
_HASH = 16  # digits that are enough for an eye


def list_origin(told: Mapping[str, Any]) -> Iterator[Part]:
    """List what is told of a table: a line for each fact, and listings of steps, layers, files."""
    rows = f", {told['rows']:,} rows" if isinstance(told.get("rows"), int) else ""
    yield f"written by geosec {escape_line(told['geosec'])} on {_tell(told.get('written'))}{rows}"
    yield from (f"{name}: {_tell(told[key])}" for key, name in _LINES.items() if told.get(key))
    steps = [
        (_tell(verb), _tell(_drop(step, "layers")), _tell(step.get("layers") or "given"))
        for verb, step in _list_items(told.get("steps"))
    ]
    yield from _head("Steps", ("verb", "settings", "layers"), steps)
    layers = [
        (_tell(name), _tell(layer.get("vintage")), _shorten(layer.get("hash")))
        for name, layer in _list_items(told.get("layers"))
    ]
    yield from _head("Layers", ("layer", "vintage", "hash"), layers)
    files = [
        (_tell(name), _tell(file.get("bytes")), _shorten(file.get("sha256")))
        for name, file in _list_items(told.get("files"))
    ]
    yield from _head("Files", ("file", ">bytes", "hash"), files)


def _head(title: str, names: tuple[str, ...], rows: Sequence[Sequence[str]]) -> Iterator[Part]:
    if rows:
        yield Heading(title)
        yield Listing(names, rows)


def _list_items(found: Any) -> list[tuple[str, dict[str, Any]]]:
    """List what is told by name; what a file holds instead of that is passed over."""
    items = found.items() if isinstance(found, dict) else ()
    return [(name, held) for name, held in items if isinstance(held, dict)]


def _tell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{_tell(name)} {_tell(held)}" for name, held in value.items())
    if isinstance(value, list):
        told = [_tell(held) for held in value]
        is_said = any(" " in each for each in told)
        return "; ".join(each.removesuffix(".") for each in told) if is_said else ", ".join(told)
    return escape_line(value)


def _drop(step: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in step.items() if key != name}


def _shorten(text: Any) -> str:
    return _tell(text).removeprefix("sha256:")[:_HASH]
