"""What two states of a timeline differ in, as plain values to be compared."""

from __future__ import annotations

from typing import NamedTuple

from timeline_app.core.differences import Differences, FieldChange


class ToldDifferences(NamedTuple):
    """The rows and ids of what was added, changed and withdrawn, and how many are the same."""

    added: list[tuple[int, str]]
    changed: list[tuple[int, str, tuple[FieldChange, ...]]]
    withdrawn: list[tuple[int, str]]
    unchanged: int


def told(found: Differences) -> ToldDifferences:
    """Say what was found."""
    return ToldDifferences(
        [(one.row, one.event.id) for one in found.added],
        [(one.row, one.event.id, one.changes) for one in found.changed],
        [(one.row, one.event.id) for one in found.withdrawn],
        found.unchanged,
    )
