"""The door of all located tables: points with what is known of their error, or plain points.

A GeoDataFrame of points is a located table too. Without ``uncertainty_m`` its points are exact
(0 m), without ``footprint`` they are discs, without ``match_status`` a row with a point counts as
matched. What is assumed so is not written into the table that a verb gives back.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.arguments import clean_telling, describe_given, name_row, read_numbers, require_numbers
from geosec.crs import require_degrees, require_lon_lat, to_storage
from geosec.errors import GeosecWarning, SchemaError, near_misses
from geosec.footprint_texts import read_footprints
from geosec.schema import name_points, require_columns

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_RADIUS, _SHAPE, _STATUS = "uncertainty_m", "footprint", "match_status"
_MULTIPOINT = 4  # of `shapely.get_type_id`
_UNREAD = {"date_precision", "precision_code", "precision_scheme"}  # of `geosec.read_incidents`
_TELLING = (_SHAPE, "match_candidates")  # columns that say where a place may be, as a radius does


def require_located(table: pd.DataFrame, verb: str) -> gpd.GeoDataFrame:
    """Refuse a table without points, and bring it to EPSG:4326.

    ``footprint`` may be in another CRS than the points, as ``to_crs`` moves only one of them, or
    text. Raises a `SchemaError` where the geometry holds something else than points, and a
    `CRSError` where a geometry column has no CRS, or coordinates that its CRS cannot have.
    """
    return require_coordinates(table, verb)[0]


def require_coordinates(
    table: pd.DataFrame, verb: str, *, unknown_radii: bool = False
) -> tuple[gpd.GeoDataFrame, NDArray[np.float64], NDArray[np.float64]]:
    """Check a table as `require_located` does, and give the coordinates of its points with it.

    Gives degrees in EPSG:4326, NaN where there is no point; half characters are told and replaced.
    A place may lack its radius only where `unknown_radii` says so.
    """
    require_columns(table, (), verb)
    name = name_points(table)
    _require_points(table, name, verb)
    if is_read_only(table, name):
        require_columns(table, (_RADIUS, _SHAPE), verb)
    table = clean_telling(table, 3)
    points, lon, lat = require_lon_lat(_take_single_parts(table[name]), "located")
    half = np.isnan(lon + lat)
    lon[half] = lat[half] = np.nan
    _warn_of_lost(table, verb)
    columns: dict[Any, Any] = {own: table[own] for own in table.columns}
    columns[name] = points
    if _RADIUS in columns:
        is_free = columns[_RADIUS].isna().to_numpy() if unknown_radii else half
        _refuse_radii(columns[_RADIUS], ~(half | is_free))
    if _SHAPE in columns:
        shapes = read_footprints(columns[_SHAPE])
        if isinstance(shapes, gpd.GeoSeries) and not shapely.is_missing(shapes.to_numpy()).all():
            shapes = to_storage(shapes, 'located["footprint"]')
        _refuse_off_globe(shapes)
        columns[_SHAPE] = shapes
    located = gpd.GeoDataFrame(columns, geometry=name, index=table.index, copy=False)
    located.attrs = table.attrs
    return located, lon, lat


def _refuse_off_globe(shapes: pd.Series) -> None:
    """Refuse footprints that reach beyond the globe, as metres labelled EPSG:4326 do."""
    west, south, east, north = shapely.bounds(shapes.to_numpy()).T
    for lon, lat in ((west, south), (east, north)):
        require_degrees(lon, lat, 'located["footprint"]')


def _take_single_parts(points: pd.Series) -> pd.Series:
    """Take the point out of each MultiPoint of one, as which layers hold points; none of none."""
    if not isinstance(points, gpd.GeoSeries):
        return points
    shapes = points.to_numpy()
    single = np.flatnonzero(
        (shapely.get_type_id(shapes) == _MULTIPOINT) & (shapely.get_num_geometries(shapes) <= 1)
    )
    if not single.size:
        return points
    taken = shapes.copy()
    taken[single] = shapely.get_geometry(shapes[single], 0)
    return gpd.GeoSeries(taken, points.index, crs=points.crs, name=points.name)


def _require_points(table: pd.DataFrame, name: str, verb: str) -> None:
    """Refuse a table without a geometry, saying how points are made of what it may have."""
    if name in table.columns:
        return
    try:
        require_columns(table, [name], verb)
    except SchemaError as error:
        msg = (
            f"{error} Points of your own go in as a GeoDataFrame: `geopandas.GeoDataFrame(table, "
            "geometry=geopandas.points_from_xy(longitude, latitude), crs=4326)`."
        )
        raise SchemaError(msg) from None


def is_read_only(table: pd.DataFrame, name: str) -> bool:
    """Whether a table has phrases, or codes of how precise its points are, that nobody has read."""
    columns = set(table.columns)
    if columns & {_RADIUS, _STATUS} or "location" not in columns:
        return False
    return columns >= _UNREAD or not (len(table) == 0 or table[name].notna().any())


def _warn_of_lost(table: pd.DataFrame, verb: str) -> None:
    """Warn where a table was geocoded and has lost how sure its places are."""
    if _STATUS not in table.columns or _RADIUS in table.columns:
        return
    msg = (
        f"`{verb}` was given a table that was geocoded and has no column `{_RADIUS}` any more: its "
        "points are taken to be exact. Keep the column, or say with `geosec.with_uncertainty`."
    )
    warnings.warn(msg, GeosecWarning, stacklevel=4)


def _refuse_radii(radii: pd.Series, needed: NDArray[np.bool_]) -> None:
    """Refuse radii that are no numbers, or none of 0 m or more where a row needs one."""
    numbers = _read_numbers(radii)
    wrong = np.flatnonzero(needed & ~((numbers >= 0) & (numbers < np.inf)))
    if not wrong.size and radii.dtype != "object":
        return
    wrong = wrong if wrong.size else np.flatnonzero(np.isnan(numbers) & radii.notna().to_numpy())
    if wrong.size:
        row, said = name_row(radii.index, wrong[0]), describe_given(radii.iloc[wrong[0]])
        msg = (
            f"`uncertainty_m` is the 95 % radius of a place in metres, 0 or more, and is {said} in "
            f"row {row}; give the radius, or take the place (`geometry`) out of the row."
        )
        raise SchemaError(msg)


def _read_numbers(values: pd.Series) -> NDArray[np.float64]:
    """Read a column as numbers; NaN for what is none."""
    return np.asarray(read_numbers(values).to_numpy())


def read_radii_m(located: pd.DataFrame, placed: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Read the 95 % radius of each row in metres: 0 for plain points, NaN where there is no place.

    The table has been through the door.
    """
    if _RADIUS in located.columns:
        return _read_numbers(located[_RADIUS])
    return np.where(placed, 0.0, np.nan)


