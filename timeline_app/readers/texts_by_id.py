"""Texts of which a few are wanted at a time, by ids, in a fraction of the memory that a mapping takes."""

from __future__ import annotations

from array import array

import numpy as np

from timeline_app.core.arrays import Int64Array, NDArray
from timeline_app.core.text_column import text_hash
from timeline_app.readers.source_file import MEGABYTE

MOST_BYTES = 256 * MEGABYTE


class TextsById:
    """Texts by the ids that they are taken under; of two under one id the first counts."""

    def __init__(self) -> None:
        self._hashes = array("Q")
        self._ends = array("q")
        self._content = bytearray()
        self._found: tuple[NDArray[np.uint64], Int64Array] | None = None

    def take(self, own_id: str, text: str) -> bool:
        """Take one more, if there is room for it; tell whether there was."""
        written = text.encode()
        if len(self._content) + len(written) > MOST_BYTES:
            return False
        self._hashes.append(_hash(own_id))
        self._content += written
        self._ends.append(len(self._content))
        self._found = None
        return True

    def get(self, own_id: str) -> str | None:
        """Return the text of an id, None where there is none."""
        hashes, places = self._sorted()
        wanted = np.uint64(_hash(own_id))
        at = int(np.searchsorted(hashes, wanted))
        if at == len(hashes) or hashes[at] != wanted:
            return None
        place = int(places[at])
        begin = self._ends[place - 1] if place else 0
        return bytes(self._content[begin : self._ends[place]]).decode()

    def _sorted(self) -> tuple[NDArray[np.uint64], Int64Array]:
        """Return the hashes in order, each with the number of its text; of equals the first comes first."""
        if self._found is None:
            hashes = np.array(self._hashes, np.uint64)
            places = np.argsort(hashes, kind="stable").astype(np.int64)
            self._found = hashes[places], places
        return self._found


def _hash(own_id: str) -> int:
    """Return the hash of an id, also of one with halves of characters."""
    return text_hash(own_id.encode(errors="replace").decode())
