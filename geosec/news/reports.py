"""An article or a wire report in; the places it names and the events it tells of out."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from geosec.arguments import UNWRITABLE, replace_surrogates
from geosec.errors import GeosecWarning, ParameterError
from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.placing.judge import doubt_dateline, favour_neighbours
from geosec.geocoding.placing.readings import Answer
from geosec.news.cutting import cut_sentences
from geosec.news.labels import label_tellings
from geosec.news.layout import read_layout
from geosec.news.mentions import find_mentions
from geosec.news.sentences import split_sentences
from geosec.news.setting import Setting
from geosec.news.story import read_tellings
from geosec.news.tables import make_event_table, make_place_table
from geosec.news.tellings import find_tellings
from geosec.news.unlisted import find_unknown
from geosec.news.vocabulary import load_report_words
from geosec.shared import hold_collector

if TYPE_CHECKING:
    import geopandas as gpd

    from geosec.geocoding.placing.interpreter import Interpreter
    from geosec.news.happenings import Happening
    from geosec.news.layout import Layout
    from geosec.news.mention import Mention
    from geosec.news.tellings import Telling
    from geosec.reference.gazetteer import Gazetteer

_NO_PLACE = Answer("unmatched", reason="the report does not say where")
_TWO_LETTERS = ("İ", "I")  # the one letter that becomes two in lower case
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Report:
    """What a report says.

    Attributes
    ----------
    places : geopandas.GeoDataFrame
        One row per place named, in the order of the text: ``location`` (the words, without tags
        and line breaks), ``start`` and ``end`` (their offsets in the text as given), ``role``
        (``event`` or ``context``) and the columns of `geosec.geocode`. EPSG:4326.
    events : geopandas.GeoDataFrame
        One row per event, in the order in which they are first told: the columns of an incident
        table, ``fatalities_low`` to ``injuries_high`` (people; an open upper end is missing), the
        words below, and the columns of `geosec.geocode`. EPSG:4326. ``event_type`` is one of
        ACLED's six, or ``Accident``, which ACLED does not code.

    Notes
    -----
    ``date_text`` and ``fatalities_text`` are the words that give the day and the killed,
    ``date_start``, ``date_end``, ``fatalities_start`` and ``fatalities_end`` their offsets:
    ``text[start:end]`` holds the words, and what tags stand among them; several places of the text
    are joined by " … ". They are missing where the report does not say. ``date_reason`` says why
    there is no day, or none of its own, ``fatalities_reason`` why the killed are a range that the
    report does not give.

    Examples
    --------
    >>> import geosec
    >>> report = geosec.parse_report("A blast in Mach killed two.", published="2025-03-12")
    >>> report.places["location"].tolist()
    ['Mach']
    """

    places: gpd.GeoDataFrame
    events: gpd.GeoDataFrame


class Reading(NamedTuple):
    """A report, with every step of how it was read."""

    #: The plain text, in which offsets count, as it was read: of the same length as its layout's.
    text: str
    layout: Layout
    sentences: list[tuple[int, int]]
    mentions: list[Mention]
    tellings: list[Telling]
    #: What it was read against: among it what each mention means.
    setting: Setting
    happenings: tuple[Happening, ...]
    interpreter: Interpreter


def parse_report(text: str, *, published: str | date, gazetteer: Gazetteer | None = None) -> Report:
    """Read the places and the events out of a news or wire report in English.

    Rules and a gazetteer, no model: the result is the same every time, and each row says why.
    A place that is only context (where somebody spoke, came from or was taken to, a capital so
    many kilometres away) is among the places and is no event.

    Parameters
    ----------
    text : str
        The article, plain or with HTML, lines cut at a width, quotes of a letter or Markdown.
        Places may be written as `geosec.geocode` reads them, distances in any unit.
    published : str or datetime.date
        The day it was published, ``YYYY-MM-DD``, from which "on Tuesday" and "last month" count.
    gazetteer : Gazetteer, optional
        Places to match; those of Pakistan that ship with geosec by default.

    Returns
    -------
    Report
        ``.places`` and ``.events``, in EPSG:4326. ``fatalities`` and ``injuries`` are the lower
        ends of what is said ("at least 26" is 26 and open above, "dozens" 24 and open above);
        ``fatalities`` is 0 where no death is reported, as ACLED codes it, with the upper end
        missing. Derailments, collisions, floods and fires are of the type ``Accident``, which
        ACLED does not code. `geosec.explain_report` prints what each figure rests on.

    Raises
    ------
    ParameterError
        If the text is no text, or the day of publication no day.

    Warns
    -----
    GeosecWarning
        If the text holds half a character (a lone surrogate), which is read as U+FFFD.

    Examples
    --------
    >>> import geosec
    >>> report = geosec.parse_report(
    ...     "Two guards were killed on Tuesday when a bomb went off near Mach. "
    ...     "The wounded were taken to Quetta, 60 km away.",
    ...     published="2025-03-12",
    ... )
    >>> report.places[["location", "role"]].to_numpy().tolist()
    [['Mach', 'event'], ['Quetta', 'context']]
    >>> event = report.events.iloc[0]
    >>> str(event["date"].date()), event["event_type"], int(event["fatalities"])
    ('2025-03-11', 'Explosions/Remote violence', 2)
    """
    with hold_collector():
        reading = read_report(text, published, gazetteer)
        return make_report(reading)


def read_report(text: str, published: str | date, gazetteer: Gazetteer | None) -> Reading:
    """Read a report, step by step, and keep the steps."""
    text = _read_text(text)
    day = _read_publication(published)
    interpreter = load_interpreter(gazetteer)
    words = load_report_words("en")
    layout = read_layout(text, words, interpreter)
    text = layout.plain.text.replace(*_TWO_LETTERS)
    sentences = split_sentences(text, words, layout)
    mentions = find_mentions(text, sentences, interpreter, words)
    sites = _resolve_mentions(mentions, interpreter)
    tellings = find_tellings(text, sentences, mentions, words)
    tellings = label_tellings(text, tellings, layout.labels, mentions)
    begin = max(layout.headline_end, layout.dateline[1])
    lead_end = next((end for start, end in sentences if start >= begin), 0)
    setting = Setting(sites, day, words, _find_dateline(layout, mentions), lead_end)
    happenings = _tell_story(tellings, setting, layout)
    return Reading(text, layout, sentences, mentions, tellings, setting, happenings, interpreter)


def make_report(reading: Reading) -> Report:
    """Make the two tables of what was read."""
    mentions = reading.mentions
    where = [each.place for each in reading.happenings]
    places, named = _list_places(reading, set(where))
    locations = [None if place is None else mentions[place].phrase.text for place in where]
    found = [_find_answer(reading, happening) for happening in reading.happenings]
    events = make_event_table(reading.layout.plain, reading.happenings, locations, found)
    return Report(make_place_table(places, named), events)


def _find_answer(reading: Reading, happening: Happening) -> Answer:
    """Find where a happening was; where no place is told of it, the dateline is only a guess."""
    if happening.place is None:
        return _NO_PLACE
    answer = reading.setting.sites[happening.place]
    if not happening.is_guess:
        return answer
    span = [(0, len(happening.sentence))]
    words = reading.setting.words
    [cut] = cut_sentences(happening.sentence, span, reading.interpreter, words)
    return doubt_dateline(answer, find_unknown(cut))


def _find_dateline(layout: Layout, mentions: list[Mention]) -> int | None:
    """Find the mention of the place the report is dated from."""
    start, end = layout.dateline
    return next((n for n, each in enumerate(mentions) if end and each.start == start), None)


def _tell_story(tellings: list[Telling], setting: Setting, layout: Layout) -> tuple[Happening, ...]:
    """Read the text; the headline only where the text tells of nothing."""
    text = [each for each in tellings if each.start >= layout.headline_end]
    headline = [each for each in tellings if each.start < layout.headline_end]
    state = read_tellings(text, setting)
    return (state if state.happenings else read_tellings(headline, setting, state)).happenings


def _read_text(text: object) -> str:
    """Refuse what is no text; half a character in it becomes U+FFFD, and a warning says so."""
    if not isinstance(text, str):
        msg = f"`text` takes the text of a report, and was given a {type(text).__name__}."
        raise ParameterError(msg)
    try:
        text.encode()
    except UnicodeEncodeError:
        warnings.warn(f"in the text, {UNWRITABLE}.", GeosecWarning, stacklevel=4)
        return replace_surrogates(text)
    return text


def _read_publication(published: str | date) -> date:
    if isinstance(published, datetime):
        return published.date()
    if isinstance(published, date):
        return published
    try:
        if _ISO_DAY.match(str(published)):
            return date.fromisoformat(str(published)[:10])
    except ValueError as error:
        msg = f"`published` is {published!r}, which is no day of the calendar ({error})."
        raise ParameterError(msg) from error
    msg = f"`published` takes the day of publication as YYYY-MM-DD, and was given {published!r}."
    raise ParameterError(msg)


def _resolve_mentions(mentions: list[Mention], interpreter: Interpreter) -> list[Answer]:
    """Answer every mention; one with several readings by the clear places beside it."""
    answers = [interpreter.answer_phrase(each.phrase, is_place=True) for each in mentions]
    return favour_neighbours(answers)


def _list_places(
    reading: Reading, scenes: set[int | None]
) -> tuple[list[dict[str, Any]], list[Answer]]:
    """List the places; what is told by its distance only is the place it is told from."""
    spans: list[tuple[int, int]] = []
    roles: list[str] = []
    answers: list[Answer] = []
    sites = reading.setting.sites
    for number, (mention, site) in enumerate(zip(reading.mentions, sites, strict=True)):
        role = "event" if number in scenes else "context"
        loose = mention.parts if role == "context" else ()
        new = [(part.start, part.end) for part in loose] or [(mention.start, mention.end)]
        spans += new
        roles += [role] * len(new)
        parts = [reading.interpreter.answer_phrase(part.phrase, is_place=True) for part in loose]
        answers += parts or [site]
    quoted = reading.layout.plain.quote(*spans)
    records = [
        {"location": each.words, "start": each.start, "end": each.end, "role": role}
        for each, role in zip(quoted, roles, strict=True)
    ]
    return records, answers
