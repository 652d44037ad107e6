"""Which column of a source means which of the contract."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Mapping
from typing import Any

from geosec.arguments import require_kind, require_text
from geosec.errors import GeosecWarning, ParameterError, SchemaError, near_misses
from geosec.schema import INDEX, list_columns

OWN = frozenset({INDEX, *list_columns("read")})  #: our names of what is read
#: What else stands beside them and is read: the words and the ends of tolls, and UCDP's places.
_EXTRA = frozenset(
    {
        *("fatalities_text", "injuries_text", "fatalities_low", "fatalities_high"),
        *("geom_wkt", "where_coordinates", "where_description", "uncertainty_m", "footprint"),
    }
)
_POINTS = "geometry"
#: Usual names of columns, folded, and what each means.
ALIASES = {
    "id": INDEX,
    "event_id": INDEX,
    "event_date": "date",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "long": "longitude",
    "place": "location",
    "location_name": "location",
    "province": "admin1",
    "adm_1": "admin1",
    "district": "admin2",
    "adm_2": "admin2",
    "tehsil": "admin3",
    "taluka": "admin3",
    "sub_district": "admin3",
    "subdistrict": "admin3",
    "url": "source_url",
    "deaths": "fatalities",
    "killed": "fatalities",
    "injured": "injuries",
    "wounded": "injuries",
    "notes": "summary",
    "description": "summary",
}


def read_given_names(given: Mapping[Any, str] | None) -> dict[str, str]:
    """Read the names that columns are given: theirs may be numbers, ours are texts.

    Raises a `ParameterError` where it is no mapping, ours is no text, or is where our points go.
    """
    names: Mapping[Any, str] = {} if given is None else given
    require_kind(names, Mapping, "columns")
    for theirs, ours in names.items():
        require_text(ours, f"columns[{theirs!r}]", "a name of ours")
        if ours == _POINTS:
            msg = (
                f"`columns` calls {theirs!r} {_POINTS!r}, where the points go that geosec makes; "
                "call polygons and lines in WKT 'footprint', and rename a column of points in WKT "
                "to 'geometry_wkt' before it is read."
            )
            raise ParameterError(msg)
    return {str(theirs): ours for theirs, ours in names.items()}


def match_columns(found: list[str], given: Mapping[str, str]) -> dict[str, str]:
    """Map the columns of a source to those of the contract; `given` names come first.

    A usual name is understood where the contract's own is not there. Raises a `ParameterError` if
    a given name is none of the source's, and a `SchemaError` if two columns mean one, or there is
    no date or no place.
    """
    names = name_columns(found, given)
    check_names(names, found)
    return names


def require_named(found: list[str], given: Mapping[str, str]) -> None:
    """Refuse names of columns that are not there, and two of one meaning."""
    absent = [str(name) for name in given if name not in found]
    if absent:
        msg = f"`columns` names {absent[0]!r}, which is not there; {near_misses(absent[0], found)}"
        raise ParameterError(msg)
    check_double(given)


def warn_of_slips(given: Mapping[str, str] | None) -> None:
    """Warn of names given to columns that are none that geosec reads, and like one that is.

    Such a column is renamed and kept: that may be what was meant, or a slip.
    """
    for theirs, ours in (given or {}).items():
        if not isinstance(ours, str) or ours in OWN or ours in _EXTRA:
            continue
        usual = ALIASES.get(fold_name(ours))
        near = near_misses(ours, {*OWN, *ALIASES}, list_all=False)
        if usual or near:
            msg = (
                f"`columns` calls {theirs!r} {ours!r}, which is no name that geosec reads: it is "
                f"kept so, and not used; {f'did you mean {usual!r}?' if usual else near}"
            )
            warnings.warn(msg, GeosecWarning, stacklevel=3)


def name_columns(found: list[str], given: Mapping[str, str]) -> dict[str, str]:
    """Map the columns of a source to those of the contract as far as their names tell."""
    require_named(found, given)
    folded = {name: fold_name(name) for name in found}
    taken = set(folded.values())
    names = {}
    for name in found:
        plain = folded[name]
        usual = plain if plain in OWN else ALIASES.get(plain, name)
        free = plain in OWN or usual not in taken
        names[name] = given.get(name, usual if free else name)
    return names


def fold_name(name: str) -> str:
    """Fold the name of a column to small letters, with one underscore for every gap."""
    return re.sub(r"[\s_]+", "_", name.strip()).casefold()


def check_names(names: Mapping[str, str], found: list[str]) -> None:
    """Refuse two columns that mean one, and a table without a date or without a place."""
    check_double(names)
    reached = list(names.values())
    has_place = "location" in reached or {"latitude", "longitude"} <= set(reached)
    missing = [*([] if "date" in reached else ["date"]), *([] if has_place else ["location"])]
    if not found:
        msg = "the table has no columns; incidents need a date and a place."
        raise SchemaError(msg)
    if missing:
        free = [name for name in found if names.get(name, name) == name]
        nearest = " ".join(f"For {name!r}, {near_misses(name, free)}" for name in missing)
        msg = (
            f"incidents need a date, and a location or latitude and longitude. The table has the "
            f"columns {', '.join(found)}. Name yours with "
            f'`columns={{"yours": "{missing[0]}"}}`. {nearest}'
        )
        raise SchemaError(msg)


def check_double(names: Mapping[str, str]) -> None:
    """Refuse two columns that mean one with a `SchemaError`."""
    times = Counter(names.values())
    twice = next((name for name in times if times[name] > 1), None)
    if twice is not None:
        both = " and ".join(repr(name) for name, to in names.items() if to == twice)
        msg = f"the columns {both} both mean {twice!r}; say which with `columns=`."
        raise SchemaError(msg)
