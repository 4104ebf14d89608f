"""Columns whose cells are alike again and again, each distinct one worked on once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array, NDArray, Scalar

Cell = TypeVar("Cell", bound=Hashable)
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Generic[Cell]):
    """A column as its distinct cells, in the order in which they first come, and which of them each record has.

    Cell i is values[codes[i]]; `codes` has the shape (records,).
    """

    values: Sequence[Cell]
    codes: Int64Array

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> Coded[Cell]:
        """Return a column of some cells."""
        values = tuple(dict.fromkeys(cells))
        numbers = dict(zip(values, range(len(values)), strict=True))
        return cls(values, np.fromiter(map(numbers.__getitem__, cells), np.int64, len(cells)))

    @classmethod
    def same(cls, cell: Cell, count: int) -> Coded[Cell]:
        """Return a column of one cell again and again."""
        return cls((cell,) if count else (), np.zeros(count, np.int64))

    @classmethod
    def chosen(cls, values: Sequence[Cell], codes: Int64Array) -> Coded[Cell]:
        """Return a column of the cells values[codes[i]], where some values may be alike and others in no record."""
        first, own = numbered_alike(cls.of(values).codes[codes])
        return cls([values[code] for code in codes[first].tolist()], own)

    @classmethod
    def put_together(cls, parts: Sequence[tuple[Int64Array, Coded[Cell]]]) -> Coded[Cell]:
        """Return a column in which some records have the cells of a part, others those of another.

        Each part is given with the places of its records; all together these are all places.
        """
        filled = [part for part in parts if len(part[0])]
        if len(filled) == 1:
            # All records, in their order.
            return filled[0][1]
        values: list[Cell] = []
        codes = np.zeros(sum(len(rows) for rows, _ in filled), np.int64)
        for rows, part in filled:
            codes[rows] = part.codes + len(values)
            values += part.values
        return cls.chosen(values, codes)

    def __len__(self) -> int:
        return len(self.codes)

    def mapped(self, function: Callable[[Cell], Value]) -> Coded[Value]:
        """Return what a function gives for each cell."""
        found = Coded.of([function(value) for value in self.values])
        return Coded(found.values, found.codes[self.codes])

    def kept(self, good: BoolArray | None) -> Coded[Cell]:
        """Return the cells of the good records, all of them for None."""
        return self if good is None else Coded.chosen(self.values, self.codes[good])


def together(columns: Sequence[Coded[Any]]) -> Coded[tuple[Any, ...]]:
    """Return what stands beside each other in some columns of one length, as tuples, those that are alike once."""
    first, codes = numbered_alike(columns[0].codes)
    for column in columns[1:]:
        first, codes = numbered_alike(codes * (int(column.codes.max(initial=0)) + 1) + column.codes)
    cells = [[column.values[code] for code in column.codes[first].tolist()] for column in columns]
    return Coded(list(zip(*cells, strict=True)), codes)


def numbered_alike(keys: NDArray[Scalar]) -> tuple[Int64Array, Int64Array]:
    """Return where each distinct key comes first, in that order, and the number of each key among them."""
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    order = np.argsort(keys)
    ordered = keys[order]
    is_other = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    first = np.minimum.reduceat(order, np.flatnonzero(is_other))
    by_coming = np.argsort(first)
    ranks = np.empty_like(by_coming)
    ranks[by_coming] = np.arange(len(by_coming))
    codes = np.empty(len(keys), np.int64)
    codes[order] = ranks[np.cumsum(is_other) - 1]
    return first[by_coming], codes


class Memo(dict[Cell, Value]):
    """What a function gives for each of its arguments, worked out once for those that come again."""

    def __init__(self, function: Callable[[Cell], Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: Cell) -> Value:
        value = self[key] = self._function(key)
        return value
