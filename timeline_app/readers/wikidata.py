"""Read results of queries to Wikidata and other SPARQL services, as JSON, XML or a table.

SPARQL 1.1 has `{"head": {"vars": […]}, "results": {"bindings": […]}}`, where each value has a type, and the same as XML
and as tables (readers/sparql_results.py); the “JSON file” of Wikidata's query page is a list of rows of plain texts.
Tables are known by entities of Wikidata and dates in them. What a variable holds is told from its name, as queries
usually choose it: `item` or `event`, `itemLabel`, `date`, `startTime`, `endDate`, `participantLabel`.

- A date is as exact as its precision, in a variable such as `precision`, `dateTimePrecision` or `startPrecision`. Where
  none is given, the first of January is read as the year and the first of a month as the month, with a note: that is
  how Wikidata writes them when no more is known. Years are astronomical.
- A query gives a row for each combination of values. Rows of one item with one date are one event with all of them.
- The item and an article on it are sources; coordinates are the location; whatever has no place is kept.

A file of 16 MB or more is read row by row (readers/wikidata_rows.py).

Tried on 9,125 historical events of the plain form, 390 of them BC.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import Draft, finished_dataset
from timeline_app.readers.json_nodes import NodeDraftOf, json_drafts
from timeline_app.readers.json_sections import tree_beside, unplaced
from timeline_app.readers.json_values import JsonFile
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.single_records import DraftOf, SingleDecoder, SingleRecord, single_batches
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.sparql_results import (
    ROW_ELEMENTS,
    is_json_result,
    is_table_result,
    is_xml_result,
    result_tree,
    row_of_xml,
    xml_result,
)
from timeline_app.readers.sparql_roles import Roles, roles_of
from timeline_app.readers.sparql_tables import table_beside, table_result_rows
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, shortened
from timeline_app.readers.wikidata_events import GroupReader, RowGroup, key_of, notes_in, texts_of
from timeline_app.readers.wikidata_rows import MORE, OWN_ID, ROW_LISTS, TWICE, ResultRow, RowScan, json_rows, xml_rows
from timeline_app.readers.xml_records import beside_records, xml_drafts, xml_file
from timeline_app.readers.xml_tree import Element, decode_xml, read_xml

_NAME = "sparql"
_HEAD_BYTES = 10_000
_JSON, _XML, _TABLE = "json", "xml", "table"
_FORM, _ROLES = "form", "roles"

_VERBOSE_IN_HEAD = re.compile(rb"""\A(?:\xEF\xBB\xBF)?\s*+\{\s*+"head"\s*+:\s*+\{.{0,20000}?"vars"\s*+:""", re.DOTALL)
_PLAIN_IN_HEAD = re.compile(rb"""\A(?:\xEF\xBB\xBF)?\s*+\[\s*+\{""")
_ENTITY_IN_HEAD = re.compile(rb'"https?:\\?/\\?/www\.wikidata\.org\\?/entity\\?/Q\d')
_DATE_IN_HEAD = re.compile(rb'"[+-]?\d{4,16}-\d\d-\d\dT\d\d:\d\d:\d\dZ"')


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is the result of a query, from its first bytes."""
    del name
    if _VERBOSE_IN_HEAD.match(head):
        return 0.95
    if is_xml_result(head):
        return 0.95
    if is_table_result(head):
        return 0.9
    is_plain = _PLAIN_IN_HEAD.match(head) and _ENTITY_IN_HEAD.search(head) and _DATE_IN_HEAD.search(head)
    return 0.9 if is_plain else 0.0


def read_sparql(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the rows of a result; what they hold is told from the names of the variables, so `mapping` is empty.

    Raises ReadError when the text is no result, or no variable is a date.
    """
    del mapping
    text = decode_xml(source) if is_xml_result(source.content[:_HEAD_BYTES]) else decode_text(source)
    with garbage_collection_paused():
        return _dataset(text, source)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a large file of one form is gone through.

    That is: what it says beside its rows, each of its rows, and what makes an event of the text of one.
    """

    beside: Callable[[LineFile], Node]
    rows: Callable[[LineFile], Iterator[ResultRow]]
    drafts: Callable[[NodeDraftOf], DraftOf]


def _dataset(text: SourceText, source: SourceFile) -> Dataset:
    """Return an event for each item and date of a whole file."""
    problems = ProblemLog(text)
    tree = result_tree(text)
    problems.warn_all(tree.faults)
    rows = _rows_in(tree.root, text)
    samples = dict.fromkeys(_variables(tree.root), "")
    for row in rows.items:
        _take_samples(samples, texts_of(row) if isinstance(row, MappingNode) else {})
    roles = roles_of(samples)
    if rows.items and not roles.has_date:
        raise text.error(_no_date(samples), rows.offset)
    groups, joined = _grouped(rows.items, roles, problems)
    reader = GroupReader(roles, problems, source.path.name)
    drafts = [reader.draft(group, number) for number, group in enumerate(groups.values(), start=1) if group is not None]
    taken: set[str] = set()
    kept = [_with_own_id(draft, taken) for draft in drafts if draft is not None]
    offsets = list(groups)
    for note in _notes(joined, Counter(note for draft in kept for note in notes_in(draft))):
        problems.note(note, offsets[0])
    return finished_dataset(source, _NAME, kept, offsets, problems, records_end=rows.end_offset)


def _rows_in(root: Node, text: SourceText) -> ListNode:
    results = root.entries.get("results") if isinstance(root, MappingNode) else None
    within = results[1].entries.get("bindings") if results and isinstance(results[1], MappingNode) else None
    rows = within[1] if within is not None else root
    if not isinstance(rows, ListNode):
        raise text.error(f"expected the rows of a result; found {described(rows)}", rows.offset)
    return rows


def _grouped(rows: Sequence[Node], roles: Roles, problems: ProblemLog) -> tuple[dict[int, RowGroup | None], int]:
    """Return the rows of each event by where the first stands, None for what is no row, and how many are not first."""
    groups: dict[int, RowGroup | None] = {}
    known: dict[tuple[str, ...], RowGroup] = {}
    for row in rows:
        if not isinstance(row, MappingNode):
            problems.error(_no_row(row), row.offset)
            groups[row.offset] = None
            continue
        texts = texts_of(row)
        key = key_of(texts, roles) or (str(row.offset),)
        if key not in known:
            known[key] = groups[row.offset] = RowGroup(row.offset)
        known[key].add(texts)
    return groups, len(rows) - len(groups)


def _take_samples(samples: dict[str, str], row: Mapping[str, str]) -> None:
    """Keep the first value of each variable that has any."""
    for name, text in row.items():
        samples[name] = samples.get(name) or text


def _variables(root: Node) -> list[str]:
    """Return the variables that the head of a result names."""
    head = root.entries.get("head") if isinstance(root, MappingNode) else None
    names = head[1].entries.get("vars") if head and isinstance(head[1], MappingNode) else None
    items = names[1].items if names and isinstance(names[1], ListNode) else []
    return [item.text for item in items if isinstance(item, TextNode)]


def _no_date(samples: Iterable[str]) -> str:
    names = shortened(", ".join(samples), 200) or "none"
    return f"no variable is known to be a date; expected one such as date or startTime; there are {names}"


def _no_row(node: Node) -> str:
    return f"expected a row; found {described(node)}; it is left out"


def _notes(joined: int, counts: Mapping[str, int]) -> Iterator[str]:
    """Give what is to be told of all rows together."""
    if joined:
        yield f"rows joined to others of the same item and date: {joined:,}"
    for note, count in sorted(counts.items()):
        yield f"{note}: {count:,} of the dates"


def _with_own_id(draft: Draft, taken: set[str]) -> Draft:
    """Return an event under the number of its item; a second of the same item is numbered, which is no mistake."""
    if not draft.written_id:
        return draft
    wanted, number = draft.written_id, 2
    while wanted in taken:
        wanted = f"{draft.written_id}-{number}"
        number += 1
    taken.add(wanted)
    return Draft(draft.event, wanted, draft.id_offset)


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError as `read_sparql` does."""
    del mapping
    name = _form_of(file)
    form, opened = _FORMS[name], xml_file(file) if name == _XML else file
    beside = form.beside(opened)
    _rows_in(beside, unplaced(JsonFile(file)))
    rows = partial(form.rows, opened)
    samples = dict.fromkeys(_variables(beside), "")
    first: SingleRecord | None = None
    for row in rows():
        first = first or row.record
        _take_samples(samples, row.texts or {})
    roles = roles_of(samples)
    if first is not None and not roles.has_date:
        raise ReadError(_no_date(samples), file.name, first.line, first.column)
    scan = RowScan.of(rows, roles, file.name)
    draft_of = _drafts_by(form, roles)

    def batches() -> Iterator[RecordBatch]:
        counts: Counter[str] = Counter()

        def counted(beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
            draft = draft_of(beside, number, problems)
            counts.update(notes_in(draft) if draft is not None else ())
            return draft

        def closing() -> list[Problem]:
            place = (file.name, first.line, first.column, 1, Level.NOTE) if first is not None else (file.name,)
            return [Problem(note, *place) for note in _notes(scan.joined, counts)]

        records = scan.records(rows, file.name, draft_of)
        return single_batches(records, file.name, file.path.name, counted, closing=closing)

    layout = MappingProxyType({_FORM: name, _ROLES: roles.as_layout()})
    return FileStream(file.path.stem, layout, file.total_bytes, batches)


def _form_of(file: LineFile) -> str:
    """Return which of the forms a large file is in."""
    if is_xml_result(file.raw_head[:_HEAD_BYTES]):
        return _XML
    return _JSON if is_json_result(file.head_text()) else _TABLE


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single records."""
    roles = layout[_ROLES]
    if not isinstance(roles, Mapping):
        raise TypeError("the layout of a result says what its variables hold")
    return SingleDecoder(_drafts_by(_FORMS[str(layout[_FORM])], Roles.of_layout(roles)))


def _drafts_by(form: _Form, roles: Roles) -> DraftOf:
    """Return what makes an event of the text of a row."""

    def draft(row: Node, beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        if not isinstance(row, MappingNode):
            problems.error(_no_row(row), row.offset)
            return None
        if TWICE in beside:
            message = f'"{shortened(beside[TWICE])}" is given twice in a further row of this event; the first is used'
            problems.warning(message, row.offset)
        group = RowGroup(row.offset)
        group.add(texts_of(row))
        group.add_lists(json.loads(beside.get(MORE, "{}")))
        found = GroupReader(roles, problems, "").draft(group, number)
        return Draft(found.event, beside[OWN_ID], found.id_offset) if found and OWN_ID in beside else found

    return form.drafts(draft)


def _beside_in_xml(file: LineFile) -> Node:
    text = beside_records(file, ROW_ELEMENTS, is_prefixed=True)
    return xml_result(read_xml(text), len(text.text))


def _xml_drafts(draft_of: NodeDraftOf) -> DraftOf:
    def draft(row: Element, beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        return draft_of(row_of_xml(row), beside, number, problems)

    return xml_drafts(draft)


_FORMS = {
    _JSON: _Form(lambda file: tree_beside(JsonFile(file), ROW_LISTS)[0], json_rows, json_drafts),
    _XML: _Form(_beside_in_xml, xml_rows, _xml_drafts),
    _TABLE: _Form(table_beside, table_result_rows, json_drafts),
}

READER = record_reader(
    name=_NAME,
    endings=(".json", ".srj", ".xml", ".srx", ".csv", ".tsv"),
    description="Results of queries to Wikidata and other SPARQL services, as JSON, XML or a table",
    recognised_by="the result of a query to Wikidata",
    score=score,
    whole=read_sparql,
    stream=_stream,
    decoder=_decoder,
)
