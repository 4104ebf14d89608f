"""Prepare the next piece of a file while the present one is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def read_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Give the items, of which one at most is made before it is asked for, by a thread of its own.

    It pays where most of the work is done by what lets go of the interpreter's lock, as files and NumPy do. What
    making an item raises is raised where that item would be given; once nobody asks for more, the thread is done.
    """
    with ThreadPoolExecutor(1, "read-ahead") as helper:
        coming = helper.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = helper.submit(next, items, None)
            yield item
