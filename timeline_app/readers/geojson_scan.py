"""Go through the features of a file of any size: one after another, and first for what their properties are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from timeline_app.core.dataset import Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.day_order import OrdersSeen, orders_seen
from timeline_app.readers.event_columns import known_fields
from timeline_app.readers.geojson_features import DATES, FEATURE_ID, FEATURE_WHEN, OTHER_DATES, property_cells
from timeline_app.readers.geojson_fitness import MOST_LOOKED_AT
from timeline_app.readers.geojson_when import times_text, when_text
from timeline_app.readers.json_lines import first_records
from timeline_app.readers.json_lists import Beside
from timeline_app.readers.json_nodes import plain_node
from timeline_app.readers.json_reading import LONGEST_ITEM
from timeline_app.readers.json_sections import ValueSource, listed_records
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.list_cells import parsed_json
from timeline_app.readers.single_records import NOTHING_BESIDE, SingleRecord
from timeline_app.readers.tree import MappingNode, Node, described

_FEATURES = ("features",)
_MOST_NAMES = 10_000
_SEPARATOR = "\x1e"
# To Python the separator is white space too.
_SPACE = " \t\r\n"
_BEGIN = re.compile(
    rb'(?:\xEF\xBB\xBF)?\s*+\{\s*+(?:"id"\s*+:[^,{}\[\]]{1,200},\s*+)?"type"\s*+:\s*+"Feature"', re.DOTALL
)
_FEATURE_IN_HEAD = re.compile(rb'"type"\s*+:\s*+"Feature"')


def are_feature_lines(head: bytes) -> bool:
    """Tell whether a file surely begins with several features, one a line or each behind a separator."""
    if not _FEATURE_IN_HEAD.search(head):
        return False
    if _is_sequence(head):
        return True
    records = first_records(head)[:2]
    if len(records) == 1:
        # The second one may be longer than what is looked at.
        return _is_feature(records[0]) and begins_as_feature(head.lstrip().partition(b"\n")[2])
    return len(records) > 1 and all(map(_is_feature, records))


def begins_as_feature(text: bytes) -> bool:
    """Tell whether a text begins as features are usually written."""
    return _BEGIN.match(text) is not None


def has_feature_lines(file: LineFile) -> bool:
    """Tell whether several features stand in a file, one a line or each behind a separator, however long they are.

    Raises ReadError as reading its first lines does.
    """
    if are_feature_lines(file.head):
        return True
    if not begins_as_feature(file.head):
        return False
    first = [record.text for record in islice(_lines(file), 2)]
    return len(first) > 1 and first[1].startswith("{") and _is_feature(_parsed(first[0]))


def feature_records(file: LineFile, collection: ValueSource) -> Iterator[SingleRecord]:
    """Give the features of a file, which is read as a collection unless each stands by itself.

    Raises ReadError where a collection is not whole.
    """
    if has_feature_lines(file):
        yield from _sequence(file) if _is_sequence(file.head) else _lines(file)
        return
    yield from listed_records(collection, {_FEATURES: NOTHING_BESIDE})


@dataclass(slots=True)
class FeatureScan:
    """What all features tell together: their properties, each with its first values, and whether they have own dates.

    `beside` is what the collection says besides them, `left_out` what is told of what is too large to be kept. The
    first of them stands at `line` and `column`, and is `number`.
    """

    names: dict[str, list[str]] = field(default_factory=dict)
    has_when: bool = False
    beside: dict[str, object] = field(default_factory=dict)
    left_out: list[Problem] = field(default_factory=list)
    line: int = 0
    column: int = 0
    number: int = 0
    _dates: frozenset[str] = frozenset()
    _orders: dict[str, OrdersSeen] = field(default_factory=dict)

    @classmethod
    def of(cls, file: LineFile, collection: ValueSource, dates: Collection[str]) -> FeatureScan:
        """Go through a file; `dates` are properties that the user calls dates.

        Raises ReadError where it is no collection of features to its end.
        """
        scan = cls(_dates=frozenset(name.strip().casefold() for name in dates))
        if has_feature_lines(file):
            for number, record in enumerate(feature_records(file, collection), start=1):
                scan._take(_parsed(record.text), number, record.line, record.column)
            return scan
        beside, number = Beside(), 0
        for value in collection.values(gives_empty=True, once=(_FEATURES,)):
            if value.is_item and value.path == _FEATURES:
                number += 1
                scan._take(value.value, number, value.line, value.column)
            else:
                beside.take(value)
        scan.beside, scan.left_out = beside.kept, beside.left_out(file.name)
        if not number:
            _check_features(scan.beside, file.name)
        return scan

    def orders_in(self, name: str) -> OrdersSeen:
        """Return what the dates of a property tell of the order of day and month."""
        return self._orders.get(name, OrdersSeen())

    def _take(self, feature: object, number: int, line: int, column: int) -> None:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(feature, dict) or not isinstance(properties, dict):
            return
        if not self.number:
            self.line, self.column, self.number = line, column, number
        if not properties.keys() <= self.names.keys():
            self._add_names(properties)
        if FEATURE_ID in feature and not isinstance(feature[FEATURE_ID], dict | list):
            self.names.setdefault(FEATURE_ID, [])
        if number <= MOST_LOOKED_AT:
            self._look_at(plain_node(properties))
        for name in self._orders.keys() & properties.keys():
            if isinstance(properties[name], str):
                self._orders[name] |= orders_seen((properties[name],))
        if not self.has_when:
            own = when_text(plain_node(feature[FEATURE_WHEN])) if FEATURE_WHEN in feature else ""
            self.has_when = bool(own or times_text(plain_node(properties)))

    def _look_at(self, properties: Node) -> None:
        cells = property_cells(properties) if isinstance(properties, MappingNode) else {}
        for name in cells.keys() & self.names.keys():
            self.names[name].append(cells[name])

    def _add_names(self, properties: dict[str, object]) -> None:
        """Take the names of properties that are new; of those that may be dates the order is looked at."""
        for name in properties:
            if name in self.names or len(self.names) >= _MOST_NAMES:
                continue
            self.names[name] = []
            if {*known_fields([name])} & {*DATES, "published"} or name.casefold() in self._dates.union(OTHER_DATES):
                self._orders[name] = OrdersSeen()


def _check_features(beside: Mapping[str, object], file: str) -> None:
    """Raise ReadError where what a file says besides features has no empty list of these."""
    if beside.get("type") == "Feature":
        raise ReadError("expected a list of features; found one alone, too large to be read so", file, 1, 1)
    if beside.get("features") != []:
        found = described(plain_node(beside["features"])) if "features" in beside else "none"
        raise ReadError(f"expected a list of features; found {found}", file, 1, 1)


def _is_feature(record: object) -> bool:
    return isinstance(record, dict) and record.get("type") == "Feature"


def _is_sequence(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_SEPARATOR.encode())


def _lines(file: LineFile) -> Iterator[SingleRecord]:
    """Give the lines of a file that are not blank."""
    lines_before = 0
    for block in file.blocks():
        for line, text in enumerate(block.texts, lines_before + 1):
            written = text.strip(_SPACE)
            if written:
                yield SingleRecord(written, line, 1 + text.index(written), block.bytes_read)
        lines_before += len(block.texts)


def _sequence(file: LineFile) -> Iterator[SingleRecord]:
    """Give what stands behind each separator of a text sequence, which may have several lines."""
    held: list[SingleRecord] = []
    characters = 0
    for record in _lines(file):
        for place, part in enumerate(record.text.split(_SEPARATOR)):
            if place or characters > LONGEST_ITEM:
                yield from _joined(held)
                held, characters = [], 0
            if part.strip():
                held.append(replace(record, text=part))
                characters += len(part)
    yield from _joined(held)


def _joined(lines: Sequence[SingleRecord]) -> Iterator[SingleRecord]:
    """Give the one record that some lines are, none for no line."""
    if lines:
        yield replace(lines[0], text="\n".join(line.text for line in lines), bytes_read=lines[-1].bytes_read)


def _parsed(text: str) -> object:
    """Return what a line says, nothing for what is no JSON, which is told when it is read."""
    try:
        return parsed_json(text)
    except ValueError:
        return None
