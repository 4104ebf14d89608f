"""Read features of GeoJSON that have a date.

GeoJSON (RFC 7946) is a list of features, or one alone: a geometry, and properties of any name. Which property is the
title, the date and so on is told from their names, as for tables of events; where they say something else, `--map`
tells it. Dates may be milliseconds since 1970 in UTC, as servers of maps write them, and midnight behind a day is no
time. Whether 3/4/2024 has the day or the month first is told by all features. A feature may also have a `when` of its
own. Features of the UCDP GED are read by readers/ucdp_ged.py.

A point is the location, whose longitude comes first; any other geometry is kept, as are all other properties.

Tried on features written by hand, and on the UCDP GED of the Central African Republic as features of any kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Location, Origin
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.column_finding import answered, order_question
from timeline_app.readers.day_order import DayOrder, orders_seen
from timeline_app.readers.event_cells import decode_event
from timeline_app.readers.event_columns import MAP_OPTION, EventColumns, event_columns, known_fields, recognised_columns
from timeline_app.readers.foreign_record import Draft, finished_dataset
from timeline_app.readers.geojson_when import plain_dates, when_text
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.location import location_of
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, raw

_NAME = "geojson"
_LARGEST_BYTES = 50 * MEGABYTE
_FEWEST_COORDINATES = 2
_IN_HEAD = re.compile(rb'\A(?:\xEF\xBB\xBF)?\s*+\{.{0,20000}?"type"\s*+:\s*+"FeatureCollection"', re.DOTALL)

# A feature by itself; those that stand one a line are JSON Lines.
_ALONE_IN_HEAD = re.compile(
    rb'\A(?:\xEF\xBB\xBF)?\s*+\{\s*+(?:"id"\s*+:[^,{}\[\]]{1,200},\s*+)?"type"\s*+:\s*+"Feature"'
    rb'(?!.*\}\s*\n\s*\{\s*"type")',
    re.DOTALL,
)

_DATES = ("when", "start", "end")
_FEATURE_WHEN, _FEATURE_ID = "when", "id"
# Properties that are a date or a title where none with a better name is there.
_OTHER_DATES = ("time", "datum", "date_time", "eventdate", "year", "updated")
_OTHER_TITLES = ("summary", "type", "place")


@dataclass(frozen=True, slots=True)
class _Feature:
    """One feature: its properties as cells, its own date, the point that it lies at, and what else there is of it."""

    offset: int
    cells: Mapping[str, str]
    when: str
    location: Location | None
    others: Mapping[str, object]


Decode = Callable[[_Feature, Origin], Event]


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is a collection of features, or one of them, from its first bytes."""
    del name
    return 0.95 if _IN_HEAD.match(head) or _ALONE_IN_HEAD.match(head) else 0.0


