"""Go through the rows of a large query result, and find those that belong together wherever they stand.

Rows of one event usually follow each other, and are put together as they come. A file is gone through once more for
those that do not: what they tell is held, as far as it is not too much, until their event's turn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from timeline_app.core.errors import ReadError
from timeline_app.readers.id_hashes import IdHashes, KnownIds
from timeline_app.readers.json_nodes import plain_node
from timeline_app.readers.json_reading import LONGEST_ITEM, JsonValue
from timeline_app.readers.json_sections import ListPath
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.json_values import json_values
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.single_records import NOTHING_BESIDE, DraftOf, SingleRecord
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.sparql_results import ROW_ELEMENTS, row_of_xml
from timeline_app.readers.sparql_roles import Roles
from timeline_app.readers.tree import MappingNode
from timeline_app.readers.wikidata_events import RowGroup, identity_of, key_of, texts_of
from timeline_app.readers.xml_records import xml_records
from timeline_app.readers.xml_tree import read_xml

ROW_LISTS: dict[ListPath, Mapping[str, str]] = {(): NOTHING_BESIDE, ("results", "bindings"): NOTHING_BESIDE}
# Beside a record: what further rows of its event add, and the id that the event has where its item has several.
MORE, OWN_ID, TWICE = "more", "id", "twice"

_MOST_HELD_BYTES = 256 * MEGABYTE
# What a text and its place in a list take besides its bytes.
_BYTES_A_TEXT = 100
_BETWEEN = "\0"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row as its file has it, with the values of its variables, None for what is none.

    `twice` is a variable that stands twice in it, "" for none; the first value counts.
    """

    record: SingleRecord
    texts: Mapping[str, str] | None
    twice: str = ""


# Begins a file anew each time that it is called.
Rows = Callable[[], Iterator[ResultRow]]


def json_rows(file: LineFile) -> Iterator[ResultRow]:
    """Give the rows of a result in JSON."""
    for value in json_values(file):
        if value.is_item and value.path in ROW_LISTS:
            record = SingleRecord(value.text, value.line, value.column, value.bytes_read)
            yield ResultRow(record, _texts_in_json(value), value.twice)


def xml_rows(file: LineFile) -> Iterator[ResultRow]:
    """Give the rows of a result in XML."""
    for record in xml_records(file, ROW_ELEMENTS, is_prefixed=True):
        try:
            texts = texts_of(row_of_xml(read_xml(SourceText(record.text))))
        except ReadError:
            # Told when its turn comes.
            yield ResultRow(record, None)
            continue
        yield ResultRow(record, texts)


def _texts_in_json(value: JsonValue) -> Mapping[str, str] | None:
    if not value.twice and "\\u" not in value.text:
        node = plain_node(value.value)
        return texts_of(node) if isinstance(node, MappingNode) else None
    try:
        node = read_json(SourceText(value.text)).root
    except ReadError:
        # Told when its turn comes.
        return None
    return texts_of(node) if isinstance(node, MappingNode) else None


@dataclass(slots=True)
class _Run:
    """Rows of one event that follow each other: the first of them, and what the others add.

    `own_twice` is a variable that stands twice in the first row, `twice` one that does in another, "" for none.
    """

    record: SingleRecord
    key: str
    identity: str
    group: RowGroup
    rows: int = 1
    more: dict[str, list[str]] = field(default_factory=dict)
    own_twice: str = ""
    twice: str = ""
    characters: int = 0

    @classmethod
    def of(cls, row: ResultRow, roles: Roles) -> _Run:
        """Return the run that a row begins."""
        group = RowGroup(0)
        if row.texts is None:
            return cls(row.record, "", "", group)
        group.add(row.texts)
        key = _BETWEEN.join(key_of(row.texts, roles))
        return cls(row.record, key, identity_of(row.texts.get(roles.item, "")), group, own_twice=row.twice)

    @property
    def held(self) -> bytes:
        """What is held of a run whose event stands further up."""
        return json.dumps([self.group.lists(), self.own_twice or self.twice], ensure_ascii=False).encode()

    def take(self, texts: Mapping[str, str], twice: str, file: str) -> None:
        """Take in what one more row adds; raises ReadError, `file` in messages, where that is too much."""
        for name, text in self.group.add(texts).items():
            self.more.setdefault(name, []).append(text)
            self.characters += len(text)
        self.twice = self.twice or twice
        if self.characters > LONGEST_ITEM:
            message = f"expected at most {LONGEST_ITEM:,} characters of one item and date; found more"
            raise ReadError(message, file, self.record.line, self.record.column)

    def take_held(self, held: bytes, file: str) -> None:
        """Take in what another run of the same event tells; raises ReadError as `take` does."""
        values, twice = json.loads(held)
        for name, texts in values.items():
            for text in texts:
                self.take({name: text}, twice, file)

    @property
    def beside(self) -> dict[str, str]:
        """What is kept beside the first row."""
        found = {MORE: json.dumps(self.more, ensure_ascii=False)} if self.more else {}
        return found | ({TWICE: self.twice} if self.twice else {})


