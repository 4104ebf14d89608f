"""Where the hits of a search lie on the overview."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.scene.viewport import Viewport


def hit_counts(starts_s: Int64Array, rows: Int32Array, view: Viewport) -> Int64Array:
    """Return how many hits begin in each column of pixels from the left edge, shape (view.width_px,).

    `starts_s` are the sorted starts of all events, shape (events,), and `rows` the sorted rows of the hits. What begins
    beyond the view counts to its first or last column. The work grows with the columns, not with the hits.
    """
    if not len(rows):
        return np.zeros(view.width_px, np.int64)
    edges_px = np.arange(1, view.width_px)
    edges_s = np.array([view.time_at(x_px) for x_px in edges_px.tolist()], np.int64)
    edges_s += view.xs_of(edges_s) < edges_px
    first_rows = np.searchsorted(starts_s, edges_s).astype(rows.dtype)
    return np.diff(np.concatenate(([0], np.searchsorted(rows, first_rows), [len(rows)])))
