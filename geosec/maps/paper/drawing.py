"""The map of a static map: ground, footprints, marks and names in a box of matplotlib.

Lengths are pixels of 1/96 inch, as those of the page in ``web/src``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.geometry
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

from geosec.maps.paper.crowds import (
    cluster_places,
    count_bins,
    find_radius,
    is_crowded,
    join_covered,
)
from geosec.maps.paper.graticule import list_graticule
from geosec.maps.paper.marks import DENSITY, case_outline, draw_mark, draw_ring, make_path
from geosec.maps.paper.room import Disc, Room
from geosec.maps.paper.scene import PLAIN_MARK
from geosec.maps.paper.sheet import POINTS, clean_text, draw_text, measure_text
from geosec.maps.paper.valued import draw_areas, draw_sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.patches import Patch
    from numpy.typing import NDArray

    from geosec.maps.paper.graticule import Line
    from geosec.maps.paper.scene import Scene
    from geosec.maps.paper.window import Window

    Floats = NDArray[np.float64]

LAND, SEA, NOWHERE, RAIL = "#fbfaf6", "#dfe6ec", "#f4f5f7", "#5a564e"
RIVER = "#9dbfd6"
_DISTRICT, _PROVINCE, _BORDER = "#e0dccf", "#aaa48f", "#868069"
_GRATICULE = "#c9ced6"
_NAME, _FAINT = "#2c3140", "#7f8390"
_FINE = 0.2  # pixels to which outlines are drawn
_STATIONS_ZOOM = 8.0
_MOST_FOOTPRINTS = 2_000
_MOST_FILLED = 40  # footprints, whose fills would become a wash
_TEXT_SIZES = {"province": 11.0, "city": 11.5, "town": 10.5, "station": 9.5}
_UNKNOWN = 18.0  # radius of the circle of a place whose own is not known


class MapBox:
    """A box with a map."""

    def __init__(self, box: Axes, window: Window, scene: Scene, *, with_words: bool = True) -> None:
        self.box, self.window, self.scene = box, window, scene
        self.with_words = with_words  #: counts of clusters, and degrees
        self.x, self.y = window.place(scene.places.lon, scene.places.lat)
        self.inside = (self.x >= 0) & (self.x <= window.width)
        self.inside &= (self.y >= 0) & (self.y <= window.height)
        x, y = self.x[self.inside], self.y[self.inside]
        self.is_crowded = bool(len(x)) and is_crowded(x, y, (window.width, window.height))
        self.has_rings = self.is_crowded
        self.kinds: set[str] = set()  #: of footprints that are drawn
        self.is_on_values = False  #: whether incidents lie on coloured districts or sections
        self.discs: list[Disc] = []

    @property
    def outside(self) -> int:
        """How many incidents lie outside of the map."""
        return int(self.scene.counts[~self.inside].sum())

    def add(self, patch: Patch, depth: float) -> None:
        """Add a patch that ends at the edge of the map."""
        patch.set_zorder(depth)
        self.box.add_artist(patch)

    def draw_ground(self, ground: Mapping[str, Any]) -> None:
        """Draw land, rivers, boundaries and railway, and the values of districts and sections."""
        self.is_on_values = bool(ground.get("choropleth") or ground.get("corridor"))
        country = self.trace(ground.get("country", []))
        plain = NOWHERE if country is None else SEA
        size = self.window.width, self.window.height
        self.add(Rectangle((0, 0), *size, facecolor=plain, edgecolor="none"), 0)
        if country is None or not self.window.is_local:
            self._draw_graticule()
        if country is not None:
            self.add(PathPatch(country, facecolor=LAND, edgecolor="none"), 1)
        if ground.get("choropleth"):
            for patch in draw_areas(self.trace, ground["choropleth"]):
                self.add(patch, 1)
        self._draw_rivers(ground.get("rivers", []))
        for name, colour, width in (
            ("districts", _DISTRICT, 0.7),
            ("provinces", _PROVINCE, 1.1),
            ("country", _BORDER, 1.5),
        ):
            self._stroke(country if name == "country" else self.trace(ground.get(name, [])))(
                colour, width, 1
            )
        self._draw_railway(ground)

    def _draw_railway(self, ground: Mapping[str, Any]) -> None:
        rail = self._stroke(self.trace(ground.get("rail", [])))
        rail(RAIL, 1.9, 1)
        rail(LAND, 1.0, 1, linestyle=(0, (4, 4)))
        if ground.get("corridor"):
            for patch in draw_sections(self.trace, ground["corridor"]):
                self.add(patch, 1)
        if self.window.zoom >= _STATIONS_ZOOM:
            for station in ground.get("stations", []):
                x, y = self._place(station["lon"], station["lat"])
                dot = Circle((x, y), 2.2, facecolor=LAND, edgecolor=RAIL, linewidth=POINTS)
                self.add(dot, 1)

    def _draw_rivers(self, rivers: Sequence[Mapping[str, Any]]) -> None:
        areas = [each for each in rivers if each["type"].endswith("Polygon")]
        waters = self.trace(areas)
        if waters is not None:
            self.add(PathPatch(waters, facecolor=RIVER, edgecolor="none"), 1)
        lines = [each for each in rivers if not each["type"].endswith("Polygon")]
        self._stroke(self.trace(lines))(RIVER, 1.0, 1)

    def _draw_graticule(self) -> None:
        """Draw meridians and parallels, where no ground tells where on Earth this is."""
        lines = list_graticule(self.window)
        for line in lines:
            self._stroke(self.trace([line.shape]))(_GRATICULE, 0.7, 0.5)
            x, y = self._find_edge(line)
            if self.with_words and self._has_room(x, y, line):
                ha, va = ("center", "top") if line.is_meridian else ("left", "center")
                style: dict[str, Any] = {
                    "size": 9,
                    "colour": _FAINT,
                    "halo": NOWHERE,
                    "zorder": 0.6,
                }
                draw_text(self.box, x, y, line.name, ha=ha, va=va, **style)

    def _has_room(self, x: float, y: float, line: Line) -> bool:
        if line.is_meridian:
            return 50 < x < self.window.width - 25
        return 20 < y < self.window.height - 10

    def _find_edge(self, line: Line) -> tuple[float, float]:
        """Find where a meridian meets the top of the map, or a parallel its left edge."""
        x, y = self._move(shapely.get_coordinates(line.shape)).T
        if line.is_meridian:
            order = np.argsort(y)
            return float(np.interp(4.0, y[order], x[order])), 4.0
        order = np.argsort(x)
        return 4.0, float(np.interp(4.0, x[order], y[order]))

    def _stroke(self, path: Path | None) -> Any:
        def stroke(colour: str, width: float, depth: float, **style: Any) -> None:
            if path is not None:
                line: dict[str, Any] = {
                    "edgecolor": colour,
                    "linewidth": width * POINTS,
                    "joinstyle": "round",
                }
                self.add(PathPatch(path, facecolor="none", **line, **style), depth)

        return stroke

    def _place(self, lon: float, lat: float) -> tuple[float, float]:
        x, y = self.window.place(np.array([lon]), np.array([lat]))
        return float(x[0]), float(y[0])

    def trace(self, shapes: Iterable[Any]) -> Path | None:
        """Trace shapes (GeoJSON, or shapely in EPSG:4326) that lie in the window as one path."""
        frame = shapely.box(-20, -20, self.window.width + 20, self.window.height + 20)
        held = [shapely.geometry.shape(each) if isinstance(each, dict) else each for each in shapes]
        moved = shapely.transform(np.array(held, dtype="object"), self._move)
        bounds = shapely.bounds(moved)
        known = np.isfinite(bounds).all(axis=1)
        seen = known & shapely.intersects(shapely.box(*np.where(known, bounds.T, 0.0)), frame)
        parts = [make_path(each) for each in shapely.simplify(moved[seen], _FINE)]
        parts = [each for each in parts if len(np.asarray(each.vertices))]
        return Path.make_compound_path(*parts) if parts else None

    def _move(self, corners: Floats) -> Floats:
        return np.column_stack(self.window.place(corners[:, 0], corners[:, 1]))

    def draw_footprints(self, *, asked: bool | None) -> None:
        """Draw where incidents may have been, equal outlines once; None: where there is room."""
        places = self.scene.places
        drawn = np.flatnonzero(self.inside)
        is_shape = (places.shape[drawn] >= 0) & (places.readings[drawn] < 0)
        discs = drawn[~is_shape]
        held: dict[int, list[int]] = {}
        for place in drawn[is_shape]:
            held.setdefault(int(places.shape[place]), []).append(int(place))
        many = len(discs) + len(held)
        if asked is False or many > _MOST_FOOTPRINTS or (self.is_crowded and not asked):
            return
        is_filled = many <= _MOST_FILLED
        for shape, at in sorted(held.items()):
            self._draw_shape(self.scene.shapes[shape], at, is_filled=is_filled)
        for place in discs:
            self._draw_readings(int(place), is_filled=is_filled)

    def _draw_shape(self, shape: Any, at: list[int], *, is_filled: bool) -> None:
        path, colour = self.trace([shape]), self._find_colour(at[0])
        if path is None:
            return
        if "Line" in shape.geom_type:
            self.kinds.add("line")
            style: dict[str, Any] = {"edgecolor": colour, "linewidth": 6 * POINTS, "alpha": 0.3}
            style |= {"capstyle": "round", "joinstyle": "round"}
            self._add_outline(PathPatch(path, facecolor="none", **style))
        else:
            self.kinds.add("area")
            if is_filled:
                self.add(PathPatch(path, facecolor=colour, edgecolor="none", alpha=0.06), 2)
            style = {"edgecolor": colour, "linewidth": 1.2 * POINTS, "alpha": 0.6}
            self._add_outline(PathPatch(path, facecolor="none", joinstyle="round", **style))
        if len(at) > 1:
            count = int(self.scene.counts[at].sum())
            corners = np.asarray(path.vertices)
            top = corners[np.argmin(corners[:, 1])]
            style = {"size": 10.5, "weight": "bold", "colour": colour, "halo": LAND, "zorder": 2.5}
            x, y = float(top[0]), float(top[1]) + 12
            draw_text(self.box, x, y, str(count), ha="center", va="center", **style)

    def _draw_readings(self, place: int, *, is_filled: bool) -> None:
        """Draw the disc of a place, or what each of the readings of its phrase may be."""
        places, colour = self.scene.places, self._find_colour(place)
        if places.readings[place] < 0:
            centre = float(self.x[place]), float(self.y[place])
            reach = self.window.measure(places.radius_m[[place]], places.lat[[place]])
            self._draw_disc(centre, float(reach[0]), colour, is_filled=is_filled)
            return
        self.kinds.add("several")
        _, lon, lat, radius_m, shapes = np.array(places.mixed[places.readings[place]]).T
        centres = zip(*(each.tolist() for each in self.window.place(lon, lat)), strict=True)
        reaches = self.window.measure(radius_m, lat).tolist()
        for centre, reach, shape in zip(centres, reaches, shapes.astype(int), strict=True):
            if shape < 0:
                self._draw_disc(centre, reach, colour, is_filled=is_filled)
            else:
                self._draw_shape(self.scene.shapes[shape], [place], is_filled=is_filled)

    def _draw_disc(
        self, centre: tuple[float, float], reach: float, colour: str, *, is_filled: bool
    ) -> None:
        """Draw a disc that reaches so many pixels, NaN where that is not known."""
        unknown = bool(np.isnan(reach))
        reach = _UNKNOWN if unknown else reach
        if reach < 2:
            return
        self.kinds.add("unknown" if unknown else "disc")
        if is_filled and not unknown:
            self.add(Circle(centre, reach, facecolor=colour, edgecolor="none", alpha=0.06), 2)
        style: dict[str, Any] = {"edgecolor": colour, "linewidth": 0.9 * POINTS, "alpha": 0.5}
        dashes = (0, (4, 4)) if unknown else "solid"
        self._add_outline(Circle(centre, reach, facecolor="none", linestyle=dashes, **style))

    def _add_outline(self, patch: Patch) -> None:
        if self.is_on_values:
            case_outline(patch)
        self.add(patch, 2)

    def _find_colour(self, place: int) -> str:
        return self.scene.palette.entries[int(np.argmax(self.scene.rings[place]))].colour

    def draw_incidents(self) -> None:
        """Draw marks by place, or density and clusters where they would crowd."""
        drawn = np.flatnonzero(self.inside)
        if self.is_crowded:
            self._draw_clusters(drawn)
            return
        x, y, rings = self.x[drawn], self.y[drawn], self.scene.rings[drawn]
        sizes = self.scene.sizes[drawn]
        marks = np.array([self.scene.find_mark(float(number)) for number in sizes])
        radii = np.where(rings.sum(axis=1) == 1, marks, [find_radius(n) for n in rings.sum(axis=1)])
        for some in join_covered(x, y, rings, radii):
            self._draw_some(some.x, some.y, some.ring, some.radius)

    def _draw_some(self, x: float, y: float, ring: NDArray[np.int64], radius: float) -> None:
        """Draw the mark of one incident, or a ring with the count of several."""
        entries, count = self.scene.palette.entries, int(ring.sum())
        if count == 1:
            draw_mark(self.box, x, y, radius, entries[int(np.argmax(ring))])
        else:
            self.has_rings = True
            draw_ring(self.box, x, y, ring, entries)
        self.discs.append(Disc(x, y, radius))

    def _draw_clusters(self, drawn: NDArray[np.intp]) -> None:
        x, y = self.x[drawn], self.y[drawn]
        for level, (middle_x, middle_y) in enumerate(count_bins(x, y, self.scene.counts[drawn])):
            shade: dict[str, Any] = {"color": DENSITY, "alpha": 0.1 + 0.14 * (level + 1)}
            mark: dict[str, Any] = {"marker": "o", "markersize": 2.6 * POINTS, "markeredgewidth": 0}
            dots = Line2D(middle_x, middle_y, linestyle="none", zorder=3, **mark, **shade)
            self.box.add_artist(dots)
        clusters = cluster_places(x, y, self.scene.rings[drawn]) if self.with_words else []
        for cluster in reversed(clusters):
            radius = PLAIN_MARK if cluster.rows == 1 else find_radius(cluster.rows)
            self._draw_some(cluster.x, cluster.y, cluster.ring, radius)
        self.discs.sort(key=lambda disc: -disc.radius)

    def draw_names(self, ground: Mapping[str, Any], *, most: int = 400) -> None:
        """Name places where there is room, the more important first."""
        names = [*ground.get("towns", []), *ground.get("stations", [])]
        zoom = self.window.zoom + 0.5
        asked = [
            each
            for each in names
            if each["name"] and each["zoom"] <= zoom and zoom <= each.get("until", 99) + 1
        ]
        if not asked:
            return
        at = self.window.place(*(np.array([each[key] for each in asked]) for key in ("lon", "lat")))
        free = Room(self.window, self.discs[:400])
        for label, x, y in zip(asked, *at, strict=True):
            if not (0 < x < self.window.width and 0 < y < self.window.height):
                continue
            if free.used >= most:
                break
            self._draw_name(label, float(x), float(y), free)

    def _draw_name(self, label: Mapping[str, Any], x: float, y: float, free: Room) -> None:
        kind, name = label["kind"], clean_text(label["name"])
        size, is_area = _TEXT_SIZES[kind], kind == "province"
        weight = "bold" if kind in {"province", "city"} else "normal"
        name = name.upper() if is_area else name
        width = measure_text(name, size, weight)
        left = free.find(x, y, width, size, is_area=is_area, is_city=kind == "city")
        if left is None:
            return
        style: dict[str, Any] = {"size": size, "weight": weight, "halo": LAND, "zorder": 2.8}
        colour = _FAINT if is_area else _NAME
        draw_text(self.box, *left, name, colour=colour, ha="left", va="center_baseline", **style)
        if not is_area and kind != "station":
            dot = Circle((x, y), 1.6, facecolor=_NAME, edgecolor=LAND, linewidth=0.8 * POINTS)
            self.add(dot, 2.7)
