"""Go through JSON whose records stand in lists, or by their ids in objects, which are put together as they come."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from timeline_app.core.errors import ReadError
from timeline_app.readers.json_lists import Beside
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.json_sections import ListPath

ID = "id"
_MEMBER = "member"


def with_members(
    values: Iterable[JsonValue], paths: Collection[ListPath], file: str, name: str = ID
) -> Iterator[JsonValue]:
    """Give values as they come; what stands under a key of an object at one of the paths comes whole, as an item there.

    Such a record has its key for its “id”, or for what else `name` says, where it has none itself. Its column is known
    only where it is no object. The values must come with those that are empty. Raises ReadError for a record that is
    too large to be put together.
    """
    held: _Member | None = None
    for value in values:
        path = next((one for one in paths if value.path[: len(one)] == one and len(value.path) > len(one)), None)
        if held is not None and (path is None or held.place != value.path[: len(path) + 1]):
            yield held.whole(file)
            held = None
        if path is None:
            yield value
            continue
        held = held or _Member(path, value, name)
        held.take(value)
    if held is not None:
        yield held.whole(file)


@dataclass(slots=True)
class _Member:
    """A record as far as it has come; `first` is the first value in it."""

    path: ListPath
    first: JsonValue
    name: str
    last: JsonValue | None = None
    values: Beside = field(default_factory=Beside)

    @property
    def place(self) -> ListPath:
        """The keys that lead to it."""
        return self.first.path[: len(self.path) + 1]

    def take(self, value: JsonValue) -> None:
        """Take another value of it."""
        self.values.take(replace(value, path=(_MEMBER, *value.path[len(self.place) :])))
        self.last = value

    def whole(self, file: str) -> JsonValue:
        """Return it as an item of the list that the object is in the place of."""
        first, last = self.first, self.last or self.first
        if _MEMBER not in self.values.kept:
            raise ReadError("expected a record of at most a million characters; found more", file, first.line)
        found = self.values.kept[_MEMBER]
        if isinstance(found, dict):
            found = found if self.name in found else {self.name: self.place[-1], **found}
            first = replace(first, column=0)
        # In ASCII, since halves of characters are no text.
        text = json.dumps(found)
        return replace(first, path=self.path, is_item=True, value=found, text=text, bytes_read=last.bytes_read)
