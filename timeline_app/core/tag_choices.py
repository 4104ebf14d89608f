"""The tags of a table as choices: each once whatever its case, with how many events have it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array, read_only
from timeline_app.core.postings import Postings

MOST_TAGS = 2_000


def tag_names(tags: Postings) -> tuple[str, ...]:
    """Return the tags, each as it is written first; of more than MOST_TAGS the most frequent ones."""
    return tuple(tags.names[codes[0]] for codes in _chosen(tags))


def tag_counts(tags: Postings, mask: BoolArray) -> Int64Array:
    """Return in how many of the masked rows each of `tag_names` occurs; `mask` has the shape (table rows,)."""
    counts = tags.counts_among(mask)
    found = (counts[codes[0]] if len(codes) == 1 else _count_of_any(tags, codes, mask) for codes in _chosen(tags))
    return read_only(np.fromiter(found, np.int64))


def _chosen(tags: Postings) -> Iterator[list[int]]:
    """Yield the numbers of the tags that differ in case alone, in the order in which they are met."""
    groups: dict[str, list[int]] = {}
    for code, name in enumerate(tags.names):
        groups.setdefault(name.casefold(), []).append(code)
    chosen = list(groups.values())
    if len(chosen) > MOST_TAGS:
        totals = tags.counts
        sizes = np.array([totals[codes].sum() for codes in chosen])
        chosen = [chosen[place] for place in np.sort(np.argsort(-sizes, kind="stable")[:MOST_TAGS]).tolist()]
    yield from chosen


def _count_of_any(tags: Postings, codes: list[int], mask: BoolArray) -> int:
    having = tags.mask((tags.names[code] for code in codes), len(mask))
    return int(np.count_nonzero(having & mask))
