"""Records in JSON that stand in no list but in an object, each under its id or under its date.

So do hand-written files keep events, and the databases that give out what they hold by key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from timeline_app.readers.event_columns import is_event_table
from timeline_app.readers.json_lists import LOOKED_AT_BYTES, MOST_KEYS, MOST_LISTS, JsonDocument, list_path, names_part
from timeline_app.readers.json_members import ID, with_members
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.written_dates import is_written_date

_DATE = "date"
_FEWEST = 2
_NAMES_LOOKED_AT = 200


@dataclass(slots=True)
class _Members:
    """The objects in an object: how many, the names of the first of them, and the keys of all that were met."""

    count: int = 0
    names: list[str] = field(default_factory=list)
    last: str = ""
    keys: dict[str, None] = field(default_factory=dict)

    def take(self, name: str, key: str) -> None:
        """Take a key of a member."""
        if not self.count or name != self.last:
            self.count += 1
            self.last = name
            if len(self.names) < _NAMES_LOOKED_AT:
                self.names.append(name)
        if len(self.keys) < MOST_KEYS:
            self.keys[key] = None


def name_of_keys(names: Sequence[str], keys: Sequence[str]) -> str:
    """Return what the names of the objects in an object are to these, their id or their date, from their own keys.

    "" where they are no events.
    """
    if is_event_table(keys):
        return ID
    return _DATE if is_event_table([*keys, _DATE]) and all(map(is_written_date, names)) else ""


def keyed_document(document: JsonDocument, asked: str = "") -> JsonDocument | None:
    """Return a file whose events stand in an object as if they stood in a list there, None where there are none.

    Of several such objects that is taken which is asked for by its path, or else the one with most events. Raises
    ReadError for what is not JSON.
    """
    met: dict[tuple[str, ...], _Members] = {}
    for value in document.values():
        _take(met, value.path)
        if value.bytes_read > LOOKED_AT_BYTES:
            break
    several = {path: members for path, members in met.items() if members.count >= _FEWEST}
    names = {path: name_of_keys(one.names, list(one.keys)) for path, one in several.items()}
    names = {path: name for path, name in names.items() if name}
    if not names:
        return None
    path = max(names, key=lambda one: (list_path(one) == asked, not names_part(list_path(one)), met[one].count))

    def values(*, gives_empty: bool = False) -> Iterator[JsonValue]:
        found = with_members(document.values(gives_empty=True), (path,), document.file, names[path])
        return (value for value in found if gives_empty or value.is_item or value.value not in ([], {}))

    return replace(document, values=values)


def _take(met: dict[tuple[str, ...], _Members], path: tuple[str, ...]) -> None:
    for depth in range(len(path) - 1):
        outer = path[:depth]
        if outer not in met and len(met) >= MOST_LISTS:
            return
        met.setdefault(outer, _Members()).take(path[depth], path[depth + 1])
