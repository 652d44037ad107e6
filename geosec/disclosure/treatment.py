"""Release: a table of incidents as an audience may have it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Unpack

import geopandas as gpd
import numpy as np
import pandas as pd

from geosec.assignment.days import read_days
from geosec.crs import STORAGE_CRS, make_points
from geosec.disclosure.columns import (
    make_days,
    name_units,
    refuse_places,
    refuse_repeated,
    spread_months,
    take_columns,
    take_origin,
)
from geosec.disclosure.grounds import read_ground
from geosec.disclosure.levels import (
    RELEASED,
    find_strange,
    list_columns_kept,
    list_given,
    may_pass,
    require_audience,
)
from geosec.disclosure.places import combine, mask_places, place_in_units
from geosec.disclosure.settings import ReleaseOptions, read_settings
from geosec.errors import GeosecWarning, ParameterError
from geosec.incidents.exports.terms import forbids_rows
from geosec.located import require_coordinates
from geosec.schema import order_columns
from geosec.storage.provenance import RELEASE, note_step
from geosec.uncertainty.table_footprints import TableFootprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geosec.disclosure.grounds import Ground
    from geosec.disclosure.levels import Audience
    from geosec.disclosure.places import Placed
    from geosec.disclosure.settings import Settings

    Days = NDArray[np.datetime64]
    Picked = NDArray[np.intp]

_WITHHELD = "Exact place, report, source and identifier are withheld; ask who released the table."
_BY_MONTH = " The date is given as its month."


def release(
    table: gpd.GeoDataFrame,
    audience: Audience,
    *,
    secret: str | bytes | None = None,
    delay_days: int = 0,
    k: int = 5,
    **options: Unpack[ReleaseOptions],
) -> gpd.GeoDataFrame:
    """Make of a table of incidents what an audience may have of it.

    The public is told a district, or an H3 cell, that holds `k` incidents or more, and the month;
    partners a point that was moved by a donut, and the day; for internal use the table is stamped
    and stays as it is. What says where an incident was, or who told of it, is left out.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``.
    audience : {"public", "partner", "internal"}
        Who is to have it.
    secret : str or bytes, optional
        Needed but for internal use: 16 characters or more that nobody else knows, such as
        ``secrets.token_hex(32)``. Identifiers and donuts are made of it. Take the same for each
        release of these incidents: masks of many secrets average out. It is kept nowhere.
    delay_days : int, default 0
        Incidents that may be newer than so many days before `on` are left out, and those without a
        date; for the public a month must have ended so long ago. With 0 all are given.
    k : int, default 5
        No unit with fewer incidents is told of, and no table with fewer is given; 2 or more.
    **options
        ``unit``, ``"adm2"`` by default: the units that the public is told, ``"adm1"``, or H3 cells
        as ``"h3:5"``. ``mask``, ``"unit"`` by default: ``"donut"`` tells the public moved points
        where it would tell the finest unit. ``donut_m``, ``(2_000, 10_000)`` by default: how many
        metres a point is moved, no less and no more. ``boundaries``: polygons of your own, as
        `geosec.assign_boundaries` takes them. ``keep``: columns to give as they are, of your own or
        ``actor`` and ``target``. ``on``: the day of the release, by default today (UTC).

    Returns
    -------
    geopandas.GeoDataFrame
        A new table in EPSG:4326, in the order of new identifiers, which are hashes with the secret:
        days, ``event_type``, ``fatalities``, ``injuries``, the point, ``uncertainty_m`` (metres,
        grown by what was done, in coarse steps), ``footprint`` where a unit holds the places
        it is told for, names and codes of units, ``place_level``, and in the sense of Darwin Core
        ``data_generalizations`` and ``information_withheld``. ``attrs["release"]`` is the stamp.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points.
    ParameterError
        If fewer than `k` rows would be given, there is no secret or one that can be guessed, or an
        argument is none of those above, or not for this audience; or if a column
        ``incident_id`` names one in several rows.
    CRSError
        If the table or ``boundaries`` has no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        How many rows were left out, and why; which columns of your own were; and if the terms of
        the source do not allow its rows to be passed on.

    Examples
    --------
    >>> import geosec
    >>> phrases = ["Mach", "Ab-i-Gum station", "Dhadar", "Sibi", "Quetta"]
    >>> located = geosec.geocode(phrases, admin1="Balochistan")
    >>> public = geosec.release(located, "public", secret="a secret of your own", k=3)
    >>> public.groupby(["place_level", "adm1_name", "adm2_name"], dropna=False).size()
    place_level  adm1_name    adm2_name
    adm1         Balochistan  NaN          5
    dtype: int64
    """
    settings = read_settings(audience, secret, k, delay_days, options)
    if settings is None:
        return _stamp_internal(table)
    return _release(table, settings)


def prepare_for(
    audience: Any,
    table: gpd.GeoDataFrame,
    *,
    secret: str | bytes | None = None,
    boundaries: Any = None,
) -> gpd.GeoDataFrame:
    """Give what an audience may be shown of a table: for verbs that take `audience` and `secret`.

    A table that was released for it, or for one that is given less, passes; another is released
    with the usual settings, or by a caller's own `boundaries`. With None it passes as it is.
    """
    if audience is None:
        if secret is not None:
            msg = "`secret` is for an `audience`, and none was named; name one, or leave it out."
            raise ParameterError(msg)
        return table
    audience = require_audience(audience)
    if isinstance(table, pd.DataFrame) and may_pass(table, audience):
        return table
    if boundaries is None or audience == "internal":
        return release(table, audience, secret=secret)
    return release(table, audience, secret=secret, boundaries=boundaries)


def warn_of_unreleased(audience: Any, **tables: Any) -> None:
    """Warn of tables that are shown to partners or to the public as they were given.

    A text is a level, in whose units a map counts what was released.
    """
    shown = [f"`{name}`" for name, table in tables.items() if isinstance(table, pd.DataFrame)]
    if audience not in {None, "internal"} and shown:
        msg = (
            f"{' and '.join(shown)}: shown to the audience {audience!r} as given. Make sure that "
            "no value stands on fewer incidents than the k of the release."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=3)


def _stamp_internal(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Stamp a table that stays as it is."""
    table, _, _ = require_coordinates(table, "release")
    stamped = table.copy()
    stamped.attrs = {**table.attrs, RELEASE: {"audience": "internal"}}
    return note_step(stamped, "release", (), audience="internal")


