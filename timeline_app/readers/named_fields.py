"""Which field of an event each column is by its name alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from timeline_app.readers.column_names import LAST_DATES, PAIRS, PARTED, SYNONYMS, field_names, simple_name

# Tells of a field and a column whether what stands in the one can be the other.
Fitness = Callable[[str, str], bool]

# Where a word begins in names such as BattleName and eventDate.
_CAPITAL_IN_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What of this program's own exports follows from other columns of theirs.
DERIVED = frozenset(
    {
        *("start_earliest", "start_latest", "end_earliest", "end_latest", "start", "end", "open_end", "precision"),
        *("zoned", "match", "file", "line", "origin", "origins", "disputed"),
        # Lines of JSON hold a point as one thing; its two numbers are taken from within it.
        *("location", "citations"),
    }
)


def named_fields(
    columns: Sequence[str], *, is_own: bool, is_fit: Fitness = lambda _field, _column: True
) -> dict[str, tuple[str, ...]]:
    """Return the columns of each field that is known by their names.

    `is_own` says that they are those of an export of this program, `is_fit` of a field and a column that is called like
    it whether what stands there can be that.
    """
    simple = {column: simple_name(column) for column in columns}
    parted = {column: _CAPITAL_IN_WORD.sub("_", column) for column in columns}
    words = {column: simple[column] if text == column else simple_name(text) for column, text in parted.items()}
    labels = {column: name.removesuffix("_label") for column, name in words.items()}
    by_name: dict[str, str] = {}
    # What stands there as a whole goes before words that are told apart by their capitals alone, and before columns as
    # results of queries are called.
    for names in (simple, words, labels):
        for column, name in names.items():
            by_name.setdefault(name, column)
    taken: set[str] = set()
    found: dict[str, tuple[str, ...]] = {}
    for known in SYNONYMS:
        called = (by_name[name] for name in field_names(known) if name in by_name)
        named = next((column for column in called if is_own or is_fit(known, column)), None)
        if named is not None and named not in taken and not (is_own and named in DERIVED):
            found[known] = (named,)
            taken.add(named)
    if is_own:
        return found
    types = dict.fromkeys(column for name, column in by_name.items() if name.endswith("_type") and column not in taken)
    if "type" not in found and len(types) == 1:
        found["type"] = tuple(types)
    found |= _in_parts(found, by_name)
    if not found.keys() & {"when", "start"}:
        last = next((by_name[name] for name in LAST_DATES if name in by_name and by_name[name] not in taken), None)
        if last is not None:
            return found | {"when": (last,)}
        # What has one date alone may well mean that of the event.
        found.pop("published", None)
    return found


def _in_parts(found: Mapping[str, tuple[str, ...]], by_name: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the fields that stand in several columns: dates in year, month and day, and the two sides."""
    several: dict[str, tuple[str, ...]] = {}
    for known, sets in PARTED.items():
        for names in sets:
            parts = tuple(by_name[name] for name in names if name in by_name)
            # A day is none without its month, nor a month without its year.
            is_whole = all(name in by_name for name in names[: len(parts)])
            is_more = len(parts) > len(several.get(known, ()))
            if parts and is_whole and is_more and set(found.get(known, parts)) <= set(parts):
                several[known] = parts
    if len(several.get("when", ())) == 1 and len(several.get("start", ())) > 1:
        # A year beside a start that is told more exactly.
        several.pop("when")
    if "when" in found and "start" in several:
        # What says the whole date goes before the numbers of its two years, of which one alone would say another.
        several.pop("end", None)
    if "when" in found or "start" in found:
        several = {known: parts for known, parts in several.items() if known not in {"when", "start"} or known in found}
    if "actors" not in found:
        pair = next((pair for pair in PAIRS if all(name in by_name for name in pair)), None)
        several |= {"actors": tuple(by_name[name] for name in pair)} if pair is not None else {}
    return several
