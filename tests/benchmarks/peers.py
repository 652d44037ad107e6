"""One job, done with other people's tools, so that answers and speeds can be compared.

The job: points in, a table out with the district and province of each, its nearest railway line,
the official km on it and the distance in metres. Each peer is a function of incidents and layers
that gives a table with the columns of `COLUMNS` on the index of the incidents.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import postgis_server
import shapely
import versus
from geopandas.array import GeometryArray
from pyproj import Geod, Transformer
from shapely import LineString

import geosec as library

if TYPE_CHECKING:
    from collections.abc import Callable

UTM = "EPSG:32642"
LCC = "+proj=lcc +lat_1=26 +lat_2=35 +lat_0=30.5 +lon_0=69 +ellps=WGS84 +units=m"
STEP_M = 1_000.0
COLUMNS = (
    *("adm1_name", "adm1_code", "adm2_name", "adm2_code"),
    *("rail_line", "rail_km", "rail_offset_m"),
)
_IN_UNITS = ("geosec.assignment.units", "geosec.location.units")
_INDEXES = versus.inner_of(("_load_coverage", "_areas", "_borders"), *_IN_UNITS)  # now, and before
_GEOD = Geod(ellps="WGS84")
_EARTH_M = 6_371_008.8  # mean radius (Moritz 2000)


@dataclass(frozen=True)
class Layers:
    """Provinces, districts with their province, and the rail edges between posts (EPSG:4326)."""

    adm1: gpd.GeoDataFrame
    adm2: gpd.GeoDataFrame
    edges: gpd.GeoDataFrame


@cache
def load_layers() -> Layers:
    """Load what ships with geosec, each edge with the official km of its two ends."""
    edges = []
    for line, posts in library.load_rail_network().posts.groupby("line_id", sort=False):
        km, ends = posts["km"].to_numpy(), list(posts.geometry)
        edges += [
            (line, km[row], km[row + 1], LineString(pair))
            for row, pair in enumerate(pairwise(ends))
        ]
    table = pd.DataFrame(edges, columns=["rail_line", "km_a", "km_b", "geometry"])
    adm1, adm2 = (library.load_boundaries(level).reset_index() for level in ("adm1", "adm2"))
    return Layers(
        adm1[["adm1_name", "adm1_code", "geometry"]],
        adm2[[*COLUMNS[:4], "geometry"]],
        gpd.GeoDataFrame(table, crs=4326),
    )


def make_incidents(count: int, seed: int = 0) -> gpd.GeoDataFrame:
    """Spread points evenly over Pakistan and half a degree round it.

    The first of them do not depend on how many there are.
    """
    random = np.random.default_rng(seed)
    country = shapely.buffer(library.load_boundaries("adm0").geometry.union_all(), 0.5)
    shapely.prepare(country)
    west, south, east, north = country.bounds
    lon, lat = random.uniform((west, south), (east, north), (3 * count, 2)).T
    inside = np.flatnonzero(shapely.contains_xy(country, lon, lat))[:count]
    points = gpd.points_from_xy(lon[inside], lat[inside], crs=4326)
    index = pd.Index([f"i{row}" for row in range(count)], name="incident_id")
    return gpd.GeoDataFrame(geometry=points, index=index)


def geosec(incidents: gpd.GeoDataFrame, _: Layers) -> gpd.GeoDataFrame:
    """Join with the verbs of this library, as exact points and exact layers, indexes built anew."""
    for built in _INDEXES:
        built.cache_clear()
    none = GeometryArray(np.full(len(incidents), None, dtype="object"), crs=incidents.crs)
    nowhere = gpd.GeoSeries(none, index=incidents.index)
    exact = incidents.assign(uncertainty_m=0.0, footprint=nowhere)
    return library.locate_on_rail(
        library.assign_boundaries(exact, layer_accuracy=False),
        max_offset_m=1e7,
        network=library.load_rail_network(),  # with the dismantled line: the edges of `layers`
        layer_accuracy=False,
    )


def _with_districts(incidents: gpd.GeoDataFrame, layers: Layers) -> gpd.GeoDataFrame:
    """Join provinces and districts, as everybody does."""
    table = incidents.sjoin(layers.adm1, how="left", predicate="intersects")
    districts = layers.adm2[["adm2_name", "adm2_code", "geometry"]]
    table = table.drop(columns="index_right").sjoin(districts, how="left", predicate="intersects")
    table = table.drop(columns="index_right")
    return table[~table.index.duplicated()]


def _with_nearest(
    incidents: gpd.GeoDataFrame, layers: Layers, crs: str, metres: float
) -> gpd.GeoDataFrame:
    """Join the nearest edge on the plane of a CRS, whose unit is so many metres."""
    table = _with_districts(incidents, layers)
    edges = layers.edges.to_crs(crs)
    near = table.to_crs(crs).sjoin_nearest(edges, distance_col="rail_offset_m")
    near = near[~near.index.duplicated()].loc[table.index]
    own = edges.geometry.loc[near["index_right"]]
    share = own.project(near.geometry.set_axis(own.index), normalized=True, align=False).to_numpy()
    table["rail_line"] = near["rail_line"]
    table["rail_km"] = near["km_a"] + share * (near["km_b"] - near["km_a"])
    table["rail_offset_m"] = near["rail_offset_m"] * metres
    return table


def geopandas(incidents: gpd.GeoDataFrame, layers: Layers) -> gpd.GeoDataFrame:
    """Join with GeoPandas in UTM 42N, as an analyst writes it."""
    return _with_nearest(incidents, layers, UTM, 1.0)


def geopandas_degrees(incidents: gpd.GeoDataFrame, layers: Layers) -> gpd.GeoDataFrame:
    """Join with GeoPandas in degrees, a common mistake; a degree is taken for 111,320 m."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Geometry is in a geographic CRS")
        return _with_nearest(incidents, layers, "EPSG:4326", 111_320.0)


