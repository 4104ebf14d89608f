"""Read the timelines of TimelineJS: JSON, JSONP and data of a script of versions 3 and 2, sheets of 3 and 1.

TimelineJS is Knight Lab's, made in 2012 for newsrooms; version 3 of 2015 gave its fields new names: `timeline.date[]`
with `startDate: "1869,9,10"` became `events[]` with `start_date: {year, month, day}`. What both have is read alike:

- The headline is the title, the text the summary, without their HTML; where a slide has no headline, the first line of
  its text or else the caption names it. `group`, in version 2 `tag`, is the type. Eras are events of the type “era”.
- A date is as exact as its parts: a year alone is the year. What the calendar does not have, such as a month 13, is
  told and left out. -44 is 44 BC; of years like -13800000000 there is no other precision than the one that is written.
- `media` (`asset`) is a source: its caption is the title, its credit the author. Links within texts are sources too.
  A quotation in `media` is an excerpt.
- `display_date`, `background`, thumbnails and all else are kept in the field bag, but for `edtf` beside a date and
  `match` of a filter that no longer is, which this program wrote.

The title slide is the timeline's title and summary, and no event. Sheets are told in readers/timelinejs_sheet.py. A
file of 16 MB or more is read slide by slide, a sheet row by row.
Tried on Knight Lab's own examples: Whitney Houston in both versions, eras, and two of cosmological times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import (
    Draft,
    bag,
    fields_of,
    finished_dataset,
    kept_beside,
    mapping_in,
    title_of,
)
from timeline_app.readers.json_nodes import json_drafts
from timeline_app.readers.json_sections import ListPath, listed_records, tree_beside, unplaced
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.loose_json import read_loose_json
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.script_file import ScriptFile
from timeline_app.readers.single_records import NOTHING_BESIDE, DraftOf, SingleDecoder, single_batches
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.timelinejs_rows import SheetRows
from timeline_app.readers.timelinejs_sheet import Sheet, is_sheet, sheet_tree
from timeline_app.readers.timelinejs_slides import VERSION_2, VERSION_3, SlideNames, SlideReader
from timeline_app.readers.tree import ListNode, MappingNode, Node, Tree, described

_NAME = "timelinejs"
_ERA = "era"
_KIND, _VERSION = "kind", "version"
_SHEET, _DELIMITER, _COLUMNS = "sheet", "delimiter", "columns"
_NAMES = {2: VERSION_2, 3: VERSION_3}
# What leads to the lists of slides in each version, and what all slides of a list have.
_LISTS: dict[int, dict[ListPath, Mapping[str, str]]] = {
    2: {("timeline", VERSION_2.events): NOTHING_BESIDE, ("timeline", VERSION_2.eras): {_KIND: _ERA}},
    3: {(VERSION_3.events,): NOTHING_BESIDE, (VERSION_3.eras,): {_KIND: _ERA}},
}

_EVENTS_IN_HEAD = re.compile(rb"""["']?\b(?:events|eras)["']?\s*+:\s*+\[""")
_DATE_IN_HEAD = re.compile(rb"""["']?\bstart_date["']?\s*+:""")
_TIMELINE_IN_HEAD = re.compile(rb"""[\s{(=]["']?timeline["']?\s*+:\s*+\{""")
_OLD_DATE_IN_HEAD = re.compile(rb"""["']?\bstartDate["']?\s*+:""")


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is a timeline of TimelineJS, from the fields that stand in its first bytes."""
    del name
    if _EVENTS_IN_HEAD.search(head) and _DATE_IN_HEAD.search(head):
        return 0.95
    is_old = _TIMELINE_IN_HEAD.search(head) and _OLD_DATE_IN_HEAD.search(head)
    return 0.95 if is_old or is_sheet(head) else 0.0


def read_timelinejs(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a timeline; its fields have fixed names, so `mapping` is empty.

    Raises ReadError when the text is no data, or there are neither events nor eras in it.
    """
    del mapping
    text = decode_text(source)
    with garbage_collection_paused():
        tree = sheet_tree(text) if is_sheet(source.head) else read_loose_json(text)
        return _dataset(tree, text, source)


class _Frame:
    """What a timeline says besides its slides, its version first; `slides` reads them."""

    def __init__(self, root: Node, text: SourceText, problems: ProblemLog, file_name: str) -> None:
        """Raise ReadError where there are neither events nor eras in it."""
        fields = fields_of(root, problems) if isinstance(root, MappingNode) else None
        old = mapping_in(fields, "timeline", problems) if fields is not None else None
        self.version = 3 if old is None else 2
        self.names = _NAMES[self.version]
        fields = fields if old is None else old
        if fields is None or not {self.names.events, self.names.eras} & fields.node.entries.keys():
            found = described(root) if fields is None else "neither"
            raise text.error(f"expected a timeline with events or eras; found {found}", root.offset)
        self.slides = SlideReader(self.names, problems, file_name)
        self._fields = fields
        self._problems = problems

    def lists(self) -> list[tuple[ListNode, str]]:
        """Return the lists of slides, each with the type that it gives them; what is no list is told."""
        found: list[tuple[ListNode, str]] = []
        for key, kind in ((self.names.events, ""), (self.names.eras, _ERA)):
            node = self._fields.get(key)
            if isinstance(node, ListNode):
                found.append((node, kind))
            elif node is not None:
                self._fields.reject(key, f"{key}: expected a list; found {described(node)}")
        return found

    def title_slide(self) -> tuple[str, str, Mapping[str, object]]:
        """Return the timeline's title, its summary, and what else the file says of it as a whole."""
        root, names = self._fields, self.names
        slide = root if self.version == 2 else mapping_in(root, "title", self._problems)
        if slide is None:
            return "", "", bag(root, {names.events, names.eras})
        headline, text = self.slides.words(slide)
        self.slides.media(slide, headline, text)
        if self.version == 2:
            return title_of(headline.text), text.text, bag(root, {"headline", "text", names.media, "date", "era"})
        extra = dict(bag(root, {names.events, names.eras, "title"})) | dict(bag(slide, {"text", names.media}))
        return title_of(headline.text), text.text, extra


def _dataset(tree: Tree, text: SourceText, source: SourceFile) -> Dataset:
    """Return the events and eras of a whole file."""
    problems = ProblemLog(text)
    problems.warn_all(tree.faults)
    frame = _Frame(tree.root, text, problems, source.path.name)
    lists = frame.lists()
    records = sorted(((node, kind) for one, kind in lists for node in one.items), key=lambda record: record[0].offset)
    drafts = [frame.slides.draft(node, number, kind) for number, (node, kind) in enumerate(records, start=1)]
    title, summary, extra = frame.title_slide()
    return finished_dataset(
        source,
        _NAME,
        drafts,
        [node.offset for node, _ in records],
        problems,
        title=title,
        summary=summary,
        sources=frame.slides.book.by_key,
        extra=extra,
        records_end=max((one.end_offset for one, _ in lists), default=0),
    )


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError as `read_timelinejs` does."""
    del mapping
    if is_sheet(file.head):
        return _sheet_stream(file)
    script = ScriptFile(file)
    nothing = unplaced(script)
    problems = ProblemLog(nothing)
    paths = [path for lists in _LISTS.values() for path in lists]
    beside, left_out = tree_beside(script, paths)
    frame = _Frame(beside, nothing, problems, "")
    # What is no list is told.
    frame.lists()
    title, summary, extra = frame.title_slide()
    return FileStream(
        title or file.path.stem,
        MappingProxyType({_VERSION: frame.version, "summary": summary, "extra": dict(kept_beside(extra))}),
        file.total_bytes,
        lambda: single_batches(
            listed_records(script, _LISTS[frame.version]),
            file.name,
            file.path.name,
            _drafts_of(frame.names),
            (*script.notes, *left_out, *problems.finish()),
        ),
    )


def _sheet_stream(file: LineFile) -> FileStream:
    """Open a large sheet; raises ReadError as `read_timelinejs` does."""
    rows = SheetRows.of(file)
    nothing = SourceText("", file.name, 0, 0)
    # What is wrong with the title slide is told by the reading of the whole row.
    frame = _Frame(rows.root, nothing, ProblemLog(nothing), "")
    title, summary, extra = frame.title_slide()
    sheet = {_DELIMITER: rows.sheet.delimiter, _COLUMNS: list(rows.sheet.columns)}
    return FileStream(
        title or file.path.stem,
        MappingProxyType({_VERSION: 3, _SHEET: sheet, "summary": summary, "extra": dict(kept_beside(extra))}),
        file.total_bytes,
        lambda: single_batches(
            rows.records(file, {_KIND: _ERA}), file.name, file.path.name, _drafts_of_rows(rows.sheet)
        ),
    )


def _drafts_of_rows(sheet: Sheet) -> DraftOf:
    """Return what makes an event of the text of a row."""

    def draft(beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        row = sheet.in_text(problems.source.text)
        kind = beside.get(_KIND, "")
        return SlideReader(VERSION_3, problems, "").draft(row.node, number, kind) if row is not None else None

    return draft


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single slides."""
    sheet = layout.get(_SHEET)
    if isinstance(sheet, Mapping):
        return SingleDecoder(_drafts_of_rows(Sheet(str(sheet[_DELIMITER]), tuple(map(str, sheet[_COLUMNS])))))
    return SingleDecoder(_drafts_of(_NAMES[2 if layout[_VERSION] == 2 else 3]))


def _drafts_of(names: SlideNames) -> DraftOf:
    """Return what makes an event of the text of a slide."""

    def draft(node: Node, beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        return SlideReader(names, problems, "").draft(node, number, beside.get(_KIND, ""))

    return json_drafts(draft, is_loose=True)


READER = record_reader(
    name=_NAME,
    endings=(".json", ".jsonp", ".csv"),
    description="Timelines of TimelineJS 3 and 2, as JSON, JSONP or a sheet",
    recognised_by="the fields of TimelineJS",
    score=score,
    whole=read_timelinejs,
    stream=_stream,
    decoder=_decoder,
)
