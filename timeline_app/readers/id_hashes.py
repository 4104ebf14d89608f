"""The ids of the records of a large file, as 64 bits of each: enough to know whether one is there, and which it is."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import NDArray, sorted_unique
from timeline_app.core.text_column import TextColumn, text_hash

_IDS_A_PART = 50_000


class IdHashes:
    """Ids as they come."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._parts: list[NDArray[np.uint64]] = []

    def take(self, own_id: str) -> None:
        """Take one more; "" is none."""
        if own_id:
            self._waiting.append(own_id)
        if len(self._waiting) >= _IDS_A_PART:
            self._hash()

    def whole(self) -> KnownIds:
        """Return all that were taken, each once."""
        return KnownIds(sorted_unique(self._sorted())[0])

    def repeated(self) -> KnownIds:
        """Return those that were taken more than once."""
        hashes = self._sorted()
        return KnownIds(sorted_unique(hashes[1:][hashes[1:] == hashes[:-1]])[0])

    def _sorted(self) -> NDArray[np.uint64]:
        self._hash()
        return np.sort(np.concatenate(self._parts))

    def _hash(self) -> None:
        self._parts.append(TextColumn.of(self._waiting).hashes())
        self._waiting.clear()


class KnownIds:
    """Ids that are looked up: each has a place from 0 on."""

    def __init__(self, sorted_hashes: NDArray[np.uint64]) -> None:
        self._hashes = sorted_hashes

    @classmethod
    def none(cls) -> KnownIds:
        """Return no ids."""
        return cls(np.empty(0, np.uint64))

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, own_id: str) -> bool:
        return self.place(own_id) is not None

    def place(self, own_id: str) -> int | None:
        """Return the place of an id, None for one that is not known."""
        wanted = np.uint64(text_hash(own_id))
        place = int(np.searchsorted(self._hashes, wanted))
        return place if own_id and place < len(self) and self._hashes[place] == wanted else None
