"""The kinds of arrays that the engine works with, as types.

They exist for the type checker: `numpy.typing` takes a good part of a second start of the program to import, and at run
time every one of them is an ndarray.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

__all__ = [
    "BoolArray",
    "Float32Array",
    "FloatArray",
    "Int16Array",
    "Int32Array",
    "Int64Array",
    "IntegerArray",
    "NDArray",
    "Scalar",
    "UInt8Array",
    "are_among",
    "read_only",
    "sorted_unique",
]

Scalar = TypeVar("Scalar", bound=np.generic)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Int64Array: TypeAlias = NDArray[np.int64]
    Int32Array: TypeAlias = NDArray[np.int32]
    Int16Array: TypeAlias = NDArray[np.int16]
    IntegerArray: TypeAlias = NDArray[np.signedinteger]
    UInt8Array: TypeAlias = NDArray[np.uint8]
    BoolArray: TypeAlias = NDArray[np.bool_]
    Float32Array: TypeAlias = NDArray[np.float32]
    FloatArray: TypeAlias = NDArray[np.float64]
else:
    NDArray = Int64Array = Int32Array = Int16Array = IntegerArray = UInt8Array = np.ndarray
    BoolArray = Float32Array = FloatArray = np.ndarray


def are_among(values: NDArray[Scalar], known: NDArray[Scalar]) -> BoolArray:
    """Return which values are among sorted ones of the same type, each looked up, however many those are."""
    if not len(known):
        return np.zeros(len(values), np.bool_)
    places = np.minimum(np.searchsorted(known, values), len(known) - 1)
    found: BoolArray = known[places] == values
    return found


def sorted_unique(values: NDArray[Scalar]) -> tuple[NDArray[Scalar], Int64Array]:
    """Return each of the sorted values once, and where its run begins; both of shape (distinct values,).

    NumPy's own `unique` imports masked arrays for it, which the start of the program would wait for.
    """
    begins = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))[: len(values)])
    return values[begins], begins


def read_only(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """Return the same array, closed to writing."""
    array.flags.writeable = False
    return array
