"""The words that a regular expression cannot do without."""

import pytest

from geosec.news.needed_words import DIGIT, find_other_words, find_rarest_words
from geosec.news.notation import split_options
from geosec.news.vocabulary import list_entries


@pytest.mark.parametrize(
    ("regex", "needed"),
    [
        ("killed", {"kill"}),
        ("kill(?:ed|ing)?", {"kill"}),
        ("in the town", {"town"}),
        ("in the (?:small |old )?(?:town|city)", {"town", "city"}),
        ("(?:the )?blast", {"blas"}),
        (r"hit (?:\w+ ){0,3}bus", {"hit"}),
        (r"was (?:\w+ ){0,3}bus", {"bus"}),
        ("bo?mb", {"bmb", "bomb"}),
        ("sit-in", {"sit"}),
        ("doctor['’]s", {"doct"}),
        (r"(?<!said )there(?! was)", {"ther"}),
        (r"\d+ march", {"marc"}),
        (r"\d+ of", {DIGIT}),
        ("was killed in the bombing", {"bomb"}),
    ],
)
def test_the_rarest_word_is_needed(regex, needed):
    assert find_rarest_words(regex) == needed


@pytest.mark.parametrize("regex", [r"\w+man", "hit[a-z]*", r"at\w+", r",\s+and", "go+d", "(a|b)"])
def test_what_may_begin_in_any_way_needs_no_word(regex):
    assert find_rarest_words(regex) is None


@pytest.mark.parametrize(
    ("regex", "others"),
    [
        ("killed", None),
        ("in the town", {"in"}),
        (r"hit (?:\w+ ){0,3}(?:bus|van) of", {"bus", "van"}),
        ("(?:the )?blast", None),
        ("death toll", {"toll"}),
        (r"\w+man killed", None),
    ],
)
def test_another_word_may_be_needed_beside_it(regex, others):
    assert find_other_words([[(regex, find_rarest_words(regex))]]) == [others]


def test_of_several_each_needs_another_word():
    bus, van = ("in a bus", frozenset({"bus"})), ("on a van", frozenset({"van"}))
    assert find_other_words([[bus, van], [bus, ("van", van[1])]]) == [{"in", "on"}, None]


def test_nearly_all_lists_need_words():
    lists: dict[str, bool] = {}
    for name, entry in list_entries():
        needed = [find_rarest_words(each) for each in split_options(entry.regex)]
        lists[name] = lists.get(name, False) or None in needed
    assert sum(lists.values()) < len(lists) / 8
