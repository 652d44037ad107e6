"""Where incidents were in each draw, as vectors, between which distances are quick to measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.geodesics import to_cartesian

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.incident_draws import IncidentDraws


def draw_points(
    source: IncidentDraws, rows: NDArray[np.intp], draws: int | None = None
) -> NDArray[np.float64]:
    """Draw the places of rows: (draws, n, 3) metres from the Earth's centre.

    A single draw where all of them are exact, unless `draws` says how many.
    """
    footprints = source.footprints.take(rows)
    is_open = footprints.has_extent
    count = draws or (source.draws if is_open.any() else 1)
    points = np.empty((count, len(rows), 3))
    points[:] = to_cartesian(footprints.lon, footprints.lat)
    for part in source.split_rows(np.flatnonzero(is_open)):
        lon, lat = source.draw_places(rows[part]).transpose(2, 1, 0)
        points[:, part] = to_cartesian(lon, lat)
    return points