def _release(table: gpd.GeoDataFrame, settings: Settings) -> gpd.GeoDataFrame:
    """Release a table to partners or to the public."""
    given = table
    table, lon, lat = require_coordinates(given, "release")
    refuse_repeated(table)
    kept = list_columns_kept(settings.keep, table)
    refuse_places(given, kept, lon, lat)
    footprints = TableFootprints.of(table, lon, lat)
    first, last = _read_spans(table, settings)
    is_old, is_placed = _is_old(last, settings), ~np.isnan(lon) | (not settings.is_public)
    rows = np.flatnonzero(is_old & is_placed)
    ground = read_ground(footprints.take(rows), settings.boundaries, settings.unit)
    inside = _find_inside(ground, settings)
    reasons = {
        "are too new, or have no date": int((~is_old).sum()),
        "have no place": int((is_old & ~is_placed).sum()),
        "lie in none of the units": int((~inside).sum()),
    }
    _tell_left_out(int(inside.sum()), len(table), reasons, settings.k)
    rows, ground = rows[inside], ground.take(inside)
    placed = _place(footprints.take(rows), ground, settings)
    columns = _make_days(table, first[rows], last[rows], rows, settings)
    names = [*list_given(settings.audience), *kept]
    columns |= take_columns(table, rows, names, settings.k if settings.is_public else 1)
    columns |= _tell_places(ground, placed, settings)
    index = settings.key.hash_labels(table.index, settings.purpose)[rows]
    done = gpd.GeoDataFrame(columns, index=index, geometry="geometry", crs=STORAGE_CRS)
    done = order_columns(done.sort_index())
    _warn_of_columns(table, kept)
    _warn_of_terms(table.attrs, settings)
    stamp = settings.write_stamp()
    origin = take_origin(table.attrs)
    done.attrs = {**origin, RELEASE: stamp, RELEASED: [str(name) for name in done.columns]}
    return note_step(done, "release", ground.layers, **stamp)


