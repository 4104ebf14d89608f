"""Fetches records that will be read soon, so that who lays out their titles does not wait for the disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from timeline_app.core.arrays import Int32Array
from timeline_app.core.errors import StoreError
from timeline_app.store.checksums import BLOCK_BYTES
from timeline_app.store.kept import Pieces
from timeline_app.store.parts import PLACE

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

# Of what is asked for faster than a disk can fetch it, the newest: the view has moved on from the rest.
_MOST_WAITING = 256


class Fetcher:
    """Fetches in a thread of its own what tells the places of records, then the records, each as a whole at once."""

    def __init__(self, places: Pieces, records: Pieces) -> None:
        self._places = places
        self._records = records
        self._waiting: deque[tuple[Int32Array, Event]] = deque()

    def fetch(self, rows: Int32Array) -> Callable[[], bool]:
        """Have the records of some rows fetched, and return what tells whether they are waited for no longer.

        Who reads them before waits for them as without this.
        """
        is_done = Event()
        self._waiting.append((rows, is_done))
        with suppress(IndexError):  # The thread may have taken it meanwhile.
            if len(self._waiting) > _MOST_WAITING:
                self._waiting.popleft()[1].set()
        _thread().submit(self._fetch_newest)
        return is_done.is_set

    def _fetch_newest(self) -> None:
        try:
            rows, is_done = self._waiting.pop()
        except IndexError:
            return
        try:
            # What is gone or damaged is told to who reads it.
            with suppress(IndexError, StoreError):
                self._fetch(rows)
        finally:
            is_done.set()

    def _fetch(self, rows: Int32Array) -> None:
        offsets = rows.astype(np.int64) * PLACE.size
        self._places.fetch(offsets)
        raw = b"".join(self._places.read(PLACE.size, offset) for offset in offsets.tolist())
        # A record that goes on in the next block is only there when that is, too.
        within = [
            place
            for begin, length, *_ in PLACE.iter_unpack(raw)
            for place in (*range(begin, begin + length, BLOCK_BYTES), begin + max(length, 1) - 1)
        ]
        self._records.fetch(np.array(within, np.int64))


@cache
def _thread() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # Opening a file does without it.

    return ThreadPoolExecutor(1, "fetching")
