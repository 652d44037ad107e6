from __future__ import annotations

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