def _read_spans(table: gpd.GeoDataFrame, settings: Settings) -> tuple[Days, Days]:
    """Read from which day to which each incident may have been, as the audience is told it."""
    if "date" not in table.columns:
        none = np.full(len(table), "NaT", dtype="datetime64[D]")
        return none, none
    first, last = read_days(table, "release")
    return spread_months(first, last) if settings.is_public else (first, last)


def _is_old(last: Days, settings: Settings) -> NDArray[np.bool_]:
    """Say which rows are as old as the delay asks; those without a date are not."""
    if not settings.delay_days:
        return np.ones(len(last), dtype="bool")
    newest = np.datetime64(settings.on) - np.timedelta64(settings.delay_days, "D")
    return np.asarray(last <= newest)


def _find_inside(ground: Ground, settings: Settings) -> NDArray[np.bool_]:
    """Find the rows that can be told: partners get those in no unit too."""
    if settings.is_public:
        return np.asarray(ground.paths[:, -1] >= 0)
    return np.ones(len(ground.paths), dtype="bool")


def _place(footprints: TableFootprints, ground: Ground, settings: Settings) -> Placed:
    """Tell places by units, by moved points, or by both."""
    moved = None
    if settings.donut is not None:
        moved = mask_places(footprints, ground, settings.donut, settings.key)
    if not settings.is_public and moved is not None:
        return moved
    units = place_in_units(footprints, ground, settings.k)
    return units if moved is None else combine(units, moved)


def _make_days(
    table: gpd.GeoDataFrame, first: Days, last: Days, rows: Picked, settings: Settings
) -> dict[str, Any]:
    """Make the columns of days, for a table that has any."""
    if "date" not in table.columns:
        return {}
    precision = None
    if not settings.is_public:
        plain = pd.Series("day", index=table.index)
        words = table["date_precision"] if "date_precision" in table.columns else plain
        precision = words.astype("object").fillna("day").iloc[rows]
    return make_days(first, last, precision)


def _tell_places(ground: Ground, placed: Placed, settings: Settings) -> dict[str, Any]:
    """Make the columns of places, and what is said of them in the sense of Darwin Core."""
    shapes = gpd.array.from_shapely(placed.shapes, crs=STORAGE_CRS)
    points = gpd.array.from_shapely(make_points(placed.lon, placed.lat), crs=STORAGE_CRS)
    told = placed.told + (_BY_MONTH if settings.is_public else "")
    return {
        "geometry": points,
        "uncertainty_m": placed.uncertainty_m,
        **({"footprint": shapes} if settings.is_public else {}),
        **name_units(ground, placed),
        "data_generalizations": pd.array(told, dtype="str"),
        "information_withheld": pd.array([_WITHHELD] * len(told), dtype="str"),
    }


def _tell_left_out(given: int, rows: int, reasons: Mapping[str, int], k: int) -> None:
    """Tell the caller how many rows are not released; fewer than k that are, are refused."""
    told = "; ".join(f"{count:,} {reason}" for reason, count in reasons.items() if count)
    if given < k:
        msg = (
            f"a table of fewer than k = {k} rows is not released, and {given:,} of {rows:,} can be"
            f"{f'; of the others, {told}' if told else ''}."
        )
        raise ParameterError(msg)
    if told:
        _warn(f"{given:,} of {rows:,} rows are released; of the others, {told}.")


def _warn_of_columns(table: gpd.GeoDataFrame, kept: list[str]) -> None:
    """Tell the caller which columns of their own are not released."""
    lost = [str(name) for name in find_strange(table) if name not in kept]
    if lost:
        _warn(
            f"columns that geosec does not know are left out: {', '.join(lost)}. Those that tell "
            "neither where an incident was nor who told of it can be kept with `keep=`."
        )


def _warn_of_terms(attrs: Mapping[Any, Any], settings: Settings) -> None:
    """Warn where a source does not allow its rows to be passed on."""
    if forbids_rows(attrs):
        whom = "the public" if settings.is_public else "partners"
        _warn(
            f"the source does not allow its rows to be passed on, and this table is for {whom}: "
            f"{attrs.get('source_terms', 'ask it for its terms')} Give counts instead, or ask it."
        )


def _warn(text: str) -> None:
    warnings.warn(text, GeosecWarning, stacklevel=5)
