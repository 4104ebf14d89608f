"""Read the items of vis-timeline, as JSON or as data of a script.

vis-timeline (vis.js, 2010, a part of many web pages) is given a list of items, or both items and groups. It has no
file format of its own; what is found are its arguments: `[{"id": 1, "content": "…", "start": "2014-04-20"}]`, with or
without the names `items` and `groups` around the lists, and `new vis.DataSet([…])` of a script.

- `content` is the title, where it has several lines the first of them; `title`, the tool tip, is the summary. HTML
  goes.
- `start` and `end` are ISO 8601, a number of milliseconds since 1970 in UTC, or `new Date(…)`. Where all times of an
  item are midnight, they are days.
- A page makes its items in the middle of a script, which may stand in HTML: `new vis.DataSet([…])`, `items.add([…])`
  or a list that has a name. They are the first set of objects that have a content and a start. Sets of objects that
  have a content and none are its groups, wherever they stand: what they are for is said elsewhere in the script.
- The words of the `group` are the type, those of the `subgroup` a tag, and so are those of the groups that a group is
  nested in; an item in the background without a group is of the type “background”. All else is kept, `type` as
  `item_type`.

A file of 16 MB or more is read item by item; in a script its items have to begin in the first 16 million characters.
Tried on the example data that come with vis-timeline,
and on what its documentation shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event, Origin
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.fields import Fields
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import (
    DatedText,
    Draft,
    bag,
    fields_of,
    finished_dataset,
    first_line,
    kept_beside,
    text_node,
    title_of,
    when_of,
    words_of,
)
from timeline_app.readers.json_lists import Beside
from timeline_app.readers.json_nodes import json_drafts
from timeline_app.readers.json_sections import ListPath, listed_records
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.loose_json import NOT_READ, read_loose_json
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.script_dates import ScriptDate, date_of_milliseconds, days_or_times, script_date
from timeline_app.readers.script_file import ScriptFile
from timeline_app.readers.single_records import NOTHING_BESIDE, DraftOf, SingleDecoder, single_batches
from timeline_app.readers.source_book import SourceBook
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, raw

_NAME = "vis-timeline"
_MOST_GROUPS = 100_000
_LISTS_OF_ITEMS: dict[ListPath, Mapping[str, str]] = {(): NOTHING_BESIDE, ("items",): NOTHING_BESIDE}
_ONCE = frozenset({("items",), ("groups",)})
_OBJECTS_TRIED = 12
_BACKGROUND = "background"
_AROUND = "here is the script of a page around the items; of it only sets of groups are read"

_ITEMS_IN_HEAD = re.compile(
    rb"""\A(?:\xEF\xBB\xBF)?\s*+\[|["']?\bitems["']?\s*+[:=]|DataSet\s*\(|\bvis\s*\.\s*Timeline\b"""
)
# A statement that ends before the items, or the page around them, so that they are not the first value of the script.
_SCRIPT_BEFORE = re.compile(r";|\A\s*<")
_PAGE = re.compile(r"\s*<")
_SET = re.compile(
    r"""(?:(?:\bnew\s+(?:vis\s*\.\s*)?DataSet|\.add)\s*(?=\()|(?:[\w$]\s*=|["']?\b(?:items|groups)["']?\s*:)\s*(?=\[))"""
    r"(?P<list>\(?\s*\[\s*(?=\{)(?P<first>\{(?:[^{}]++|\{[^{}]*+\})*+\})?)"
)
_OBJECT = re.compile(rb"\{(?:[^{}]++|\{[^{}]*+\})*+\}")
_CONTENT = re.compile(rb"""["']?\bcontent["']?\s*+:""")
# What is drawn behind the others needs no words.
_IS_ITEM = re.compile(rb"""["']?\b(?:content["']?\s*+:|type["']?\s*+:\s*+["']background\b)""")
_START = re.compile(rb"""["']?\bstart["']?\s*+:""")

_TAKEN = frozenset({"id", "content", "start", "end", "group", "subgroup", "title"})
# How an item is drawn is not what kind of event it is.
_BAG_NAMES = {"type": "item_type"}
_MILLISECONDS = re.compile(r"[+-]?\d{1,17}", re.ASCII)
_QUOTED_MILLISECONDS = re.compile(r"[+-]?\d{12,17}", re.ASCII)
_QUOTED_YEAR = re.compile(r"\d{4}", re.ASCII)
_SERVER_DATE = re.compile(r"/Date\(([+-]?\d{1,17})\)/", re.ASCII)


def score(head: bytes, name: str) -> float:
    """Tell how likely a file holds items of vis-timeline, from the first objects in it."""
    del name
    if not _ITEMS_IN_HEAD.search(head):
        return 0.0
    objects = [match[0] for match, _ in zip(_OBJECT.finditer(head), range(_OBJECTS_TRIED), strict=False)]
    return 0.9 if any(_CONTENT.search(one) and _START.search(one) for one in objects) else 0.0


def read_vis_timeline(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the items; their fields have fixed names, so `mapping` is empty.

    Raises ReadError when the text is no data, or there is no list of items in it.
    """
    del mapping
    text = decode_text(source)
    with garbage_collection_paused():
        return _Items(text, source).read()


@dataclass(frozen=True, slots=True)
class _Groups:
    """What groups are called, and which of them each is nested in, by their ids."""

    words: dict[str, str] = field(default_factory=dict)
    outer: dict[str, str] = field(default_factory=dict)

    def take(self, node: Node, problems: ProblemLog) -> None:
        """Take what a group is called, and what is nested in it."""
        if not isinstance(node, MappingNode):
            return
        group = fields_of(node, problems)
        own = group.text("id")
        self.words.setdefault(own, title_of(words_of(group, "content").text, own))
        nested = group.get("nestedGroups")
        for inner in nested.items if isinstance(nested, ListNode) else ():
            if isinstance(inner, TextNode):
                self.outer.setdefault(inner.text, own)

    def around(self, group: str) -> list[str]:
        """Return what the groups are called that a group is nested in, the innermost first."""
        found: dict[str, None] = {}
        while (group := self.outer.get(group, "")) and group not in found:
            found[group] = None
        return [self.words.get(one, one) for one in found]


class _Items:
    """Reads one file."""

    def __init__(self, text: SourceText, source: SourceFile) -> None:
        self._text = text
        self._source = source
        self._problems = ProblemLog(text)
        self._groups = _Groups()

    def read(self) -> Dataset:
        """Return the items of the file as events."""
        tree = read_loose_json(self._text, _begin_of_items(self._text.file, self._text.text))
        self._problems.warn_all(fault for fault in tree.faults if fault[0] not in NOT_READ)
        for _, offset in (fault for fault in tree.faults if fault[0] in NOT_READ):
            self._problems.note(_AROUND, offset)
        items = _list_in(tree.root, "items")
        if items is None:
            raise self._text.error(f"expected a list of items; found {described(tree.root)}", tree.root.offset)
        self._read_groups(_list_in(tree.root, "groups"))
        self._read_sets_of_groups(items)
        reader = _ItemReader(self._source.path.name, self._problems, self._groups)
        drafts = [reader.draft(node, number) for number, node in enumerate(items.items, start=1)]
        entries = tree.root.entries if isinstance(tree.root, MappingNode) else {}
        return finished_dataset(
            self._source,
            _NAME,
            drafts,
            [node.offset for node in items.items],
            self._problems,
            sources=reader.book.by_key,
            extra={key: raw(node) for key, (_, node) in entries.items() if key != "items"},
            records_end=items.end_offset,
        )

    def _read_sets_of_groups(self, items: ListNode) -> None:
        """Look up the groups that a script has in sets of their own, beside that of the items."""
        for begin in _begins_of_groups(self._text.text):
            if not items.offset <= begin <= items.end_offset:
                _read_set_of_groups(self._text, begin, self._groups, self._problems)

    def _read_groups(self, groups: ListNode | None) -> None:
        for node in groups.items if groups is not None else ():
            self._groups.take(node, self._problems)


class _ItemReader:
    """Reads the items of one file, in its groups."""

    def __init__(self, file_name: str, problems: ProblemLog, groups: _Groups) -> None:
        self.book = SourceBook()
        self._file_name = file_name
        self._problems = problems
        self._groups = groups

    def draft(self, node: Node, number: int) -> Draft | None:
        """Return the event of an item; why there is none is told."""
        if not isinstance(node, MappingNode):
            self._problems.error(f"expected an item; found {described(node)}; it is left out", node.offset)
            return None
        fields = fields_of(node, self._problems)
        content, tip = words_of(fields, "content"), words_of(fields, "title")
        start, end = self._bounds(fields)
        when = when_of(start, end, self._problems, partial(fields.keep, "end"))
        background = _BACKGROUND if fields.text("type") == _BACKGROUND else ""
        title = title_of(first_line(content.text), first_line(tip.text), background)
        if not title and when is not None:
            self._problems.error("content: expected a text; found nothing; the event is left out", node.offset)
        if when is None or not title:
            return None
        texts = (content.text, tip.text)
        group = fields.text("group")
        event = Event(
            id="",
            title=title,
            when=when,
            type=self._groups.words.get(group, group) or background,
            summary="\n\n".join(text for text in dict.fromkeys(texts) if text and text != title),
            tags=tuple(dict.fromkeys(filter(None, (fields.text("subgroup"), *self._groups.around(group))))),
            own_sources=self.book.add_addresses((*content.addresses, *tip.addresses)),
            origin=Origin(self._file_name, self._problems.source.line(node.offset), number),
            extra={_BAG_NAMES.get(key, key): value for key, value in bag(fields, _TAKEN).items()},
        )
        return Draft(event, fields.text("id").strip(), fields.offset("id"))

    def _bounds(self, fields: Fields) -> tuple[DatedText, DatedText]:
        found = {key: self._date(fields, key) for key in ("start", "end")}
        dates = {key: date for key, date in found.items() if date is not None}
        texts = days_or_times(dates)
        if len({bool(date.zone) for date in dates.values()}) > 1 and any("T" in text for text in texts.values()):
            self._tell_zone(fields, dates)
        written = {key: fields.text(key).strip() for key in found}
        # What is in no form stands as it is, for its reader to refuse.
        bounds = [DatedText(texts.get(key, written[key]), fields.offset(key)) for key in found]
        return bounds[0], bounds[1]

    def _tell_zone(self, fields: Fields, dates: Mapping[str, ScriptDate]) -> None:
        """Say that one bound has a zone and the other none, so that both are read as local times."""
        key = next(key for key, date in dates.items() if date.zone)
        fields.keep(key)
        message = f"{key}: the zone is left out, since the other end has none; what is written is kept"
        self._problems.note(message, fields.offset(key))

    def _date(self, fields: Fields, key: str) -> ScriptDate | None:
        node = text_node(fields, key)
        if node is None:
            return None
        written = node.text.strip()
        is_quoted = self._problems.source.text[node.offset : node.offset + 1] in {'"', "'"}
        if is_quoted and _QUOTED_YEAR.fullmatch(written):
            return ScriptDate(written)
        server = _SERVER_DATE.fullmatch(written) if is_quoted else None
        # Databases give numbers in quotation marks; so many digits are no year.
        number = (_QUOTED_MILLISECONDS if is_quoted else _MILLISECONDS).fullmatch(written)
        if server is not None or number is not None:
            return date_of_milliseconds(int(server[1] if server is not None else written))
        return script_date(written)


def _begin_of_items(file: str, text: str) -> int:
    """Return where in a script of a page the set of items begins; that of groups has no start.

    Raises ReadError for a page that has no such set.
    """
    found = ((one.start("list"), (one["first"] or "").encode()) for one in _SET.finditer(text))
    begin = next((begin for begin, first in found if _START.search(first) and _IS_ITEM.search(first)), 0)
    if not begin and _PAGE.match(text):
        message = "expected a list of items; found a page whose items are made while its script runs"
        raise ReadError(message, file, 1, 1)
    return begin if _SCRIPT_BEFORE.search(text, 0, begin) else 0


def _begins_of_groups(text: str) -> list[int]:
    """Return where in a script the sets begin whose objects have a content and no start."""
    found = ((one.start("list"), (one["first"] or "").encode()) for one in _SET.finditer(text))
    return [begin for begin, first in found if _CONTENT.search(first) and not _START.search(first)]


def _list_in(root: Node, key: str) -> ListNode | None:
    """Return the list of a name; the whole file, where it is a list, is that of the items."""
    if isinstance(root, ListNode):
        return root if key == "items" else None
    entry = root.entries.get(key) if isinstance(root, MappingNode) else None
    return entry[1] if entry is not None and isinstance(entry[1], ListNode) else None


def _read_set_of_groups(text: SourceText, begin: int, groups: _Groups, problems: ProblemLog) -> None:
    """Take what the groups of a set are called that begins at a place of a script."""
    try:
        root = read_loose_json(text, begin).root
    except ReadError as error:
        problems.warning(f"groups: {error.args[0]}; what they are called is not known", begin)
        return
    for node in root.items if isinstance(root, ListNode) else ():
        groups.take(node, problems)


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError as `read_vis_timeline` does."""
    del mapping
    beside = Beside()
    groups = _Groups()
    notes: list[Problem] = []
    has_items = False
    script = ScriptFile(file, partial(_begin_of_items, file.name))
    for value in script.values(once=_ONCE):
        if value.is_item and value.path in _LISTS_OF_ITEMS:
            has_items = True
            continue
        beside.take(value)
        if value.is_item and value.path == ("groups",):
            log = ProblemLog(script.as_text(value))
            groups.take(read_loose_json(log.source).root, log)
            notes += log.finish()
        if len(groups.words) > _MOST_GROUPS:
            raise ReadError(f"expected at most {_MOST_GROUPS:,} groups; found more", file.name, value.line)
    notes += (replace(one, message=_AROUND, level=Level.NOTE) for one in script.notes)
    for text, end in ((script.before, script.begin), (script.behind, len(script.behind.text))):
        log = ProblemLog(text)
        for begin in _begins_of_groups(text.text[:end]):
            _read_set_of_groups(text, begin, groups, log)
        notes += log.finish()
    notes += beside.left_out(file.name)
    if not has_items:
        raise ReadError("expected a list of items; found none", file.name, 1, 1)
    layout = {"groups": groups.words, "outer_groups": groups.outer, "extra": kept_beside(beside.kept)}
    drafts = _drafts_by(groups)
    return FileStream(
        file.path.stem,
        MappingProxyType(layout),
        file.total_bytes,
        lambda: single_batches(listed_records(script, _LISTS_OF_ITEMS), file.name, file.path.name, drafts, notes),
    )


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single items."""
    words, outer = layout["groups"], layout.get("outer_groups", {})
    if not (isinstance(words, Mapping) and isinstance(outer, Mapping)):
        raise TypeError("the layout of items names their groups")
    return SingleDecoder(_drafts_by(_Groups(dict(words), dict(outer))))


def _drafts_by(groups: _Groups) -> DraftOf:
    """Return what makes an event of the text of an item."""

    def draft(node: Node, _beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        return _ItemReader("", problems, groups).draft(node, number)

    # Whether a year stands in quotation marks is told by its place.
    return json_drafts(draft, needs_places=True, is_loose=True)


READER = record_reader(
    name=_NAME,
    endings=(".json",),
    description="Items of vis-timeline, as JSON",
    recognised_by="the items of vis-timeline",
    score=score,
    whole=read_vis_timeline,
    stream=_stream,
    decoder=_decoder,
)
