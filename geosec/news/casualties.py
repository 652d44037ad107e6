"""How many people a sentence says were killed or hurt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from geosec.news.people import (
    Group,
    add_up_groups,
    are_joined,
    find_groups,
    is_adverbial,
    is_of_those,
    is_part,
)
from geosec.news.toll_patterns import Verbs, compile_calendar
from geosec.news.tolls import Count, Toll
from geosec.news.whole_tolls import add_later, read_ordinal, read_risen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geosec.news.vocabulary import ReportWords

_NEAR = 24  # letters between an active verb and its people: "killed at least five"
_BEHIND = 60  # letters behind a verb in which its people stand
_LEAD_WORDS = 4  # words between a verb and its people
_ALONE = re.compile(  # a sentence of nothing else: "5 fatalities."
    r"\W*(?:at least |a total of |total )?[\w,]+ (?:fatalities|fatality|deaths?|dead|killed)\W*"
)
_LATER = " later"
_OWN_VERB = 30  # letters behind a group in which a verb of its own stands
_AGE = re.compile(  # "Naseeb Ullah, 19, and", "two men aged 20 and 25", "a daughter, aged six,"
    r"(?<=[a-z])(?: \(\d{1,2}\)|(?:, | \()\d{1,2}(?=[,.)]| and \d{1,2}[,.])"
    r"|,? aged (?:between |around |about |some )?"
    r"(?:\d{1,2}(?: and \d{1,2})?|[a-z-]+(?: and [a-z-]+)?)\b)"
)
_NOUN = re.compile(r"(?: [\w-]+){0,3} ?")  # what is counted
_ASIDE = re.compile(r"\((?:including|among|aged|all|both|one of)\b[^()]{0,80}\)")
_BREAKS = re.compile(
    r"[;:]| while | but | when | where | after | (?:in|of|during|by) (?:which|whom) | whom "
)
_COMPANIONS = re.compile(
    r"(?: (?:in|at|near|on)(?: [\w§'-]+){1,4})? (?:along with|together with|as well as) "
    r"| with (?=(?:an?|his|her|their|two|three|four|five|six|\d+) )"
)
_BY = re.compile(r"\b(?:by|in|at|on|near|from|with|during|of)\b")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|get|got)\s+(?:\w+ly\s+)?$")
_NOT = re.compile(r"\b(?:not|never|neither|nor|without|n't)\s+(?:\w+\s+)?$|n't\s+(?:\w+\s+)?$")
_FEARED = re.compile(
    r"\bfeared (?:to be |to have been |to have |that )?(?:[\w-]+ ){0,3}?(?:were |was )?$"
)
_ONE_BEFORE = re.compile(r"\b(?:was|is|has|he|she)\s+(?:been\s+|later\s+|\w+ly\s+)*$")
_SOME_BEFORE = re.compile(r"\b(?:were|are|have)\s+(?:been\s+|later\s+|\w+ly\s+)*$")
_AND = re.compile(r"(?: [\w'-]+){0,3} and (?:his |her |their )?")
_BESIDE = re.compile(
    r"(?: (?!the\b|their\b)[\w-]+,?){0,8} "
)  # "nine people, two of them boys, dead"
_CLOSED = re.compile(r"[(,]")  # ends what a verb is told of
_BARE = re.compile(r"(?: [\w-]+){1,3} ")  # a noun right before "killed"
_NOBODY = "¤"  # hides "no one" from what looks for people
_OF_ONESELF = frozenset({"died", "perished", "succumbed", "expired", "drowned"})
_FIRM = frozenset({"counted", "one"})  # kinds of groups
_LEFT = frozenset({"left", "leaving"})  # "leaving five dead"
_TOLD_BY_ITSELF = frozenset({"bodies", "deaths", "fatalities", "injuries", "dead"})


class _Found(NamedTuple):
    """People that a verb is told of."""

    groups: Sequence[Group]
    people: Count


@dataclass(frozen=True, eq=False)
class _Reader:
    """A text in lower case whose killed and hurt are counted."""

    low: str
    groups: Sequence[Group]
    words: ReportWords

    def find_between(self, start: int, end: int) -> list[Group]:
        """List the groups that stand between two offsets."""
        return [each for each in self.groups if start <= each.start and each.end <= end]


def count_casualties(text: str, words: ReportWords) -> Toll:
    """Count the killed and hurt of a sentence or a part of one, in people."""
    low = text.lower().replace("’", "'")
    low = _AGE.sub(_blank, compile_calendar(words.every).sub(_blank, _ASIDE.sub(_blank, low)))
    risen = read_risen(low, words) if words.tolls.risen.search(low) else None
    nobody = words.tolls.nobody.search(low)
    if nobody is not None:
        low = words.tolls.nobody.sub(lambda found: _NOBODY * len(found.group()), low)
    low = words.signs.never.sub(_blank, low)
    if not (_has_verb(low, words) or words.tolls.theirs.search(low)):
        return _say_nobody(Toll(risen, is_whole=risen is not None), nobody)
    reader = _Reader(low, find_groups(low, words, text), words)
    return _say_nobody(_count_all(reader, risen), nobody)


def _count_all(reader: _Reader, risen: Count | None) -> Toll:
    """Count the dead, hurt and taken; a toll that has risen is of all the dead."""
    low, words, tolls = reader.low, reader.words, reader.words.tolls
    dead_verbs = Verbs(tolls.dead_after, tolls.dead_before)
    hurt_verbs = Verbs(tolls.hurt_after, tolls.hurt_before)
    behind_dead, behind_hurt = (_count_behind(reader, verbs) for verbs in (dead_verbs, hurt_verbs))
    used = frozenset(behind_dead | behind_hurt)
    before_dead = _count_before(reader, dead_verbs, hurt_verbs, used)
    before_hurt = _count_before(reader, hurt_verbs, dead_verbs, used)
    if risen is None and not words.ordinals.keys().isdisjoint(low.split()):
        risen = read_ordinal(before_dead, low, words)
    dead = risen or _add_up((behind_dead | before_dead).values())
    if dead is not None and _LATER in low:
        dead = add_later(dead, low, words)
    hurt = _add_up((behind_hurt | before_hurt).values())
    is_whole = risen is not None or _tells_all(low, words)
    theirs = tuple(found.span() for found in words.tolls.theirs.finditer(low))
    taken = _count_taken(reader, dead_verbs, used)
    toll = Toll(dead, hurt, taken, theirs, is_whole=is_whole)
    return toll.name_taken(taken) if taken is not None else toll


def _tells_all(low: str, words: ReportWords) -> bool:
    """Whether a sentence says that its number is of all the dead: "four in all"."""
    return words.tolls.whole.search(low) is not None or _ALONE.fullmatch(low) is not None


def _count_taken(reader: _Reader, others: Verbs, used: frozenset[int]) -> Count | None:
    """Count those who were abducted or led away."""
    verbs = Verbs(reader.words.tolls.taken_after, reader.words.tolls.taken_before)
    if not (verbs.after.search(reader.low) or verbs.before.search(reader.low)):
        return None
    behind = _count_behind(reader, verbs)
    return _add_up((behind or _count_before(reader, verbs, others, used)).values())


def _say_nobody(toll: Toll, nobody: re.Match[str] | None) -> Toll:
    """Say that nobody was killed or hurt, of whom nothing else is said."""
    if nobody is None:
        return toll
    none = Count(0, 0, (nobody.span(),))
    return replace(toll, dead=toll.dead or none, hurt=toll.hurt or none)


def _has_verb(low: str, words: ReportWords) -> bool:
    """Whether anybody is killed or hurt; what has no such verb need not be searched for people."""
    tolls = words.tolls
    harmed = (tolls.dead_after, tolls.dead_before, tolls.hurt_after, tolls.hurt_before)
    verbs = (*harmed, tolls.taken_after, tolls.taken_before)
    return any(each.search(low) is not None for each in verbs)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _tell(people: Count, told: tuple[int, int]) -> Count:
    """Say by which words people are counted."""
    return Count(people.low, people.high, (told,), people.guess, people.rival)


def _add_up(counts: Iterable[Count]) -> Count | None:
    found = list(counts)
    return sum(found[1:], found[0]) if found else None


# ------------------------------------------------------------------------- behind a verb


def _count_behind(reader: _Reader, verbs: Verbs) -> dict[int, Count]:
    """Count the people behind "killing", by where each group stands."""
    counts: dict[int, Count] = {}
    for verb in verbs.after.finditer(reader.low):
        lead = reader.low[: verb.start()]
        if verb.group() in _LEFT or _PASSIVE.search(lead) or _NOT.search(lead):
            continue
        found = _read_behind(reader, verb)
        if found is not None:
            first = found.groups[0]
            told = (verb.start(), found.groups[-1].end)
            counts[first.start] = _tell(found.people, told)
    return counts


def _read_behind(reader: _Reader, verb: re.Match[str]) -> _Found | None:
    """Read the people that follow a verb, before another clause begins."""
    at, low = verb.end(), reader.low
    stop = _BREAKS.search(low, at)
    end = min(stop.start() if stop else len(low), at + _BEHIND)
    groups = reader.find_between(at, end)
    firm = [each for each in groups if each.kind != "some" and not _is_far_name(each, at)]
    first = next(iter(firm or groups), None)
    if first is None or not _is_object(low[at : first.start], first, reader.words):
        return None
    chain = _list_joined(reader, first)
    return _Found(chain, add_up_groups(chain, low) if len(chain) > 1 else first.people)


def _list_joined(reader: _Reader, first: Group) -> list[Group]:
    """List a group and those joined to it that have no verb of their own."""
    low, chain, tolls = reader.low, [first], reader.words.tolls
    own_verbs = (tolls.dead_before, tolls.hurt_before, tolls.dead_after, tolls.hurt_after)
    for group in reader.find_between(first.end, len(low)):
        if group.kind not in _FIRM or not are_joined(low, chain[-1], group):
            break
        if any(each.search(low, group.end, group.end + _OWN_VERB) for each in own_verbs):
            break
        chain.append(group)
    return chain


def _is_far_name(group: Group, at: int) -> bool:
    """Whether a name stands not right behind a verb, where it may be of anything."""
    return group.kind == "named" and group.start > at + 1


def _is_object(lead: str, first: Group, words: ReportWords) -> bool:
    """Whether people stand near enough behind a verb, and in no phrase of their own."""
    most = _LEAD_WORDS if first.kind == "counted" else 1
    if lead.strip() == "and" or _CLOSED.search(lead) or words.tolls.part.search(lead):
        return False
    if len(lead.split()) > (0 if first.kind == "named" else most):
        return False
    is_told = first.kind == "counted" and " by " not in lead
    return is_told or _BY.search(lead) is None


# ------------------------------------------------------------------------- before a verb


def _count_before(
    reader: _Reader, verbs: Verbs, others: Verbs, taken: frozenset[int]
) -> dict[int, Count]:
    """Count the people before "were killed", without those that another verb has taken."""
    counts: dict[int, Count] = {}
    for verb in verbs.before.finditer(reader.low):
        if _is_active(reader.low, verb, taken) or _NOT.search(reader.low[: verb.start()]):
            continue
        start = _find_clause(reader.low, verb.start(), others)
        found = _read_before(reader, start, verb, taken)
        if found is None and reader.low.startswith(" and ", start):
            found = _read_before(reader, _find_clause(reader.low, verb.start(), None), verb, taken)
        if found is not None:
            found = _add_companions(reader, found, verb)
            first = found.groups[0].start if found.groups else start
            if _FEARED.search(reader.low, start, verb.start()):
                found = found._replace(people=found.people.share())
            counts[first] = _tell(found.people, (first, verb.end()))
    return counts


def _add_companions(reader: _Reader, found: _Found, verb: re.Match[str]) -> _Found:
    """Add those who were killed with them: "was killed along with two guards"."""
    joint = _COMPANIONS.match(reader.low, verb.end())
    others = [] if joint is None else reader.find_between(joint.end(), len(reader.low))
    if joint is None or not others or others[0].start != joint.end() or others[0].kind == "some":
        return found
    return found._replace(people=found.people + others[0].people)


def _is_active(low: str, verb: re.Match[str], taken: frozenset[int]) -> bool:
    """Whether the verb already has the people behind it."""
    near = any(verb.end() <= at <= verb.end() + _NEAR for at in taken)
    return near and _PASSIVE.search(low, 0, verb.start()) is None


def _find_clause(low: str, at: int, others: Verbs | None) -> int:
    """Find where the clause of a verb starts: behind a break, or behind the other verb."""
    cuts = [cut.end() for cut in _BREAKS.finditer(low, 0, at) if not _is_closed(low, cut, at)]
    ends = [] if others is None else [verb.end() for verb in others.before.finditer(low, 0, at)]
    return max([0, *cuts, *(end for end in ends if " and " in low[end:at] or "," in low[end:at])])


def _is_closed(low: str, cut: re.Match[str], at: int) -> bool:
    """Whether a clause that "when" opens ends at a comma: "who ran when it stopped, was hit"."""
    return len(cut.group()) > 1 and "but" not in cut.group() and "," in low[cut.end() : at]


def _read_before(
    reader: _Reader, start: int, verb: re.Match[str], taken: frozenset[int]
) -> _Found | None:
    """Read the people nearest before a verb, in the clause that begins at ``start``."""
    behind_nobody = max(start, reader.low.rfind(_NOBODY, start, verb.start()) + 1)
    hits = _find_subjects(reader, behind_nobody, verb.start(), taken)
    if (
        verb.group() in _TOLD_BY_ITSELF
        and hits
        and not _BESIDE.fullmatch(reader.low, hits[-1].end, verb.start())
    ):
        return None
    if hits:
        groups = _choose_groups(hits, reader)
        return _Found(groups, add_up_groups(groups, reader.low))
    return _read_uncounted(reader, start, verb, taken)


def _find_subjects(reader: _Reader, start: int, end: int, taken: frozenset[int]) -> list[Group]:
    """Find the groups of a clause that a verb may be told of, up to one that is part of another."""
    hits: list[Group] = []
    for group in reader.find_between(start, end):
        if group.start in taken:
            hits = []
        elif not _is_subject(group, reader, others=bool(hits or taken)):
            continue
        elif group.start > start and is_part(reader.low, group, reader.words):
            whole = reader.low.endswith("among ", 0, group.start)
            is_whole = whole and _NOUN.fullmatch(reader.low, group.end, end) is not None
            return [group] if is_whole else hits  # "a guard was among four injured": four
        else:
            hits.append(group)
    return hits


def _is_subject(group: Group, reader: _Reader, *, others: bool) -> bool:
    """Whether a verb may be told of a group; ``others`` were told before it."""
    if group.kind not in _FIRM or is_adverbial(reader.low, group):
        return False
    return not (others and is_of_those(reader.low, group))


def _choose_groups(hits: list[Group], reader: _Reader) -> list[Group]:
    """Take the last group, and those that one list joins to it: two soldiers and a guard."""
    low, chain = reader.low, [hits[-1]]
    for group in reversed(hits[:-1]):
        if not are_joined(low, group, chain[0]):
            break
        chain.insert(0, group)
    chain = [*_find_beside(chain[0], reader), *chain]
    first = hits[0]
    told_in_all = first.people.low > 1 and first.people.low >= add_up_groups(chain, low).low
    if len(chain) < len(hits) and told_in_all and "," in low[first.end : hits[1].start]:
        return [first]
    return chain


def _find_beside(first: Group, reader: _Reader) -> list[Group]:
    """Find one by his name or by a rare trade, whom "and" joins: "a risaldar and two men"."""
    beside = [each for each in reader.groups if each.end <= first.start][-1:]
    is_one = beside and beside[0].kind in {"named", "thing"}
    return beside if is_one and _AND.fullmatch(reader.low, beside[0].end, first.start) else []


def _read_uncounted(
    reader: _Reader, start: int, verb: re.Match[str], taken: frozenset[int]
) -> _Found | None:
    """Read "he was killed", "the driver died", "passengers were killed": one, or some."""
    low, at = reader.low, verb.start()
    if verb.group() in _TOLD_BY_ITSELF or _NOBODY in low[start:at]:
        return None
    if _ONE_BEFORE.search(low, start, at):
        return _Found((), Count(1, 1))
    groups = [each for each in reader.find_between(start, at) if each.start not in taken]
    is_own = verb.group() in _OF_ONESELF
    if is_own and groups[:1] and groups[0].kind == "thing":
        return _Found(groups[:1], Count(1, 1))  # "a herdsman died"
    if groups and groups[-1].kind == "thing" and _BARE.fullmatch(low, groups[-1].end, at):
        return _Found(groups[-1:], Count(1, 1))  # "and an alleged offender killed"
    return _read_some(reader, groups) if _SOME_BEFORE.search(low, start, at) else None


def _read_some(reader: _Reader, groups: list[Group]) -> _Found | None:
    """Read people without a number: "passengers"."""
    some = [each for each in groups if each.kind == "some" and not is_adverbial(reader.low, each)]
    return _Found(some[-1:], some[-1].people) if some else None
