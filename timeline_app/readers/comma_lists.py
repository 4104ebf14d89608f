"""Tell what separates the actors of a table's cells, commas and the like, from what all of its first cells say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from timeline_app.readers.blank_cells import filled
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.unquoted_lists import BRACKETS, are_unquoted_lists

_SEPARATOR_SETTING = "separator"
# Of what may part names, or stand within one; the first comma of East Asia and other semicolons never do.
_ALWAYS, _PERHAPS = ("؛", "；", "、"), (",", "،", "，", "/")
_OTHER_SEPARATORS = (";", "|", "[", "{")
_LISTS = ("actors", "tags")
_FEWEST_ALONE = 2
_MOSTLY = 0.5


def with_comma_lists(columns: EventColumns, table: TableSource, mapping: Mapping[str, str]) -> EventColumns:
    """Return the columns with a comma or slash as separator, where the cells of actors or tags show that it parts them.

    Lists in brackets without quotes are told likewise. Names may hold commas themselves, so the same columns where that
    is not to be seen, where anything else separates values in lists of this table, and where the user has said what
    does.
    """
    if columns.is_own or _SEPARATOR_SETTING in mapping or columns.joined.keys() & set(_LISTS):
        return columns
    actors, tags = ({*_filled_cells(columns, table, field)} for field in _LISTS)
    if are_unquoted_lists(actors) or are_unquoted_lists(tags):
        return replace(columns, separator=BRACKETS)
    if any(sign in cell for cell in actors | tags for sign in _OTHER_SEPARATORS):
        return columns
    always = next((sign for sign in _ALWAYS if any(sign in cell for cell in actors)), "")
    if always:
        return replace(columns, separator=always)
    sign = next((sign for sign in _PERHAPS if _parts(actors, sign) or _parts_tags(tags, actors, sign)), "")
    return replace(columns, separator=sign) if sign else columns


def _filled_cells(columns: EventColumns, table: TableSource, field: str) -> Iterator[str]:
    """Give the first cells of a field that say something."""
    name = columns.fields.get(field)
    return (text for cell in (table.cells(name) if name is not None else ()) if (text := filled(cell).strip()))


def _parts(cells: Collection[str], sign: str, fewest_alone: int = _FEWEST_ALONE) -> bool:
    """Tell whether a sign parts names in most cells that have it.

    What shows that are names that stand alone in others, or come again with other names, at another place among them:
    of “Smith, John” and “Smith, Jane” nobody is called “Smith” alone.
    """
    together = [[part.strip() for part in cell.split(sign)] for cell in cells if sign in cell]
    alone = {part for parts in together for part in parts if part in cells}
    if len(alone) >= fewest_alone:
        return _are_in_most(alone, together)
    ends = Counter(end for parts in together for end in {(part, part == parts[0], part == parts[-1]) for part in parts})
    again = Counter(part for parts in together for part in {*parts} if part)
    moving = {part for part in again if sum(part == name for name, _, _ in ends) > 1}
    coming_again = {part for part, count in again.items() if count > 1}
    return bool(moving) and len(coming_again) >= _FEWEST_ALONE and _are_in_most(coming_again, together)


def _parts_tags(tags: Collection[str], actors: Collection[str], sign: str) -> bool:
    """Tell whether a sign parts the tags of a table, and so its actors unless that is not to be seen in any of them."""
    return _parts(tags, sign) and (all(sign not in cell for cell in actors) or _parts(actors, sign, fewest_alone=1))


def _are_in_most(names: Collection[str], together: Sequence[Sequence[str]]) -> bool:
    return sum(not set(names).isdisjoint(parts) for parts in together) >= _MOSTLY * len(together)