def fill_located(
    table: pd.DataFrame, verb: str, *, unknown_radii: bool = False
) -> gpd.GeoDataFrame:
    """Check a table as `require_coordinates` does, and write into it what plain points assume.

    The points stand in ``geometry``, missing where they are empty; ``uncertainty_m`` is in metres.
    """
    located, lon, lat = require_coordinates(table, verb, unknown_radii=unknown_radii)
    placed = ~np.isnan(lon + lat)
    points = gpd.GeoSeries(located.geometry.where(placed, None), crs=located.crs)
    columns: dict[str, Any] = {
        _RADIUS: read_radii_m(located, placed),
        _SHAPE: gpd.GeoSeries([None] * len(located), located.index, crs=located.crs),
        _STATUS: pd.Series(placed, located.index).map({True: "matched", False: "unmatched"}),
    }
    missing = {name: values for name, values in columns.items() if name not in located.columns}
    return located.assign(**missing, geometry=points).set_geometry("geometry")


def with_uncertainty(
    points: gpd.GeoDataFrame | gpd.GeoSeries, uncertainty_m: float | str | pd.Series | ArrayLike
) -> gpd.GeoDataFrame:
    """Say how far your own points may be off, so that every verb takes it into account.

    Points go into the verbs as they are and are then taken to be exact. Those whose error is known,
    such as fixes of a GPS or centres of villages, are given it here.

    Parameters
    ----------
    points : geopandas.GeoDataFrame or geopandas.GeoSeries
        Points in any CRS, with any index.
    uncertainty_m : float, str, pandas.Series or array of float
        The radius round each point that holds the true place with 95 % probability, in metres: a
        number for all points, the name of a column, a series with the index of `points` in any
        order, or as many numbers as there are points.

    Returns
    -------
    geopandas.GeoDataFrame
        A new table in EPSG:4326 with the same index and a column ``uncertainty_m``. Each point is
        the middle of a disc that is evenly filled, so that ``uncertainty_m`` is 0.975 of its full
        radius.

    Raises
    ------
    SchemaError
        If the geometry holds something else than points, there is no such column, a series has
        another index, a point has no radius of 0 m or more, or a row has a ``footprint`` or
        ``match_candidates``, which say already where its place may be.
    ParameterError
        If `uncertainty_m` is neither a number nor a row of numbers.
    CRSError
        If the points have no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geopandas as gpd
    >>> fixes = gpd.GeoSeries.from_xy([67.33, 67.88], [29.86, 29.54], crs=4326)
    >>> with_uncertainty(fixes, uncertainty_m=50)["uncertainty_m"].tolist()
    [50.0, 50.0]
    """
    table = points.to_frame("geometry") if isinstance(points, gpd.GeoSeries) else points
    require_columns(table, (), "with_uncertainty")
    radii = _read_given(table, uncertainty_m)
    for name in _TELLING:
        if name in table.columns and table[name].notna().any():
            row = name_row(table.index, int(table[name].notna().to_numpy().argmax()))
            msg = (
                f"row {row} has `{name}`, which says already where its place may be and is drawn "
                "instead of a radius; drop the column to give radii."
            )
            raise SchemaError(msg)
    bare = table.drop(columns=_RADIUS, errors="ignore").assign(**{_RADIUS: radii})
    return require_located(bare, "with_uncertainty")


def _read_given(table: pd.DataFrame, given: Any) -> pd.Series:
    """Read radii, in metres, on the index of the table."""
    if isinstance(given, str):
        if given not in table.columns:
            known = near_misses(given, [name for name in table.columns if isinstance(name, str)])
            msg = (
                f"`uncertainty_m` names a column, and the table has none called {given!r}; {known}"
            )
            raise SchemaError(msg)
        return table[given]
    if isinstance(given, pd.Series):
        return _align_series(given, table.index)
    numbers = require_numbers(given, "uncertainty_m")
    if len(numbers) != len(table) and np.ndim(given):
        msg = f"`uncertainty_m` has {len(numbers)} numbers for {len(table)} points."
        raise SchemaError(msg)
    return pd.Series(np.broadcast_to(numbers, len(table)).copy(), index=table.index)


def _align_series(given: pd.Series, index: pd.Index) -> pd.Series:
    """Put a series in the order of an index; one that tells of other rows is refused."""
    if given.index.equals(index):
        return given
    if given.index.is_unique and len(given) == len(index) and index.isin(given.index).all():
        return given.reindex(index)
    msg = (
        "`uncertainty_m` is a series with another index than the points; give it theirs, or pass "
        "its numbers in their order with `.to_numpy()`."
    )
    raise SchemaError(msg)
