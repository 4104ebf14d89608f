"""Find the columns of a coded dataset in the header of a table, however their names are written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from timeline_app.readers.delimited import column_names

_BETWEEN = re.compile(r"[\W_]+")


def known_columns(
    header: Sequence[str], known: Sequence[str], older: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return the names of columns, those that are known as they are written today; `older` gives what those were.

    Case, blanks and underscores make no difference. A column that names a known one again keeps its own name.
    """
    by_name = {_simple(name): name for name in known} | {_simple(old): new for old, new in (older or {}).items()}
    names: list[str] = []
    taken: set[str] = set()  # looked up in a set: what is taken for a header may have a hundred thousand cells
    for written in header:
        name = by_name.get(_simple(written), written)
        names.append(written if name in taken else name)
        taken.add(names[-1])
    return column_names(names)


def _simple(name: str) -> str:
    return _BETWEEN.sub("", name.casefold())
