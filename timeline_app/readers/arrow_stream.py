"""Take columns from DuckDB as they lie in memory, by the C interface of Apache Arrow.

That interface is a few structures of C (https://arrow.apache.org/docs/format/CStreamInterface.html), so that no library
is needed for it. What NumPy's own way out of DuckDB makes of texts, an object each, takes longer than reading the file.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from timeline_app.core.arrays import Int64Array, NDArray
from timeline_app.core.text_column import TextColumn

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CAPSULE_NAME: Final = b"arrow_array_stream"
_NUMBERS: Final[Mapping[bytes, type[np.generic]]] = {
    b"C": np.uint8,
    b"S": np.uint16,
    b"I": np.uint32,
    b"i": np.int32,
    b"l": np.int64,
}
_TEXT, _LIST = b"u", b"+l"


class _Schema(ctypes.Structure):
    """ArrowSchema."""


class _Array(ctypes.Structure):
    """ArrowArray."""


class _Stream(ctypes.Structure):
    """ArrowArrayStream."""


_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.POINTER(_Schema)),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))),
    ("private_data", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", ctypes.POINTER(_Array)),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))),
    ("private_data", ctypes.c_void_p),
]
_Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(_Stream))),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Stream))),
    ("private_data", ctypes.c_void_p),
]


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts in UTF-8, end to end: text i is content[offsets[i]:offsets[i + 1]].

    `content` is memory of DuckDB's where that is possible, which it gets back when nobody holds it any more.
    """

    content: memoryview
    offsets: Int64Array

    def column(self) -> TextColumn:
        """Return them as a column to work with."""
        return TextColumn.of_bytes(self.content, self.offsets)


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Numbers of each record: those of record i are values[offsets[i]:offsets[i + 1]]."""

    values: NDArray[Any]
    offsets: Int64Array


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The columns that a query gave, by their names; `is_whole` tells that every record has a value in each."""

    columns: Mapping[str, NDArray[Any] | Texts | Lists]
    is_whole: bool

    def numbers(self, name: str) -> NDArray[Any]:
        """Return a column of numbers."""
        column = self.columns[name]
        assert isinstance(column, np.ndarray)
        return column

    def texts(self, name: str) -> Texts:
        """Return a column of texts."""
        column = self.columns[name]
        assert isinstance(column, Texts)
        return column

    def lists(self, name: str) -> Lists:
        """Return a column of lists of numbers."""
        column = self.columns[name]
        assert isinstance(column, Lists)
        return column


def fetch(connection: DuckDBPyConnection, query: str) -> Result:
    """Return what a query gives: texts, whole numbers, and lists of such; raises duckdb.Error."""
    # The capsule owns the stream, and releases it when it goes.
    capsule = connection.sql(query).__arrow_c_stream__()
    stream = _Stream.from_address(_capsule_address(capsule, _CAPSULE_NAME))
    with _schema_of(stream) as schema:
        fields = [schema.children[number].contents for number in range(schema.n_children)]
        names = [field.name.decode() for field in fields]
        parts: list[list[_Part]] = [[] for _ in fields]
        for array in _arrays(stream):
            for number, field in enumerate(fields):
                parts[number].append(_part(field, array.children[number].contents, array))
        columns = {name: _joined(field, some) for name, field, some in zip(names, fields, parts, strict=True)}
    return Result(columns, is_whole=not any(one.has_gaps for some in parts for one in some))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A stretch of a column; the values of texts are their bytes."""

    values: NDArray[Any]
    offsets: NDArray[np.int32] | None
    has_gaps: bool


def _part(field: _Schema, array: _Array, owner: _Array) -> _Part:
    """Return a column of what DuckDB gave as `owner`, which is held for as long as any of it is."""
    begin, beyond = int(array.offset), int(array.offset + array.length)
    has_gaps = array.null_count != 0
    if field.format in _NUMBERS:
        return _Part(_values(array.buffers[1], _NUMBERS[field.format], begin, beyond, owner), None, has_gaps)
    if field.format not in {_TEXT, _LIST}:
        raise ValueError(f"a column of the kind {field.format!r} is not asked for")
    offsets = _values(array.buffers[1], np.int32, begin, beyond + 1, owner)
    first, last = (int(offsets[0]), int(offsets[-1])) if len(offsets) else (0, 0)
    if field.format == _TEXT:
        return _Part(_values(array.buffers[2], np.uint8, first, last, owner), offsets - first, has_gaps)
    inner = _part(field.children[0].contents, array.children[0].contents, owner)
    return _Part(inner.values[first:last], offsets - first, has_gaps or inner.has_gaps)


def _joined(field: _Schema, parts: Sequence[_Part]) -> NDArray[Any] | Texts | Lists:
    ends = [np.zeros(1, np.int64)]
    for part in parts:
        if part.offsets is not None:
            ends.append(part.offsets[1:] + ends[-1][-1])
    inner = field.children[0].contents if field.format == _LIST else field
    kind = np.uint8 if field.format == _TEXT else _NUMBERS[inner.format]
    each = [part.values for part in parts]
    values = each[0] if len(each) == 1 else np.concatenate([np.empty(0, kind), *each])
    if field.format == _TEXT:
        return Texts(values.data, np.concatenate(ends))
    return Lists(values, np.concatenate(ends)) if field.format == _LIST else values


def _values(address: int | None, kind: type[np.generic], begin: int, beyond: int, owner: _Array) -> NDArray[Any]:
    """Return some values as they lie in DuckDB's memory."""
    width = np.dtype(kind).itemsize
    if address is None or beyond <= begin:
        return np.zeros(max(beyond - begin, 0), kind)
    memory: Any = (ctypes.c_char * ((beyond - begin) * width)).from_address(address + begin * width)
    memory.owner = owner
    values: NDArray[Any] = np.frombuffer(memoryview(memory), kind)
    values.flags.writeable = False
    return values


class _Given(_Array):
    """A stretch of a result, which DuckDB gets back when it goes."""

    def __del__(self) -> None:
        if self.release:
            self.release(ctypes.byref(self))


def _arrays(stream: _Stream) -> Iterator[_Array]:
    """Give the stretches of a result."""
    while True:
        array = _Given()
        if stream.get_next(ctypes.byref(stream), ctypes.byref(array)):
            raise _error(stream)
        if not array.release:
            return
        yield array


@contextmanager
def _schema_of(stream: _Stream) -> Iterator[_Schema]:
    schema = _Schema()
    if stream.get_schema(ctypes.byref(stream), ctypes.byref(schema)):
        raise _error(stream)
    try:
        yield schema
    finally:
        schema.release(ctypes.byref(schema))


def _error(stream: _Stream) -> Exception:
    """Return what DuckDB came upon under way, as it raises it at the beginning of a query."""
    import duckdb  # heavy, and loaded already where there is a stream

    message = (stream.get_last_error(ctypes.byref(stream)) or b"").decode(errors="replace")
    return (duckdb.OutOfMemoryException if message.startswith("Out of Memory") else duckdb.Error)(message)


def _capsule_address(capsule: object, name: bytes) -> int:
    get_pointer = ctypes.pythonapi.PyCapsule_GetPointer
    get_pointer.restype, get_pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    address: int = get_pointer(capsule, name)
    return address
