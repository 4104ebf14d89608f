"""From the columns of Arrow to records in JSON, within bounds: what stands once in a file may stand for much.

Dates and times become text in ISO 8601, instants in UTC; a time whose zone is not told stays so. What is no number
(NaN) is left out like what is missing. Bytes are text where they are UTF-8, else hexadecimal. Of an extension type only
what it is stored as is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from json.encoder import encode_basestring as quoted
from math import isinf, isnan
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from timeline_app.core.arrays import Int64Array

# Values in JSON, None for what is missing.
Values = list[str | None]
_Unit = Literal["D", "s", "ms", "us", "ns"]

_MOST_CHARACTERS = 32 * 1024 * 1024
# Missing ones need no byte of the file each.
_MOST_VALUES = 4_000_000
_MOST_DIGITS = 100
# Years of four digits, of which all readers of dates know what they are.
_FIRST_DAY, _DAY_BEYOND = -719_528, 2_932_897
_UNITS_A_DAY = {"D": 1, "s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


class TooLargeError(Exception):
    """Some records are together more than may be put together at once."""


def is_readable(kind: pa.DataType) -> bool:
    """Tell whether values of a type can be read."""
    kind = _stored(kind)
    if _is_list(kind):
        return is_readable(kind.value_type)
    if pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
        return is_readable(kind.value_type) and (_is_view(kind.value_type) or not _has_views(kind.value_type))
    if pa.types.is_map(kind):
        return is_readable(kind.key_type) and is_readable(kind.item_type)
    if pa.types.is_struct(kind):
        return all(is_readable(field.type) for field in kind)
    return _plain_way(kind) is not None


def unique_names(names: Sequence[str]) -> list[str]:
    """Return names each of which is another, a number after those that come again."""
    found: dict[str, None] = {}
    for name in names:
        number, own = 2, name
        while own in found:
            own, number = f"{name} ({number})", number + 1
        found[own] = None
    return list(found)


def records_as_json(names: Sequence[str], columns: Sequence[pa.Array], count: int) -> list[str]:
    """Return some records as objects in JSON, what is missing left out.

    Raises TooLargeError, and ValueError or an error of pyarrow's for what is not sound.
    """
    return _objects(names, [json_values(column) for column in columns], count, keep_missing=False)


def json_values(array: pa.Array) -> Values:
    """Return the values of a column in JSON; raises as `records_as_json` does."""
    if len(array) > _MOST_VALUES:
        raise TooLargeError
    if isinstance(array, pa.ExtensionArray):
        return json_values(array.storage)
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _chosen_values(array.dictionary, array.indices)
    if pa.types.is_run_end_encoded(kind):
        return _run_values(array)
    if pa.types.is_map(kind):
        return _maps(array)
    if _is_list(kind):
        return _lists(array)
    if pa.types.is_struct(kind):
        return _structs(array)
    way = _plain_way(kind)
    if way is None:
        raise ValueError(f"values of the type {kind} are not read")
    return way(array)


def _stored(kind: pa.DataType) -> pa.DataType:
    return kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _is_view(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string_view(kind) or pa.types.is_binary_view(kind))


def _has_views(kind: pa.DataType) -> bool:
    kind = _stored(kind)
    return _is_view(kind) or any(_has_views(kind.field(number).type) for number in range(kind.num_fields))


def _plain_way(kind: pa.DataType) -> Callable[[pa.Array], Values] | None:
    """Return what makes JSON of the values of a type that is not nested."""
    ways: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], Values]], ...] = (
        (pa.types.is_null, lambda array: [None] * len(array)),
        (pa.types.is_boolean, _as_written),
        (pa.types.is_integer, _as_written),
        (pa.types.is_floating, _floats),
        (pa.types.is_decimal, _decimals),
        (pa.types.is_string, _texts),
        (pa.types.is_large_string, _texts),
        (pa.types.is_string_view, _texts),
        (pa.types.is_binary, _binaries),
        (pa.types.is_large_binary, _binaries),
        (pa.types.is_binary_view, _binaries),
        (pa.types.is_fixed_size_binary, _codes),
        (pa.types.is_date, _dates),
        (pa.types.is_timestamp, _instants),
        (pa.types.is_time, _times),
        (pa.types.is_duration, _durations),
    )
    return next((way for is_of, way in ways if is_of(kind)), None)


def _as_written(array: pa.Array) -> Values:
    written: Values = array.cast(pa.string()).to_pylist()
    return written


def _floats(array: pa.Array) -> Values:
    # By way of their texts, else 0.1 of four bytes would be 0.10000000149011612.
    is_short = not pa.types.is_float64(array.type)
    values = array.cast(pa.string()).to_pylist() if is_short else array.to_pylist()
    return [None if value is None else _float(float(value)) for value in values]


def _float(value: float) -> str | None:
    if isnan(value):
        return None
    return quoted(str(value)) if isinf(value) else repr(value)


def _decimals(array: pa.Array) -> Values:
    if not 0 <= array.type.scale <= _MOST_DIGITS:
        return [None if value is None else quoted(str(value)) for value in array.to_pylist()]
    return [None if value is None else f"{value:f}" for value in array.to_pylist()]


def _texts(array: pa.Array) -> Values:
    _check_views(array)
    return [None if value is None else quoted(value) for value in array.to_pylist()]


def _binaries(array: pa.Array) -> Values:
    _check_views(array)
    return [None if value is None else quoted(_text_or_code(value)) for value in array.to_pylist()]


def _codes(array: pa.Array) -> Values:
    return [None if value is None else quoted(value.hex()) for value in array.to_pylist()]


def _text_or_code(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()


def _check_views(array: pa.Array) -> None:
    """Raise TooLargeError where values that may all be the same bytes would be too many characters."""
    if _is_view(array.type):
        # Each of 16 bytes, of which the first four are its length.
        lengths = np.frombuffer(array.buffers()[1], np.int32)[::4]
        _check(int(lengths[array.offset : array.offset + len(array)].sum(dtype=np.int64)))


def _dates(array: pa.Array) -> Values:
    if pa.types.is_date32(array.type):
        return _quoted(_iso_texts(array, "D"))
    return _quoted(_iso_texts(array, "ms", days_only=True))


def _instants(array: pa.Array) -> Values:
    zone = "Z" if array.type.tz else ""
    return _quoted(None if text is None else _short(text) + (zone if "T" in text else "") for text in _iso_texts(array))


def _iso_texts(array: pa.Array, unit: _Unit | None = None, *, days_only: bool = False) -> list[str | None]:
    """Return days or instants as text, as numbers where they are of no year of four digits."""
    unit = unit or array.type.unit
    numbers = _numbers(array)
    days = numbers // _UNITS_A_DAY[unit]
    is_known = (days >= _FIRST_DAY) & (days < _DAY_BEYOND)
    known = np.where(is_known, numbers, 0).view(f"M8[{unit}]")
    texts = np.datetime_as_string(known, "D" if days_only else unit).tolist()
    return [
        None if not valid else text if known else str(number)
        for text, number, known, valid in zip(texts, numbers.tolist(), is_known.tolist(), _valid(array), strict=True)
    ]


def _times(array: pa.Array) -> Values:
    """Return times of day; what is none stays a number."""
    unit = array.type.unit
    numbers = _numbers(array)
    is_known = (numbers >= 0) & (numbers < _UNITS_A_DAY[unit])
    texts = np.datetime_as_string(np.where(is_known, numbers, 0).view(f"M8[{unit}]"), unit).tolist()
    return _quoted(
        None if not valid else _short(text).partition("T")[2] if known else str(number)
        for text, number, known, valid in zip(texts, numbers.tolist(), is_known.tolist(), _valid(array), strict=True)
    )


def _durations(array: pa.Array) -> Values:
    """Return durations as ISO 8601 has them, in seconds."""
    places = {"s": 0, "ms": 3, "us": 6, "ns": 9}[array.type.unit]
    numbers = _numbers(array).tolist()
    return _quoted(
        f"{'-' if number < 0 else ''}PT{_short(_seconds(abs(number), places))}S" if valid else None
        for number, valid in zip(numbers, _valid(array), strict=True)
    )


def _seconds(number: int, places: int) -> str:
    whole, part = divmod(number, 10**places)
    return f"{whole}.{part:0{places}d}" if places else str(whole)


def _short(text: str) -> str:
    """Return a time without a fraction that says nothing."""
    return text.rstrip("0").removesuffix(".") if "." in text else text


def _quoted(texts: Any) -> Values:
    return [None if text is None else quoted(text) for text in texts]


def _numbers(array: pa.Array) -> Int64Array:
    """Return values as the whole numbers that they are kept as, 0 for what is missing."""
    whole = pa.int32() if array.type.bit_width == 32 else pa.int64()
    numbers: Int64Array = pc.fill_null(array.view(whole), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def _valid(array: pa.Array) -> list[bool]:
    valid: list[bool] = array.is_valid().to_pylist()
    return valid


def _chosen_values(values: pa.Array, indices: pa.Array) -> Values:
    """Return values by their number, each made once however often it comes."""
    places = pc.unique(indices.drop_null())
    made = dict(zip(places.to_pylist(), json_values(_taken(values, places)), strict=True))
    return [None if place is None else made[place] for place in indices.to_pylist()]


def _taken(values: pa.Array, places: pa.Array) -> pa.Array:
    if not _is_view(values.type):
        return values.take(places)
    # pyarrow 26 takes nothing from an array of views.
    _check(sum(values[place].as_buffer().size for place in places.to_pylist() if values[place].is_valid))
    return pa.array([values[place].as_py() for place in places.to_pylist()], values.type)


def _run_values(array: pa.Array) -> Values:
    """Return the values of runs, each of which is told with its end only."""
    ends = array.run_ends.to_numpy()
    places = np.searchsorted(ends, np.arange(array.offset, array.offset + len(array)), side="right")
    return _chosen_values(array.values, pa.array(places))


def _lists(array: pa.Array) -> Values:
    return _put_together(array, zip(_present(json_values(array.flatten()))), _list)


def _list(items: Sequence[tuple[str, ...]]) -> str:
    return "[" + ",".join(item for (item,) in items) + "]"


def _structs(array: pa.Array) -> Values:
    names = unique_names([field.name for field in array.type])
    objects = _objects(names, list(map(json_values, array.flatten())), len(array), keep_missing=True)
    return [found if valid else None for found, valid in zip(objects, _valid(array), strict=True)]


def _maps(array: pa.Array) -> Values:
    """Return maps as objects, as lists of pairs where a key comes twice."""
    kind = array.type
    pairs = array.cast(pa.list_(pa.struct([("key", kind.key_type), ("value", kind.item_type)])))
    entries = pairs.flatten()
    keys, values = (_present(json_values(entries.field(number))) for number in (0, 1))
    return _put_together(pairs, zip(keys, values, strict=True), _map)


def _map(entries: Sequence[tuple[str, ...]]) -> str:
    named = {key if key.startswith('"') else quoted(key): value for key, value in entries}
    if len(named) == len(entries):
        return "{" + ",".join(f"{name}:{value}" for name, value in named.items()) + "}"
    return "[" + ",".join(f"[{key},{value}]" for key, value in entries) + "]"


def _put_together(
    array: pa.Array, items: Iterator[tuple[str, ...]], together: Callable[[Sequence[tuple[str, ...]]], str]
) -> Values:
    """Return the items of each list of a column as one text."""
    found: Values = []
    characters = 0
    for count in pc.list_value_length(array).to_pylist():
        if count is None:
            found.append(None)
            continue
        own = list(islice(items, count))
        characters = _check(characters + 2 + sum(len(part) + 3 for item in own for part in item))
        found.append(together(own))
    return found


def _present(values: Values) -> list[str]:
    return ["null" if value is None else value for value in values]


def _objects(names: Sequence[str], columns: Sequence[Values], count: int, *, keep_missing: bool) -> list[str]:
    """Return objects in JSON; `names` are the keys of the columns."""
    keys = [f"{quoted(name)}:" for name in names]
    missing = "null" if keep_missing else None
    found: list[str] = []
    characters = 0
    for row in range(count):
        values = [column[row] or missing for column in columns]
        characters += sum(len(key) + len(value) for key, value in zip(keys, values, strict=True) if value is not None)
        _check(characters)
        parts = [key + value for key, value in zip(keys, values, strict=True) if value is not None]
        found.append("{" + ",".join(parts) + "}")
    return found


def _check(characters: int) -> int:
    if characters > _MOST_CHARACTERS:
        raise TooLargeError
    return characters
