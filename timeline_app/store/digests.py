"""Digests of the records of an ingested file, in the order of its rows, read from beginning to end."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

import numpy as np

from timeline_app.core.arrays import Int64Array, NDArray
from timeline_app.core.errors import Cancelled
from timeline_app.store.kept import Pieces

_DIGEST_BYTES = 16
_STRETCH = 20_000  # records


def record_digests(
    records: Pieces,
    begins: Int64Array,
    lengths: Int64Array,
    rest_of: Callable[[int], bytes],
    beside: Callable[[int], bytes],
    is_wanted: Callable[[], bool],
) -> NDArray[np.uint64]:
    """Return two numbers for each row, shape (rows, 2), that are the same only where all of its bytes are.

    `begins` and `lengths` tell where the record of each row is; `rest_of` and `beside` give what else belongs to a row,
    by its number. Raises StoreError for what is gone or damaged, and Cancelled once they are not wanted any more.
    """
    found = bytearray(_DIGEST_BYTES * len(begins))
    order = np.argsort(begins, kind="stable")
    for first in range(0, len(order), _STRETCH):
        if not is_wanted():
            raise Cancelled("comparing was stopped")
        rows = order[first : first + _STRETCH].tolist()
        for row, begin, length in zip(rows, begins[rows].tolist(), lengths[rows].tolist(), strict=True):
            digest = blake2b(records.read(length, begin), digest_size=_DIGEST_BYTES)
            # The lengths keep one record and its rest from being taken for another record and its rest.
            digest.update(b"%d %b" % (length, beside(row)))
            digest.update(rest_of(row))
            found[row * _DIGEST_BYTES : (row + 1) * _DIGEST_BYTES] = digest.digest()
    return np.frombuffer(found, "<u8").reshape(-1, 2)
