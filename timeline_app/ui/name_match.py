"""Find names by a few typed letters, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

_WORD = re.compile(r"\w+")


class Likeness(IntEnum):
    """How well what was typed fits a name, from the best on."""

    WHOLE_START = 0
    WORD_STARTS = 1
    WITHIN = 2
    SCATTERED = 3


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How well a name fits, and the places of its characters that were typed."""

    likeness: Likeness
    places: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """What matches are sorted by: likeness, then how far apart the characters lie."""
        return self.likeness, self.places[-1] - self.places[0] if self.places else 0


def match_name(typed: str, name: str) -> NameMatch | None:
    """Tell how what was typed fits a name, None for not at all; case does not matter.

    Best is the start of the name, then the starts of its words ("zo in" or "zi" for "Zoom in"), then a part of it,
    then its letters in their order.
    """
    wanted, folded = " ".join(_fold(typed).split()), _fold(name)
    if folded.startswith(wanted):
        return NameMatch(Likeness.WHOLE_START, tuple(range(len(wanted))))
    letters = wanted.replace(" ", "")
    starts = _word_starts(wanted.split(), folded) or _initials(letters, folded)
    if starts is not None:
        return NameMatch(Likeness.WORD_STARTS, starts)
    found = folded.find(wanted)
    if found >= 0:
        return NameMatch(Likeness.WITHIN, tuple(range(found, found + len(wanted))))
    scattered = _scattered(letters, folded)
    return None if scattered is None else NameMatch(Likeness.SCATTERED, scattered)


def ranked(typed: str, names: Sequence[str]) -> list[tuple[int, NameMatch]]:
    """Return the numbers of the names that fit with their matches, best first; equally good ones keep their order."""
    found = [(number, match_name(typed, name)) for number, name in enumerate(names)]
    fitting = [(number, match) for number, match in found if match is not None]
    return sorted(fitting, key=lambda pair: pair[1].rank)


def _fold(text: str) -> str:
    """Return a text in lower case whose characters stand where they stood."""
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)


def _word_starts(typed_words: Sequence[str], name: str) -> tuple[int, ...] | None:
    """Return the places of typed words that begin words of the name, in any order, each word taken once."""
    free = [match.span() for match in _WORD.finditer(name)]
    places: list[int] = []
    for typed in typed_words:
        taken = next((span for span in free if name.startswith(typed, span[0])), None)
        if taken is None:
            return None
        free.remove(taken)
        places.extend(range(taken[0], taken[0] + len(typed)))
    return tuple(sorted(places))


def _initials(letters: str, name: str) -> tuple[int, ...] | None:
    """Return the places of letters that are the first ones of words of the name, in their order."""
    places: list[int] = []
    starts = iter(match.start() for match in _WORD.finditer(name))
    for letter in letters:
        place = next((start for start in starts if name[start] == letter), None)
        if place is None:
            return None
        places.append(place)
    return tuple(places)


def _scattered(letters: str, name: str) -> tuple[int, ...] | None:
    """Return the places of letters that stand in the name in this order."""
    places: list[int] = []
    after = 0
    for letter in letters:
        place = name.find(letter, after)
        if place < 0:
            return None
        places.append(place)
        after = place + 1
    return tuple(places)
