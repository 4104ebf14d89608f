"""The ids by which events go where several files are joined: an id that an earlier file has too gets a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import IntegerArray, NDArray
from timeline_app.core.records import PREFIX_BITS, Records
from timeline_app.core.text_column import TextColumn

_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class JoinedIds:
    """The ids of the events of several parts, no two alike.

    The first part that has an id keeps it. In another part its event has the number of that part after it, counted from
    1; where some part has an id that is the same, the number of parts is added until none has. So the number alone
    tells the part, and no two ids with a number are alike.
    """

    parts: tuple[Records, ...]

    def called(self, part: int, own_id: str) -> str:
        """Return what the event is called that has an id in a part."""
        if not _stands_in(self.parts[:part], own_id):
            return own_id
        number = part + 1
        while _stands_in(self.parts, f"{own_id}-{number}"):
            number += len(self.parts)
        return f"{own_id}-{number}"

    def place_of(self, event_id: str) -> tuple[int, int] | None:
        """Return the part of an event and its row there, None where nothing is called so."""
        for part, records in enumerate(self.parts):
            row = records.row_of(event_id)
            if row is not None:
                return part, row
        own_id, _, digits = event_id.rpartition("-")
        if not (own_id and digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
            return None
        part = (int(digits) - 1) % len(self.parts)
        row = self.parts[part].row_of(own_id)
        return None if row is None or self.called(part, own_id) != event_id else (part, row)

    def prefixes(self, numbers: IntegerArray) -> NDArray[np.uint64]:
        """Return the upper 32 bits of the hash of what events are called, shape (len(numbers),).

        `numbers` are their rows through all parts, end to end. Only events are read that seem to have the id of an
        earlier part's.
        """
        found = [part.id_prefixes() for part in self.parts]
        firsts = np.cumsum([0, *map(len, found)])
        prefixes = np.concatenate(found)
        for part in range(1, len(self.parts)):
            is_shared = np.isin(found[part], prefixes[: firsts[part]])
            own = numbers[(numbers >= firsts[part]) & (numbers < firsts[part + 1])] - firsts[part]
            rows = own[is_shared[own]].tolist()
            names = (self.called(part, self.parts[part].brief(row).id) for row in rows)
            found[part] = found[part].copy()
            found[part][rows] = TextColumn.of(names).hashes() >> np.uint64(PREFIX_BITS)
        called: NDArray[np.uint64] = np.concatenate(found)[numbers]
        return called


def _stands_in(parts: Sequence[Records], event_id: str) -> bool:
    return any(part.row_of(event_id) is not None for part in parts)
