"""Read what lies beside events: sources, actors, associations, which name their tags, and mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from timeline_app.core.actors import DEFAULT_KIND, ActorEntry
from timeline_app.core.dataset import Dataset, Level, Problem, companion_words
from timeline_app.core.errors import ReadError, WhenError
from timeline_app.core.event import NO_SOURCES, Source
from timeline_app.core.memberships import Membership, contradictions
from timeline_app.core.told_sources import NO_MENTIONS, NO_TITLES, ToldSources
from timeline_app.core.when import parse
from timeline_app.readers import native
from timeline_app.readers.civil_text import date_text
from timeline_app.readers.column_names import field_names
from timeline_app.readers.companion_records import CompanionRecord, companion_records
from timeline_app.readers.companions import MENTIONS, companion_paths, read_companion
from timeline_app.readers.day_order import NUMERIC, DayOrder, OrdersSeen, numeric_parts, orders_seen, shared_order
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.list_cells import Entry, entries, name_of, text_of
from timeline_app.readers.source_book import apart_from_fields, site_of
from timeline_app.readers.source_file import MEGABYTE, read_head
from timeline_app.readers.tree import shortened

LARGEST_BYTES = 24 * MEGABYTE

_LENIENCE = list(Level)

# What the columns are called, as `simple_name` gives it, best first.
_SOURCE_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "key": ("key", "id", "source_id", "source_key", "source"),
        "title": ("title", "headline", "name", "heading"),
        "author": ("author", "authors", "by", "byline"),
        "publisher": ("publisher", "outlet", "publication", "newspaper", "site"),
        "url": tuple(field_names("url")),
        "language": ("language", "lang"),
        "published": ("published", "published_on", "publication_date", "date_published", "date"),
        "retrieved": ("retrieved", "accessed", "date_retrieved", "date_accessed"),
        "origin": ("origin", "cites", "based_on"),
    }
)
_ACTOR_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("name", "actor", "actor_name"),
        "kind": ("kind", "type", "category"),
        "aliases": ("aliases", "alias", "other_names", "also_known_as"),
        "part_of": ("part_of", "parent"),
        "members": ("members", "member"),
        "since": ("since", "from", "start"),
        "until": ("until", "to", "end"),
        "note": ("note", "notes", "description"),
    }
)
_ASSOCIATION_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "key": ("key", "id", "association_id", "association", "tag"),
        "title": ("title", "name", "label", "heading"),
    }
)
_DATES = ("published", "retrieved", "since", "until")


@dataclass(frozen=True, slots=True)
class TableCompanions:
    """What lies beside events: sources by key, actors, the files they stand in, and what is wrong there.

    `mentions` are sources of single events, by the ids of these; `tag_titles` what tags are called, by their keys.
    """

    sources: Mapping[str, Source] = field(default_factory=lambda: NO_SOURCES)
    actors: tuple[ActorEntry, ...] = ()
    mentions: Mapping[str, tuple[Source, ...]] = field(default_factory=lambda: NO_MENTIONS)
    tag_titles: Mapping[str, str] = field(default_factory=lambda: NO_TITLES)
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def told_sources(self) -> ToldSources:
        """What is told of the sources and tags of the events."""
        return ToldSources(self.sources, self.mentions, self.tag_titles)

    def told_of(self, file: str) -> tuple[Problem, ...]:
        """Say what was read together with a file, and what is wrong there."""
        notes = (Problem(companion_words(self.files), file, level=Level.NOTE),) if self.files else ()
        return (*notes, *self.problems)

    def with_dataset(self, dataset: Dataset) -> Dataset:
        """Return a dataset with what its companions tell of its sources and tags."""
        return replace(
            dataset,
            events=tuple(map(self.told_sources.of, dataset.events)) if self.told_sources else dataset.events,
            sources={**self.sources, **dataset.sources},
            report=replace(dataset.report, companions=self.files),
            problems=(*dataset.problems, *self.told_of(dataset.report.path)),
        )


NOTHING_BESIDE = TableCompanions()


def read_table_companions(path: Path) -> TableCompanions:
    """Return what the companions of events tell; one that cannot be read is told among the problems.

    A timeline of this program has none: it says itself what its sources and actors are.
    """
    if _is_native(path):
        return NOTHING_BESIDE
    log = _Log()
    sources = [_source(row) for row in _rows(path, "sources", _SOURCE_COLUMNS, log)]
    actors = [_actor(row) for row in _rows(path, "actors", _ACTOR_COLUMNS, log)]
    associations = _rows(path, "associations", _ASSOCIATION_COLUMNS, log)
    titles = MappingProxyType({row.name: row.text("title") for row in associations if row.text("title")})
    mentions = _mentions(path, log)
    by_key = MappingProxyType({source.key: source for source in sources})
    problems = sorted(log.problems, key=lambda problem: (problem.file, problem.line))
    return TableCompanions(by_key, tuple(actors), mentions, titles, tuple(log.files), tuple(problems))


def _is_native(path: Path) -> bool:
    if path.suffix != ".json":
        return False
    try:
        return native.READER.score(read_head(path, str(path)), path.name) == 1
    except ReadError:  # Told when the file itself is read.
        return False


@dataclass(slots=True)
class _Log:
    """The companions that are read, and what is wrong in them."""

    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def warn(self, message: str, file: str, line: int) -> None:
        self.problems.append(Problem(message, file, line, level=Level.WARNING))

    def refuse(self, error: ReadError) -> None:
        """Tell of a file that cannot be read."""
        self.warn(f"{error.args[0]}; the file is not read", error.place.file, error.place.line)

    def add_rows(self, problems: Iterable[Problem]) -> None:
        """Tell of rows, at most as warnings: those that are left out are none of the table of events."""
        self.problems += [replace(one, level=max(one.level, Level.WARNING, key=_LENIENCE.index)) for one in problems]


@dataclass(frozen=True, slots=True)
class _Row:
    """A record of a companion that has a name, with the order of day and month in the dates of all."""

    name: str
    record: CompanionRecord
    order: DayOrder | None
    file: str
    log: _Log

    @property
    def others(self) -> dict[str, object]:
        """What it says beyond the fields."""
        return self.record.others

    def text(self, of_field: str) -> str:
        return self.record.cells.get(of_field, "").strip()

    def texts(self, of_field: str) -> tuple[str, ...]:
        """Return the values of a cell, each once."""
        values = (name_of(entry) for entry in entries(self.text(of_field)))
        return tuple(dict.fromkeys(filter(None, values)))

    def memberships(self, of_field: str) -> tuple[Membership, ...]:
        """Return those that a cell names, each once; an entry in JSON may say from when to when."""
        found = (self._membership(of_field, entry) for entry in entries(self.text(of_field)))
        named = tuple(dict.fromkeys(one for one in found if one.name))
        for _, words in contradictions(self.name, named):
            self.log.warn(f"{of_field}: {words}", self.file, self.record.line)
        return named

    def _membership(self, of_field: str, entry: Entry) -> Membership:
        dates = []
        for key in ("since", "until"):
            written = text_of(entry.get(key)).strip() if isinstance(entry, Mapping) else ""
            try:
                dates.append(parse(written).text if written else "")
            except WhenError as error:
                self.log.warn(f"{of_field}: {key}: {error}; it bounds nothing", self.file, self.record.line)
                self.others[of_field] = self.text(of_field)
                dates.append("")
        return Membership(name_of(entry), *dates)

    def date(self, of_field: str) -> str:
        """Return a date in EDTF; what is none is told, and kept among the other columns."""
        written = self.text(of_field)
        try:
            numbers = NUMERIC.fullmatch(written)
            if numbers is not None:
                written = date_text(*numeric_parts(numbers, self.order))
            return parse(written).text if written else ""
        except WhenError as error:
            self.log.warn(f"{of_field}: {error}; it is kept as it is written", self.file, self.record.line)
            self.others[f"{of_field} as written"] = self.text(of_field)
            return ""


def _source(row: _Row) -> Source:
    published, retrieved = row.date("published"), row.date("retrieved")
    title, author, url = row.text("title"), row.text("author"), row.text("url")
    return Source(
        row.name,
        title=title,
        author=author,
        publisher=row.text("publisher") or ("" if title or author else site_of(url)),
        url=url,
        language=row.text("language"),
        published=published,
        retrieved=retrieved,
        origin=row.text("origin"),
        extra=apart_from_fields(row.others),
    )


def _actor(row: _Row) -> ActorEntry:
    since, until, whole = row.date("since"), row.date("until"), row.text("part_of")
    return ActorEntry(
        row.name,
        kind=row.text("kind") or DEFAULT_KIND,
        aliases=row.texts("aliases"),
        since=since,
        until=until,
        part_of=(Membership(whole),) if whole else (),
        members=row.memberships("members"),
        note=row.text("note"),
        extra=row.others,
    )


def _mentions(path: Path, log: _Log) -> Mapping[str, tuple[Source, ...]]:
    """Return the sources that the mentions beside an export of GDELT are, by the ids of its events."""
    found = _found(path, MENTIONS)
    if found is None:
        return NO_MENTIONS
    # Only beside an export of GDELT.
    from timeline_app.readers.gdelt_mention_sources import LARGEST_MENTIONS_BYTES, mention_sources

    try:
        file = LineFile.within(read_companion(found, str(path), LARGEST_MENTIONS_BYTES))
        mentions, problems = mention_sources(file)
    except ReadError as error:
        log.refuse(error)
        return NO_MENTIONS
    log.files.append(file.name)
    log.add_rows(problems)
    return mentions


def _found(path: Path, what: str) -> Path | None:
    """Return the first companion of a kind that is there."""
    return next((one for one in companion_paths(path, what) if one.is_file()), None)


def _rows(path: Path, what: str, columns: Mapping[str, tuple[str, ...]], log: _Log) -> Iterator[_Row]:
    """Give the records of the first companion that is there, each of a name of its own."""
    found = _found(path, what)
    if found is None:
        return
    try:
        file = LineFile.within(read_companion(found, str(path), LARGEST_BYTES))
        order = _order(companion_records(file, what, columns, _say_nothing))
    except ReadError as error:
        log.refuse(error)
        return
    log.files.append(file.name)
    first = next(iter(columns))
    names: set[str] = set()
    # Gone through twice, and told of once: as many records as a large file has would take far more memory than it.
    for record in companion_records(file, what, columns, log.add_rows):
        name = record.cells.get(first, "").strip()
        if name and name not in names:
            names.add(name)
            yield _Row(name, record, order, file.name, log)
        else:
            wrong = f'"{shortened(name)}" again' if name else "nothing"
            log.warn(f"{first}: expected one of its own; found {wrong}; the record is left out", file.name, record.line)


def _order(records: Iterable[CompanionRecord]) -> DayOrder | None:
    """Return the order of day and month that the dates of all records share, if they tell any."""
    seen = dict.fromkeys(_DATES, OrdersSeen())
    for record in records:
        for of_field in _DATES:
            if text := record.cells.get(of_field):
                seen[of_field] |= orders_seen((text,))
    return shared_order(seen.values())


def _say_nothing(_problems: Iterable[Problem]) -> None:
    """Leave what is wrong to be told when the records are gone through again."""
