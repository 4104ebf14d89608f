"""Which file formats can be read, and which of them a file is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers import native
from timeline_app.readers.binary_kinds import binary_kind
from timeline_app.readers.companions import companion_paths
from timeline_app.readers.encodings import in_utf_8, marked_encoding, told_encoding, wide_encoding
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_file import SourceFile, read_head, read_source_file
from timeline_app.readers.source_text import decode_text

if TYPE_CHECKING:
    from timeline_app.readers.table_companions import TableCompanions

_SURE = 1.0
_FIRST_FEATHER_MAGIC = b"FEA1"
_MOST_EXPECTED = 3
_ANY_TIMELINE = "a timeline, a table whose columns name a title and a date, or the file of another program of dates"
# By how much a reader may be less sure than the surest, and be nearly as likely all the same.
_NEAR = 0.2


def readers() -> tuple[Reader, ...]:
    """Return every reader, in the order in which they are tried."""
    return native.READER, *_table_readers(), *_timeline_readers()


def _table_readers() -> tuple[Reader, ...]:
    # Not needed for the first picture of most starts, which would wait for them.
    from timeline_app.readers import (
        acled,
        arrow,
        cow,
        csv_events,
        gdelt,
        gdelt_mentions,
        gdelt_reduced,
        gtd,
        icews,
        jsonl,
        parquet,
        phoenix,
        polecat,
        scad,
        timesketch,
        ucdp_ged,
        ucdp_prio,
        ucdp_yearly,
        xlsx,
    )

    return (
        ucdp_ged.READER,
        ucdp_prio.READER,
        ucdp_yearly.READER,
        acled.READER,
        timesketch.READER,
        gdelt.READER,
        gdelt_mentions.READER,
        gdelt_reduced.READER,
        gtd.READER,
        cow.READER,
        scad.READER,
        icews.READER,
        polecat.READER,
        phoenix.READER,
        csv_events.READER,
        jsonl.READER,
        parquet.READER,
        arrow.READER,
        xlsx.READER,
    )


def _readable(head: bytes, mapping: Mapping[str, str] | None, file: str) -> bytes:
    """Return the first bytes in UTF-8 as far as it is told, or plain to see, what they are in; raises ReadError."""
    return in_utf_8(head, told_encoding(mapping or {}, file) or marked_encoding(head) or wide_encoding(head))


def _timeline_readers() -> tuple[Reader, ...]:
    # Not needed for those either, nor for tables that are known for sure.
    from timeline_app.readers import (
        calendar_events,
        followthemoney,
        geojson,
        json_records,
        markdown_event,
        markwhen,
        simile,
        timeflow,
        timeline_project,
        timeline_project_lines,
        timelinejs,
        timemap,
        vis_timeline,
        wikidata,
    )

    return (
        timeline_project.READER,
        timeline_project_lines.READER,
        calendar_events.READER,
        markwhen.READER,
        followthemoney.READER,
        timemap.READER,
        markdown_event.READER,
        timeflow.READER,
        timelinejs.READER,
        simile.READER,
        vis_timeline.READER,
        wikidata.READER,
        geojson.READER,
        json_records.READER,
    )


def choose(path: str | PathLike[str], *, reader: str | None = None, mapping: Mapping[str, str] | None = None) -> Reader:
    """Return the reader that is named, or else the one that recognises the file by its first bytes.

    Raises ReadError when none does, and as `read` does for a file that cannot be opened.
    """
    head = read_head(Path(path), str(path))
    chosen = _chosen(head, Path(path), str(path), reader, mapping)
    if chosen is None:
        # Only whole lines, lest a letter cut in two be taken for what is wrong.
        raise _unknown(SourceFile(str(path), Path(path), head[: head.rfind(b"\n") + 1] or head))
    return chosen


def likely_readers(path: str | PathLike[str]) -> tuple[Reader, ...]:
    """Return every reader that may be the one of a file, the likeliest first; raises ReadError as `choose` does."""
    return tuple(candidate for _, candidate in _by_likelihood(path))


def nearly_as_likely(path: str | PathLike[str], chosen: str) -> tuple[Reader, ...]:
    """Return the readers that might have been chosen as well as the one of a name, none where that one is sure.

    Raises ReadError as `choose` does.
    """
    scores = _by_likelihood(path)
    own_score = max((score for score, candidate in scores if candidate.name == chosen), default=0.0)
    if own_score >= _SURE:
        return ()
    return tuple(one for score, one in scores if one.name != chosen and score >= own_score - _NEAR)


def read(
    path: str | PathLike[str],
    *,
    reader: str | None = None,
    mapping: Mapping[str, str] | None = None,
    beside: TableCompanions | None = None,
) -> Dataset:
    """Read a timeline with the reader that is named, or else with the one that recognises the file.

    The file is never written, and opened once unless its format needs it in place. `mapping` gives the column of each
    field, for a reader that takes one. Raises ReadError when the file cannot be read at all; everything less stands in
    the dataset's problems. A folder is read as the events in Markdown that it holds. `beside` is what the companions of
    the file tell, whose actors are known; where it is left out, those that are there are read.
    """
    try:
        if Path(path).is_dir():
            return _read_folder(Path(path), str(path), reader, mapping)
    except OSError as error:  # Such as of a folder that may not be looked into.
        raise ReadError(f"this cannot be read: {error.strerror or error}", str(path)) from error
    chosen: list[Reader | None] = []

    def largest_bytes(head: bytes) -> int:
        found = _chosen(head, Path(path), str(path), reader, mapping)
        chosen.append(found)
        return max(one.largest_bytes for one in readers()) if found is None else found.largest_bytes

    source = read_source_file(Path(path), largest_bytes=largest_bytes, name=str(path))
    if chosen[0] is None:
        raise _unknown(source)
    dataset = chosen[0].read(source, mapping or {})
    return _with_companions(dataset, Path(path)) if beside is None else beside.with_dataset(dataset)


def _with_companions(dataset: Dataset, path: Path) -> Dataset:
    """Return a dataset with what the companions of its file tell, where it has some."""
    if not any(one.is_file() for one in companion_paths(path)):
        return dataset
    # Only where there is something: it reads tables.
    from timeline_app.readers.table_companions import read_table_companions

    beside = read_table_companions(path)
    return replace(beside.with_dataset(dataset), actors=(*dataset.actors, *beside.actors))


def _read_folder(folder: Path, name: str, reader: str | None, mapping: Mapping[str, str] | None) -> Dataset:
    # Only for a folder, which is no first picture's.
    from timeline_app.readers import markdown_event, markdown_folder

    if reader is not None and _named(reader, name) is not markdown_event.READER:
        raise ReadError("this is a folder; expected a file, or events as Markdown in the folder", name)
    if mapping:
        raise ReadError("columns cannot be mapped: the fields of the markdown format have fixed names", name)
    return markdown_folder.read_folder(folder, name)


def _chosen(head: bytes, path: Path, file: str, reader: str | None, mapping: Mapping[str, str] | None) -> Reader | None:
    """Return the reader of a file, None when none is likely; raises ReadError for one that the mapping is not for."""
    if reader is not None:
        found = _named(reader, file)
    elif native.score(head, path.name) == _SURE:
        found = native.READER
    else:
        kind = binary_kind(head)
        if kind:
            raise ReadError(f"this is {kind}; expected a timeline or a table of events", file)
        takers = [one for one in readers() if one.takes_mapping] if mapping else []
        head = _readable(head, mapping, file)
        best = _surest(_scored(takers, head, path.name)) or _surest_of_all(head, path.name)
        if best is None:
            return None
        found = best
    if mapping and not found.takes_mapping:
        message = f"columns cannot be mapped: the fields of the {found.name} format have fixed names"
        raise ReadError(message, file)
    return found


def _surest_of_all(head: bytes, name: str) -> Reader | None:
    """Return the reader that is surest of a file; after one of tables that is so altogether, no other is asked."""
    scores: list[tuple[float, Reader]] = []
    for candidate in _table_readers():
        scores += _scored([candidate], head, name)
        if scores[-1][0] == _SURE:
            return candidate
    return _surest(_with_timelines(scores, head, name))


def _scores_of_all(head: bytes, name: str) -> list[tuple[float, Reader]]:
    """Return how sure each reader is; where one of tables is altogether, no other needs to be asked."""
    scores = _scored(_table_readers(), head, name)
    return scores if any(score == _SURE for score, _ in scores) else _with_timelines(scores, head, name)


def _with_timelines(scores: list[tuple[float, Reader]], head: bytes, name: str) -> list[tuple[float, Reader]]:
    """Return the scores of tables between those of all other readers, in the order in which they are tried."""
    return _scored([native.READER], head, name) + scores + _scored(_timeline_readers(), head, name)


def _by_likelihood(path: str | PathLike[str]) -> list[tuple[float, Reader]]:
    """Return the readers that think a file likely, with their scores, the highest first, equals as they are tried."""
    head, name = read_head(Path(path), str(path)), Path(path).name
    own = _scored([native.READER], head, name)
    scores = own if own[0][0] == _SURE else _scores_of_all(head, name)
    return sorted((pair for pair in scores if pair[0] > 0), key=lambda pair: -pair[0])


def _scored(candidates: Sequence[Reader], head: bytes, name: str) -> list[tuple[float, Reader]]:
    return [(candidate.score(head, name), candidate) for candidate in candidates]


def _surest(scores: Sequence[tuple[float, Reader]]) -> Reader | None:
    """Return the reader with the highest score, None when none thinks the file likely."""
    best_score, best = max(scores, key=lambda pair: pair[0], default=(0.0, None))
    return best if best_score > 0 else None


def _named(name: str, file: str) -> Reader:
    for candidate in readers():
        if candidate.name == name:
            return candidate
    *others, last = (known.name for known in readers())
    raise ReadError(f'no reader is called "{name}"; there is {", ".join(others)} and {last}', file)


def _unknown(source: SourceFile) -> ReadError:
    """Return the error that a file is in no known format; what makes it unreadable as text is the better reason."""
    expected = f"{_expected(source.path.suffix.lower())}; “conflict-timeline formats” lists all that can be read"
    if not source.content.strip():
        return ReadError(f"the file is empty; expected {expected}", source.name)
    if source.content.startswith(_FIRST_FEATHER_MAGIC):
        message = "a file of Feather's first version, which is not read; write it anew as Feather, or as CSV"
        return ReadError(message, source.name)
    try:
        text = decode_text(source)
    except ReadError as error:
        return error
    return text.error(f"the format of the file is not known; expected {expected}", 0)


def _expected(ending: str) -> str:
    """Say what a file with this ending could be, where that is not too much to say."""
    fitting = list(dict.fromkeys(one.recognised_by for one in readers() if ending in one.endings))
    return ", or ".join(fitting) if 0 < len(fitting) <= _MOST_EXPECTED else _ANY_TIMELINE
