"""The names of a gazetteer, found by their spelling, their sound, or nearly."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from geosec.reference.memo import Memo
from geosec.reference.misspellings import Guess, find_nearest, rate_guess
from geosec.reference.toponyms import key_skeleton, normalise, skeleton
from geosec.reference.transliteration import consonant_frame, in_arabic_script
from geosec.shared import build_once_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from geosec.reference.gazetteer import Gazetteer

_REMEMBERED = 200_000  # names whose look-up is kept
_SOUND_SHORTEST = 4
SIMILARITY_SOUND = 0.98
_FRAME_SHORTEST = 3
SIMILARITY_SCRIPT = 0.9
_WAYS = ("road:", "line:")  # what identifiers of roads and railway lines begin with
_TOWN_WORD = " city"  # the tehsil "Sukkur City" must not hide "Sukkur city", which is the town
# Words that the field writes in several ways, in names of any language.
_ABBREVIATIONS = (
    ("cantonment", "cantt"),
    ("junction", "jn"),
    ("junction", ""),
    ("railway station", ""),
    ("district", ""),
)
_LONG = re.compile("|".join(sorted({long for long, _ in _ABBREVIATIONS})))


@dataclass(frozen=True, eq=False, slots=True)
class Name:
    """What a name may mean; compared by identity, for an index makes each once: a cheap key.

    `places` are the identifiers of all places that bear it. `similarity` is 1 for the same
    spelling, less for the same sound; for a misspelling it is how probable the guess is, nothing
    else being known. `alike` are places whose names only sound the same, where others are spelt
    the same.
    """

    places: tuple[str, ...]
    similarity: float
    alike: tuple[str, ...] = ()

    @property
    def is_way(self) -> bool:
        """Whether it names roads or railway lines alone."""
        return all(each.startswith(_WAYS) for each in self.places)


class NameIndex:
    """Names of a gazetteer, looked up exactly first, then by sound, then with an edit or two."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        places = gazetteer.places
        exact: dict[str, list[str]] = defaultdict(list)
        columns = _list_columns(places, "feature_class", "name", "name_ur", "alt_names")
        for place_id, kind, *names in zip(places.index, *columns, strict=True):
            for key in _list_spellings(names):
                if not (kind == "tehsil" and key.endswith(_TOWN_WORD)):
                    exact[key].append(place_id)
        abroad = ~places["country_code"].isin({*gazetteer.home, ""})
        rough = places["feature_class"] == "union_council"  # where it is, is known too roughly
        self._unguessed = frozenset(places.index[abroad | rough])
        sounds = Memo(key_skeleton)
        named_abroad = dict(zip(places.index[abroad], places["name"][abroad], strict=True))
        _forget_old_names(exact, sounds, named_abroad)
        _lend_names(exact, sounds, places)
        self._exact = {key: tuple(ids) for key, ids in exact.items()}
        self._sounds = _group_by_sound(self._exact, sounds)
        self._names: dict[tuple[tuple[str, ...], float, tuple[str, ...]], Name] = {}
        self._misspelt: dict[str, Name | None] = {}
        self._found: dict[str, Name | None] = {}

    def find(self, name: str) -> Name | None:
        """Find the places that bear a name in any script and case, or one that sounds the same."""
        key = normalise(name)
        return self.find_key(key, skeleton(key))

    def find_key(self, key: str, sound: str) -> Name | None:
        """Find as `find` does, by a name that is normalised already, and its skeleton."""
        if key in self._found:
            return self._found[key]
        if len(self._found) >= _REMEMBERED:
            self._found.clear()
        found = self._found[key] = self._look_up(key, sound)
        return found

    @build_once_each
    def beginnings(self) -> frozenset[str]:
        """The sounds that names begin with: the skeletons of their words in a row."""
        return frozenset(sound[:end] for sound in self._sounds for end in range(len(sound) + 1))

    def _look_up(self, key: str, sound: str) -> Name | None:
        alike = self._sounds.get(sound, ()) if len(sound) >= _SOUND_SHORTEST else ()
        if key in self._exact:
            same = self._exact[key]
            others = tuple([place for place in alike if place not in same])
            return self._share_name(same, 1.0, others)
        return self._share_name(alike, SIMILARITY_SOUND) if alike else None

    def _share_name(
        self, places: tuple[str, ...], similarity: float, alike: tuple[str, ...] = ()
    ) -> Name:
        """Give all spellings that mean the same one name."""
        asked = places, similarity, alike
        name = self._names.get(asked)
        if name is None:
            name = self._names[asked] = Name(*asked)
        return name

    def find_misspelt(self, name: str) -> Name | None:
        """Find the places whose name is nearest, within one edit or two for a long name.

        A name of fewer than five sounds is not guessed at, and nothing is found where more than
        three names are equally near.
        """
        key = normalise(name)
        if key not in self._misspelt:
            self.learn([key])
        return self._misspelt[key]

    def learn(self, names: Iterable[str]) -> None:
        """Look many misspelt names up at once, which is faster than one after another.

        `find_misspelt` then has their answers.
        """
        if len(self._misspelt) > _REMEMBERED:
            self._misspelt.clear()
        keys = {normalise(name) for name in names} - self._misspelt.keys()
        sounds = find_nearest({key: skeleton(key) for key in keys}, self._sounds_by_letter)
        spelt = find_nearest({key: key for key in keys}, self._spellings_by_letter)
        for key in keys:
            by_sound, by_letters = sounds.get(key), spelt.get(key)
            found = min(
                filter(None, (by_sound, by_letters)), default=None, key=attrgetter("likeness")
            )
            if by_sound and by_letters and by_sound.likeness == by_letters.likeness:
                united = dict.fromkeys(by_sound.places + by_letters.places)
                found = by_sound._replace(places=tuple(united))
            self._misspelt[key] = None if found is None else _guess_name(key, found)

    @build_once_each
    def _sounds_by_letter(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return self._group_by_letter(self._sounds)

    @build_once_each
    def _spellings_by_letter(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return self._group_by_letter(self._exact)

    def _group_by_letter(
        self, names: Mapping[str, tuple[str, ...]]
    ) -> dict[str, dict[str, tuple[str, ...]]]:
        """Group the names that are guessed at by their first letter, which a misspelling keeps."""
        groups: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for name, ids in names.items():
            if name and not self._unguessed.issuperset(ids) and not in_arabic_script(name):
                groups[name[0]][name] = ids
        return dict(groups)

    def find_transliterated(self, name: str) -> Name | None:
        """Find the places whose name in Latin script has the consonants of one in Arabic script.

        A name of fewer than three consonants is not looked for.
        """
        key = consonant_frame(name)
        found = self._frames.get(key, ()) if len(key) >= _FRAME_SHORTEST else ()
        return self._share_name(found, SIMILARITY_SCRIPT) if found else None

    @build_once_each
    def _frames(self) -> dict[str, tuple[str, ...]]:
        frames: dict[str, dict[str, None]] = defaultdict(dict)
        for key, ids in self._exact.items():
            if not in_arabic_script(key):
                frames[consonant_frame(key)] |= dict.fromkeys(ids)
        return {key: tuple(ids) for key, ids in frames.items()}


def _guess_name(key: str, guess: Guess) -> Name:
    return Name(guess.places, rate_guess(key, guess.likeness))


def _list_spellings(names: Iterable[str]) -> set[str]:
    keys: set[str] = set()
    for spelt in filter(None, names):
        for name in spelt.split(";"):
            key = normalise(name)
            keys.add(key)
            if _LONG.search(key):
                keys |= _abbreviate(key)
    keys.discard("")
    return keys


def _abbreviate(key: str) -> set[str]:
    return {key.replace(long, short).strip() for long, short in _ABBREVIATIONS if long in key}


def _list_columns(places: pd.DataFrame, *names: str) -> list[NDArray[np.object_]]:
    """List columns of a gazetteer as what is fast to walk through."""
    return [places[name].to_numpy(dtype="object") for name in names]


def _forget_old_names(
    exact: dict[str, list[str]], sounds: Mapping[str, str], abroad: Mapping[str, str]
) -> None:
    """Forget by what other names a place abroad is known where one at home sounds like them.

    "Tirah" is a valley at home, and no way to spell Tehran.
    """
    home = {sounds[key] for key, ids in exact.items() if not all(map(abroad.__contains__, ids))}
    for key, ids in list(exact.items()):
        if not abroad.keys().isdisjoint(ids) and sounds[key] in home:
            kept = [each for each in ids if key in _list_spellings([abroad.get(each, key)])]
            exact[key] = kept
    for key in [key for key, ids in exact.items() if not ids]:
        del exact[key]


def _lend_names(
    exact: dict[str, list[str]], sounds: Mapping[str, str], places: pd.DataFrame
) -> None:
    """Lend a name in Arabic script to the places of the same Latin name in the same district."""
    bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
    known_as: dict[str, list[tuple[str, str]]] = defaultdict(list)
    columns = _list_columns(places, "name", "adm2_code")
    for place_id, name, district in zip(places.index, *columns, strict=True):
        for key in _list_spellings([name]) if district else ():
            known_as[place_id].append((sounds[key], district))
            bearers[sounds[key], district].append(place_id)
    for key, ids in exact.items():
        if in_arabic_script(key):
            lent = [other for own in ids for also in known_as[own] for other in bearers[also]]
            exact[key] = list(dict.fromkeys([*ids, *lent]))


def _group_by_sound(
    exact: Mapping[str, tuple[str, ...]], sounds: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for key, ids in exact.items():
        groups[sounds[key]] |= dict.fromkeys(ids)
    return {sound: tuple(ids) for sound, ids in groups.items()}
