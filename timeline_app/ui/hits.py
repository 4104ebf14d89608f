"""What a search found, as the panes share it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from timeline_app.core.arrays import Int32Array, read_only

NO_ROWS: Int32Array = read_only(np.zeros(0, np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """What the search found: its text, the rows in time order, and which of them is the present one (-1: none yet)."""

    text: str = ""
    rows: Int32Array = field(default_factory=lambda: NO_ROWS)
    current: int = -1

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Hits):
            return NotImplemented
        same_place = (self.text, self.current) == (other.text, other.current)
        return same_place and np.array_equal(self.rows, other.rows)

    def __hash__(self) -> int:
        return hash((self.text, self.current, len(self.rows)))

    def place_of(self, row: int) -> int:
        """Return which of the hits a row is, -1 for none."""
        place = int(np.searchsorted(self.rows, np.int32(row)))
        return place if place < len(self.rows) and self.rows[place] == row else -1
