"""Cells that say nothing, though something stands in them: what statistics programs write for a missing value."""

from __future__ import annotations

# None of them can be the name of an actor, a place, a type or a source, nor a date.
NOTHING_WRITTEN = frozenset(
    {
        *("-9", "-99", "-999", "-9999", "-9.0", "-99.0", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL"),
        *("null", "-", "--", "–", "—", ".", "..", "?"),
    }
)


def filled(cell: str) -> str:
    """Return a cell, empty where it says that there is nothing."""
    return "" if cell.strip() in NOTHING_WRITTEN else cell
