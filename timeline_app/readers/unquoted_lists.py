"""Take apart the lists that DuckDB writes into text tables, in brackets and mostly without quotes: `[Russia, Ukraine]`.

Only what could be taken otherwise stands in quotes there, `['Smith, John', Utopia]`, and what is missing is NULL. Each
cell by itself could be a name in brackets as well, so the first cells of a column tell whether they are such lists.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from timeline_app.readers.joined_cells import list_cell

# Stands for such lists where a separator is asked for.
BRACKETS = "[,]"
_ITEM = r"'(?:[^'\\]|\\.)*+'|[^\[\]{}'\",;|\s][^\[\]{}\",;|]*+"
_CELL = re.compile(rf"\[\s*(?:(?:{_ITEM})(?:,\s*(?:{_ITEM}))*)?\s*\]", re.DOTALL)
_FOUND_ITEM = re.compile(_ITEM, re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MISSING = "NULL"
_MOSTLY = 0.5


def are_unquoted_lists(cells: Collection[str]) -> bool:
    """Tell whether most of the cells that say something are such lists, and one of them of several values."""
    lists = [cell for cell in cells if _CELL.fullmatch(cell.strip())]
    return len(lists) > _MOSTLY * len(cells) and any("," in cell for cell in lists)


def unquoted_list(cell: str) -> str:
    """Return a cell that is such a list as a cell of several values, any other as it is."""
    text = cell.strip()
    if not text.startswith("[") or _CELL.fullmatch(text) is None:
        return cell
    return list_cell(name for item in _FOUND_ITEM.findall(text[1:-1]) if (name := _plain(item.strip())) != _MISSING)


def _plain(item: str) -> str:
    return _ESCAPE.sub(r"\1", item[1:-1]).strip() if item.startswith("'") else item
