"""What a caller may ask of a writer beyond the events."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """Choices that some writers know; a writer that does not know one ignores it."""

    guard_formulas: bool = True
    with_notes: bool = False
