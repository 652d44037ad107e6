"""Counts spread along a railway as heat spreads: equal-split continuous kernel smoothing.

At a junction of n tracks the equal-split continuous rule hands 2 / n of what arrives on to each
other track and gives (2 - n) / n back, so that the density is continuous and no mass is lost; at a
dead end (n = 1) all of it comes back (A. Okabe, T. Satoh and K. Sugihara 2009,
doi:10.1080/13658810802475491; A. Okabe and K. Sugihara 2012, *Spatial Analysis along Networks*,
section 9.2.3). With a Gaussian kernel the sum over all paths is the solution of the heat equation
on the network (G. McSwiggan, A. Baddeley and G. Nair 2017, *Kernel Density Estimation on a Linear
Network*, doi:10.1111/sjos.12255), which needs no paths to be listed, however many there are.

The heat equation is solved on lixels, between whose middles heat flows in proportion to the
difference of density and inversely to the way. So the mass of a lixel, spread evenly over it, goes
out with exactly the variance of the kernel; what is off is of the order of the square of
(step / bandwidth).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geosec.analysis.extras import import_extra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.railway.lixels import Lixels

    Floats = NDArray[np.float64]
    Complex = NDArray[np.complex128]

_POINTS = 24  # of the contour, two at a time: the exponential is good to 14 digits
_LEAST_SHARE = 1e-10  # of all the mass, in a lixel: below it is the noise of rounding
_TRACE = 1e-6  # of all the mass, even over the railway


class TrackDiffusion:
    """The spread of mass along lixels by a Gaussian kernel whose deviation is `bandwidth_m`."""

    def __init__(self, lixels: Lixels, bandwidth_m: float) -> None:
        sparse, linalg = import_extra("scipy.sparse"), import_extra("scipy.sparse.linalg")
        flow = bandwidth_m**2 / 2 * _find_flow(lixels, sparse)
        one = sparse.identity(len(lixels), dtype="complex128", format="csc")
        nodes, self._weights = _place_contour()
        self._even = lixels.length_m / lixels.length_m.sum()
        self._solvers = [linalg.splu(sparse.csc_array(node * one + flow)) for node in nodes]

    def spread(self, mass: NDArray[Any]) -> Floats:
        """Spread mass: columns of one for each lixel; what comes of it is never negative.

        Columns are solved one by one: libraries of linear algebra start threads for several at
        once, which take ten times as long as the work. One like that before it is not solved again.
        """
        done = np.empty(mass.shape[::-1])
        for at, given in enumerate(mass.T):
            is_same = at > 0 and np.array_equal(given, mass[:, at - 1])
            done[at] = done[at - 1] if is_same else self._spread_column(given)
        return np.ascontiguousarray(done.T)

    def _spread_column(self, mass: NDArray[Any]) -> Floats:
        """Sum up the contour: exp(-A) is half the sum over points in the upper half plane.

        A trace of even density, which stays as it is, keeps numbers from growing so small that
        processors slow down.
        """
        whole = mass.sum()
        if whole == 0:
            return np.zeros(len(mass))
        trace = _TRACE * whole * self._even
        given = (mass + trace).astype("complex128")
        done = -trace
        for solver, weight in zip(self._solvers, self._weights, strict=True):
            done -= 2 * (weight * solver.solve(given)).real
        done[done < _LEAST_SHARE * whole] = 0.0
        return np.asarray(done * (whole / done.sum()))


def _find_flow(lixels: Lixels, sparse: Any) -> Any:
    """Find what leaves each lixel for the others, for each unit of its mass: a sparse matrix.

    A joint has the density at which as much flows in as out.
    """
    length_m, count = lixels.length_m, len(lixels)
    lixel, joint = np.tile(np.arange(count), 2), np.concatenate(lixels.ends)
    ease = sparse.csr_array((2 / length_m[lixel], (lixel, joint)), (count, int(joint.max()) + 1))
    whole = ease.sum(axis=0)
    shared = ease @ sparse.diags_array(1 / np.where(whole > 0, whole, 1.0))
    between = sparse.diags_array(ease.sum(axis=1)) - shared @ ease.T
    return between @ sparse.diags_array(1 / length_m)


def _place_contour() -> tuple[Complex, Complex]:
    """Place the points of Talbot's contour on which exp is summed up, and weigh them.

    L. N. Trefethen, J. A. C. Weideman and T. Schmelzer 2006, *Talbot quadratures and rational
    approximations*, doi:10.1007/s10543-006-0077-9: the error falls by 3.9 with each point.
    """
    angle = np.pi * np.arange(1, _POINTS, 2) / _POINTS
    slope = np.tan(0.6407 * angle)
    nodes = _POINTS * (0.5017 * angle / slope - 0.6122 + 0.2645j * angle)
    turns = 0.5017 / slope - 0.5017 * 0.6407 * angle / np.sin(0.6407 * angle) ** 2 + 0.2645j
    return nodes, 1j * np.exp(nodes) * turns
