"""Choose the list of records in JSON: the one that is asked for, or the longest that looks like events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.coded_records import coded_dataset
from timeline_app.readers.event_columns import is_event_table
from timeline_app.readers.json_by_date import joined_document, lists_by_date
from timeline_app.readers.json_dated_texts import texts_by_date
from timeline_app.readers.json_keyed import keyed_document
from timeline_app.readers.json_lines import Cells, object_cells
from timeline_app.readers.json_lists import (
    LOOKED_AT_BYTES,
    ROOT,
    FirstLook,
    JsonDocument,
    RecordList,
    first_look,
    list_path,
    names_part,
    plain_path,
    records_at,
)
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.table_settings import table_settings
from timeline_app.readers.tree import listed, shortened

_MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class ChosenRecords:
    """The records of a file: the path of their list, the first of them, and the keys that they have.

    `whole` is the one record that the file itself is, None for a list.
    """

    path: str
    first: list[Cells]
    keys: tuple[str, ...]
    look: FirstLook
    document: JsonDocument
    whole: JsonValue | None = None

    def items(self) -> Iterator[JsonValue]:
        """Give the records from the beginning of the file."""
        return iter([self.whole]) if self.whole is not None else records_at(self.document, self.path)

    @property
    def choices(self) -> tuple[str, ...]:
        """The lists that might be meant, this one first."""
        others = [one for one in self.look.lists.values() if one.path != self.path and not names_part(one.path)]
        likely = sorted(others, key=lambda one: (not _has_events(one), one.is_nested, -one.count))
        return (self.path, *(one.path for one in likely))[:_MOST_CHOICES]

    @property
    def beside(self) -> dict[str, object]:
        """What stands beside the records, as far as that is not within their own branch."""
        if self.whole is not None:
            return {}
        branch = self.path.partition("[]")[0]
        return {
            key: value for key, value in self.look.beside.items() if branch != key and not branch.startswith(f"{key}.")
        }

    def notes(self, *, is_asked: bool) -> list[Problem]:
        """Return what is to be told of the choice; `is_asked` says that the user made it."""
        told = []
        others = [one for one in self.look.lists.values() if one.path != self.path and _may_be_meant(one)]
        if others and not is_asked:
            paths = listed(f"“{shortened(one.path)}”" for one in others)
            message = f"other lists of events are not read: {paths}; --map records=PATH reads one of them"
            place = others[0].first
            told.append(Problem(message, self.document.file, place.line, place.column, level=Level.WARNING))
        if not self.look.is_whole and not is_asked:
            limit = LOOKED_AT_BYTES // MEGABYTE
            message = (
                f"the records are those of “{shortened(self.path)}”, the likeliest list in the first {limit} MB; "
                "--map records=PATH reads another one"
            )
            told.append(Problem(message, self.document.file, level=Level.NOTE))
        return told


def chosen_records(document: JsonDocument, mapping: Mapping[str, str]) -> ChosenRecords:
    """Return the records that are asked for, or else those that look most like events.

    Raises ReadError for what is not JSON, and where there is no list of objects, or none of the name.
    """
    written = table_settings(mapping, document.file).records
    asked = plain_path(written) if written else ""
    look = first_look(document, asked)
    if asked in {"", ROOT} and is_event_table(look.keys) and all(map(names_part, look.lists)):
        value = document.whole()
        if isinstance(value.value, dict):
            try:
                cells = object_cells(value.value, value.text)
            except ValueError as error:
                raise ReadError(str(error), document.file, value.line, value.column) from error
            return ChosenRecords(ROOT, [cells], tuple(cells), look, document, value)
    within = _events_within(document, look, asked)
    if within is not None:
        document, look = within, first_look(within, asked)
    lists = look.lists
    if asked and asked not in lists:
        there = f"there are {listed(map(shortened, lists))}" if lists else "there is none"
        raise ReadError(f"--map records: there is no list of objects at “{shortened(asked)}”; {there}", document.file)
    if not lists:
        raise _no_list(look, document.file)
    found = lists[asked] if asked else _likeliest(lists)
    return ChosenRecords(found.path, found.records, tuple(found.keys), look, document)


def _events_within(document: JsonDocument, look: FirstLook, asked: str) -> JsonDocument | None:
    """Return a file whose events stand under dates or ids as if they stood in one list, None where that is not so.

    A list that is asked for is read itself, and so is one that is longer than those under dates are together.
    """
    if asked in look.lists:
        return None
    longest = max((one.count for one in look.lists.values() if _may_be_meant(one)), default=0)
    # Most files have no such lists, and are not gone through for them.
    has_numbers = sum(any(map(str.isdigit, path)) for path in look.lists) > 1
    dated = lists_by_date(document) if has_numbers else None
    if dated is not None and (asked == list_path(dated.outer) or (not asked and dated.count > longest)):
        return joined_document(document, dated)
    if longest and not asked:
        return None
    return keyed_document(document, asked) or texts_by_date(document, asked)


def _likeliest(lists: Mapping[str, RecordList]) -> RecordList:
    """Return the longest list that looks like events; those within the records of others come after those that do not.

    Where none does, the longest.
    """
    outer = [one for one in lists.values() if not one.is_nested]
    meant = [one for one in outer if _may_be_meant(one)] or [one for one in lists.values() if _may_be_meant(one)]
    return max(meant or outer, key=lambda one: one.count)


def _may_be_meant(records: RecordList) -> bool:
    """Tell whether a list is one of events, and not of what an event has several of."""
    return not names_part(records.path) and _has_events(records)


def _has_events(records: RecordList) -> bool:
    keys = tuple(records.keys)
    return is_event_table(keys) or coded_dataset(keys) is not None


def _no_list(look: FirstLook, file: str) -> ReadError:
    """Return the error that there are no records, with what there is instead."""
    root = look.root
    if root is None or root.path:
        found = "a mapping" if root is not None else "nothing"
    else:
        found = "a list" if root.is_item else f'"{shortened(str(root.value))}"'
    place = (root.line, root.column) if root is not None and not root.path else (1, 1)
    return ReadError(f"expected a list of objects, one for each event; found {found}", file, *place)
