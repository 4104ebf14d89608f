"""Read the records of a file that lies beside events, whatever it is of: rows of a table, or objects in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.column_names import simple_name
from timeline_app.readers.delimited import row_batches, table_of_text
from timeline_app.readers.json_members import with_members
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.json_sections import ListPath
from timeline_app.readers.json_values import json_row, json_values
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.tree import listed

# What the columns of each field are called, as `simple_name` gives it, best first; the first field names a record.
Columns = Mapping[str, tuple[str, ...]]
_ROOT: ListPath = ()


@dataclass(frozen=True, slots=True)
class CompanionRecord:
    """A record: where it stands, its cells by the fields that they are, and those of other columns."""

    line: int
    cells: Mapping[str, str]
    others: dict[str, object]


def companion_records(
    file: LineFile, what: str, columns: Columns, tell: Callable[[Iterable[Problem]], None]
) -> Iterator[CompanionRecord]:
    """Give the records of a file; raises ReadError for one that has none of which a column names them.

    In JSON they are a list, or an object by their names, which may stand under the name of `what` they are, or lines.
    Records that cannot be read are told.
    """
    if file.path.suffix in {".json", ".jsonl"}:
        values = _in_lines(file, tell) if file.path.suffix == ".jsonl" else _in_one(file, what)
        yield from _objects(values, file, what, columns, tell)
        return
    shape, _ = table_of_text(file, {})
    fields = _fields_of(shape.columns, columns)
    if next(iter(columns)) not in fields:
        raise _nameless(columns, shape.columns, file)
    others = [column for column in shape.columns if column not in fields.values()]
    for batch in row_batches(file, shape):
        tell(batch.problems)
        texts = {column: batch.cells.texts(column) for column in shape.columns}
        for number, line in enumerate(batch.lines.tolist()):
            cells = {known: texts[column][number] for known, column in fields.items()}
            yield CompanionRecord(
                line, cells, {column: texts[column][number] for column in others if texts[column][number]}
            )


def _in_one(file: LineFile, what: str) -> Iterator[JsonValue]:
    """Give the records of a file that is one value."""
    path = _path_of(json_values(file), what)
    for value in with_members(json_values(file, gives_empty=True), (path,), file.name):
        if value.is_item and value.path == path:
            yield value


def _in_lines(file: LineFile, tell: Callable[[Iterable[Problem]], None]) -> Iterator[JsonValue]:
    """Give the records of a file that stand one after another; what is none is told."""
    for value in json_row(file):
        if isinstance(value, JsonValue):
            yield value
        else:
            message = f"{value.error.args[0]}; the record is left out"
            tell([Problem(message, *value.error.place, level=Level.WARNING)])


def _objects(
    values: Iterable[JsonValue],
    file: LineFile,
    what: str,
    columns: Columns,
    tell: Callable[[Iterable[Problem]], None],
) -> Iterator[CompanionRecord]:
    fields_by_keys: dict[tuple[str, ...], dict[str, str]] = {}
    keys: dict[str, None] = {}
    has_name = False
    for value in values:
        if not isinstance(value.value, dict):
            message = f"{what}: expected an object; found {value.text[:60]}; the record is left out"
            tell([Problem(message, file.name, value.line, value.column, level=Level.WARNING)])
            continue
        own = tuple(value.value)
        if own not in fields_by_keys:
            fields_by_keys[own] = _fields_of(own, columns)
            keys.update(dict.fromkeys(own))
            has_name = has_name or next(iter(columns)) in fields_by_keys[own]
        yield _record(value, value.value, fields_by_keys[own])
    if not has_name and keys:
        raise _nameless(columns, tuple(keys), file)


def _path_of(values: Iterable[JsonValue], what: str) -> ListPath:
    """Return where the records stand: they are all of the file, unless something in it has their name."""
    return next(((what,) for value in values if value.path[:1] == (what,)), _ROOT)


def _record(value: JsonValue, found: Mapping[str, object], fields: Mapping[str, str]) -> CompanionRecord:
    cells = {known: _as_cell(found[key]) for known, key in fields.items()}
    taken = set(fields.values())
    others = {key: said for key, said in found.items() if key not in taken and said not in ("", None)}
    return CompanionRecord(value.line, cells, others)


def _as_cell(said: object) -> str:
    if isinstance(said, str):
        return said
    return "" if said is None else json.dumps(said, ensure_ascii=False)


def _nameless(columns: Columns, found: Sequence[str], file: LineFile) -> ReadError:
    known = listed(columns[next(iter(columns))])
    return ReadError(f"expected a column that is called {known}; found {listed(found)}", file.name, 1)


def _fields_of(columns: Sequence[str], known: Columns) -> dict[str, str]:
    """Return the column of each field that has one."""
    by_name = {simple_name(column): column for column in reversed(columns)}
    found = {
        of_field: next((by_name[name] for name in names if name in by_name), "") for of_field, names in known.items()
    }
    return {of_field: column for of_field, column in found.items() if column}
