"""The formats that can be written, and the choice of one by name or by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from timeline_app.core.errors import UsageError, WriteError
from timeline_app.core.filter import Filter
from timeline_app.core.known_view import known_view
from timeline_app.core.noted_view import noted_view
from timeline_app.core.table import EventTable
from timeline_app.core.watch import UNWATCHED, Watch, watched_chunks, watched_table
from timeline_app.writers.atomic import write_file
from timeline_app.writers.csv_table import render_csv
from timeline_app.writers.geojson import render_geojson
from timeline_app.writers.icalendar import LIMITS as CALENDAR_LIMITS
from timeline_app.writers.icalendar import render_icalendar
from timeline_app.writers.json_native import render_json
from timeline_app.writers.jsonl import render_jsonl
from timeline_app.writers.limits import Exported, Limits, outcome
from timeline_app.writers.markdown_report import render_markdown
from timeline_app.writers.markwhen import LIMITS as MARKWHEN_LIMITS
from timeline_app.writers.markwhen import render_markwhen
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.parquet import render_parquet, rows_as_json
from timeline_app.writers.timelinejs import render_timelinejs

Render = Callable[[EventTable, Filter, WriteOptions], Iterator[str] | Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class WriterOption:
    """Something that may be told to a writer; `name` is the option of the command line without its dashes."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Writer:
    """A format that events can be written in; `render` gives the file piece by piece, text to be written as UTF-8.

    `limits` tells which events it cannot write. `sample` gives lines that show a person what is in a file of bytes or
    of code.
    `label` is what people call it, where that is not the name in capitals.
    """

    name: str
    endings: tuple[str, ...]
    description: str
    render: Render
    options: tuple[WriterOption, ...] = ()
    limits: Limits | None = None
    sample: Callable[[EventTable, Filter], Iterator[str]] | None = None
    label: str = ""

    def takes(self, option: str) -> bool:
        """Return whether an option means anything to this format."""
        return any(known.name == option for known in self.options)


_PIECE_BYTES = 1 << 16
_NO_GUARD = WriterOption("no-guard", "leave cells that look like formulas unmarked")
WITH_NOTES = "with-notes"
STORY = "story"
_STORY = WriterOption(STORY, "a story with its views, by its title")
_WITH_NOTES = WriterOption(WITH_NOTES, "your own stars, notes and tags beside what the files say")


def writers() -> tuple[Writer, ...]:
    """Return every writer."""
    return (
        Writer(
            "yaml",
            (".yaml", ".yml"),
            "the native format, complete, to be opened and edited again",
            _render_yaml,
            (_WITH_NOTES,),
        ),
        Writer(
            "json", (".json",), "the native format as JSON, complete, to be opened again", render_json, (_WITH_NOTES,)
        ),
        Writer(
            "jsonl",
            (".jsonl", ".ndjson"),
            "one event a line for scripts, as `list --format jsonl`",
            render_jsonl,
            (_WITH_NOTES,),
            label="JSON Lines",
        ),
        Writer("csv", (".csv",), "one event a row for spreadsheets", render_csv, (_NO_GUARD, _WITH_NOTES)),
        Writer(
            "parquet",
            (".parquet",),
            "one event a row, typed, for databases",
            render_parquet,
            sample=rows_as_json,
            label="Parquet",
        ),
        Writer(
            "markdown",
            (".md",),
            "a report with quotations and footnotes",
            _render_markdown,
            (_WITH_NOTES, _STORY),
            label="Markdown",
        ),
        Writer(
            "timelinejs",
            (".json",),
            "a timeline for the pages of TimelineJS 3",
            render_timelinejs,
            label="TimelineJS",
        ),
        Writer(
            "icalendar",
            (".ics",),
            "a calendar, for programs of dates",
            render_icalendar,
            limits=CALENDAR_LIMITS,
            label="iCalendar",
        ),
        Writer(
            "markwhen",
            (".mw",),
            "a timeline as text, for Markwhen",
            render_markwhen,
            limits=MARKWHEN_LIMITS,
            label="Markwhen",
        ),
        Writer("geojson", (".geojson",), "points with dates, for maps", render_geojson, label="GeoJSON"),
        Writer(
            "html",
            (".html", ".htm"),
            "one page for readers: timeline, excerpts, filter, search",
            _render_html,
            (_WITH_NOTES, _STORY),
            sample=_words_of_html,
        ),
    )


