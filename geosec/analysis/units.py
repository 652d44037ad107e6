"""The units that incidents are counted in: districts, provinces, cells, or polygons of your own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.analysis.cells import cover_with_h3, cover_with_squares
from geosec.arguments import describe_given
from geosec.assignment.sources import read_source
from geosec.assignment.units import Units as Ground
from geosec.assignment.units import find_units_of_draws, may_cross_border
from geosec.crs import STORAGE_CRS, to_storage
from geosec.errors import ParameterError, SchemaError, near_misses
from geosec.geodesy.areas import AreaIndex
from geosec.reference.boundaries import load_boundaries
from geosec.shared import build_once_each
from geosec.uncertainty.folding import fold_table
from geosec.uncertainty.layer_error import make_normals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import Days, IncidentDraws, Rows

    Numbers = NDArray[np.int64]
    Period = tuple[np.datetime64, np.datetime64]  # the first day and the last

_LEVELS = ("adm2", "adm1")
_CELLS = re.compile(r"(h3|grid):(\d+(?:\.\d*)?)")
_ABROAD = 0.9  # of the places of a table: nearly all lie outside the country that ships
_EQUAL_AREA = "+proj=cea +datum=WGS84"  # straight edges in degrees are nearly straight in it


class UnitNumbers(NamedTuple):
    """The unit of some rows, -1 for none: (rows, draws), or (rows, 1) where it is sure."""

    rows: Rows
    unit: Numbers


@dataclass(frozen=True, eq=False)
class Units:
    """Polygons of one layer, in order; a unit's number is its position, -1 is none of them.

    Borders are those of `assign_boundaries`: a border belongs to both sides, the first unit holds
    it; between units it is as uncertain as its layer says (``positional_accuracy_m``), at the outer
    border and between cells it lies where it is drawn.
    """

    kind: str  #: as it was asked for: ``"adm2"``, ``"h3:5"``, ``"grid:20000"``, ``"own"``
    ids: pd.Index  #: unique, named ``unit_id``
    names: pd.Series  #: by number
    ground: Ground  #: the polygons with their indexes

    @property
    def is_shipped(self) -> bool:
        """Whether they are a layer of geosec's."""
        return self.kind in _LEVELS

    @classmethod
    def read(
        cls, units: Any, draws: IncidentDraws, *, within: Any = None, exact: bool = False
    ) -> Units:
        """Read the argument `units` of a verb, for the incidents that it is given.

        ``"adm2"`` and ``"adm1"`` are the districts and provinces that ship; ``"h3:5"`` the H3 cells
        of a resolution and ``"grid:20000"`` squares of so many metres, which touch the polygons of
        `within`: by default the country that ships, or, where nearly all incidents lie outside
        it, the hull of their best points. A GeoDataFrame is read as `assign_boundaries` reads its
        `boundaries`, the finest level that it tells. If `exact`, borders lie where they are drawn.
        Raises a `ParameterError` for what is none of these, or too many cells.
        """
        if isinstance(units, Units):
            return units
        cells = _CELLS.fullmatch(units) if isinstance(units, str) else None
        if cells is not None:
            area = _find_area(draws, within)
            kind, size = cells.groups()
            layer = cover_with_h3(area, _read_resolution(size)) if kind == "h3" else None
            layer = cover_with_squares(area, _read_side_m(size)) if layer is None else layer
            return cls._of(units, Ground.of_own("adm2", layer, exact=True))
        if within is not None:
            msg = (
                "`within` is the area that cells cover, as those of units='h3:5', and `units` is "
                f"{describe_given(units)}: leave it out, or give the polygons as `units`."
            )
            raise ParameterError(msg)
        if isinstance(units, str) and units in _LEVELS:
            return cls._of(units, read_source([units], None, (None,) * 3, exact=exact).units[0])
        _refuse_strange(units)
        return cls._of("own", read_source(None, None, (units, None, None), exact=exact).units[0])

    @classmethod
    def _of(cls, kind: str, ground: Ground) -> Units:
        names = pd.Series(ground.names.to_numpy(), dtype="str")
        codes = pd.Series(np.asarray(ground.codes), dtype="str").fillna(names)
        again = codes.groupby(codes).cumcount()
        ids = codes.where(again == 0, codes + " (" + (again + 1).astype("str") + ")")
        return cls(kind, pd.Index(ids, name="unit_id"), names, ground)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def geometry(self) -> gpd.GeoSeries:
        """The polygons in EPSG:4326, by ``unit_id``."""
        shapes = self.ground.layer.geometry.to_numpy()
        return gpd.GeoSeries(shapes, self.ids, crs=STORAGE_CRS)

    @build_once_each
    def area_km2(self) -> NDArray[np.float64]:
        """The area of each on WGS84, edges straight in degrees."""
        dense = shapely.segmentize(self.ground.layer.geometry.to_numpy(), 0.1)
        flat = gpd.GeoSeries(dense, crs=STORAGE_CRS).to_crs(_EQUAL_AREA)
        return np.asarray(flat.area.to_numpy() / 1e6)

    def make_table(self) -> gpd.GeoDataFrame:
        """Make the table that results are put into: a row for each unit, by ``unit_id``."""
        columns = {"unit_name": self.names.to_numpy(), "area_km2": self.area_km2}
        return gpd.GeoDataFrame(columns, self.ids, geometry=self.geometry)

    def find(self, places: NDArray[np.float64]) -> Numbers:
        """Find the unit of places (..., 2), lon and lat in EPSG:4326, borders as they are drawn."""
        lon, lat = places[..., 0].ravel(), places[..., 1].ravel()
        return self.ground.areas.find_holder(lon, lat).reshape(places.shape[:-1])