def _densified(edges: gpd.GeoDataFrame, step_m: float) -> pd.DataFrame:
    """Walk each geodesic in equal steps: edge, share, lon, lat of every vertex."""
    xy = shapely.get_coordinates(edges.geometry.to_numpy()).reshape(-1, 4)
    azimuth_deg, _, length_m = _GEOD.inv(*xy.T)
    count = np.maximum(np.ceil(length_m / step_m), 1).astype("intp")
    edge = np.repeat(np.arange(len(edges)), count + 1)
    share = np.concatenate([np.linspace(0, 1, each + 1) for each in count])
    lon, lat, _ = _GEOD.fwd(xy[edge, 0], xy[edge, 1], azimuth_deg[edge], share * length_m[edge])
    return pd.DataFrame({"edge": edge, "share": share, "lon": lon, "lat": lat})


def _with_rail(
    table: gpd.GeoDataFrame, layers: Layers, edge: np.ndarray, share: np.ndarray, away_m: np.ndarray
) -> gpd.GeoDataFrame:
    """Write the nearest edge's line, the km on it and the distance into the table."""
    own = layers.edges.iloc[edge]
    km_a, km_b = own["km_a"].to_numpy(), own["km_b"].to_numpy()
    return table.assign(
        rail_line=own["rail_line"].to_numpy(),
        rail_km=km_a + share * (km_b - km_a),
        rail_offset_m=away_m,
    )


def _with_districts_fast(incidents: gpd.GeoDataFrame, layers: Layers) -> gpd.GeoDataFrame:
    """Ask prepared polygons for the points in their boxes; a province is that of its district."""
    shapes, points = layers.adm2.geometry.to_numpy(), incidents.geometry
    shapely.prepare(shapes)
    shape, point = shapely.STRtree(points.to_numpy()).query(shapes)
    lon, lat = points.x.to_numpy()[point], points.y.to_numpy()[point]
    inside = shapely.intersects_xy(shapes[shape], lon, lat)
    found = np.full(len(incidents), -1)
    found[point[inside][::-1]] = shape[inside][::-1]  # of two districts at a border the first
    own = layers.adm2[list(COLUMNS[:4])].reindex(found).set_axis(incidents.index)
    return incidents.join(own)


def expert(incidents: gpd.GeoDataFrame, layers: Layers) -> gpd.GeoDataFrame:
    """Search geodesics cut into pieces in a local LCC, then measure on the ellipsoid."""
    to_plane = Transformer.from_crs("EPSG:4326", LCC, always_xy=True)
    walked = _densified(layers.edges, 25 * STEP_M)
    x, y = to_plane.transform(walked["lon"], walked["lat"])
    xy, edge, along = np.column_stack([x, y]), walked["edge"].to_numpy(), walked["share"].to_numpy()
    start = np.flatnonzero(edge[1:] == edge[:-1])
    pieces = shapely.linestrings(np.stack([xy[start], xy[start + 1]], axis=1))
    lon, lat = incidents.geometry.x.to_numpy(), incidents.geometry.y.to_numpy()
    points = shapely.points(np.column_stack(to_plane.transform(lon, lat)))
    _, near = shapely.STRtree(pieces).query_nearest(points, all_matches=False)
    part = shapely.line_locate_point(pieces[near], points, normalized=True)
    foot = shapely.get_coordinates(
        shapely.line_interpolate_point(pieces[near], part, normalized=True)
    )
    foot_lon, foot_lat = to_plane.transform(*foot.T, direction="INVERSE")
    away_m = _GEOD.inv(lon, lat, foot_lon, foot_lat)[2]
    first = start[near]
    share = along[first] + part * (along[first + 1] - along[first])
    table = _with_districts_fast(incidents, layers)
    return _with_rail(table, layers, edge[first], share, away_m)


