"""Read the lists that Python, NumPy and pandas write into the cells of text tables: `['Russia', 'Ukraine']`."""

from __future__ import annotations

import re
from ast import literal_eval

_BEGIN = re.compile(r"\[\s*(?:\[\s*)?['\"{]")
# NumPy puts no comma between texts; Python would take two such for one.
_NO_COMMA = re.compile(r"(?<=['\"])\s+(?=['\"])")
# What Python writes behind a backslash; of anything else it would complain on the terminal.
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = frozenset("\\'\"nrtxuU")
_LONGEST = 100_000
_MOST_BRACKETS = 2_000


def python_list(text: str) -> list[object] | None:
    """Return the list of texts or mappings that a text is in Python, None for any other."""
    if len(text) > _LONGEST or _BEGIN.match(text) is None or not text.endswith("]"):
        return None
    if sum(map(text.count, "[{(")) > _MOST_BRACKETS:
        return None
    try:
        # Takes values alone: nothing is run.
        found = literal_eval(_ESCAPE.sub(_as_written, _NO_COMMA.sub(", ", text)))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def _as_written(match: re.Match[str]) -> str:
    """Return an escape, or a backslash that is none as one that stands for itself."""
    return match[0] if match[1] in _ESCAPED else f"\\{match[0]}"
