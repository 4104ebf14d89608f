"""One cell of several: the columns that a field is taken from together, and lists with a separator of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from timeline_app.readers.column_names import ROLE_BY_COLUMN, simple_name
from timeline_app.readers.list_cells import entries, name_of

LIST_FIELDS = frozenset({"actors", "roles", "tags", "excerpts", "excerpt_sources", "claims", "links"})

_BETWEEN = {"place": ", ", "summary": "\n\n", "excerpt": "\n\n", "basis_note": "\n\n"}


def joined_cell(field: str, cells: Sequence[str], between: str = "") -> str:
    """Return the cells of several columns as the one cell of a field, empty ones left out.

    Texts stand apart by what is between those of their field, unless that is told.
    """
    if field in LIST_FIELDS:
        return list_cell(name_of(entry) for cell in cells for entry in entries(cell))
    return (between or _BETWEEN.get(field, " ")).join(filter(None, map(str.strip, cells)))


def cell_with_roles(columns: Sequence[str], cells: Sequence[str]) -> str | None:
    """Return the cells of several columns of actors as one, each with the role that the name of its column gives.

    None where no name of a column gives any.
    """
    roles = [ROLE_BY_COLUMN.get(simple_name(column), "") for column in columns]
    if not any(roles):
        return None
    named = [
        {"role": role, **(entry if isinstance(entry, Mapping) else {"name": entry})}
        for role, cell in zip(roles, cells, strict=True)
        for entry in entries(cell)
    ]
    return json.dumps(named, ensure_ascii=False) if named else ""


def separated_cell(cell: str, separator: str) -> str:
    """Return a cell of values between separators of the table's own as a cell of several values."""
    return list_cell(map(str.strip, cell.split(separator)))


def list_cell(values: Iterable[str]) -> str:
    r"""Return a cell of several values, in which whatever else separates values is written with a backslash."""
    texts = [value for value in values if value]
    cell = ";".join(value.replace("\\", "\\\\").replace(";", "\\;").replace("|", "\\|") for value in texts)
    return f"\\{cell}" if cell[:1] in {"[", "{"} else cell
