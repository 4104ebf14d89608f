"""Which events of a table have competing claims, as a narrow column: their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from timeline_app.core.arrays import Int32Array, read_only
from timeline_app.core.claim_figures import claim_groups, is_disputed
from timeline_app.core.event import Claim, Event

NOTHING_DISPUTED: Int32Array = read_only(np.zeros(0, np.int32))


def are_disputed(claims: Iterable[Claim]) -> bool:
    """Tell whether different speakers say something different of one thing."""
    return any(map(is_disputed, claim_groups(claims)))


def disputed_rows(events: Sequence[Event]) -> Int32Array:
    """Return the sorted rows of the events with competing claims."""
    rows = [row for row, event in enumerate(events) if len(event.claims) > 1 and are_disputed(event.claims)]
    return read_only(np.array(rows, np.int32))
