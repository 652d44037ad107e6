"""Kilometre posts of a railway made one lexeme: km 268, KP 268, mile 166, km 200 to 270."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from geosec.language import tags
from geosec.language.lexemes import Lexeme, write_tags
from geosec.language.number_words import SPOILING, find_spoilt, is_minus, sign_lexeme
from geosec.numerals import numbers
from geosec.numerals.numbers import UNREAD, Amount, NumberWord, read_amount

if TYPE_CHECKING:
    from geosec.language.languages import Language

_KILOMETRE = str(tags.KILOMETRE)
_KM_M = 1000.0
_LEAST_UNIT_M = 1000.0  # of what stands on posts: kilometres and miles
_POLE_DIGITS = 2  # of a pole behind a post
_MOST_WORDS = 10  # of the numbers of one post
_IN_REGION = frozenset({"in", "of", "across", "throughout", "from"})  # before a province, no post
_MARKS = frozenset({tags.HYPHEN, tags.FACILITY, tags.ROUTE})
_BEFORE_OF = frozenset({tags.DIRECTION, tags.LENGTH})  # 5 km east of KP 268
_NAMED = frozenset({tags.NAME, tags.UNKNOWN})  # what KP and MP are, where they are no post
_BETWEEN = re.compile(r"[\s.:=#№~≈+'’()]*")  # what may stand between a post and its number
_MARKS_BEHIND = re.compile(r"[?_%+]+")  # km 26?
_RUNS_ON = re.compile(  # behind digits: they go on, and make no number
    r"[A-Za-z\d²³¹⁰-⁹½¼¾⅓⅔⅛⅜⅝⅞%+?_]|[-–][A-Za-z](?![A-Za-z])|[*^×÷±+=/:'’.]\d"
)
_JOINING = numbers.OF + numbers.AND + numbers.LEAD + numbers.ABOUT + numbers.RANGE + numbers.HYPHEN
_PLAIN = frozenset(
    {
        *(numbers.DIGITS, numbers.SMALL, numbers.TEEN, numbers.TENS, numbers.BELOW_HUNDRED),
        *(numbers.HUNDRED, numbers.THOUSAND, numbers.DOZEN, numbers.FRACTION),
    }
)
_ENDING = frozenset({tags.OF, tags.IN, tags.NEAR, tags.FROM, tags.TO, tags.AND, tags.COMMA})
_PAIR = tags.NAME + tags.HYPHEN + tags.NAME + tags.RAILWAY  # Rohri-Chaman line
_MEASURED = frozenset({tags.NUMBER, tags.LENGTH})
_RANGES = frozenset({numbers.RANGE, numbers.HYPHEN})
_BESIDE_WAY = frozenset({tags.COMMA, tags.IN, tags.ABOUT, tags.IGNORED})  # M-8, at about 12.5 km
_DROPPED = NumberWord(numbers.ABOUT, UNREAD)


def join_kilometres(phrase: str, lexemes: list[Lexeme], language: Language) -> list[Lexeme]:
    """Make one lexeme of each post of a railway and its number, or two of them with what between.

    Its amount is in kilometres, also where miles are written.
    """
    posts = language.measures.posts
    read: list[Lexeme] = []
    at = 0
    while at < len(lexemes):
        lexeme = lexemes[at]
        may_be_post = lexeme.tag in _MEASURED or lexeme.key in posts
        size, amount = (
            _read_any(phrase, lexemes, at, read, language) if may_be_post else (0, UNREAD)
        )
        if not size:
            read.append(lexeme)
            at += 1
            continue
        _add_post(phrase, read, lexemes[at : at + size], amount, language)
        at += size
    return read


def _read_any(
    phrase: str, lexemes: list[Lexeme], at: int, before: list[Lexeme], language: Language
) -> tuple[int, Amount]:
    """Give how many lexemes are a post in any writing, and its km; none of them if no post."""
    lexeme = lexemes[at]
    if lexeme.key in language.measures.posts and lexeme.tag != tags.LENGTH:
        return _read_post(phrase, lexemes[at:], before, language)
    if lexeme.tag == tags.NUMBER:
        size, amount = _read_numbered(lexemes[at : at + 3], language)
        spoilt = size and find_spoilt(phrase, lexemes, at, language) is not None
        return size, UNREAD if spoilt else amount
    return _read_length(lexemes, at, language) if lexeme.tag == tags.LENGTH else (0, UNREAD)


def _read_length(lexemes: list[Lexeme], at: int, language: Language) -> tuple[int, Amount]:
    """Read a length that is a post, for what stands beside it: "the 268 km mark", "M-8, 12 km"."""
    size = 2 * _is_marked(lexemes, at, language) or int(_is_of_way(lexemes, at))
    if size and _is_km(lexemes[at : at + 1], language):
        return size, (lexemes[at].amount or UNREAD).scale(1 / _KM_M)
    return 0, UNREAD


def _add_post(
    phrase: str, read: list[Lexeme], parts: list[Lexeme], amount: Amount, language: Language
) -> None:
    """Put a post behind the lexemes read; a range takes in the "between" or "from" before it."""
    if amount.low != amount.high and _is_lead(read, language):
        parts = [read.pop(), *parts]
    start, end = parts[0].start, parts[-1].end
    if not amount.is_known and (rest := _MARKS_BEHIND.match(phrase, end)) is not None:
        end = rest.end()
    read.append(Lexeme(_KILOMETRE, phrase[start:end], amount.write(), None, start, end, amount))


def _read_post(
    phrase: str, lexemes: list[Lexeme], before: list[Lexeme], language: Language
) -> tuple[int, Amount]:
    """Give how many lexemes are the post that begins them, and its km; none of them if no post."""
    post, at = lexemes[0], _skip_signs(lexemes, language)
    if post.tag == tags.POST and _is_km(lexemes[at : at + 1], language):  # chainage 402 km
        return at + 1, (lexemes[at].amount or UNREAD).scale(1 / _KM_M)
    if at >= len(lexemes):
        return 0, UNREAD
    if post.tag in _NAMED and not _may_be_post(lexemes, at, before):
        return 0, UNREAD
    size, amount = _read_behind(phrase, lexemes, at, before, language)
    return size, amount.scale(language.measures.posts[post.key])


def _read_behind(
    phrase: str, lexemes: list[Lexeme], at: int, before: list[Lexeme], language: Language
) -> tuple[int, Amount]:
    """Read the number behind a post and its signs; give where it ends, 0 where none is begun."""
    if lexemes[at].tag != tags.NUMBER:
        word = sign_lexeme(lexemes[at], language)
        return (at + 1 if word is not None and word.sign in SPOILING else 0), UNREAD
    found = _read_slashed(phrase, lexemes[at:])
    size, amount = found or _read_longest(lexemes[at:], before, language)
    size += at
    if not _is_for_itself(phrase, lexemes, at, size) or _is_bounded(before, language):
        return _find_end(lexemes, size), UNREAD
    return size, amount


def _is_bounded(before: list[Lexeme], language: Language) -> bool:
    """Whether "more than" or the like stands before a post, which then is not the place."""
    return any(
        lexeme.tag == tags.ABOUT and lexeme.key in language.measures.bounds
        for lexeme in before[-1:]
    )


def _is_for_itself(phrase: str, lexemes: list[Lexeme], start: int, end: int) -> bool:
    """Whether the number of a post is all that is written there, unlike km -268 and km 1e3."""
    if _BETWEEN.fullmatch(phrase, lexemes[start - 1].end, lexemes[start].start) is None:
        return False
    written = lexemes[start:end]
    if any(one.end == two.start and one.tag == two.tag for one, two in pairwise(written)):  # 3½½
        return False
    minus = start > 1 and is_minus(phrase, *lexemes[start - 1 : start + 1])
    return not minus and _RUNS_ON.match(phrase, lexemes[end - 1].end) is None


def _find_end(lexemes: list[Lexeme], size: int) -> int:
    """Find the end of what is written in one with the number of a post."""
    while size < len(lexemes) and lexemes[size].start == lexemes[size - 1].end:
        size += 1
    return size


def _skip_signs(lexemes: list[Lexeme], language: Language) -> int:
    """Find where a post and its signs end; it has two of them at most."""
    at = 1
    while at < min(len(lexemes), 3) and _is_sign(lexemes[at], language):
        at += 1
    return at


def _read_longest(
    lexemes: list[Lexeme], before: list[Lexeme], language: Language
) -> tuple[int, Amount]:
    """Read the most words that are one number or range; where none are, one word goes unread."""
    words = _sign_numbers(lexemes[:_MOST_WORDS], language)
    lead = [NumberWord(numbers.LEAD, UNREAD)] if _is_lead(before, language) else []
    for size in range(len(words), 0, -1):
        for part in (lead + words[:size], words[:size]):
            amount = _read_number(part)
            if amount is not None:
                runs_on = _goes_on(words[size:], lexemes[size:])
                return (_count_numbers(words), UNREAD) if runs_on else (size, amount)
    return 1, UNREAD


def _count_numbers(words: list[NumberWord]) -> int:
    """Count the words up to the last that is of a number."""
    return len("".join(word.sign for word in words).rstrip(_JOINING))


def _goes_on(words: list[NumberWord], lexemes: list[Lexeme]) -> bool:
    """Whether words behind a number go on with it to none: 26 8, 200 to minus 270, ½½."""
    signs = "".join(word.sign for word in words)
    if not signs:
        return False
    behind = lexemes[_count_numbers(words) :]
    counts = bool(behind) and behind[0].tag not in _ENDING  # at km 268 12 people
    return (
        numbers.NONE in signs
        or (signs[0] in _PLAIN and not counts)
        or (signs[0] in _RANGES and not _PLAIN.isdisjoint(signs))
    )


def _read_numbered(lexemes: list[Lexeme], language: Language) -> tuple[int, Amount]:
    """Read "268 km post" and "268-kilometre marker": the number stands before the post."""
    size = 3 if len(lexemes) > 1 and lexemes[1].tag == tags.HYPHEN else 2
    number = sign_lexeme(lexemes[0], language)
    if len(lexemes) < size or number is None or lexemes[size - 1].tag != tags.POST:
        return 0, UNREAD
    unit_km = language.measures.posts.get(lexemes[size - 1].key)
    return (0, UNREAD) if unit_km is None else (size, number.amount.scale(unit_km))


def _read_number(words: list[NumberWord]) -> Amount | None:
    """Read an amount of a post, 26+900 among them."""
    plain = [
        NumberWord(numbers.DIGITS, word.amount) if word.sign == numbers.OVER else word
        for word in words
    ]
    return read_amount(plain)


def _sign_numbers(lexemes: list[Lexeme], language: Language) -> list[NumberWord]:
    """Sign the words of numbers; the word for a post before a second one is dropped."""
    words: list[NumberWord] = []
    for lexeme in lexemes:
        word = sign_lexeme(lexeme, language)
        if word is None and lexeme.key in language.measures.posts and words:
            word = _DROPPED
        if word is None or (lexeme.tag == tags.ABOUT and not words):
            break
        words.append(word)
    while words and words[-1] is _DROPPED:
        words.pop()
    return words


def _read_slashed(phrase: str, lexemes: list[Lexeme]) -> tuple[int, Amount] | None:
    """Read "268/5-6", poles behind a post, as the post: they are less far than posts may be off."""
    first = lexemes[0]
    if phrase[first.end : first.end + 1] != "/" or not first.text.isdecimal():
        return None
    size = 1
    while size < min(len(lexemes), 4) and lexemes[size].tag in {tags.NUMBER, tags.HYPHEN}:
        size += 1
    if any(len(each.text) > _POLE_DIGITS for each in lexemes[1:size]):  # 268/270
        return None
    km = float(first.text)
    return size, Amount(km, km)


def _is_sign(lexeme: Lexeme, language: Language) -> bool:
    """Whether a lexeme may stand between a post and its number: "km post no. 268", "km-268"."""
    role = language.measures.roles.get(lexeme.key)
    about = lexeme.tag == tags.ABOUT and lexeme.key not in language.measures.bounds
    return role in {"sign", "marker"} or lexeme.tag in _MARKS or about


def _is_marked(lexemes: list[Lexeme], at: int, language: Language) -> bool:
    """Whether "the 268 km" has a mark behind it that makes it a post."""
    behind = lexemes[at + 1 : at + 2]
    return any(language.measures.roles.get(each.key) == "marker" for each in behind)


def _is_of_way(lexemes: list[Lexeme], at: int) -> bool:
    """Whether a length stands beside a road or line and nothing else: "M-8, 12.5 km"."""
    before, behind = lexemes[:at], lexemes[at + 1 :]
    if before and (not behind or behind[0].tag == tags.COMMA):
        while before and before[-1].tag in _BESIDE_WAY:
            before = before[:-1]
        return _is_way(before[-1:]) or write_tags(before[-4:]) == _PAIR
    while behind and behind[0].tag in _BESIDE_WAY:
        behind = behind[1:]
    return len(behind) == 1 and _is_way(behind) and _BESIDE_WAY.issuperset(write_tags(before))


def _is_way(lexemes: list[Lexeme]) -> bool:
    return any(lexeme.name is not None and lexeme.name.is_way for lexeme in lexemes)


def _is_km(lexemes: list[Lexeme], language: Language) -> bool:
    """Whether a lexeme is a length in kilometres or miles, and not in metres."""
    return any(
        lexeme.tag == tags.LENGTH and language.measures.measure_unit(lexeme.key) >= _LEAST_UNIT_M
        for lexeme in lexemes
    )


def _is_lead(read: list[Lexeme], language: Language) -> bool:
    word = sign_lexeme(read[-1], language) if read else None
    return word is not None and word.sign == numbers.LEAD


def _may_be_post(lexemes: list[Lexeme], number: int, before: list[Lexeme]) -> bool:
    """Whether the name of a place is a post here: "at KP 268", not "in KP 12 people"."""
    inside = before and before[-1].key in _IN_REGION
    if inside and (len(before) == 1 or before[-2].tag not in _BEFORE_OF):
        return False
    behind = lexemes[number + 1] if number + 1 < len(lexemes) else None
    return behind is None or behind.tag != tags.UNKNOWN or not behind.text[:1].islower()
