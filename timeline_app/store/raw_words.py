"""Tell by the bytes of a record whether words may stand in its event, many times sooner than by making the event.

That holds for records whose decoder is literal, see core.batches.LiteralDecoder: each run of letters and digits of an
event's texts stands in its bytes, but for the names of actors, which a gazetteer puts in the place of other names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline_app.core.actors import Gazetteer

_RUN = re.compile(r"[^\W_]+")
_ASCII_RUN = re.compile(r"[a-z0-9]+")
# What is shorter stands nearly everywhere.
_SHORTEST = 3


class RawWords:
    """Case-folded words, all of which are looked for."""

    def __init__(self, words: Sequence[str], known: Gazetteer) -> None:
        runs = {run for word in words for run in _RUN.findall(word) if len(run) >= _SHORTEST}
        # The longest run is the rarest, mostly.
        self._wanted = [(run, _OtherNames(run, known)) for run in sorted(runs, key=len, reverse=True)]

    def may_be_in(self, raw: bytes) -> bool:
        """Tell whether the words may be in a record; what is written in escapes may hold anything."""
        if b"\\" in raw:
            return True
        text = raw.decode().casefold()
        return all(run in text or others.may_be_in(text) for run, others in self._wanted)


class _OtherNames:
    """The names in the place of which those of actors may come that have a run of letters.

    Of each, its longest run of Latin letters is looked for first, and then all of it as a word of its own. Where a name
    has other letters, any text with such letters may hold it.
    """

    def __init__(self, run: str, known: Gazetteer) -> None:
        names = {
            name.casefold() for entry in known.entries if run in entry.name.casefold() for name in entry.other_names
        }
        latin = {name: _ASCII_RUN.findall(name) for name in names if name.isascii()}
        self._has_foreign = len(latin) < len(names)
        self._parts = tuple(sorted({max(runs, key=len) for runs in latin.values() if runs}))
        whole = "|".join("[^a-z0-9]+".join(runs) for runs in latin.values() if runs)
        self._names = re.compile(rf"(?<![a-z0-9])(?:{whole})(?![a-z0-9])")

    def may_be_in(self, text: str) -> bool:
        """Tell whether one of the names may be in a case-folded text."""
        if self._has_foreign and not text.isascii():
            return True
        return any(part in text for part in self._parts) and self._names.search(text) is not None
