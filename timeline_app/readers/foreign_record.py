"""What the readers of other programs' formats share: a record, its fields, its date, and the dataset that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.dataset import Dataset, FileReport
from timeline_app.core.errors import WhenError
from timeline_app.core.event import NOTHING, Event, Origin, Source
from timeline_app.core.when import When, parse
from timeline_app.readers.civil_text import interval_text
from timeline_app.readers.fields import Fields
from timeline_app.readers.native import KEYS
from timeline_app.readers.native_event import EVENT_KEYS
from timeline_app.readers.native_ids import WantedId, distinct_ids
from timeline_app.readers.plain_words import PlainWords, plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.tree import MappingNode, TextNode, is_nothing, shortened

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """An event whose id is still to be made, with the id that its file gives it, and where."""

    event: Event
    written_id: str = ""
    id_offset: int = 0


@dataclass(frozen=True, slots=True)
class DatedText:
    """A date in EDTF and where it stands; an empty one is none."""

    text: str
    offset: int = 0


def fields_of(node: MappingNode, problems: ProblemLog) -> Fields:
    """Return the fields of a mapping of which no field is unknown: what is not taken goes to the field bag."""
    return Fields(node, frozenset(node.entries), "", problems)


def mapping_in(fields: Fields, key: str, problems: ProblemLog) -> Fields | None:
    """Return the fields of a mapping within another, None where there is none."""
    node = fields.get(key)
    return fields_of(node, problems) if isinstance(node, MappingNode) else None


def bag(fields: Fields, taken: Iterable[str]) -> Mapping[str, object]:
    """Return what a mapping says beyond the fields that were taken, and what of those could not be."""
    known = set(taken)
    for key, (_, node) in fields.node.entries.items():
        if key not in known and not is_nothing(node):
            fields.keep(key)
    return fields.extra


def words_of(fields: Fields | None, key: str) -> PlainWords:
    """Return a text without its markup."""
    return plain_words(fields.text(key)) if fields is not None else PlainWords("")


def title_of(own: str = "", *others: str) -> str:
    """Return a title on one line: the event's own, or else the first other text that says something, cut if long."""
    if own.strip():
        return " ".join(own.split())
    return shortened(next((text for text in others if text.strip()), ""), LONGEST_TITLE)


def first_line(text: str) -> str:
    """Return the first line of a text that has several."""
    return text.strip().partition("\n")[0]


def when_of(start: DatedText, end: DatedText, problems: ProblemLog, keep_end: Callable[[], None]) -> When | None:
    """Return the date from a start to an end, None for what is no date.

    Where only the end is wrong, that is told, `keep_end` is called to keep what is written, and it is left out.
    """
    if start.text and end.text:
        try:
            return parse(interval_text(start.text, end.text))
        except WhenError as error:
            fault = error
        found = when_of(start, DatedText(""), problems, keep_end)
        if found is not None:
            keep_end()
            problems.warning(f"end: {fault}; read as having no end", end.offset)
        return found
    try:
        return parse(start.text)
    except WhenError as error:
        problems.error(f"date: {error}; the event is left out", start.offset)
        return None


def text_node(fields: Fields, key: str) -> TextNode | None:
    """Return a field that is a text, None for any other."""
    node = fields.get(key)
    return node if isinstance(node, TextNode) else None


def finished_dataset(
    source: SourceFile,
    reader: str,
    drafts: Iterable[Draft | None],
    record_offsets: Sequence[int],
    problems: ProblemLog,
    *,
    title: str = "",
    summary: str = "",
    sources: Mapping[str, Source] | None = None,
    extra: Mapping[str, object] = NOTHING,
    records_end: int | None = None,
    more_read: int = 0,
) -> Dataset:
    """Return what was read of a file: an event for each draft, under an id of its own, and every record counted.

    A record of which no event could be made has None for its draft, or none. `records_end` is where the records end, if
    not with the file. `more_read` is how many events there are beyond one a record.
    """
    made = [draft for draft in drafts if draft is not None]
    wanted = [WantedId(draft.written_id, draft.event.title, draft.id_offset) for draft in made]
    ids = distinct_ids(wanted, problems)
    events = tuple(finished_event(draft, own) for draft, own in zip(made, ids, strict=True))
    read = len(record_offsets) + more_read
    return Dataset(
        title=title or source.path.stem,
        events=events,
        report=FileReport(source.name, reader, read, len(events), read - len(events), source.sha256),
        summary=summary,
        sources=sources or {},
        problems=problems.finish(record_offsets, len(problems.source.text) if records_end is None else records_end),
        extra=kept_beside(extra),
    )


def finished_event(draft: Draft, own_id: str, origin: Origin | None = None) -> Event:
    """Return the event of a draft under its id, with another origin where one is given."""
    event = draft.event
    extra = _renamed(event.extra, EVENT_KEYS, texts=False)
    return replace(event, id=own_id, extra=extra, origin=event.origin if origin is None else origin)


def kept_beside(extra: Mapping[str, object]) -> Mapping[str, object]:
    """Return what a file says besides its events, under names that the native format does not take for its own."""
    return _renamed(extra, KEYS, texts=True)


def _renamed(extra: Mapping[str, object], known: frozenset[str], *, texts: bool) -> Mapping[str, object]:
    """Return a field bag with other names for what the native format, where it is written, would take for its own.

    Of an event it does so with texts only where the event has such a field; others are what could not be read of it.
    """
    if known.isdisjoint(extra):
        return extra
    return {
        f"{key}-2" if key in known and (texts or not isinstance(value, str)) else key: value
        for key, value in extra.items()
    }
