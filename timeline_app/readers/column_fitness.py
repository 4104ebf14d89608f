"""Tell whether a column can be the field that its name says, by what stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_app.readers.blank_cells import filled
from timeline_app.readers.clock_cells import is_clock
from timeline_app.readers.column_kinds import ColumnKind, is_date, kind_of
from timeline_app.readers.fields import NUMBER
from timeline_app.readers.graded_importance import importance_of_grade

_NUMBERED = frozenset({ColumnKind.NUMBER, ColumnKind.POINT})
# What a field never is: a number is the count of an event, not its title, and of people, not their names.
_NEVER = {
    "title": _NUMBERED,
    "place": _NUMBERED,
    "actors": _NUMBERED | {ColumnKind.YEAR, ColumnKind.DATE, ColumnKind.CLOCK, ColumnKind.ADDRESS},
}
_FEWEST_FITTING = 0.25


def is_fit(field: str, cells: Sequence[str]) -> bool:
    """Tell whether the first cells of a column can be a field; those that say nothing can be any.

    What starts and ends an event is a date or a time of day in one of four cells at least, and so is an importance
    one: “to” may be who is sent something, and “significance” a sentence.
    """
    values = [text for cell in cells if (text := filled(cell).strip())]
    if not values:
        return True
    if field in {"start", "end"}:
        return sum(map(_is_time, values)) >= _FEWEST_FITTING * len(values)
    if field == "importance":
        return sum(map(_is_grade, values)) >= _FEWEST_FITTING * len(values)
    return field not in _NEVER or kind_of(values) not in _NEVER[field]


def _is_time(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None or is_date(text) or is_clock(text)


def _is_grade(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None or importance_of_grade(text) is not None