def balltree(incidents: gpd.GeoDataFrame, layers: Layers) -> gpd.GeoDataFrame:
    """Search vertices every 1 km on a sphere with scikit-learn's BallTree."""
    from sklearn.neighbors import BallTree  # noqa: PLC0415 - not everybody has it

    walked = _densified(layers.edges, STEP_M)
    tree = BallTree(np.radians(walked[["lat", "lon"]].to_numpy()), metric="haversine")
    lat_lon = np.radians(np.column_stack([incidents.geometry.y, incidents.geometry.x]))
    arc, near = tree.query(lat_lon, k=1)
    own = walked.iloc[near[:, 0]]
    edge, share = own["edge"].to_numpy(), own["share"].to_numpy()
    table = _with_districts(incidents, layers)
    return _with_rail(table, layers, edge, share, arc[:, 0] * _EARTH_M)


_SEDONA = f"""
WITH near AS (
    SELECT i.incident_id, i.geometry AS point, e.rail_line, e.km_a, e.km_b, e.geometry AS edge
    FROM (SELECT *, ST_Transform(geometry, '{UTM}') AS utm FROM incidents) AS i
    JOIN (SELECT *, ST_Transform(geometry, '{UTM}') AS utm FROM edges) AS e
    ON ST_KNN(i.utm, e.utm, 1))
SELECT n.incident_id, b.adm1_name, b.adm1_code, b.adm2_name, b.adm2_code, n.rail_line,
    n.km_a + (n.km_b - n.km_a) * ST_LineLocatePoint(ST_ToGeography(n.edge), ST_ToGeography(n.point))
    AS rail_km, ST_Distance(ST_ToGeography(n.edge), ST_ToGeography(n.point)) AS rail_offset_m
FROM near AS n
LEFT JOIN adm2 AS b ON ST_Intersects(b.geometry, n.point)
"""  # noqa: S608 - a constant


def sedonadb(incidents: gpd.GeoDataFrame, layers: Layers) -> gpd.GeoDataFrame:
    """Join in SedonaDB: nearest edges in UTM 42N, distances on its sphere."""
    import sedonadb as sedona  # noqa: PLC0415 - not everybody has it

    session = sedona.connect()
    named = {"adm2": layers.adm2, "edges": layers.edges}
    for name, frame in (named | {"incidents": incidents.reset_index()}).items():
        session.create_data_frame(frame).to_view(name, overwrite=True)
    return _on_index(session.sql(_SEDONA).to_pandas(), incidents)


_POSTGIS = """
SELECT i.incident_id, b.adm1_name, b.adm1_code, b.adm2_name, b.adm2_code, e.rail_line,
    e.km_a + (e.km_b - e.km_a)
    * ST_LineLocatePoint(ST_Transform(e.geom, 32642), ST_Transform(i.geom, 32642)) AS rail_km,
    ST_Distance(e.geom::geography, i.geom::geography) AS rail_offset_m
FROM incidents AS i
LEFT JOIN adm2 AS b ON ST_Intersects(b.geom, i.geom)
CROSS JOIN LATERAL (
    SELECT * FROM edges ORDER BY edges.geom::geography <-> i.geom::geography LIMIT 1) AS e
"""


def postgis(incidents: gpd.GeoDataFrame, layers: Layers) -> gpd.GeoDataFrame:
    """Join in PostGIS: nearest edges by ``<->`` of geography, distances on the spheroid."""
    with postgis_server.connection() as session:
        named = {"adm2": layers.adm2, "edges": layers.edges}
        for name, frame in (named | {"incidents": incidents.reset_index()}).items():
            postgis_server.copy_in(session, name, frame)
        rows = session.execute(_POSTGIS).fetchall()
    return _on_index(pd.DataFrame(rows, columns=["incident_id", *COLUMNS]), incidents)


def _on_index(found: pd.DataFrame, incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    found = found.drop_duplicates("incident_id").set_index("incident_id")
    return incidents.join(found[list(COLUMNS)])


PEERS: dict[str, Callable[[gpd.GeoDataFrame, Layers], gpd.GeoDataFrame]] = {
    each.__name__: each
    for each in (geosec, geopandas, expert, geopandas_degrees, sedonadb, postgis, balltree)
}
_NEEDS = {
    "sedonadb": ("sedonadb", "geoarrow.pyarrow"),
    "postgis": ("psycopg",),
    "balltree": ("sklearn",),
}


def why_not(peer: str) -> str:
    """Say why a peer cannot run here; empty if it can."""
    for module in _NEEDS.get(peer, ()):
        if find_spec(module.partition(".")[0]) is None:
            return f"{module} is not installed"
    return postgis_server.why_not() if peer == "postgis" else ""
