"""One cell of several: the columns that a field is taken from together, and lists with a separator of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from timeline_app.readers.list_cells import entries, text_of

LIST_FIELDS = frozenset({"actors", "roles", "tags", "excerpts", "excerpt_sources", "claims", "links"})

_BETWEEN = {"place": ", ", "summary": "\n\n", "excerpt": "\n\n", "basis_note": "\n\n"}


def joined_cell(field: str, cells: Sequence[str]) -> str:
    """Return the cells of several columns as the one cell of a field, empty ones left out."""
    if field in LIST_FIELDS:
        return list_cell(text_of(entry, "name") for cell in cells for entry in entries(cell))
    return _BETWEEN.get(field, " ").join(filter(None, map(str.strip, cells)))


def separated_cell(cell: str, separator: str) -> str:
    """Return a cell of values between separators of the table's own as a cell of several values."""
    return list_cell(map(str.strip, cell.split(separator)))


def list_cell(values: Iterable[str]) -> str:
    r"""Return a cell of several values, in which whatever else separates values is written with a backslash."""
    texts = [value for value in values if value]
    cell = ";".join(value.replace("\\", "\\\\").replace(";", "\\;").replace("|", "\\|") for value in texts)
    return f"\\{cell}" if cell[:1] in {"[", "{"} else cell