def choose_writer(path: Path, name: str | None = None) -> Writer | None:
    """Return the writer of this name, or else the one for the ending of the path; None when there is none."""
    ending = path.suffix.lower()
    for writer in writers():
        if writer.name == name or (name is None and ending in writer.endings):
            return writer
    return None


def export(
    table: EventTable,
    wanted: Filter,
    path: Path,
    *,
    name: str | None = None,
    force: bool = False,
    options: WriteOptions | None = None,
    watch: Watch = UNWATCHED,
    most_bytes: int | None = None,
) -> Exported:
    """Write the events that pass to a file, and return how many; the files they were read from are never replaced.

    Raises UsageError when there is no such format, WriteError when the file cannot be written, none of the events can,
    or it would be larger than `most_bytes`, and Cancelled once nobody wants it any more.
    """
    writer = choose_writer(path, name)
    if writer is None:
        raise UsageError(f"no format is known for {path}; choose one of {', '.join(one.name for one in writers())}")
    exported = outcome(table, wanted, writer.limits)
    table = known_view(watched_table(table, watch), wanted)
    if options is not None and options.with_notes:
        table = noted_view(table)
    if exported.left_out and not exported.written:
        raise WriteError(f"{path} was not written: {exported.reason}, and no event lies within them")
    pieces = _encoded(writer.render(table, wanted, options or WriteOptions()), path)
    chunks = watched_chunks(pieces if most_bytes is None else _limited(pieces, path, most_bytes), path.name, watch)
    write_file(path, chunks, force=force, inputs=[Path(report.path) for report in table.files])
    return exported


def _encoded(pieces: Iterator[str] | Iterator[bytes], path: Path) -> Iterator[bytes]:
    """Give texts as UTF-8, bytes as they are, in pieces large enough to be written at once; raises WriteError."""
    pending = bytearray()
    try:
        for piece in pieces:
            pending += piece.encode() if isinstance(piece, str) else piece
            if len(pending) >= _PIECE_BYTES:
                yield bytes(pending)
                pending.clear()
    except UnicodeEncodeError as error:
        found = f"U+{ord(error.object[error.start]):04X}"
        raise WriteError(f"{path} could not be written: half a character, {found}, has no place in UTF-8") from error
    yield bytes(pending)


def _limited(chunks: Iterable[bytes], path: Path, most_bytes: int) -> Iterator[bytes]:
    """Give chunks on; raises WriteError for more bytes than there may be."""
    left = most_bytes
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            told = f"it would be larger than {most_bytes:,} bytes, which is the most that can be read"
            raise WriteError(f"{path} was not written: {told}")
        yield chunk


def _render_yaml(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    # PyYAML takes 20 ms to import, which nothing but this format should wait for.
    from timeline_app.writers.yaml_native import render_yaml

    return render_yaml(table, wanted, options)


def _render_markdown(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    if options.story is None:
        return render_markdown(table, wanted, options)
    # Few reports tell a story.
    from timeline_app.writers.story_report import render_story

    return render_story(table, options.story)


def _render_html(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    # What an event is told with, and the parts of the page, are not loaded for any other format.
    from timeline_app.writers.html_page import render_html

    return render_html(table, wanted, options)


def _words_of_html(table: EventTable, wanted: Filter) -> Iterator[str]:
    # As the page itself.
    from timeline_app.writers.page_words import words_of_page

    return words_of_page(table, wanted)
