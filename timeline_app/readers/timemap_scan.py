"""Go through a large file of TimeMap: for what its lists tell together, and for its events with what they name.

Events name sources and associations by ids, which may stand anywhere in the file. So it is gone through twice: for the
texts of these and for the order of the dates, and for the events, each of which is kept with the texts that it needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.json_lists import Beside
from timeline_app.readers.json_members import with_members
from timeline_app.readers.json_nodes import plain_node
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.json_sections import ListPath
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.json_values import json_values
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.problem_log import MOST_LISTED, ProblemLog
from timeline_app.readers.single_records import NOTHING_BESIDE, SingleRecord
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.texts_by_id import MOST_BYTES, TextsById
from timeline_app.readers.timemap_events import ASSOCIATION_KEYS, OPEN_ORDER, SOURCE_KEYS, DateOrder, ids_in, source_of
from timeline_app.readers.tree import described, raw, text_in

LISTS = ("events", "sources", "associations")
NO_LISTS = "expected a list of events, of sources or of associations"
NO_EVENTS = "here are sources or associations and no events; they are read with an events.json that they lie beside"
# Before the id of what is kept beside an event.
SOURCE_MARK, ASSOCIATION_MARK = "source ", "association "

_ROOT: ListPath = ()
_NAMED: tuple[ListPath, ...] = tuple((name,) for name in LISTS)


def kind_of_list(keys: frozenset[str]) -> str:
    """Return which of the three a list is that no name tells, by the names of the fields in it, "" for none."""
    if keys & {"mode", "filter_paths"}:
        return "associations"
    if keys & {"paths", "affil_s", "thumbnail"} and not keys & {"sources", "associations", "latitude", "location"}:
        return "sources"
    return "events" if keys & {"description", "desc"} and "date" in keys else ""


@dataclass(slots=True)
class MapScan:
    """What all values of a file tell together; `events` is where its events stand, None where it has none.

    `notes` are about the file, `beside` is what it says besides events and sources, `found` is its first value in
    words. `is_map` tells whether it has one of the lists, `is_named` whether something in it has the name of one.
    """

    events: ListPath | None = None
    is_day_first: bool = False
    beside: dict[str, object] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    found: str = ""
    is_map: bool = False
    is_named: bool = False
    _sources: TextsById = field(default_factory=TextsById)
    _titles: TextsById = field(default_factory=TextsById)
    _keys: set[str] = field(default_factory=set)
    _is_full: bool = False

    @classmethod
    def of(cls, file: LineFile) -> MapScan:
        """Go through a file; raises ReadError where it is not JSON to its end, or has none of the lists."""
        scan = cls._by(file, _NAMED)
        if not scan.is_map and not scan.is_named:
            # Then it may be an object of sources or of associations by their ids.
            scan = cls._by(file, (_ROOT,))
        if not scan.is_map:
            raise ReadError(f"{NO_LISTS}; found {scan.found}", file.name, 1, 1)
        return scan

    @classmethod
    def _by(cls, file: LineFile, paths: tuple[ListPath, ...]) -> MapScan:
        """Go through a file whose lists may be objects at some paths."""
        scan, beside, order = cls(), Beside(), DateOrder()
        first: JsonValue | None = None
        counts = dict.fromkeys((_ROOT, *_NAMED), 0)
        for value in _values(file, paths):
            if not value.is_item or value.path not in counts:
                scan.found = scan.found or described(plain_node(value.value if not value.path else {}))
                beside.take(value)
                continue
            scan.found = scan.found or described(plain_node([] if value.path == _ROOT else {}))
            counts[value.path] += 1
            found = scan._of_first_keys(value, file.name)
            if value.path == ("sources",):
                scan._take_source(found, file.name)
            elif value.path == ("associations",):
                beside.take(found)
                scan._take_association(found, file.name)
            elif isinstance(found.value, dict):
                scan._keys.update(found.value)
                is_dated = order.take(found.value.get("date"))
                first = value if is_dated and first is None else first
                if value.path == _ROOT and kind_of_list(frozenset(found.value)) == "associations":
                    beside.take(replace(found, path=("associations",)))
        scan.is_named = any(name in beside.keys for name in LISTS)
        scan._take_kind(counts, file.name)
        if scan.events is not None:
            scan.is_day_first = order.is_day_first
            if order.is_open and first is not None:
                scan._tell(Problem(OPEN_ORDER, file.name, first.line, first.column, level=Level.WARNING))
        said = beside.kept.items() if paths == _NAMED or scan.is_map else ()
        scan.beside = {key: one for key, one in said if key not in {"events", "sources"} and one != []}
        scan.notes += beside.left_out(file.name)
        return scan

    def records(self, file: LineFile) -> Iterator[SingleRecord]:
        """Give the events of the file, each with what is told of the sources and associations that it names."""
        if self.events is None:
            return
        for value in _values(file, _NAMED):
            if value.is_item and value.path == self.events:
                yield SingleRecord(value.text, value.line, value.column, value.bytes_read, self._named_by(value))

    def _named_by(self, event: JsonValue) -> dict[str, str]:
        said = event.value if isinstance(event.value, dict) else {}
        found: dict[str, str] = {}
        for mark, texts, keys in (
            (SOURCE_MARK, self._sources, SOURCE_KEYS),
            (ASSOCIATION_MARK, self._titles, ASSOCIATION_KEYS),
        ):
            for one in (one for key in keys for one in ids_in(said.get(key))):
                text = texts.get(one)
                if text:
                    found[mark + one] = text
        return found or dict(NOTHING_BESIDE)

    def _of_first_keys(self, value: JsonValue, file: str) -> JsonValue:
        """Return a value of which the first of two of a name counts; of events that is told when they are made."""
        if not value.twice:
            return value
        tree = read_json(SourceText(value.text, file, value.line, value.column))
        if value.path in {("sources",), ("associations",)}:
            log = ProblemLog(SourceText(value.text, file, value.line, value.column))
            log.warn_all(tree.faults)
            self._tell(*log.finish())
        return replace(value, value=raw(tree.root))

    def _take_source(self, value: JsonValue, file: str) -> None:
        """Take a source; what is wrong with it is told."""
        silent = ProblemLog(SourceText(value.text, file))
        source = source_of(plain_node(value.value), silent, is_day_first=False)
        # Halves of characters stand there as escapes.
        if len(silent) or "\\u" in value.text:
            log = ProblemLog(SourceText(value.text, file, value.line, max(value.column, 1)))
            source = source_of(read_json(log.source).root, log, is_day_first=False)
            told = log.finish()
            self._tell(*(told if value.column else (replace(one, line=value.line, column=0) for one in told)))
        if source is not None:
            self._take_text(self._sources, source.key, json.dumps(value.value), value, file)

    def _take_association(self, value: JsonValue, file: str) -> None:
        """Take what an association is called."""
        node = plain_node(value.value)
        own_id, title = text_in(node, "id"), text_in(node, "title")
        if own_id and title:
            self._take_text(self._titles, own_id, title, value, file)

    def _take_text(self, texts: TextsById, own_id: str, text: str, value: JsonValue, file: str) -> None:
        if not texts.take(own_id, text) and not self._is_full:
            self._is_full = True
            message = f"sources take more than {MOST_BYTES:,} bytes; from here on they are not looked up"
            self._tell(Problem(message, file, value.line, value.column, level=Level.WARNING))

    def _take_kind(self, counts: dict[ListPath, int], file: str) -> None:
        """Find where the events stand, and whether there is any of the lists."""
        kind = kind_of_list(frozenset(self._keys)) if counts[_ROOT] else ""
        self.is_map = bool(kind) or any(counts[path] for path in _NAMED)
        if kind == "events":
            self.events = _ROOT
        elif counts["events",]:
            self.events = ("events",)
        elif self.is_map:
            self._tell(Problem(NO_EVENTS, file, 1, 1, level=Level.NOTE))

    def _tell(self, *problems: Problem) -> None:
        self.notes += problems[: max(MOST_LISTED - len(self.notes), 0)]


def _values(file: LineFile, paths: tuple[ListPath, ...]) -> Iterator[JsonValue]:
    return with_members(json_values(file, gives_empty=True, once=_NAMED), paths, file.name)
