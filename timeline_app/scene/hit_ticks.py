"""Where the hits of a search lie on the overview."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.scene.viewport import Viewport


def column_rows(starts_s: Int64Array, view: Viewport) -> Int32Array:
    """Return the first row of every column of pixels but the first, shape (view.width_px - 1,).

    `starts_s` are the sorted starts of all events, shape (events,). This holds for any search.
    """
    edges_px = np.arange(1, view.width_px)
    edges_s = np.array([view.time_at(x_px) for x_px in edges_px.tolist()], np.int64)
    edges_s += view.xs_of(edges_s) < edges_px
    return np.searchsorted(starts_s, edges_s).astype(np.int32)


def hit_counts(first_rows: Int32Array, rows: Int32Array) -> Int64Array:
    """Return how many hits begin in each column of pixels from the left edge, shape (first_rows + 1,).

    `first_rows` are those of `column_rows`, and `rows` the sorted rows of the hits. What begins beyond the view counts
    to its first or last column. The work grows with the columns, not with the hits.
    """
    return np.diff(np.concatenate(([0], np.searchsorted(rows, first_rows), [len(rows)])))
