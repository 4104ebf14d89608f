"""Read features of GeoJSON that have a date.

GeoJSON (RFC 7946) is a list of features, or one alone: a geometry, and properties of any name. Which property is the
title, the date and so on is told from their names, as for tables of events; where they say something else, `--map`
tells it. Dates may be milliseconds since 1970 in UTC, as servers of maps write them, and midnight behind a day is no
time. Whether 3/4/2024 has the day or the month first is told by all features. A feature may also have a `when` of its
own. Features of the UCDP GED are read by readers/ucdp_ged.py. Features may also stand one a line, as many programs
write them since there are too many for one list, or as a text sequence (RFC 8142), each behind a separator; and a
collection may be what a script assigns, `var events = {"type": "FeatureCollection", …};`, as pages with maps have it.

A point is the location, whose longitude comes first; any other geometry is kept, as are all other properties.

A file of any size is read: a large one twice, first for what its properties are, then feature by feature. Features of
it without an id are called by their numbers. Tried on features written by hand, up to a million of them, and on the
UCDP GED of the Central African Republic as features of any kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.core.event import Origin
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.column_finding import answered
from timeline_app.readers.day_order import orders_seen
from timeline_app.readers.event_columns import MAP_OPTION, EventColumns
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import Draft, finished_dataset, kept_beside
from timeline_app.readers.geojson_features import DATES, columns_of, draft_of, feature_of
from timeline_app.readers.geojson_fitness import MOST_LOOKED_AT
from timeline_app.readers.geojson_scan import (
    FeatureScan,
    are_feature_lines,
    begins_as_feature,
    feature_records,
    has_feature_lines,
)
from timeline_app.readers.geojson_script import begin_of_features
from timeline_app.readers.json_nodes import json_drafts
from timeline_app.readers.json_sections import ValueSource
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.json_values import JsonFile
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.loose_json import read_loose_json
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.question import Question
from timeline_app.readers.reader import Reader
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.script_file import ScriptFile
from timeline_app.readers.single_records import DraftOf, SingleDecoder, single_batches
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, raw
from timeline_app.readers.whole_dataset import whole_dataset

_NAME = "geojson"
_IS_SCRIPT = "is_script"
_IN_HEAD = re.compile(rb'\A(?:\xEF\xBB\xBF)?\s*+\{.{0,20000}?"type"\s*+:\s*+"FeatureCollection"', re.DOTALL)

# Behind a feature by itself; others are of lines of features, or of any objects.
_FURTHER_IN_HEAD = re.compile(rb'\}[ \t\r]*+\n\s*+\{\s*+"type"')
# In any order of keys; by these words alone it could be another format, but for the ending of its name.
_WORDS_IN_HEAD = re.compile(rb'\A(?:\xEF\xBB\xBF)?\s*+\{.*"type"\s*+:\s*+"Feature', re.DOTALL)


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is a collection of features, or one of them, from its first bytes and its name."""
    if begin_of_features(head.decode("utf-8", "replace")) is not None:
        return 0.95
    is_alone = begins_as_feature(head) and _FURTHER_IN_HEAD.search(head) is None
    if _IN_HEAD.match(head) or are_feature_lines(head) or is_alone:
        return 0.95
    return 0.9 if name.casefold().endswith(".geojson") and _WORDS_IN_HEAD.match(head) else 0.0


def read_geojson(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the features; `mapping` tells the property of a field.

    Raises ReadError when the text is not JSON or no collection of features, or no property is a date or a title.
    """
    file = LineFile.within(source)
    if has_feature_lines(file):
        opened = _stream(file, mapping)
        return whole_dataset(opened, _decoder(opened.layout), source, _NAME)
    text = decode_text(source)
    with garbage_collection_paused():
        return _Collection(text, source, mapping).read()


class _Collection:
    """Reads one file whole."""

    def __init__(self, text: SourceText, source: SourceFile, mapping: Mapping[str, str]) -> None:
        self._text = text
        self._source = source
        self._mapping = mapping
        self._problems = ProblemLog(text)

    def read(self) -> Dataset:
        """Return the features of the file as events."""
        begin = begin_of_features(self._text.text)
        tree = read_json(self._text) if begin is None else read_loose_json(self._text, begin)
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
        drafts = self._drafts(nodes)
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

    def _drafts(self, nodes: Sequence[Node]) -> list[Draft | None]:
        numbered = [(number, feature_of(node, self._problems)) for number, node in enumerate(nodes, start=1)]
        features = [feature for _, feature in numbered if feature is not None]
        if not features:
            return []
        names = dict.fromkeys(name for feature in features for name in feature.cells)
        first = features[:MOST_LOOKED_AT]
        columns, questions = columns_of(
            {name: [feature.cells[name] for feature in first if name in feature.cells] for name in names},
            self._mapping,
            self._text.file,
            has_when=any(feature.when for feature in features),
            orders_in=lambda name: orders_seen(feature.cells.get(name, "") for feature in features),
        )
        for question in questions:
            self._problems.warning(answered(question), features[0].offset)
        name = self._source.path.name
        return [
            draft_of(columns, one, Origin(name, self._text.line(one.offset), number), self._problems)
            for number, one in numbered
            if one is not None
        ]


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a file; raises ReadError as `read_geojson` does."""
    is_script = begin_of_features(file.head_text()) is not None
    script = ScriptFile(file, lambda text: begin_of_features(text) or 0) if is_script else None
    collection: ValueSource = JsonFile(file) if script is None else script
    scan = FeatureScan.of(file, collection, [mapping[key] for key in mapping.keys() & {*DATES, "date"}])
    columns = EventColumns((), {})
    questions: list[Question] = []
    if scan.number:
        columns, questions = columns_of(
            scan.names, mapping, file.name, has_when=scan.has_when, orders_in=scan.orders_in
        )
    notes = [
        Problem(answered(question), file.name, scan.line, scan.column, scan.number, Level.WARNING)
        for question in questions
    ]
    notes += (*(script.notes if script is not None else ()), *scan.left_out)
    title = scan.beside.pop("name", "")
    extra = {key: value for key, value in scan.beside.items() if key not in {"type", "features"}}
    layout = {"columns": columns.as_layout(), _IS_SCRIPT: is_script, "extra": kept_beside(extra)}
    drafts = _drafts_by(columns, is_script=is_script)
    records = feature_records(file, collection)
    reading = partial(single_batches, records, file.name, file.path.name, drafts, notes)
    return FileStream(
        title if isinstance(title, str) and title else file.path.stem,
        MappingProxyType(layout),
        file.total_bytes,
        reading,
    )


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single features."""
    columns = layout["columns"]
    if not isinstance(columns, Mapping):
        raise TypeError("the layout of features names their columns")
    return SingleDecoder(_drafts_by(EventColumns.of_layout(columns), is_script=bool(layout.get(_IS_SCRIPT))))


def _drafts_by(columns: EventColumns, *, is_script: bool) -> DraftOf:
    """Return what makes an event of the text of a feature."""

    def draft(node: Node, _beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        feature = feature_of(node, problems)
        return None if feature is None else draft_of(columns, feature, Origin(record=number), problems)

    return json_drafts(draft, is_loose=is_script)


READER: Reader = record_reader(
    name=_NAME,
    endings=(".geojson", ".json", ".js", ".geojsonl", ".geojsons", ".geojsonseq"),
    description="Features with dates, as GeoJSON",
    recognised_by="a collection of features in GeoJSON",
    score=score,
    whole=read_geojson,
    stream=_stream,
    decoder=_decoder,
    options=(MAP_OPTION,),
)