def read_geojson(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the features; `mapping` tells the property of a field.

    Raises ReadError when the text is not JSON or no collection of features, or no property is a date or a title.
    """
    text = decode_text(source)
    with garbage_collection_paused():
        return _Collection(text, source, mapping).read()


class _Collection:
    """Reads one file."""

    def __init__(self, text: SourceText, source: SourceFile, mapping: Mapping[str, str]) -> None:
        self._text = text
        self._source = source
        self._mapping = mapping
        self._problems = ProblemLog(text)

    def read(self) -> Dataset:
        """Return the features of the file as events."""
        tree = read_json(self._text)
        self._problems.warn_all(tree.faults)
        root = tree.root.entries if isinstance(tree.root, MappingNode) else {}
        if root.get("type") is not None and raw(root["type"][1]) == "Feature":
            return self._of_features([tree.root], {}, len(self._text.text))
        features = root["features"][1] if "features" in root else None
        if not isinstance(features, ListNode):
            found = described(tree.root) if features is None else described(features)
            raise self._text.error(f"expected a list of features; found {found}", tree.root.offset)
        return self._of_features(features.items, root, features.end_offset)

    def _of_features(self, nodes: Sequence[Node], root: Mapping[str, tuple[object, Node]], records_end: int) -> Dataset:
        """Return features as events, with what stands beside them."""
        read = [self._feature(node) for node in nodes]
        decode = self._decoder([one for one in read if one is not None])
        drafts = [self._draft(one, number, decode) for number, one in enumerate(read, start=1) if one is not None]
        name = root.get("name")
        title = name[1].text if name is not None and isinstance(name[1], TextNode) else ""
        return finished_dataset(
            self._source,
            _NAME,
            drafts,
            [node.offset for node in nodes],
            self._problems,
            title=title,
            extra={key: raw(node) for key, (_, node) in root.items() if key not in {"type", "features", "name"}},
            records_end=records_end,
        )

    def _feature(self, node: Node) -> _Feature | None:
        properties = node.entries.get("properties") if isinstance(node, MappingNode) else None
        if not isinstance(node, MappingNode) or properties is None or not isinstance(properties[1], MappingNode):
            found = "no properties" if isinstance(node, MappingNode) else described(node)
            self._problems.error(f"expected a feature with properties; found {found}; it is left out", node.offset)
            return None
        cells = {key: _cell(value) for key, (_, value) in properties[1].entries.items()}
        when = node.entries.get(_FEATURE_WHEN)
        own_id = node.entries.get(_FEATURE_ID)
        if own_id is not None and isinstance(own_id[1], TextNode):
            cells.setdefault(_FEATURE_ID, own_id[1].text)
        geometry = node.entries.get("geometry")
        point, is_whole = _point(geometry[1] if geometry is not None else None)
        taken = {"type", "properties", _FEATURE_ID, *(("geometry",) if is_whole else ())}
        others = {key: raw(value) for key, (_, value) in node.entries.items() if key not in taken}
        own_when = when_text(when[1]) if when is not None else ""
        return _Feature(node.offset, cells, own_when, point, {key: value for key, value in others.items() if value})

    def _decoder(self, features: Sequence[_Feature]) -> Decode:
        """Return what makes events of the cells of features."""
        names = list(dict.fromkeys(name for feature in features for name in feature.cells))
        if not features:
            return partial(_event, EventColumns((), {}))
        mapping = self._mapping_for(names)
        if any(feature.when for feature in features) and not {*known_fields(names), *mapping} & {*_DATES}:
            names.append(_FEATURE_WHEN)
        columns = event_columns(names, mapping, self._text.file)
        return partial(_event, replace(columns, orders={**self._orders(columns, features), **columns.orders}))

    def _orders(self, columns: EventColumns, features: Sequence[_Feature]) -> Mapping[str, DayOrder]:
        """Return whether day or month stands first, as all features tell; where only the user can, that is told."""
        orders: dict[str, DayOrder] = {}
        for field in _DATES:
            name = columns.fields.get(field)
            if name is None or field in columns.orders or columns.is_own:
                continue
            seen = orders_seen(feature.cells.get(name, "") for feature in features)
            if seen.decided is not None:
                orders[field] = seen.decided
            elif seen.is_open:
                question = order_question(f"date_order.{field}", name, seen)
                self._problems.warning(answered(question), features[0].offset)
        return orders

    def _mapping_for(self, names: Sequence[str]) -> Mapping[str, str]:
        """Return what the user says of the properties, and where neither that nor their names do, what is likely."""
        fields = known_fields(names)
        known = recognised_columns(names, {}, self._text.file)
        by_name = {name.casefold(): name for name in reversed(names)}
        likely: dict[str, str] = {}
        if not any(known.parts(field) or field in self._mapping for field in _DATES):
            likely["when"] = next((by_name[name] for name in _OTHER_DATES if name in by_name), "")
        if "title" not in fields:
            likely["title"] = next((fields[name] for name in _OTHER_TITLES if name in fields), "")
        return {field: name for field, name in likely.items() if name} | dict(self._mapping)

    def _draft(self, feature: _Feature, number: int, decode: Decode) -> Draft | None:
        origin = Origin(self._source.path.name, self._text.line(feature.offset), number)
        try:
            event = decode(feature, origin)
        except WhenError as error:
            self._problems.error(f"when: {error}; the event is left out", feature.offset)
            return None
        if not event.title:
            self._problems.error("title: expected a text; found nothing; the event is left out", feature.offset)
            return None
        written_id = event.id if event.id in feature.cells.values() else ""
        whole = replace(event, location=event.location or feature.location, extra={**event.extra, **feature.others})
        return Draft(whole, written_id, feature.offset)


def _event(columns: EventColumns, feature: _Feature, origin: Origin) -> Event:
    names = [columns.fields[field] for field in _DATES if field in columns.fields]
    written = {name: feature.cells.get(name, "") for name in names}
    dates = dict(written) if columns.is_own else plain_dates(written)
    if names and not any(written.values()):
        dates[names[0]] = feature.when
    return decode_event(columns, {**feature.cells, **dates}, origin)


def _cell(node: Node) -> str:
    """Return a property as the text of a cell, what is nested as JSON."""
    return node.text if isinstance(node, TextNode) else json.dumps(raw(node), ensure_ascii=False)


def _point(node: Node | None) -> tuple[Location | None, bool]:
    """Return the location of a point, and whether that is all that the geometry says."""
    entries = node.entries if isinstance(node, MappingNode) else {}
    kind, coordinates = entries.get("type"), entries.get("coordinates")
    if kind is None or coordinates is None or raw(kind[1]) != "Point" or not isinstance(coordinates[1], ListNode):
        return None, False
    numbers = [number.text for number in coordinates[1].items if isinstance(number, TextNode)]
    location = location_of(numbers[1], numbers[0]) if len(numbers) >= _FEWEST_COORDINATES else None
    return location, location is not None and len(coordinates[1].items) == _FEWEST_COORDINATES


READER = Reader(
    name=_NAME,
    endings=(".geojson", ".json"),
    description="Features with dates, as GeoJSON",
    recognised_by="a collection of features in GeoJSON",
    score=score,
    read=read_geojson,
    largest_bytes=_LARGEST_BYTES,
    options=(MAP_OPTION,),
)
