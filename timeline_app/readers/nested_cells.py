"""Values in the nested objects and lists of a record, each under a path: `a.b`, and `a[].name` for those of a list."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from timeline_app.readers.joined_cells import list_cell
from timeline_app.readers.list_cells import parsed_json, text_of

_DEEPEST = 4
_MOST_PATHS = 500
_LIST = "[]"


class NestedCells(dict[str, str]):
    """The cells of a record, nested ones as JSON; `get` also finds what stands at a path within one."""

    def get(self, key: str, default: Any = "") -> Any:
        """Return a cell by its name, or else by its path; the default where there is neither."""
        found = super().get(key)
        if found is not None:
            return found
        if "." not in key and _LIST not in key:
            return default
        return self._at(key) or default

    def _at(self, path: str) -> str:
        steps = path.split(".")
        # A name may hold a point itself: the longest one that there is comes first.
        for count in range(len(steps), 0, -1):
            first = ".".join(steps[:count])
            cell = super().get(first.removesuffix(_LIST))
            if cell is not None:
                rest = ([_LIST] if first.endswith(_LIST) else []) + steps[count:]
                return _cell(list(_values(_parsed(cell), rest)))
        return ""


def nested_paths(records: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the paths of what is nested in records, each once, the most that a person could look through."""
    found: dict[str, None] = {}
    for record in records:
        for name, cell in record.items():
            if cell[:1] in {"{", "["}:
                found |= dict.fromkeys(_paths(_parsed(cell), name, 1))
            if len(found) >= _MOST_PATHS:
                return list(found)[:_MOST_PATHS]
    return list(found)


def is_taken(cell: str, name: str, paths: Collection[str]) -> bool:
    """Tell whether all that an object in a cell says stands at some paths within it."""
    found = _parsed(cell) if cell[:1] == "{" else None
    return isinstance(found, Mapping) and all(
        inner in (None, "") or f"{name}.{key}" in paths for key, inner in found.items()
    )


def _paths(value: object, path: str, depth: int) -> Iterator[str]:
    if isinstance(value, Mapping) and depth < _DEEPEST:
        for key, inner in value.items():
            here = f"{path}.{key}"
            if isinstance(inner, Mapping | list):
                yield from _paths(inner, here, depth + 1)
            else:
                yield here
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from _paths(inner, f"{path}{_LIST}", depth + 1)


def _values(value: object, steps: list[str]) -> Iterator[object]:
    """Give what stands at the end of some steps, one value for each item of the lists on the way."""
    if not steps:
        yield value
        return
    step, rest = steps[0], steps[1:]
    name, is_list = step.removesuffix(_LIST), step.endswith(_LIST)
    inner = value if not name else value.get(name) if isinstance(value, Mapping) else None
    if is_list:
        for item in inner if isinstance(inner, list) else ():
            yield from _values(item, rest)
    elif inner is not None:
        yield from _values(inner, rest)


def _cell(values: list[object]) -> str:
    texts = [
        json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping | list) else text_of(value)
        for value in values
        if value is not None
    ]
    return texts[0] if len(texts) == 1 else list_cell(texts)


def _parsed(cell: str) -> object:
    try:
        return parsed_json(cell)
    except ValueError:
        return None
