"""What a caller chose of a map: the columns it is coloured, sized and filtered by, and colours."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from geosec.arguments import describe_given, require_list
from geosec.errors import GeosecWarning, ParameterError, SchemaError, near_misses
from geosec.maps.incident_columns import MOST_VALUES, TOLD
from geosec.maps.payload import to_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

#: By event type, after Okabe and Ito 2008, *Color Universal Design*: told apart with every common
#: colour vision.
COLOURS = {
    "Explosions/Remote violence": "#d55e00",
    "Battles": "#0072b2",
    "Violence against civilians": "#aa3377",
    "Protests": "#009e73",
    "Riots": "#b58900",
    "Strategic developments": "#56b4e9",
    "Accident": "#000000",  # not of ACLED's, from news reports
}
_COLOUR_BY, _SIZE_BY = "event_type", "fatalities"
_FILTERS = ("event_type", "actor", "adm2_name", "match_status", "fatalities", "uncertainty_m")
_MOST_FILTERS = 14  # the page has a bit for each, and for time and text
_MOST_DISTINCT = 12  # numbers that are coloured one by one
_FEW = 8  # values named in a warning
_BY_CLASS = " by class"
_CLASSES = 5  # of numbers that are not
_MOST_TEXTS = 1_000  # values of a column worth colouring
_RAMP = ("#f0b429", "#ea8a2f", "#d9542b", "#ad2440", "#6a1550")  # from little to much
#: What the page calls its own numbers and filters by.
_OWN = {"place_lon", "place_lat", "place_radius_m", "place_shape", "place_rows"}
_OWN |= {"day", "days_more", "text"}
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class Choices(NamedTuple):
    """The columns of a table that a page goes by, "" for none, and colours of values."""

    colour: str
    size: str
    filters: list[str]
    colours: dict[str, str]
    source: str  #: the column that is coloured by, where `colour` holds its classes

    def list_columns(self) -> list[str]:
        """List the columns that were chosen."""
        return [self.source, self.size, *self.filters]


def choose(
    located: gpd.GeoDataFrame, color_by: Any, size_by: Any, filters: Any, palette: Any
) -> tuple[gpd.GeoDataFrame, Choices]:
    """Choose the columns of a map; numbers and days to colour by become classes in a new one."""
    size = _choose_size(located, size_by)
    source = ""
    chosen = _choose_filters(located, filters)
    colour = _choose_column(located, color_by, "color_by", _COLOUR_BY)
    if colour:
        classes = _class_values(located[colour], colour)
        if classes is not None:
            source, colour = colour, f"{colour}{_BY_CLASS}"
            located = located.assign(**{colour: classes})
    if filters is None and colour not in {"", *chosen} and _has_two(_take_placed(located)[colour]):
        chosen = [colour, *chosen]
    _refuse_own([colour, size, *chosen])
    colours = _read_palette(located, colour, palette)
    return located, Choices(colour, size, chosen, colours, source or colour)


def _refuse_own(names: list[str]) -> None:
    """Refuse names that the page has for something else: it would show the one for the other."""
    for name in names:
        if name in _OWN:
            msg = f"a map has {name!r} of its own: rename the column, as to {name + '_reported'!r}."
            raise SchemaError(msg)


def _choose_column(located: gpd.GeoDataFrame, given: Any, argument: str, usual: str) -> str:
    if given is None:
        return usual if usual in located.columns else ""
    return _require_column(located, given, argument) if given != "" else ""


def _require_column(located: gpd.GeoDataFrame, given: Any, argument: str) -> str:
    if not isinstance(given, str):
        msg = f"`{argument}` takes the name of a column, and was given {describe_given(given)}."
        raise ParameterError(msg)
    drawn = {"geometry", "footprint", "match_candidates"}
    known = [each for each in located.columns if isinstance(each, str) and each not in drawn]
    if given not in known:
        msg = f"`{argument}` names {given!r}, which is no column; {near_misses(given, known)}"
        raise SchemaError(msg)
    return given


def _choose_size(located: gpd.GeoDataFrame, given: Any) -> str:
    size = _choose_column(located, given, "size_by", _SIZE_BY)
    if size and given is not None and not _is_number(located[size]):
        numbers = [str(each) for each in located.columns if _is_number(located[each])]
        known = near_misses(size, numbers)
        msg = f"`size_by` takes a column of numbers, and {size!r} holds none; {known}"
        raise SchemaError(msg)
    return size


def _is_number(column: pd.Series) -> bool:
    kinds = pd.api.types
    return bool(kinds.is_numeric_dtype(column)) and not kinds.is_bool_dtype(column)


def _choose_filters(located: gpd.GeoDataFrame, given: Any) -> list[str]:
    if given is None:
        placed = _take_placed(located)
        return [name for name in _FILTERS if name in placed.columns and _has_two(placed[name])]
    asked = [_require_column(located, each, "filters") for each in _read_list(given, "filters")]
    for name in asked:
        _refuse_texts(located[name], name)
    if len(asked) > _MOST_FILTERS:
        msg = f"`filters` takes {_MOST_FILTERS} columns at the most, and was given {len(asked)}."
        raise ParameterError(msg)
    return list(dict.fromkeys(asked))


def _take_placed(located: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return located[located.geometry.notna()]


def _read_list(given: Any, argument: str) -> list[Any]:
    """Read a list; a set has no order, and the page would be another one each time."""
    if isinstance(given, set | frozenset):
        msg = f"`{argument}` takes a list, as its order counts, and was given a set."
        raise ParameterError(msg)
    return list(require_list(given, argument))


def _refuse_texts(column: pd.Series, name: str) -> None:
    """Refuse to filter by a column of as many texts as rows: that is what the search is for."""
    texts = 0 if _is_number(column) else _count_texts(column)
    if TOLD.get(name) == "text" or (texts > MOST_VALUES and texts > len(column) / 2):
        msg = (
            f"`filters` takes columns of few different values, and {name!r} has {texts:,}; the "
            "page searches texts without it."
        )
        raise ParameterError(msg)


def _count_texts(column: pd.Series) -> int:
    """Count the different values of a column; lists and the like as they are written."""
    return len(to_texts(column).dictionary_encode().dictionary)


def _has_two(column: pd.Series) -> bool:
    """Whether there is something to choose from; what is missing counts as one value."""
    return _count_texts(column) + bool(column.isna().any()) > 1


def _class_values(column: pd.Series, name: str) -> pd.Series | None:
    """Put days into years, and many different numbers into classes, in their order.

    None for texts, which stay as they are.
    """
    if pd.api.types.is_datetime64_any_dtype(column):
        return _class_numbers(pd.to_datetime(column).dt.year.astype("float64"), "{:.0f}")
    if _is_number(column):
        return _class_numbers(pd.to_numeric(column).astype("float64"), "{:,.12g}")
    texts = _count_texts(column)
    if TOLD.get(name) == "text" or texts > _MOST_TEXTS:
        msg = (
            f"`color_by` takes a column of few different values, and {name!r} has {texts:,}; "
            "colour by a type, an actor, a district or a number."
        )
        raise ParameterError(msg)
    return None


def _class_numbers(numbers: pd.Series, form: str) -> pd.Series:
    """Class numbers: each for itself where they are few, else into fifths at round numbers."""
    numbers = numbers.where(np.isfinite(numbers)) + 0.0  # -0 is 0
    known = numbers.dropna()
    distinct = np.unique(known)
    if len(distinct) <= _MOST_DISTINCT:
        told = [form.format(number) for number in distinct]
        which = np.searchsorted(distinct, numbers)
    else:
        step = 1.0 if (distinct == np.floor(distinct)).all() else 0.0
        inner = _round_fifths(known, form, step)
        which = np.searchsorted(inner, numbers, side="right")
        lows, highs = [distinct[0], *inner], [*(inner - step), distinct[-1]]
        told = [_tell_span(low, high, form) for low, high in zip(lows, highs, strict=True)]
    if len(set(told)) < len(told):  # alike but for their last figures
        told = [f"{at}. {text}" for at, text in enumerate(told, 1)]
    codes = np.where(numbers.notna(), which, -1)
    return pd.Series(pd.Categorical.from_codes(codes, told, ordered=True), index=numbers.index)


def _round_fifths(known: pd.Series, form: str, step: float) -> NDArray[np.float64]:
    """Give the inner ends of fifths of numbers at round ones; whole numbers are a `step` apart."""
    inner: NDArray[np.float64] = np.quantile(known, np.linspace(0, 1, _CLASSES + 1)[1:-1])
    inner = inner if form == "{:.0f}" else np.array([float(f"{edge:.2g}") for edge in inner])
    inner = np.unique(np.ceil(inner) if step else inner)
    kept: NDArray[np.float64] = inner[(inner > known.min()) & (inner <= known.max())]
    return kept


def _tell_span(low: float, high: float, form: str) -> str:
    return form.format(low) if low == high else f"{form.format(low)} – {form.format(high)}"


def _mix_ramp(values: Sequence[str]) -> dict[str, str]:
    """Give ordered values the colours of a ramp, from little to much."""
    stops = np.array([[int(stop[at : at + 2], 16) for at in (1, 3, 5)] for stop in _RAMP])
    along = np.linspace(0, 1, max(len(values), 2))
    parts = [np.interp(along, np.linspace(0, 1, len(_RAMP)), part) for part in stops.T]
    mixed = np.rint(np.column_stack(parts)).astype(int)
    return {
        value: "#{:02x}{:02x}{:02x}".format(*colour)
        for value, colour in zip(values, mixed, strict=False)
    }


def _read_palette(located: gpd.GeoDataFrame, colour: str, given: Any) -> dict[str, str]:
    """Read colours by value, or one after another for the values from the most frequent on."""
    values = located[colour] if colour else pd.Series(dtype="str")
    is_ordered = isinstance(values.dtype, pd.CategoricalDtype) and values.cat.ordered
    if given is None and is_ordered:
        return _mix_ramp([str(value) for value in values.cat.categories])
    if given is None:
        return COLOURS if colour == _COLOUR_BY else {}
    return _take_colours(values, colour, given, is_ordered=is_ordered)


def _take_colours(
    values: pd.Series, colour: str, given: Any, *, is_ordered: bool
) -> dict[str, str]:
    """Take the colours that a caller gives to the values of a column."""
    if not colour:
        msg = "`palette` colours the values of a column, and there is none: name it in `color_by`."
        raise ParameterError(msg)
    counts = values.dropna().astype("str").str.strip().value_counts()
    if isinstance(given, Mapping):
        colours = {str(value): _require_colour(each) for value, each in given.items()}
        _tell_unknown(colours, counts, colour)
        return colours
    listed = [_require_colour(each) for each in _read_list(given, "palette")]
    return dict(zip(values.cat.categories if is_ordered else counts.index, listed, strict=False))


def _require_colour(given: Any) -> str:
    if not isinstance(given, str) or _HEX.fullmatch(given) is None:
        msg = f"`palette` takes colours as '#d55e00', and was given {describe_given(given)}."
        raise ParameterError(msg)
    short = len(given) == len("#abc")
    full = "#" + "".join(letter * 2 for letter in given[1:]) if short else given
    return full.lower()


def _tell_unknown(colours: dict[str, str], counts: pd.Series, column: str) -> None:
    """Warn of values that are like one of the column, and where none is one of it."""
    values = list(map(str, counts.index))
    is_none = bool(colours and values) and not set(colours) & set(values)
    for value in colours:
        if value not in values:
            known = near_misses(value, values, list_all=False)
            if is_none and not known:
                known = near_misses(value, values[:_FEW])
            if known:
                name = column.removesuffix(_BY_CLASS)
                msg = f"`palette` names {value!r}, which no row has as its {name}; {known}"
                warnings.warn(msg, GeosecWarning, stacklevel=5)
                is_none = False
