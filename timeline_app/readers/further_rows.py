"""Find the records of a dataset that tell more of an earlier one's event, as where it has a row for each actor."""

from __future__ import annotations

from collections.abc import Mapping

from timeline_app.core.event import Event
from timeline_app.core.same_event import RowKey, row_key

# In the layout of a file: records with one id, date, type and place are rows of one event.
ROWS_OF_ONE_EVENT = "rows_of_one_event"


def joins_rows(layout: Mapping[str, object]) -> bool:
    """Tell whether records of a file with this layout may be rows of one event."""
    return bool(layout.get(ROWS_OF_ONE_EVENT))


class FurtherRows:
    """Which of the events of a file are further rows of an earlier one, by their places in the order of the file."""

    def __init__(self) -> None:
        self.more_of: dict[int, int] = {}
        self._firsts: dict[RowKey, int] = {}

    def is_further(self, event: Event, place: int) -> bool:
        """Tell whether the event at a place, under the id that it has in the file, is a further row; keep of which."""
        first = self._firsts.setdefault(row_key(event), place)
        if first == place:
            return False
        self.more_of[place] = first
        return True
