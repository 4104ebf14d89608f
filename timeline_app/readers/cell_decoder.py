"""Makes events of the records of a table, each of which is its cells by the names of the columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from timeline_app.core.event import Event, Origin


@dataclass(frozen=True, slots=True)
class CellDecoder:
    """A decoder by steps: `cells_of` takes a record apart, the others make the event, or its title, of the cells.

    `is_literal` is what core.batches.LiteralDecoder says.
    """

    cells_of: Callable[[bytes], Mapping[str, str]]
    event_of: Callable[[Mapping[str, str], Origin], Event]
    title_of: Callable[[Mapping[str, str]], str]
    is_literal: bool = False

    def __call__(self, raw: bytes, origin: Origin, /) -> Event:
        """Return the whole event of a record."""
        return self.event_of(self.cells_of(raw), origin)

    def title(self, raw: bytes, /) -> str:
        """Return the title of a record's event."""
        return self.title_of(self.cells_of(raw))
