"""The places a running text names, each with its offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from geosec.geocoding.grammar.lexer import Lexeme, lex
from geosec.reference.feature_classes import IN_TOWN
from geosec.reference.names import SIMILARITY_EDIT
from geosec.reference.toponyms import normalise

if TYPE_CHECKING:
    from geosec.geocoding.grammar.language import Language
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.places import Place
    from geosec.news.layout import Layout
    from geosec.news.vocabulary import ReportWords

_NOUNS = "TVDPKSNHBA"
_NAME = rf"X[{_NOUNS}]{{0,6}}"
_LENGTH = r"n{1,6}u(?:\(q{0,3}n{1,6}u\))?"
_ENDS = r"[WX]{1,6}S?"
# Constructions, longest first. Besides the tags of the language file: C a capitalised word that
# carries no meaning, W a capitalised unknown word, . any other, / a mark that ends a construction.
_MENTION = re.compile(
    "|".join(
        [
            rf"(?P<km>un(?:ow{{0,4}}(?:X-X|X)[RSHh]{{0,4}}|,?mw{{0,4}}{_NAME})?)",
            rf"(?P<between>[RS]{{0,3}}bw{{0,4}}{_ENDS}&w{{0,4}}{_ENDS}(?:[io]w{{0,4}}X-X[RS]{{1,3}})?)",
            rf"(?P<offset>{_LENGTH}t?w{{0,4}}do?w{{0,4}}{_NAME})",
            rf"(?P<distance>{_LENGTH}a?fw{{0,4}}{_NAME})",
            r"(?P<pair>X-X[RHhBS]{1,4})",
            rf"(?P<area>[WX]{{1,6}}[HF]?[AKN]ow{{0,4}}{_NAME})",
            rf"(?P<facility>(?:[WC]{{1,7}}[FH]|F)[FHA]{{0,4}}(?:[io]w{{0,4}}|,)?{_NAME})",
            r"(?P<inside>XW?F+)",
            rf"(?P<name>{_NAME})",
        ]
    )
)
_WHOLE = frozenset({"km", "between", "offset", "distance", "pair", "area", "facility"})
_ENDLESS = re.compile(r"b[^XSR]*")  # "between Shiite and Sunni groups"
_UNLOCATED = frozenset({"province", "country"})
_WIDE = _UNLOCATED | {"district"}
_SENTENCE_END = re.compile(r"[.!?۔؟][\"”’')]*\s+|\n\s*\n|\n\s*(?=[•●▪*–-]\s|\d{1,2}[.)]\s)")
_CLOCK = frozenset({"a.m", "p.m"})
_ITEM = re.compile(r"(?:^|\n)\s*\d{1,2}$")  # the number of an item of a list
_LONGEST = 2_000  # characters of a sentence
_WORD = re.compile(r"\S+")
_THINGS = frozenset("AFN")
_ARTICLES = frozenset({"the", "a", "an"})
_SMALL = frozenset("TFNB")  # nouns in lower case that are no part of a name
_COURTS = frozenset({"court", "courts"})
_IN = re.compile(r"\s*(?:,|\bin|\bof|\bat)\s+(?:the\s+)?")
_GUESSED = re.compile(r"(?:^|[imf])w{0,4}(?P<run>W[WX]{0,2}|XW)(?![WCXFEz-])")
_GUESSED_LETTERS = 6
_CROSSINGS = frozenset({"pass", "tunnel", "dam", "bridge", "border_crossing"})
_AT = frozenset("im")
_LOOSE = frozenset({"between", "distance"})
_SUPPORT = set("mifobt&-,")
_PROPER = set("WECX")


@dataclass(frozen=True)
class Mention:
    """A place named in a text.

    Attributes
    ----------
    text : str
        The words, as written.
    start, end : int
        Their offsets in the text.
    kind : str
        ``name``, ``offset``, ``between`` and so on.
    sentence : int
        Number of the sentence it stands in.
    wide : bool
        Whether it can only be a district, a province or a country.
    parts : tuple of (int, int)
        Offsets of the places in it, where it stands for them unless something happened there:
        "about 60 km from Parachinar".
    in_town : bool
        Whether it can only be a thing in a town, such as a street.

    Examples
    --------
    >>> Mention("Sibi", 3, 7, "name", 0).end
    7
    """

    text: str
    start: int
    end: int
    kind: str
    sentence: int
    wide: bool = False
    parts: tuple[tuple[int, int], ...] = ()
    in_town: bool = False


def split_sentences(
    text: str, words: ReportWords, layout: Layout | None = None
) -> list[tuple[int, int]]:
    """Cut a text into sentences.

    Parameters
    ----------
    text : str
        Any text. No unit or CRS is involved.
    words : ReportWords
        Whose abbreviations end no sentence.
    layout : Layout, optional
        Where the headline and the place it is dated from end; each ends a sentence.

    Returns
    -------
    list of (int, int)
        Offsets of each sentence.

    Examples
    --------
    >>> from geosec.news.vocabulary import load_report_words
    >>> text = "Gen. Khan spoke. He left."
    >>> [text[a:b] for a, b in split_sentences(text, load_report_words())]
    ['Gen. Khan spoke.', 'He left.']
    """
    cuts = [0]
    for found in _SENTENCE_END.finditer(text):
        if not _is_inner_stop(text, cuts[-1], found, words):
            cuts.append(found.end())
    if layout is not None:
        cuts = sorted({*cuts, layout.headline_end, layout.dateline[1]})
    pairs = [_stripped(text, *ends) for ends in pairwise(_with_breaks(text, [*cuts, len(text)]))]
    return [(start, end) for start, end in pairs if end > start]


def _is_inner_stop(text: str, start: int, found: re.Match[str], words: ReportWords) -> bool:
    """Whether a full stop belongs to an abbreviation, an initial or the number of an item."""
    at = found.start()
    if text[at] != ".":
        return False
    word = re.search(r"([\w.]+)$", text[start:at][-24:])
    last = word.group(1).lower() if word else ""
    initial = len(last) == 1 and last.isalpha()
    short = words.names.abbreviations.fullmatch(last) is not None
    clock = last in _CLOCK and text[found.end() : found.end() + 1].isupper()
    return initial or (short and not clock) or _ITEM.search(text, start, at) is not None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _with_breaks(text: str, cuts: list[int]) -> list[int]:
    """Cut what no sentence is as long as, so that a text of any kind takes linear time."""
    broken = [cuts[0]]
    for end in cuts[1:]:
        while end - broken[-1] > _LONGEST:
            least, most = broken[-1] + _LONGEST // 2, broken[-1] + _LONGEST
            space = text.rfind(" ", least, most)
            broken.append(space + 1 if space > 0 else most)
        broken.append(end)
    return broken


def find_mentions(
    text: str,
    ground: Ground,
    language: Language,
    words: ReportWords,
    layout: Layout | None = None,
) -> list[Mention]:
    """Find the places a text names.

    Parameters
    ----------
    text : str
        A report in running text.
    ground : Ground
        Places in EPSG:4326.
    language : Language
        Words between the names.
    words : ReportWords
        Titles, abbreviations and days.
    layout : Layout, optional
        Headline and dateline.

    Returns
    -------
    list of Mention
        In the order of the text, without overlap. Persons, groups, trains and teams whose name
        holds a place's name are left out.

    Examples
    --------
    >>> from geosec.geocoding.placing.ground import Ground
    >>> from geosec.geocoding.grammar.language import load_language
    >>> from geosec.news.vocabulary import load_report_words
    >>> text = "Sarfraz Bugti said a bomb went off 14 km east of Turbat."
    >>> found = find_mentions(text, Ground(), load_language(), load_report_words())
    >>> [each.text for each in found]
    ['14 km east of Turbat']
    """
    mentions: list[Mention] = []
    for number, (start, end) in enumerate(split_sentences(text, words, layout)):
        sentence = text[start:end]
        lexemes = lex(sentence, ground.names, language, keep_ignored=True)
        lexemes = _without_things(lexemes, ground, language)
        lexemes = _guessed(_broken(sentence, _recased(lexemes, words)), ground)
        for found in _MENTION.finditer("".join(each.tag for each in lexemes)):
            whole = found.lastgroup in _WHOLE and not _ENDLESS.fullmatch(found.group())
            if whole or _is_place(found, lexemes, ground, language, words):
                kind = str(found.lastgroup)
                a, b = _trimmed(lexemes[found.start() : found.end()], kind)
                mentions.append(
                    Mention(
                        sentence[a:b],
                        start + a,
                        start + b,
                        kind,
                        number,
                        _is_wide(found, lexemes, ground),
                        _loose_parts(found, lexemes, start),
                        _is_in_town(found, lexemes, ground),
                    )
                )
    return _with_towns(mentions, text)


def _is_wide(found: re.Match[str], lexemes: list[Lexeme], ground: Ground) -> bool:
    """Whether a construction can only be a district, a province or a country."""
    if found.lastgroup != "name":
        return False
    return "D" in found.group() or _classes(lexemes[found.start()], ground) <= _WIDE


def _loose_parts(
    found: re.Match[str], lexemes: list[Lexeme], start: int
) -> tuple[tuple[int, int], ...]:
    """Give the places in "about 60 km from Parachinar"; a stretch of railway stands for none."""
    by_rail = found.lastgroup == "between" and not set(found.string).isdisjoint("RSE")
    if found.lastgroup not in _LOOSE or by_rail:
        return ()
    span = lexemes[found.start() : found.end()]
    return tuple((start + each.start, start + each.end) for each in span if each.tag == "X")


def _with_towns(mentions: list[Mention], text: str) -> list[Mention]:
    """Make one of a street and its town: "Sariab Road in Quetta"."""
    joined: list[Mention] = []
    for each in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.in_town
            and each.kind == "name"
            and not (each.wide or each.in_town)
            and last.sentence == each.sentence
            and _IN.fullmatch(text, last.end, each.start)
        ):
            whole = text[last.start : each.end]
            joined[-1] = Mention(whole, last.start, each.end, "facility", each.sentence)
        else:
            joined.append(each)
    return joined


def _is_in_town(found: re.Match[str], lexemes: list[Lexeme], ground: Ground) -> bool:
    classes = _classes(lexemes[found.start()], ground)
    return found.lastgroup == "name" and bool(classes) and classes <= IN_TOWN


def _places(lexeme: Lexeme, ground: Ground) -> list[Place]:
    return [ground.place(each) for each in (lexeme.name.places if lexeme.name else ())]


def _classes(lexeme: Lexeme, ground: Ground) -> set[str]:
    return {place.feature_class for place in _places(lexeme, ground)}


def _guessed(lexemes: list[Lexeme], ground: Ground) -> list[Lexeme]:
    """Give "in Dalbundin" the town it nearly spells, one letter off.

    Only behind "in" and its like, or at the head of a sentence.
    """
    tags = "".join(each.tag for each in lexemes)
    for found in reversed(list(_GUESSED.finditer(tags))):
        start, end = found.span("run")
        spelt = " ".join(each.text for each in lexemes[start:end])
        name = ground.names.find_misspelt(spelt) if len(spelt) >= _GUESSED_LETTERS else None
        if name is not None and name.similarity >= SIMILARITY_EDIT:
            first, last = lexemes[start], lexemes[end - 1]
            known = Lexeme("X", spelt, normalise(spelt), name, first.start, last.end)
            lexemes = [*lexemes[:start], known, *lexemes[end:]]
    return lexemes


def _without_things(lexemes: list[Lexeme], ground: Ground, language: Language) -> list[Lexeme]:
    """Read "Miranshah bazaar" as the town, where only the town has a capital."""
    parts: list[Lexeme] = []
    for each in lexemes:
        cut = _things_start(each, ground, language) if each.tag == "X" else 0
        if not cut:
            parts.append(each)
            continue
        name, thing = each.text[:cut].rstrip(), each.text[cut:]
        key = normalise(thing)
        known = ground.names.find(name)
        parts += [
            Lexeme("X", name, normalise(name), known, each.start, each.start + len(name)),
            Lexeme(language.tags[key], thing, key, None, each.start + cut, each.end),
        ]
    return parts


def _things_start(lexeme: Lexeme, ground: Ground, language: Language) -> int:
    """Find where a thing in lower case begins behind a name that is known without it."""
    words = list(_WORD.finditer(lexeme.text))
    for word in words[1:]:
        thing = lexeme.text[word.start() :]
        if thing.islower() and language.tags.get(normalise(thing), "") in _THINGS:
            built = _classes(lexeme, ground) & _CROSSINGS
            known = ground.names.find(lexeme.text[: word.start()])
            return 0 if built or known is None else word.start()
    return 0


def _recased(lexemes: list[Lexeme], words: ReportWords) -> list[Lexeme]:
    """Let capitals decide: "mach" is no town, and "hospital" is not part of a name."""
    return [
        Lexeme(_cased_tag(each, words), each.text, each.key, each.name, each.start, each.end)
        for each in lexemes
    ]


def _cased_tag(lexeme: Lexeme, words: ReportWords) -> str:
    first = lexeme.text[:1]
    days = (*words.dates.weekdays, *words.dates.months)
    if lexeme.key in days:
        return "."
    if lexeme.tag in "XWFE" and first.islower():
        return "."
    if lexeme.tag == "H" and first.islower():
        return "h"
    if lexeme.key in _ARTICLES:
        return "w"
    if lexeme.tag == "w" and first.isupper():
        return "C"
    return lexeme.tag


def _broken(sentence: str, lexemes: list[Lexeme]) -> list[Lexeme]:
    """Put a break where a quotation mark, a colon or the like stands between two lexemes."""
    parts: list[Lexeme] = []
    end = 0
    for each in lexemes:
        gap = sentence[end : each.start].replace(".", "").strip()
        if gap:
            parts.append(Lexeme("/", gap, gap, None, end, each.start))
        parts.append(each)
        end = each.end
    return parts


def _is_place(
    found: re.Match[str],
    lexemes: list[Lexeme],
    ground: Ground,
    language: Language,
    words: ReportWords,
) -> bool:
    """Whether a name stands for the place, and is no part of another proper name."""
    name = lexemes[found.start()]
    before = found.string[found.start() - 1 : found.start()]
    behind = found.string[found.end() : found.end() + 2]
    if _is_placeless(name, ground) or _serves_there(lexemes, found.end(), language):
        return False
    if _is_part_of_name(found.string[: found.start()], behind):
        return False
    unlocated = bool(_classes(name, ground) & _UNLOCATED)
    if found.lastgroup == "inside":
        return not unlocated and _is_facility(found, lexemes)
    if (unlocated and behind[:1] == "F") or _is_titled(lexemes, found.start(), words):
        return False
    return before in _SUPPORT or len(found.group()) > 1 or name.key not in language.also_words


def _is_part_of_name(before: str, behind: str) -> bool:
    """Whether tags round a name go on with it: "Jaffar Express", "Lashkar-e-Balochistan"."""
    return before.endswith(("W", "E", "-d-")) or behind[:1] in _PROPER or behind.startswith("-W")


def _is_facility(found: re.Match[str], lexemes: list[Lexeme]) -> bool:
    """Whether a thing named after its place is a site; a court only behind "in" or "near"."""
    court = lexemes[found.end() - 1].key in _COURTS
    return not court or found.string[: found.start()].rstrip("w")[-1:] in _AT


def _is_titled(lexemes: list[Lexeme], at: int, words: ReportWords) -> bool:
    """Whether a person stands before a name: "Nawab Bugti", "Khan of Kalat"."""
    before = lexemes[max(at - 2, 0) : at]
    if not before:
        return False
    rules = len(before) == 2 and before[1].tag == "o"
    if rules and words.names.rulers.fullmatch(before[0].key):
        return True
    return words.names.titles.fullmatch(before[-1].key) is not None


def _is_placeless(lexeme: Lexeme, ground: Ground) -> bool:
    """Whether a name is that of a people or of the country itself, which places nothing."""
    places = _places(lexeme, ground)
    if all(place.feature_class == "demonym" for place in places):
        return True
    return all(place.feature_class == "country" and ground.is_home(place) for place in places)


def _serves_there(lexemes: list[Lexeme], at: int, language: Language) -> bool:
    """Whether those who serve at a place are named, and not the place: "Punjab police"."""
    return at < len(lexemes) and lexemes[at].key in language.organisations


def _trimmed(span: list[Lexeme], kind: str) -> tuple[int, int]:
    """Give the offsets, without a noun that is only a thing at the place."""
    kept = list(span)
    while kind == "name" and len(kept) > 1 and _is_small(kept[-1]):
        kept.pop()
    while len(kept) > 1 and kept[0].key in _ARTICLES:
        kept.pop(0)
    return kept[0].start, kept[-1].end


def _is_small(lexeme: Lexeme) -> bool:
    junction = lexeme.tag == "S" and lexeme.key.endswith("junction")
    return lexeme.text[:1].islower() and (lexeme.tag in _SMALL or junction)
