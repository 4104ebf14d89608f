"""Tell whether a property of features can be the field that its name says, by its first values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from timeline_app.readers.blank_cells import filled
from timeline_app.readers.column_fitness import is_fit
from timeline_app.readers.column_kinds import ColumnKind, is_date, kind_of
from timeline_app.readers.fields import NUMBER

MOST_LOOKED_AT = 200

_NUMBERED = frozenset({ColumnKind.NUMBER, ColumnKind.POINT})
# What programs for maps write for the kind of a geometry.
_GEOMETRIES = frozenset(
    {
        *("feature", "featurecollection", "geometrycollection", "point", "multipoint", "linestring", "polygon"),
        *("multilinestring", "multipolygon", "line", "polyline", "marker", "circle", "rectangle"),
    }
)
_FEWEST_DATES = 0.25


class PropertyFitness:
    """Asks of the first values of properties, each question once."""

    def __init__(self, cells: Mapping[str, Sequence[str]]) -> None:
        """Look at `cells`, the first values of each property."""
        self._cells = cells
        self._known: dict[tuple[str, str], bool] = {}

    def is_fit(self, field: str, name: str) -> bool:
        """Tell whether a property can be a field; one that says nothing can be any."""
        if (field, name) not in self._known:
            values = [text for cell in self._cells.get(name, ()) if (text := filled(cell).strip())]
            self._known[field, name] = not values or _can_be(field, values)
        return self._known[field, name]


def _can_be(field: str, values: Sequence[str]) -> bool:
    """Tell whether values can be a field: numbers are no sources, kinds of geometry no types, and words no dates."""
    if field == "when":
        return sum(NUMBER.fullmatch(text) is not None or is_date(text) for text in values) >= _FEWEST_DATES * len(
            values
        )
    if field in {"source", "publisher"}:
        return kind_of(values) not in _NUMBERED
    if field == "type":
        return not all(text.casefold() in _GEOMETRIES for text in values)
    return is_fit(field, values)
