"""Every analysis answers the tables that people have, and says where scipy is missing."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec.errors import GeosecWarning, ParameterError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable

YEARS = ("2018-01-01", "2025-12-31")
HALVES = (("2018-01-01", "2021-12-31"), ("2022-01-01", "2025-12-31"))
VERBS: dict[str, Callable[[gpd.GeoDataFrame], Any]] = {
    "nearest": lambda table: geosec.nearest(table, geosec.load_rail_stations(), draws=9),
    "within": lambda table: geosec.within(
        table, geosec.load_rail_lines(), distance_m=5_000, draws=9
    ),
    "corridor_rates": lambda table: geosec.corridor_rates(
        table, "ML-3", by=50_000, period=YEARS, draws=9
    ),
    "count_near": lambda table: geosec.count_near(
        table, geosec.load_rail_stations(), distance_m=5_000, draws=9
    ),
    "estimate_network_density": lambda table: geosec.estimate_network_density(
        table, period=YEARS, draws=9
    ),
    "find_hot_spots": lambda table: geosec.find_hot_spots(table, "adm1", draws=9),
    "compare_rates": lambda table: geosec.compare_rates(
        table, table, "adm1", periods=HALVES, draws=9
    ),
    "count_trends": lambda table: geosec.count_trends(
        table, "adm1", "year", since=YEARS[0], until=YEARS[1], draws=9
    ),
    "classify_emerging_hot_spots": lambda table: geosec.classify_emerging_hot_spots(
        table, "adm1", "quarter", since=YEARS[0], until=YEARS[1], draws=9
    ),
    "find_near_repeats": lambda table: geosec.find_near_repeats(table, permutations=9, draws=9),
    "find_clusters": lambda table: geosec.find_clusters(table, min_incidents=3, draws=9),
    "find_duplicates": lambda table: geosec.find_duplicates(table, draws=9),
    "summarise": geosec.summarise,
}
EXTRA = {"scipy", "libpysal", "esda", "sklearn", "ruptures", "h3", "networkx", "statsmodels"}
OF_SCIPY = set(VERBS) - {"nearest", "within", "find_near_repeats", "find_clusters", "summarise"}


@pytest.fixture(scope="module")
def attacks() -> gpd.GeoDataFrame:
    """Make 12 attacks near Quetta, known to 2 km."""
    random = np.random.default_rng(4)
    points = gpd.points_from_xy(random.uniform(66.9, 67.4, 12), random.uniform(29.8, 30.3, 12))
    days = pd.date_range("2018-03-01", "2025-06-01", periods=12).normalize()
    index = pd.Index([f"a{row}" for row in range(12)], name="incident_id")
    table = gpd.GeoDataFrame({"date": days}, geometry=points, crs=4326, index=index)
    return geosec.with_uncertainty(table, uncertainty_m=2_000)


def spoil(attacks: gpd.GeoDataFrame, how: str) -> gpd.GeoDataFrame:
    """Spoil a copy of the attacks."""
    rows = {"empty": [], "one row": [0], "two rows": [0, 1], "no places": [0, 1, 2]}
    table = attacks.iloc[rows.get(how, range(len(attacks)))].copy()
    if how == "no places":
        table["geometry"] = None
    elif how == "stacked":
        table["geometry"] = shapely.Point(67.0, 30.2)
    elif how == "one name":
        table.index = pd.Index(["same"] * len(table), name="incident_id")
    elif how == "metres":
        table = table.to_crs(32642)
    elif how == "no dates":
        table["date"] = pd.NaT
    elif how == "a date missing":
        table.iloc[0, table.columns.get_loc("date")] = pd.NaT
    elif how == "abroad":
        table["geometry"] = table.translate(-60, 10).to_numpy()
    return table


def ask(verb: str, table: gpd.GeoDataFrame) -> list[pd.DataFrame]:
    """Ask a verb; a tuple of tables, or one, comes out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeosecWarning)
        told = VERBS[verb](table)
    return list(told) if isinstance(told, tuple) else [told]


@pytest.mark.parametrize(
    "how",
    [
        *("empty", "one row", "two rows", "no places", "stacked", "one name", "no dates"),
        *("a date missing", "abroad"),
    ],
)
@pytest.mark.parametrize("verb", VERBS)
def test_a_hostile_table_is_answered(attacks: gpd.GeoDataFrame, verb: str, how: str) -> None:
    table = spoil(attacks, how)
    before = table.copy()
    assert all(isinstance(each, pd.DataFrame) for each in ask(verb, table))
    pd.testing.assert_frame_equal(pd.DataFrame(table), pd.DataFrame(before))


@pytest.mark.parametrize("verb", VERBS)
def test_places_whose_radius_is_missing_are_refused(attacks: gpd.GeoDataFrame, verb: str) -> None:
    with pytest.raises(SchemaError, match=r"`uncertainty_m` .* is nan in row 'a0'"):
        ask(verb, attacks.assign(uncertainty_m=np.nan))


@pytest.mark.parametrize("verb", VERBS)
def test_a_crs_in_metres_is_answered_as_degrees_are(attacks: gpd.GeoDataFrame, verb: str) -> None:
    for metres, degrees in zip(
        ask(verb, spoil(attacks, "metres")), ask(verb, attacks), strict=True
    ):
        plain = [
            pd.DataFrame(each.drop(columns="geometry", errors="ignore"))
            for each in (metres, degrees)
        ]
        pd.testing.assert_frame_equal(*plain, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("verb", VERBS)
def test_the_same_table_is_answered_with_the_same_bytes(
    attacks: gpd.GeoDataFrame, verb: str
) -> None:
    first, second = (
        [each.to_csv() for each in ask(verb, table)] for table in (attacks, attacks.copy())
    )
    assert first == second


@pytest.mark.parametrize("verb", sorted(OF_SCIPY))
def test_what_is_to_be_installed_is_told(
    attacks: gpd.GeoDataFrame, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = {name for name in sys.modules if name.partition(".")[0] in EXTRA}
    for name in EXTRA | loaded:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ParameterError, match=r"pip install geosec\[analysis\]"):
        ask(verb, attacks)
