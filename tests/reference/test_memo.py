from __future__ import annotations

import pytest

from geosec.reference.memo import Memo


def test_an_answer_is_worked_out_once():
    asked = []
    memo = Memo(lambda key: asked.append(key) or len(key))
    assert [memo["Sibi"], memo["Sibi"], memo["Quetta"]] == [4, 4, 6]
    assert asked == ["Sibi", "Quetta"]


def test_a_missing_answer_is_kept_too():
    asked = []
    memo = Memo(asked.append)
    assert memo["Zzyzx"] is None
    assert memo["Zzyzx"] is None
    assert asked == ["Zzyzx"]


def test_it_never_holds_more_than_it_may():
    memo = Memo(str, most=3)
    for number in range(10):
        assert memo[number] == str(number)
        assert len(memo) <= 3


def test_what_it_holds_is_seen_without_asking():
    lengths = Memo(len)
    assert "Sibi" not in lengths
    assert lengths["Sibi"] == 4
    assert "Sibi" in lengths
    assert lengths.get("Mach") is None


def test_an_answer_that_fails_is_not_kept():
    memo = Memo(int)
    for _ in range(2):
        with pytest.raises(ValueError, match="invalid literal"):
            memo["x"]
    assert len(memo) == 0
