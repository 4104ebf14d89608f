"""Which events get room first where there is not enough for all."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, UInt8Array

MOST_IMPORTANT = 5
_RANK_BITS = 32
_SCATTER = 2_654_435_761  # Knuth's multiplicative hash: the golden ratio in 32 bits


def urgencies(rows: Int32Array, importance: UInt8Array) -> Int64Array:
    """Return the rank of rows, shape (len(rows),), by which they get room, the least first; at most 2**35 - 1.

    The most important come first; equals in an order that is scattered over time and always the same.
    """
    scattered = (rows.astype(np.int64) * _SCATTER) & ((1 << _RANK_BITS) - 1)
    ranks: Int64Array = ((MOST_IMPORTANT - importance[rows].astype(np.int64)) << _RANK_BITS) | scattered
    return ranks


def most_urgent_of_cells(cells: Int64Array, urgency: Int64Array, most: int) -> Int64Array:
    """Return the sorted places of the `most` least urgencies of each cell; the cells are sorted, and near each other.

    One sort of a number made of cell, urgency and place is many times faster than a sort by several keys.
    """
    if not len(cells):
        return np.zeros(0, np.int64)
    begins = np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1])))
    place_bits = len(cells).bit_length()
    cell_bits = int(cells[-1] - cells[0]).bit_length()
    urgency_bits = min(_RANK_BITS + 3, 63 - place_bits - cell_bits)
    keys = (cells - cells[0]) << urgency_bits
    keys |= urgency >> (_RANK_BITS + 3 - urgency_bits)
    keys <<= place_bits
    keys |= np.arange(len(cells))
    keys.sort()
    # A cell keeps its stretch when its keys are sorted.
    wanted = begins[:, None] + np.arange(most)
    is_there = wanted < np.append(begins[1:], len(cells))[:, None]
    chosen: Int64Array = np.sort(keys[wanted[is_there]] & ((1 << place_bits) - 1))
    return chosen
