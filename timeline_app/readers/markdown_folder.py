"""Read a folder of events in Markdown, one event a file, as one timeline.

So the Kleptocracy Timeline and others keep theirs: some thousand files in one folder, under version control. Whoever
opens the folder opens all its files that end in `.md` or `.markdown` and hold an event; folders in it are not looked
into. A file that holds no event (a README, say) is told and passed over. Tried on folders made by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from timeline_app.core.dataset import Dataset, FileReport, Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event
from timeline_app.readers import markdown_event
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.native_ids import free_id
from timeline_app.readers.source_book import SourceBook
from timeline_app.readers.source_file import MEGABYTE, SourceFile, read_source_file
from timeline_app.readers.tree import listed, shortened

_MOST_FILES = 50_000
_MOST_NAMED = 5
_LARGEST_BYTES = 512 * MEGABYTE
_EXPECTED = "expected files in Markdown that hold an event each"


def read_folder(folder: Path, name: str) -> Dataset:
    """Read the events of a folder, in the order of their files' names; `name` names it in messages.

    Each file that holds an event is a record. Raises ReadError when there is none, and for too many or too large ones.
    """
    events: list[Event] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    next_numbers: dict[str, int] = {}
    book = SourceBook()
    checksum = hashlib.sha256()
    read, left_bytes = 0, _LARGEST_BYTES
    with garbage_collection_paused():
        for source in _files(folder, name, problems):
            left_bytes -= len(source.content)
            if left_bytes < 0:
                raise ReadError(f"the events are too large; expected at most {_LARGEST_BYTES:,} bytes together", name)
            read += 1
            checksum.update(source.sha256.encode())
            made, met = _one_event(source, book, read)
            problems += met
            for event in made:
                own_id = free_id(event.id, taken, next_numbers)
                if own_id != event.id:
                    message = f'id: "{event.id}" is the id of an earlier event; loaded as "{own_id}"'
                    problems.append(Problem(message, source.name, event.origin.line, 0, read))
                taken.add(own_id)
                events.append(replace(event, id=own_id))
    if not read:
        raise ReadError(f"this is a folder without events; {_EXPECTED}", name)
    report = FileReport(name, markdown_event.READER.name, read, len(events), read - len(events), checksum.hexdigest())
    return Dataset(folder.resolve().name, tuple(events), report, sources=book.by_key, problems=tuple(problems))


def _files(folder: Path, name: str, problems: list[Problem]) -> Iterator[SourceFile]:
    """Give the files of a folder that hold an event; why others are passed over is added to the problems."""
    deeper = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    if deeper:
        message = f"folders in it are not looked into: {listed(map(shortened, deeper[:_MOST_NAMED]))}"
        more = f", and {len(deeper) - _MOST_NAMED:,} more" if len(deeper) > _MOST_NAMED else ""
        problems.append(Problem(f"{message}{more}; open one by itself", name, level=Level.NOTE))
    paths = sorted(path for path in folder.iterdir() if path.suffix.casefold() in markdown_event.READER.endings)
    if len(paths) > _MOST_FILES:
        raise ReadError(f"the folder has {len(paths):,} files in Markdown; expected at most {_MOST_FILES:,}", name)
    for path in paths:
        file = str(PurePath(name) / path.name)
        try:
            source = read_source_file(path, largest_bytes=markdown_event.READER.largest_bytes, name=file)
        except ReadError as error:
            problems.append(Problem(f"{error.args[0]}; the file is passed over", file, 1, level=Level.WARNING))
            continue
        if markdown_event.score(source.head, path.name) > 0:
            yield source
        else:
            message = "expected an event, with title and date between lines of dashes; the file is passed over"
            problems.append(Problem(message, file, 1, level=Level.NOTE))


def _one_event(source: SourceFile, book: SourceBook, number: int) -> tuple[tuple[Event, ...], list[Problem]]:
    """Return the event of a file, none where it cannot be read, and its problems under the number of its record."""
    try:
        dataset = markdown_event.read_event(source, book)
    except ReadError as error:
        place = error.place
        return (), [Problem(f"{error.args[0]}; the event is left out", source.name, place.line, place.column, number)]
    events = tuple(replace(one, origin=replace(one.origin, record=number)) for one in dataset.events)
    return events, [replace(problem, record=number) for problem in dataset.problems]
