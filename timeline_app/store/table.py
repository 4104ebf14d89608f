"""Open what was kept of a file as a table of events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from timeline_app.core.actors import Gazetteer
from timeline_app.core.arrays import Int32Array, Int64Array, NDArray, Scalar, read_only
from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.event import NOTHING
from timeline_app.core.known_dates import KnownDates, with_sources
from timeline_app.core.look_alikes import look_alike_notes
from timeline_app.core.memory import keep_large_apart
from timeline_app.core.postings import Postings
from timeline_app.core.roles import Roles
from timeline_app.core.table import EventTable
from timeline_app.core.text_column import TextColumn
from timeline_app.core.times import Times
from timeline_app.core.told_sources import NOTHING_TOLD, SourcedDecoder, ToldSources, told_keys
from timeline_app.store.contents import Contents, contents_of
from timeline_app.store.kept import Kept
from timeline_app.store.parts import ROLE_CODES
from timeline_app.store.records import StoredRecords
from timeline_app.store.rests import RestMeanwhile, Rests

_BOUNDS_BEYOND_THE_FIRST = 3
_MANY = 1_000_000  # events, from which on columns take megabytes


def open_table(
    kept: Kept,
    decoder: Callable[[str, Mapping[str, object]], Decoder],
    gazetteer: Gazetteer,
    *,
    contents: Contents | None = None,
    file: str = "",
    sources: ToldSources = NOTHING_TOLD,
    rest_meanwhile: RestMeanwhile | None = None,
    on_damage: Callable[[], None] = lambda: None,
) -> EventTable:
    """Return the table of a file that was kept, its actors by the names that the gazetteer has for them.

    `decoder` gives for a reader's name and a layout what makes an event of a record. `contents` are what stands beside
    its columns, where that has been read already. `file` names the file in messages, as it was named when it was
    ingested when left out. `sources` are what files beside it tell of its sources. `rest_meanwhile` gives the rests of
    records in short until they are kept.

    Raises StoreError when anything is gone or damaged; what is found so later, when records are read, is told to
    `on_damage`.
    """
    contents = contents or contents_of(kept)
    if file:
        contents = _under_name(contents, file)
    names, report = contents.names, contents.report
    if report.loaded >= _MANY:
        keep_large_apart()

    def column(name: str) -> NDArray[Scalar]:
        return read_only(kept.column(name))

    decode = decoder(report.reader, contents.layout)
    rests = Rests(kept.folder, rest_meanwhile) if contents.has_rests and kept.folder is not None else None
    records = StoredRecords(
        kept,
        SourcedDecoder(decode, sources) if sources else decode,
        gazetteer,
        file=report.path,
        rests=rests,
        reading=(report.reader, contents.layout, gazetteer.entries, gazetteer.later_layers, sources),
        on_damage=on_damage,
    )
    by_source, notes = _with_told_sources(_postings(kept, contents, "sources"), sources, records, report.path)
    known = _with_told_dates(_known(kept), by_source, sources, records)
    actors = canonical_postings(_actor_postings(kept, contents), gazetteer)
    return EventTable(
        times=Times(column("starts"), column("shape_codes"), column("shapes").reshape(-1, _BOUNDS_BEYOND_THE_FIRST)),
        flags=column("flags"),
        precision=column("precision"),
        importance=column("importance"),
        type_codes=column("types"),
        place_codes=column("places"),
        types=names["types"],
        places=names["places"],
        actors=actors,
        sources=by_source,
        tags=_postings(kept, contents, "tags"),
        records=records,
        gazetteer=gazetteer,
        title=contents.title,
        summary=str(contents.layout.get("summary", "")),
        extra=_said_beside(contents),
        source_by_key=sources.by_key,
        files=(report,),
        problems=(*contents.problems, *notes, *look_alike_notes(actors.names, gazetteer)),
        known=known,
        disputed=column("disputed"),
    )


def canonical_postings(postings: Postings, gazetteer: Gazetteer) -> Postings:
    """Return posting lists by canonical name; names that mean the same actor share one list."""
    return _regrouped(postings, lambda name: (gazetteer.canonical(name),))


def _with_told_sources(
    postings: Postings, told: ToldSources, records: StoredRecords, file: str
) -> tuple[Postings, tuple[Problem, ...]]:
    """Return posting lists of sources with those that are told of, by keys and for single events, and what is noted."""
    if told.by_key:
        postings = _regrouped(postings, lambda name: told_keys(name, told.by_key))
    if not told.by_event:
        return postings, ()
    rows = records.rows_by_hash(TextColumn.of(told.by_event).hashes()).tolist()
    named = [(row, one.publisher) for row, found in zip(rows, told.by_event.values(), strict=True) for one in found]
    pairs = [pair for pair in named if pair[0] >= 0]
    words = f"{len(pairs):,} of {len(named):,} mentions are of its events, the others of those in other exports"
    return postings.with_pairs(len(records), pairs), (Problem(words, file, level=Level.NOTE),)


def _with_told_dates(
    known: KnownDates | None, postings: Postings, told: ToldSources, records: StoredRecords
) -> KnownDates | None:
    """Return since when events were known, by the sources too that are told of beside them."""
    cited = [(postings.rows_of(key), source) for key, source in told.by_key.items()]
    if told.by_event:
        rows = records.rows_by_hash(TextColumn.of(told.by_event).hashes()).astype(np.int32)
        of_events = zip(rows, told.by_event.values(), strict=True)
        cited += [(np.array([row], np.int32), source) for row, found in of_events if row >= 0 for source in found]
    return with_sources(known, len(records), cited)


def _regrouped(postings: Postings, names_of: Callable[[str], tuple[str, ...]]) -> Postings:
    """Return posting lists by other names; what several names become, or one becomes several, has its rows in each."""
    groups: dict[str, list[int]] = {}
    for code, written in enumerate(postings.names):
        for name in names_of(written):
            groups.setdefault(name, []).append(code)
    if all(codes == [code] for code, codes in enumerate(groups.values())):
        return _named(tuple(groups), postings.offsets, postings.rows, postings.roles)
    return postings.regrouped(groups)


def _said_beside(contents: Contents) -> Mapping[str, object]:
    """Return what the file says besides its records."""
    extra = contents.layout.get("extra")
    return extra if isinstance(extra, Mapping) else NOTHING


def _under_name(contents: Contents, file: str) -> Contents:
    before = contents.report.path
    problems = tuple(replace(one, file=file) if one.file == before else one for one in contents.problems)
    return replace(contents, report=replace(contents.report, path=file), problems=problems)


def _postings(kept: Kept, contents: Contents, name: str) -> Postings:
    return _named(contents.names[name], kept.column(f"{name}.offsets"), kept.column(f"{name}.rows"))


def _actor_postings(kept: Kept, contents: Contents) -> Postings:
    postings = _postings(kept, contents, "actors")
    if not contents.role_sets:
        return postings
    return replace(postings, roles=Roles(contents.role_sets, read_only(kept.column(ROLE_CODES))))


def _known(kept: Kept) -> KnownDates | None:
    """Return since when events were known, None where that is told of none."""
    days: Int32Array = kept.column("known_days").reshape(-1, _BOUNDS_BEYOND_THE_FIRST)
    return KnownDates(read_only(kept.column("known")), read_only(days)) if len(days) else None


def _named(names: tuple[str, ...], offsets: Int64Array, rows: Int32Array, roles: Roles | None = None) -> Postings:
    return Postings(names, read_only(offsets), read_only(rows), {name: code for code, name in enumerate(names)}, roles)
