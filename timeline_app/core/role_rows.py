"""In which events each role occurs, as bits of one number a row, so that any choice of events is counted at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array, NDArray, read_only
from timeline_app.core.postings import Postings

MOST_ROLES = 64


@dataclass(frozen=True, slots=True, eq=False)
class RoleRows:
    """Bit i of `bits` is set where somebody has the role `names[i]`; of very many the first ones are there.

    `bits` has the shape (table rows,), and is empty where nobody has a role.
    """

    names: tuple[str, ...]
    bits: NDArray[np.unsignedinteger]

    @classmethod
    def of(cls, actors: Postings, row_count: int) -> RoleRows:
        """Look up where the roles of some actors occur."""
        names, roles = actors.role_names(MOST_ROLES), actors.roles
        if roles is None:
            return NO_ROLE_ROWS
        own_bit = {name.casefold(): 1 << place for place, name in enumerate(names)}
        kind = np.min_scalar_type((1 << len(names)) - 1)
        bits = np.zeros(row_count, kind)
        for code, own in enumerate(roles.sets):
            both = 0
            for role in own:
                both |= own_bit.get(role.casefold(), 0)
            if both:
                bits[actors.rows.compress(roles.codes == code)] |= kind.type(both)
        return cls(names, read_only(bits))

    def counts(self, mask: BoolArray) -> Int64Array:
        """Return in how many of the masked rows each role occurs, shape (len(names),)."""
        one = self.bits.dtype.type(1)
        passing = self.bits.compress(mask) if self.names else self.bits
        counts = [np.count_nonzero(passing & (one << self.bits.dtype.type(place))) for place in range(len(self.names))]
        return read_only(np.array(counts, np.int64))


NO_ROLE_ROWS = RoleRows((), read_only(np.zeros(0, np.uint8)))
