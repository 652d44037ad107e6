"""What the positional accuracy of a layer does to a probability.

A layer is drawn a little beside the truth, and says how far: ``positional_accuracy_m`` holds with
95 % the distance between a point, line or border as it is drawn and as it lies. `standard_error_m`
makes of it the error of a normal distribution, the same in all directions. It enters in three ways:

- A limit, as in "within 10 km of the line". A draw 9.8 km from the line counts neither as 1 nor as
  0, but with the probability that the line, wherever it lies, is within 10 km: `find_share_below`.
- A border, as in "in which district". No distance says what lies beyond it, so each draw is moved
  at random as far as the border may be off: `make_normals` and `move_draws`.
- A distance. The error is added to each draw's distance before the interval is taken.

A footprint that is a shape, a district or a stretch of line, was made of the layers and is off as
much as they are, in the same direction: for it there is no error. Beyond `SURE` standard errors
the error decides nothing, and the answer needs no draws.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geosec.arguments import describe_given, name_row, read_numbers
from geosec.errors import SchemaError
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.threads import run_in_parts
from geosec.geodesy.wgs84 import DEGREE_M
from geosec.uncertainty.draws import make_uniforms

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

COLUMN = "positional_accuracy_m"
SURE = 3.5  # standard errors beyond which the layer's error decides nothing: 0.02 % on either side
OF_LINE = 1.959964  # standard errors that hold 95 % of a normal distribution
_OF_POINT = math.sqrt(-2 * math.log(0.05))  # and of one in two dimensions (Rayleigh's)
_POINTS = (0, 4)
_PLASTIC = 1.324717957244746  # the real root of x^3 = x + 1
_STEPS = 1 / _PLASTIC ** np.arange(1, 3)


def standard_error_m(layer: gpd.GeoDataFrame | gpd.GeoSeries) -> NDArray[np.float64]:
    """Give the standard error of each target in metres, across the direction in which it is seen.

    Without a column ``positional_accuracy_m`` (a 95 % radius of points, a distance of lines and
    borders) no error is assumed; one that is no number raises a `SchemaError`.
    """
    if not isinstance(layer, pd.DataFrame) or COLUMN not in layer.columns:
        return np.zeros(len(layer))
    numbers = read_numbers(layer[COLUMN])
    wrong = np.flatnonzero(layer[COLUMN].notna() & ~((numbers >= 0) & (numbers < np.inf)))
    if wrong.size:
        row, said = name_row(layer.index, wrong[0]), describe_given(layer[COLUMN].iloc[wrong[0]])
        msg = f"`{COLUMN}` of the targets is 0 m or more, or empty, and is {said} in row {row}."
        raise SchemaError(msg)
    accuracy_m = numbers.fillna(0.0).to_numpy()
    points = np.isin(shapely.get_type_id(layer.geometry.to_numpy()), _POINTS)
    return np.asarray(accuracy_m / np.where(points, _OF_POINT, OF_LINE))


def find_share_below(
    limit_m: float, value_m: NDArray[np.float64], error_m: NDArray[np.float64] | float
) -> NDArray[np.float64]:
    """Find the probability that a value with a normal error is no more than a limit, in metres.

    0 or 1 where the error is 0; NaN where the value is.
    """
    shape = np.broadcast_shapes(np.shape(value_m), np.shape(error_m))
    values, errors = (
        np.array(np.broadcast_to(metres, shape), dtype="float64").ravel()
        for metres in (value_m, error_m)
    )
    share = np.empty(len(values))
    fill = load_loops("uncertainty.loops").fill_shares_below
    run_in_parts(lambda first, last: fill(limit_m, values, errors, first, last, share), len(values))
    return share.reshape(shape)


def make_normals(keys: Sequence[str], draws: int, *, seed: int) -> NDArray[np.float64]:
    """Give each key its own pairs of standard normal numbers, for a layer's error: (n, draws, 2).

    They are Box and Muller's (1958, doi:10.1214/aoms/1177706645), and step by Roberts' R2, not by
    the R3 of `make_uniforms`: in step with the draws of the places, the error of the layer would
    go with them, and no number of draws would part the two.
    """
    shifts = make_uniforms([f"{key}\x00layer" for key in keys], 1, seed=seed)[..., 1:]
    uniform = (shifts + np.arange(draws).reshape(1, -1, 1) * _STEPS) % 1.0
    away = np.sqrt(-2 * np.log1p(-uniform[..., 0]))
    turn = 2 * np.pi * uniform[..., 1]
    return np.stack([away * np.cos(turn), away * np.sin(turn)], axis=-1)


def move_draws(
    places: NDArray[np.float64],
    error_m: NDArray[np.float64] | float,
    normal: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Move draws as far as a layer may be off, which is as good as moving the layer.

    Places are lon, lat in EPSG:4326, (n, draws, 2) as the numbers of `make_normals`; the error is
    one, or one of each place. A step of 10 km is right to 0.5 %.
    """
    if not np.any(error_m):
        return places
    error_m = np.reshape(error_m, (-1, 1))
    lat = np.clip(places[..., 1] + normal[..., 1] * error_m / DEGREE_M, -90, 90)
    wide = error_m / (DEGREE_M * np.maximum(np.cos(np.radians(places[..., 1])), 1e-6))
    return np.stack([places[..., 0] + normal[..., 0] * wide, lat], axis=-1)