@dataclass(slots=True)
class RowScan:
    """What all rows tell together: which belong to an earlier one, and which items have several events.

    `joined` is how many rows belong to an earlier one.
    """

    roles: Roles
    joined: int = 0
    _scattered: KnownIds = field(default_factory=KnownIds.none)
    _of_several: KnownIds = field(default_factory=KnownIds.none)
    _held: dict[int, list[bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Rows, roles: Roles, file: str) -> RowScan:
        """Go through a file, `file` in messages; raises ReadError where too much of it belongs to distant rows."""
        scan = cls(roles)
        keys, identities = IdHashes(), IdHashes()
        for run in _runs(rows, roles, file):
            keys.take(run.key)
            identities.take(run.identity)
            scan.joined += run.rows - 1
        scan._scattered, scan._of_several = keys.repeated(), identities.repeated()
        if len(scan._scattered):
            scan._hold(_runs(rows, roles, file), file)
        return scan

    def records(self, rows: Rows, file: str, draft_of: DraftOf) -> Iterator[SingleRecord]:
        """Give a record for each event, and for what is no row; `draft_of` tells which of them are events."""
        met = bytearray(len(self._scattered))
        events_of = np.zeros(len(self._of_several), np.int64)
        number = 0
        for run in _runs(rows, self.roles, file):
            place = self._place(run)
            if place is not None:
                if met[place]:
                    continue
                met[place] = 1
                for held in self._held.get(place, ()):
                    run.take_held(held, file)
            number += 1
            beside = run.beside
            item = self._of_several.place(run.identity) if len(self._of_several) else None
            if item is not None and draft_of(beside, number, ProblemLog(SourceText(run.record.text))) is not None:
                events_of[item] += 1
                if events_of[item] > 1:
                    beside[OWN_ID] = f"{run.identity}-{events_of[item]}"
            yield replace(run.record, beside=beside)

    def _hold(self, runs: Iterator[_Run], file: str) -> None:
        """Hold what rows tell that belong to one further up."""
        met = bytearray(len(self._scattered))
        held_bytes = 0
        for run in runs:
            place = self._place(run)
            if place is None:
                continue
            if not met[place]:
                met[place] = 1
                continue
            self.joined += 1
            held = run.held
            self._held.setdefault(place, []).append(held)
            held_bytes += len(held) + _BYTES_A_TEXT
            if held_bytes > _MOST_HELD_BYTES:
                message = f"rows of one item stand far apart, and take more than {_MOST_HELD_BYTES:,} bytes"
                advice = "expected them one after another, as ORDER BY puts them"
                raise ReadError(f"{message}; {advice}", file, run.record.line, run.record.column)

    def _place(self, run: _Run) -> int | None:
        return self._scattered.place(run.key) if run.key and len(self._scattered) else None


def _runs(rows: Rows, roles: Roles, file: str) -> Iterator[_Run]:
    """Give the rows of a file, those together that follow each other and belong to one event."""
    run: _Run | None = None
    for row in rows():
        if run is not None and run.key and row.texts is not None and _BETWEEN.join(key_of(row.texts, roles)) == run.key:
            run.rows += 1
            run.take(row.texts, row.twice, file)
            continue
        if run is not None:
            yield run
        run = _Run.of(row, roles)
    if run is not None:
        yield run
