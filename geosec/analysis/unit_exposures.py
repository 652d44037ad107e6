"""What counts are divided by, and the days that they are counted over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.arguments import describe_given, read_numbers, require_number
from geosec.crs import to_storage
from geosec.errors import ParameterError, near_misses
from geosec.reference.boundaries import read_day

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.units import Period, Units


class Exposure(NamedTuple):
    """What the count of each unit is divided by."""

    amount: NDArray[np.float64]  #: by unit, more than 0; NaN where it is not known
    per: float  #: of how much of it a rate tells
    name: str  #: of the rate, as the name of a column


def read_exposure(rate_by: Any, units: Units, given: Any) -> Exposure | None:
    """Read the argument `rate_by` of a verb; `given` is its argument `units`.

    ``"area"`` is that of the units; another text a column of the polygons that were given, such as
    their population, whose rows are added up by unit; a Series has its numbers by ``unit_id``.
    """
    if rate_by is None:
        return None
    if isinstance(rate_by, str) and rate_by == "area":
        return Exposure(units.area_km2, 1_000.0, "rate_per_1000km2")
    numbers = _read_by_unit(rate_by, units, given)
    if (numbers < 0).any():
        at = units.ids[int((numbers < 0).argmax())]
        msg = f"`rate_by` must be 0 or more, and is {numbers[numbers < 0][0]:g} for {at!r}."
        raise ParameterError(msg)
    if not (numbers > 0).any():
        msg = "`rate_by` has a number above 0 for none of the units; its index is their `unit_id`."
        raise ParameterError(msg)
    known = np.isfinite(numbers) & (numbers > 0)
    return Exposure(np.where(known, numbers, np.nan), 100_000.0, "rate_per_100000")


def _read_by_unit(rate_by: Any, units: Units, given: Any) -> NDArray[np.float64]:
    """Read a number for each unit, NaN where there is none."""
    if isinstance(rate_by, pd.Series):
        return _read_by_label(rate_by, units, "rate_by")
    columns = given.columns if isinstance(given, gpd.GeoDataFrame) else pd.Index([])
    if isinstance(rate_by, str) and rate_by in columns:
        return _add_up(given, rate_by, units)
    hint = near_misses(rate_by, map(str, columns)) if isinstance(rate_by, str) else ""
    msg = (
        "`rate_by` is 'area', a column of the polygons given as `units`, or a Series by `unit_id`, "
        f"and was given {describe_given(rate_by)}; {hint or 'none of these.'}"
    )
    raise ParameterError(msg)


def _add_up(layer: gpd.GeoDataFrame, column: str, units: Units) -> NDArray[np.float64]:
    """Add up a column of polygons by the unit that each belongs to."""
    shapes = to_storage(layer, "units").geometry.to_numpy()
    inside = shapely.point_on_surface(shapely.make_valid(shapes))
    lon, lat = shapely.get_x(inside), shapely.get_y(inside)
    unit = units.find(np.column_stack([lon, lat]))
    numbers = read_numbers(layer[column]).groupby(unit).sum(min_count=1)
    return np.asarray(numbers.reindex(np.arange(len(units))).to_numpy())


def read_exposures(exposures: Any, units: Units) -> NDArray[np.float64]:
    """Read what two counts are divided by, (2, units): numbers, or Series by ``unit_id``.

    NaN where a unit has none above 0.
    """
    if exposures is None:
        return np.ones((2, len(units)))
    if not isinstance(exposures, tuple | list) or len(exposures) != 2:
        msg = (
            "`exposures` is a pair, that of `a` and that of `b`, each a number or a Series by "
            f"`unit_id`, and was given {describe_given(exposures)}."
        )
        raise ParameterError(msg)
    amounts = np.array([_read_amount(each, units) for each in exposures])
    return np.where(np.isfinite(amounts) & (amounts > 0), amounts, np.nan)


def _read_amount(given: Any, units: Units) -> NDArray[np.float64]:
    if not isinstance(given, pd.Series):
        return np.full(len(units), require_number(given, "exposures"))
    numbers = _read_by_label(given, units, "exposures")
    if not (numbers > 0).any():
        msg = "`exposures` has a number above 0 for none of the units; its index is `unit_id`."
        raise ParameterError(msg)
    return numbers


def _read_by_label(given: pd.Series, units: Units, name: str) -> NDArray[np.float64]:
    """Read a number for each unit out of a Series by ``unit_id``, NaN where there is none."""
    if not given.index.is_unique:
        twice = given.index[given.index.duplicated()][0]
        msg = f"`{name}` has two numbers for {describe_given(twice)}; one for each `unit_id`."
        raise ParameterError(msg)
    return np.asarray(read_numbers(given).reindex(units.ids).to_numpy())


def read_period(period: Any, name: str = "period") -> Period | None:
    """Read a first day and a last day, both in the period; None is any time."""
    if period is None:
        return None
    if not isinstance(period, tuple | list) or len(period) != 2:
        msg = (
            f"`{name}` is a first and a last day, as ('2024-01-01', '2024-12-31'), and was given "
            f"{describe_given(period)}."
        )
        raise ParameterError(msg)
    first, last = (_read_end(day, name) for day in period)
    if last < first:
        msg = f"`{name}` ends on {last}, before it begins on {first}."
        raise ParameterError(msg)
    return first, last


def _read_end(day: Any, name: str) -> np.datetime64:
    try:
        return np.datetime64(read_day(day), "D")
    except ParameterError:
        msg = f"`{name}` has days, as '2024-01-31', and one is {describe_given(day)}."
        raise ParameterError(msg) from None
