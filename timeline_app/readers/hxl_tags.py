"""Understand the row of tags by which the Humanitarian Exchange Language (HXL) tells what the columns above it hold.

Capitals and blanks within a tag mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TAG = re.compile(r"#[a-z][a-z0-9_+ ]*", re.ASCII | re.IGNORECASE)
_FEWEST_TAGS = 2
# Which tag, with which attributes, says which field, best first.
_FIELDS: tuple[tuple[str, frozenset[str], str], ...] = tuple(
    (tag, frozenset(attributes.split()), field)
    for tag, attributes, field in (
        ("#date", "start", "start"),
        ("#date", "end", "end"),
        ("#date", "occurred", "when"),
        ("#date", "reported", "published"),
        ("#date", "", "when"),
        ("#event", "id", "id"),
        ("#event", "code", "id"),
        ("#event", "type", "type"),
        ("#event", "name", "title"),
        ("#event", "", "title"),
        ("#description", "", "summary"),
        ("#geo", "lat", "lat"),
        ("#geo", "lon", "lon"),
        ("#loc", "", "place"),
        ("#adm4", "name", "place"),
        ("#adm3", "name", "place"),
        ("#adm2", "name", "place"),
        ("#adm1", "name", "place"),
        ("#adm1", "", "place"),
        ("#country", "", "place"),
        ("#meta", "source", "source"),
        ("#meta", "url", "url"),
        ("#meta", "id", "id"),
    )
)


def are_hxl_tags(cells: Sequence[str]) -> bool:
    """Tell whether the cells of a row that say something are tags of HXL."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) >= _FEWEST_TAGS and all(_TAG.fullmatch(cell) for cell in filled)


def tagged_fields(columns: Sequence[str], tags: Sequence[str]) -> dict[str, str]:
    """Return the column of each field that the tags below the columns tell, each column once."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for tag, needed, field in _FIELDS:
        for column in _tagged(columns, tags, tag, needed):
            if column not in taken and field not in found:
                found[field] = column
                taken.add(column)
    return found


def _tagged(columns: Sequence[str], tags: Sequence[str], tag: str, needed: frozenset[str]) -> Iterator[str]:
    """Give the columns of a tag that has all of some attributes; codes name no place."""
    for column, written in zip(columns, tags, strict=False):
        own, *attributes = written.replace(" ", "").lower().split("+")
        has_code = "code" in attributes and "code" not in needed
        if own == tag and needed <= set(attributes) and not has_code:
            yield column
