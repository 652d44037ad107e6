"""The words that a regular expression cannot do without."""

import pytest

from geosec.news.needed_words import DIGIT, list_needed_words
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
        ("one|two men", {"one", "men"}),
    ],
)
def test_the_rarest_word_is_needed(regex, needed):
    assert list_needed_words([regex]) == needed


@pytest.mark.parametrize("regex", [r"\w+man", "hit[a-z]*", r"at\w+", r",\s+and", "go+d", "(a|b)"])
def test_what_may_begin_in_any_way_needs_no_word(regex):
    assert list_needed_words(["bomb", regex]) is None


def test_nearly_all_lists_need_words():
    lists: dict[str, list[str]] = {}
    for name, entry in list_entries():
        lists.setdefault(name, []).append(entry.regex)
    free = [name for name, regexes in lists.items() if list_needed_words(regexes) is None]
    assert len(free) < len(lists) / 8
