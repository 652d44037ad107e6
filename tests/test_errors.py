"""The error family, and the near misses that an unknown name is answered with."""

from __future__ import annotations

import pytest

from geosec import errors
from geosec.errors import GeosecError, near_misses


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("CRSError", ValueError),
        ("SchemaError", ValueError),
        ("ParameterError", ValueError),
        ("SourceError", ValueError),
        ("UnknownNameError", LookupError),
    ],
)
def test_each_error_is_also_the_builtin_a_caller_expects(name, builtin):
    assert issubclass(getattr(errors, name), (GeosecError, builtin))
    assert issubclass(getattr(errors, name), builtin)
    assert issubclass(getattr(errors, name), GeosecError)


@pytest.mark.parametrize(
    ("name", "known", "answer"),
    [
        ("ml-3", ["ML-1", "ML-3"], "did you mean 'ML-3' or 'ML-1'?"),
        ("Jafar Express", ["Jaffar Express", "Bolan Mail"], "did you mean 'Jaffar Express'?"),
        ("zzz", ["b", "a", "b"], "known are 'a' and 'b'."),
        ("zzz", ["only"], "known are 'only'."),
        ("zzz", [], "there is none."),
    ],
)
def test_near_misses(name, known, answer):
    assert near_misses(name, known) == answer


def test_no_more_near_misses_than_asked_for():
    assert near_misses("adm", ["adm0", "adm1", "adm2"], limit=1).count("'") == 2