def find_units(
    draws: IncidentDraws, units: Units, rows: Rows | None = None
) -> Iterator[UnitNumbers]:
    """Find the unit of incidents in each draw, some rows at a time; rows without a place are none.

    Incidents whose whole footprint lies in one unit come first, undrawn. In each draw the borders
    between units are off by one step for all incidents, as far as the layer says: two incidents
    beside a border are on the wrong side of it together.
    """
    rows = np.arange(len(draws)) if rows is None else rows
    rows = rows[draws.is_placed[rows]]
    footprints, which = fold_table(draws.footprints.take(rows), exact_too=False)
    is_open = may_cross_border(units.ground, footprints)[which]
    best = units.ground.areas.find_holder(footprints.lon, footprints.lat)[which]
    yield UnitNumbers(rows[~is_open], best[~is_open, None])
    normal = make_normals(["borders of units"], draws.draws, seed=draws.seed)
    for part in draws.split_rows(rows[is_open]):
        own = draws.footprints.take(part)
        errors_m = np.where(own.is_shaped, 0.0, units.ground.find_errors_m(own.lon, own.lat))
        places = draws.draw_places(part)
        yield UnitNumbers(part, find_units_of_draws(units.ground, places, normal, errors_m))


def count_in_units(
    draws: IncidentDraws,
    units: Units,
    *,
    rows: Rows | None = None,
    period: Period | None = None,
) -> Numbers:
    """Count incidents in each unit in each draw: (units, draws).

    Of `rows`, by default all; with `period` those whose drawn day lies in it, its ends included.
    What lies in no unit, or has no place, or with `period` no date, is not counted.
    """
    return count_all(draws, units, rows=rows, period=period)[:-1]


def count_all(
    draws: IncidentDraws,
    units: Units,
    *,
    rows: Rows | None = None,
    period: Period | None = None,
) -> Numbers:
    """Count as `count_in_units` does, and, as the last row, what lies in no unit."""
    counts = np.zeros((len(units) + 1) * draws.draws, dtype="int64")
    if period is not None:
        rows = _find_possible(draws, np.arange(len(draws)) if rows is None else rows, period)
    for part in find_units(draws, units, rows):
        is_in = _is_in(draws, part.rows, period)
        unit = np.where(part.unit < 0, len(units), part.unit)
        if unit.shape[1] == is_in.shape[1] == 1:
            sure = np.bincount(unit[is_in], minlength=len(units) + 1)
            counts += np.repeat(sure, draws.draws)
            continue
        keys = unit * draws.draws + np.arange(draws.draws)
        is_in = np.broadcast_to(is_in, keys.shape)
        counts += np.bincount(keys[is_in], minlength=len(counts))
    return counts.reshape(-1, draws.draws)


def _find_possible(draws: IncidentDraws, rows: Rows, period: Period) -> Rows:
    """Find the rows whose span of days touches a period."""
    first, last = period
    return rows[(draws.first_day[rows] <= last) & (draws.last_day[rows] >= first)]


def _is_in(draws: IncidentDraws, rows: Rows, period: Period | None) -> NDArray[np.bool_]:
    """Say in which draws rows have a day in a period: (rows, draws), or (rows, 1) if sure."""
    if period is None:
        return np.ones((len(rows), 1), dtype="bool")
    first, last = period
    is_sure = (draws.first_day[rows] >= first) & (draws.last_day[rows] <= last)
    if is_sure.all():
        return is_sure[:, None]
    is_in = np.repeat(is_sure[:, None], draws.draws, axis=1)
    day: Days = draws.draw_days(rows[~is_sure])
    is_in[~is_sure] = (day >= first) & (day <= last)
    return is_in


def _find_area(draws: IncidentDraws, within: Any) -> shapely.Geometry:
    """Find the area that cells cover, in EPSG:4326."""
    if within is not None:
        layer = to_storage(within, "within")
        area = shapely.union_all(shapely.make_valid(layer.geometry.to_numpy()))
        if not area.area > 0:
            msg = "`within` takes polygons, the area that cells cover, and holds none."
            raise SchemaError(msg)
        return area
    country = load_boundaries("adm0")
    lon, lat = (each[draws.is_placed] for each in (draws.footprints.lon, draws.footprints.lat))
    abroad = AreaIndex(country).find_holder(lon, lat) < 0
    if not len(lon) or abroad.mean() < _ABROAD:
        return shapely.union_all(country.geometry.to_numpy())
    return shapely.convex_hull(shapely.multipoints(np.column_stack([lon, lat])))


def _read_resolution(size: str) -> int:
    if not size.isdigit():
        msg = f"`units` is 'h3:{size}', and the resolutions of H3 are whole numbers from 0 to 15."
        raise ParameterError(msg)
    return int(size)


def _read_side_m(size: str) -> float:
    side_m = float(size)
    if not side_m > 0:
        msg = f"`units` is 'grid:{size}', and the side of a square is more than 0 metres."
        raise ParameterError(msg)
    return side_m


def _refuse_strange(units: Any) -> None:
    """Refuse what names no units."""
    if isinstance(units, gpd.GeoDataFrame | gpd.GeoSeries):
        return
    hint = near_misses(units, _LEVELS) if isinstance(units, str) else ""
    msg = (
        "`units` is 'adm2', 'adm1', cells as 'h3:5' or 'grid:20000' (metres), or polygons as a "
        f"GeoDataFrame, and was given {describe_given(units)}. {hint}"
    )
    raise ParameterError(msg.rstrip())
