"""The verbs: a table of incidents, or a list of phrases, in; located rows out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from numbers import Real
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from tqdm import tqdm

from geosec.arguments import (
    UNWRITABLE,
    describe_given,
    is_missing,
    replace_surrogates,
    require_flag,
    require_kind,
    require_text,
)
from geosec.crs import STORAGE_CRS
from geosec.errors import SchemaError
from geosec.geocoding.coded_rows import place_coded_rows
from geosec.geocoding.grammar.explaining import write_phrase
from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.geocoding.placing.ground import Ground
from geosec.geocoding.placing.interpreter import Interpreter
from geosec.geocoding.row_hints import RowHints, read_row_hints, warn_of_unknown
from geosec.geocoding.rows import list_cells, make_table
from geosec.language.languages import load_languages
from geosec.located import require_located
from geosec.reference.gazetteer import Gazetteer
from geosec.schema import (
    AFTER_GEOCODE,
    INDEX,
    list_columns,
    order_columns,
    require_columns,
    type_columns,
)
from geosec.shared import build_once
from geosec.storage.provenance import note_step
from geosec.uncertainty.table_footprints import load_readings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.uncertainty.footprints import Footprint


NONE_OF_THESE = "none of these"
_LANGUAGES = ("en", "ur")
_LAYERS = ("places", "roads", "adm1", "adm2", "rail_lines", "rail_stations")  # of the gazetteer
_NO_LISTS = (str, bytes, bytearray, Mapping)
_TEXTS = frozenset({"string", "empty"})
_CHUNK = 10_000  # phrases read at a time


def geocode(
    incidents: pd.DataFrame | Iterable[str],
    *,
    admin1: str | None = None,
    admin2: str | None = None,
    admin3: str | None = None,
    gazetteer: Gazetteer | None = None,
    anywhere: bool = False,
) -> gpd.GeoDataFrame:
    """Turn the phrases of reports into places with honest radii.

    A row that comes with ``latitude`` and ``longitude`` keeps them, and the ``footprint`` or the
    radius in ``uncertainty_m`` of its source, or else its precision code, as
    `geosec.reference.codebooks` lists; they are refused
    where latitude and longitude are swapped, ``outside`` in another country, and score lower where
    they lie more than 25 km from where the phrase or the province of the row says. Every other row
    is placed by
    its ``location`` phrase, read together with what the row gives beside it: the province in
    ``admin1``, the district in ``admin2``, the tehsil or town in ``admin3``. The place is looked
    for in these: where it is not known there, the district or tehsil stands for it with a lower
    score, and where the phrase says otherwise, both readings are kept. Each distinct phrase with
    its hints, and each distinct place with its code, is resolved once.

    Parameters
    ----------
    incidents : pandas.DataFrame or iterable of str
        Incidents with a ``location`` column, as `geosec.read_incidents` gives them, or phrases.
    admin1 : str, optional
        Province of all phrases that give none of their own in an ``admin1`` column: in any usual
        spelling, or as ISO 3166-2 code.
    admin2 : str, optional
        District of all phrases that give none of their own in an ``admin2`` column.
    admin3 : str, optional
        Tehsil or town of all phrases that give none of their own in an ``admin3`` column.
    gazetteer : Gazetteer, optional
        Places to match; those of Pakistan that ship with geosec by default.
    anywhere : bool
        Take the coordinates that rows bring in every country, and not in those of the gazetteer
        alone: for boundaries or a railway of one's own. Abroad they stand as they are, whatever
        the words beside them say; phrases are matched with the gazetteer as ever.

    Returns
    -------
    geopandas.GeoDataFrame
        A new table with the same index, in EPSG:4326, without what later verbs said of an earlier
        run (districts, railway): ``geometry`` (best point; missing where
        there is no match), ``match_status``, ``match_rule``, ``match_reason``, ``match_name``,
        ``match_id``, ``match_score``, ``uncertainty_m`` (95 % radius in metres), ``footprint``
        (polygon or line; missing for a disc) and ``match_candidates`` (JSON, for
        `geosec.candidates`).

    Raises
    ------
    SchemaError
        If a table has no ``location`` column or two of one name, or no list of phrases is given.
    ParameterError
        If a hint for all phrases is no text, or `anywhere` neither True nor False.

    Warns
    -----
    GeosecWarning
        If a province, district or tehsil is given that is not known: it is not used,
        ``match_reason`` says so, and the warning how many rows give which.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.geocode(["12 km south of Sibi"], admin1="Balochistan")
    >>> located[["match_status", "match_rule", "match_name"]].iloc[0].tolist()
    ['matched', 'offset', '12 km S of Sibi']
    >>> geosec.geocode(["Dasht"], admin2="Panjgur")["match_reason"].item()
    "'Dasht' known elsewhere only: placed in Panjgur"
    """
    require_flag(anywhere, "anywhere")
    table = _read_table(incidents)
    phrases, notes = _read_phrases(table["location"])
    if notes:
        table = table.assign(location=phrases.where(table["location"].notna(), None))
    usual = {"admin1": admin1, "admin2": admin2, "admin3": admin3}
    table, unread = _drop_lists(table, list(usual))
    hints = read_row_hints(table, {name: _read_hint(usual[name], name) for name in usual})
    interpreter = load_interpreter(gazetteer)
    coded, which, more = place_coded_rows(table, hints, interpreter, anywhere=anywhere)
    said = which < 0
    spoken = hints._replace(which=hints.which[said])
    warn_of_unknown(spoken if anywhere else hints, interpreter)
    rows, which[said] = _answer_distinct(interpreter, phrases[said], spoken)
    which[said] += len(coded)
    found = make_table([*map(tuple, coded), *rows]).take(which).set_axis(table.index)
    if notes or more or unread:
        found["match_reason"] = _add_notes(found["match_reason"], notes, unread, more)
    outdated = {*found.columns, *(AFTER_GEOCODE if "match_status" in table.columns else ())}
    kept = table.drop(columns=[name for name in table.columns if name in outdated])
    located = order_columns(pd.concat([pd.DataFrame(kept), found], axis=1))
    located.attrs = deepcopy(table.attrs)
    settings = {"anywhere": True} if anywhere else {}
    return note_step(located, "geocode", _LAYERS if gazetteer is None else (), **settings)


def _answer_distinct(
    interpreter: Interpreter, phrases: pd.Series, hints: RowHints
) -> tuple[list[tuple[Any, ...]], NDArray[np.int64]]:
    """Answer each distinct phrase once; and say which answer each incident has."""
    phrase_codes, texts = pd.factorize(phrases)
    distinct, texts = hints.distinct, texts.tolist()
    pairs, which = np.unique(phrase_codes * len(distinct) + hints.which, return_inverse=True)
    said, given = (part.tolist() for part in np.divmod(pairs, len(distinct)))
    rows: list[tuple[Any, ...]] = []
    with tqdm(total=len(said), desc="geocoding", disable=None, leave=False) as progress:
        for start in range(0, len(said), _CHUNK):
            both = zip(said[start : start + _CHUNK], given[start : start + _CHUNK], strict=True)
            part = [(texts[text], distinct[place]) for text, place in both]
            rows += map(list_cells, interpreter.answer_many(part))
            progress.update(len(part))
    return rows, which


def candidates(located: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """List every reading of every incident, with weights.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents, EPSG:4326.

    Returns
    -------
    geopandas.GeoDataFrame
        One row per reading, and one called ``none of these`` for what they leave open:
        ``incident_id``, ``rank``, ``weight`` (probability; sums to 1 for each incident),
        ``match_name``, ``match_id``, ``match_rule``, ``uncertainty_m`` (metres), ``footprint``
        and ``geometry`` (EPSG:4326). Rows without a match have none.

    Raises
    ------
    SchemaError
        If the table has not been geocoded.
    CRSError
        If it has no CRS; one in another CRS is converted.

    Examples
    --------
    >>> import geosec
    >>> table = geosec.candidates(geosec.geocode(["Mirpur"]))
    >>> round(float(table["weight"].sum()), 6), table["match_name"].iloc[-1]
    (1.0, 'none of these')
    """
    require_columns(located, list_columns("geocode"), "candidates")
    located = type_columns(require_located(located, "candidates"))
    records = [
        {INDEX: incident_id, "rank": rank, **reading}
        for incident_id, row in located.iterrows()
        for rank, reading in enumerate(_list_readings(row), start=1)
    ]
    columns = [INDEX, "rank", "weight", "match_name", "match_id", "match_rule", "uncertainty_m"]
    table = pd.DataFrame(records, columns=[*columns, "footprint", "geometry"])
    table["footprint"] = gpd.GeoSeries(table["footprint"], crs=STORAGE_CRS)
    return gpd.GeoDataFrame(table, geometry="geometry", crs=STORAGE_CRS)


def explain(phrase: str, *, gazetteer: Gazetteer | None = None) -> str:
    """Say how a location phrase is understood, before any place is looked for.

    Parameters
    ----------
    phrase : str
        Such as ``"12 km south of Sibi"``; distances in any unit the language files know.
    gazetteer : Gazetteer, optional
        Names to be known; those of Pakistan that ship with geosec by default.

    Returns
    -------
    str
        An expression: places with the nouns beside them and what they hang on, at most one
        construction. A question mark stands behind a name that is not known.

    Raises
    ------
    ParameterError
        If the phrase is no text, or the gazetteer none.

    Examples
    --------
    >>> import geosec
    >>> geosec.explain("12 km south of Sibi, Balochistan")
    "offset(12 km, 180°, place('Sibi')) in place('Balochistan')"
    >>> geosec.explain("near Zzyzx Masjid, Mastung")
    "near facility('Zzyzx Masjid'?) in place('Mastung')"
    >>> geosec.explain("between Sibi and Mach aboard the Jaffar Express")
    "between(place('Sibi'), place('Mach')) aboard train('Jaffar Express')"
    """
    phrase = require_text(phrase, "phrase")
    reader = load_interpreter(gazetteer)
    return write_phrase(parse_phrase(phrase, reader.ground.names, reader.language))


def load_interpreter(gazetteer: Gazetteer | None) -> Interpreter:
    """Make what answers phrases from a gazetteer; from the shipped one, which is None, once."""
    if gazetteer is None:
        return _load_shipped()
    require_kind(gazetteer, Gazetteer, "gazetteer")
    return Interpreter(Ground(gazetteer), load_languages(*_LANGUAGES))


@build_once
def _load_shipped() -> Interpreter:
    return Interpreter(Ground(), load_languages(*_LANGUAGES))


def _read_table(incidents: pd.DataFrame | Iterable[str]) -> pd.DataFrame:
    if isinstance(incidents, pd.DataFrame):
        require_columns(incidents, ["location"], "geocode")
        return incidents
    if isinstance(incidents, _NO_LISTS) or not isinstance(incidents, Iterable):
        said = describe_given(incidents)
        remedy = f": [{said}]?" if isinstance(incidents, str) else "."
        msg = f"`geocode` takes a table or a list of phrases, and was given {said}{remedy}"
        raise SchemaError(msg)
    phrases = list(incidents)
    index = pd.Index([str(number) for number in range(len(phrases))], name=INDEX)
    return pd.DataFrame({"location": pd.Series(phrases, index=index, dtype="object")})


def _read_phrases(given: pd.Series) -> tuple[pd.Series, dict[int, str]]:
    """Read phrases as texts, and note by row what is no text, or holds what no text can hold."""
    if pd.api.types.infer_dtype(given, skipna=True) in _TEXTS:
        try:
            return given.fillna("").astype("str"), {}
        except UnicodeEncodeError:
            pass
    texts, notes = [], {}
    for row, value in enumerate(given):
        text = "" if is_missing(value) else replace_surrogates(str(value))
        if isinstance(value, str) and text != value:
            notes[row] = UNWRITABLE
        elif text and not isinstance(value, str | Real):
            text, notes[row] = "", f"`location` is {describe_given(value)}, and no text"
        texts.append(text)
    return pd.Series(texts, index=given.index, dtype="str"), notes


def _drop_lists(table: pd.DataFrame, names: list[str]) -> tuple[pd.DataFrame, dict[int, str]]:
    """Leave lists and the like out of the hints of rows, and note by row that they were there."""
    notes: dict[int, str] = {}
    for name in [name for name in names if name in table and table[name].dtype == "object"]:
        is_list = table[name].map(pd.api.types.is_list_like)
        for row in np.flatnonzero(is_list.to_numpy(dtype="bool")).tolist():
            said = f"`{name}` is {describe_given(table[name].iloc[row])}, and was not used"
            notes[row] = f"{notes[row]}; {said}" if row in notes else said
        table = table.assign(**{name: table[name].mask(is_list, None)}) if notes else table
    return table, notes


def _read_hint(value: str | None, name: str) -> str | None:
    """Refuse a hint for all phrases that is no text; a missing one is none."""
    if value is None or (type(value) is str and value.isascii()):
        return value
    remedy = f"; one for each phrase goes into a column {name!r} of a table beside `location`"
    what = "one text for all phrases"
    return None if is_missing(value) else require_text(value, name, what, remedy)


def _add_notes(reasons: pd.Series, *notes: dict[int, str]) -> pd.Series:
    """Add notes to the reasons of their rows."""
    told = reasons.tolist()
    for row, note in (each for some in notes for each in some.items()):
        told[row] = note if is_missing(told[row]) else f"{told[row]}; {note}"
    return pd.Series(told, index=reasons.index, dtype="str")


def _list_readings(row: pd.Series) -> list[dict[str, Any]]:
    """Open the readings of a row; what they leave of 1 is the share of none of them."""
    kept = ("match_name", "match_id", "match_rule", "uncertainty_m", "footprint", "geometry")
    if not is_missing(row["match_candidates"]):
        stored = load_readings(row["match_candidates"])
        total = sum(reading["weight"] for reading, _ in stored)
        readings = [_open_reading(*reading, total) for reading in stored]
    elif row["geometry"] is None or pd.isna(row["match_name"]):
        return []
    else:
        readings = [{"weight": 1.0, **{name: row[name] for name in kept}}]
    any_right = min(1.0, row["match_score"] / readings[0]["weight"])
    none = {**dict.fromkeys(kept), "match_name": NONE_OF_THESE, "weight": 1.0 - any_right}
    return [{**each, "weight": each["weight"] * any_right} for each in readings] + [none]


def _open_reading(reading: dict[str, Any], footprint: Footprint, total: float) -> dict[str, Any]:
    return {
        **{name: reading[name] for name in ("match_name", "match_id", "match_rule")},
        "weight": reading["weight"] / total,
        "uncertainty_m": footprint.uncertainty_m,
        "footprint": footprint.shape,
        "geometry": footprint.point,
    }
