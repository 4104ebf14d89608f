"""From the cells of a record to the event that they mean, and from columns of cells to columns of events.

Whatever a table was written in, a cell is text; what is nested in JSON stands in its cell as JSON. Several values of
one cell are separated by semicolons or bars, or are a list in JSON. What has no place in an event is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

import numpy as np

from timeline_app.core.event import ActorRef, Basis, Event, Excerpt, Origin, Source
from timeline_app.core.text_column import TextColumn
from timeline_app.core.when import parse
from timeline_app.readers.claim_cells import claims_of, links_of
from timeline_app.readers.coded import Coded, Memo
from timeline_app.readers.columns import EventFields, NameCells
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.list_cells import entries, plain_values, text_of
from timeline_app.readers.location import location_of
from timeline_app.readers.tree import shortened
from timeline_app.readers.whole_cells import kept_beyond, whole_excerpts, whole_sources

USUAL_IMPORTANCE = 3

_DATE_LENGTH = 10
_DATE_AND_TIME = re.compile(r"(-?\d{4,}-\d\d-\d\d) (\d\d:\d\d.*)", re.ASCII)
_FORMULA = "=+-@\t\r\n\0＝＋－＠"
_WEB = ("http://", "https://")
# The fields that sources are told by, in the order in which `sources_of` takes their cells.
CITING_FIELDS = ("source", "publisher", "url", "excerpts", "excerpt_sources", "claims")
_LISTS = frozenset({"actors", "roles", "tags", "excerpts", "excerpt_sources", "claims", "links"})

# The cells of a column, one for each record.
FieldColumns = Callable[[str], Sequence[str]]


def date_of(when: str, start: str, end: str) -> str:
    """Return a date in EDTF from the cells of one date, or of a start and an end."""
    whole = _edtf(when)
    if whole:
        return whole
    first, last = _edtf(start), _edtf(end)
    return first if not last or first == last else f"{first}/{last}"


def actor_names(cell: str) -> tuple[str, ...]:
    """Return the names in a cell of actors, each once."""
    plain = plain_values(cell)
    if plain is not None:
        return plain
    return tuple(dict.fromkeys(actor.name for actor in actors_of(cell, "")))


def actors_of(cell: str, roles: str) -> tuple[ActorRef, ...]:
    """Return the actors of a cell, with the roles that stand beside them or in a cell of their own."""
    return tuple(ActorRef(name.strip(), role, name) for name, role in _with_companions(cell, "name", roles, "role"))


def tags_of(cell: str) -> tuple[str, ...]:
    """Return the tags in a cell, each once."""
    plain = plain_values(cell)
    if plain is not None:
        return plain
    return tuple(dict.fromkeys(filter(None, (text_of(entry).strip() for entry in entries(cell)))))


def importance_of(cell: str) -> int | None:
    """Return an importance from 1 to 5, the usual one for an empty cell, None for anything else."""
    written = cell.strip()
    if not written:
        return USUAL_IMPORTANCE
    return int(written) if written in {"1", "2", "3", "4", "5"} else None


def sources_of(
    source: str, publisher: str, url: str, excerpts: str, excerpt_sources: str, claims: str
) -> tuple[Source, ...]:
    """Return the publications that a record names, each once."""
    whole = whole_sources(source)
    found = {one.key: one for one in whole or ()}
    name = "" if whole is not None else _source_name(source, publisher, url)
    if name:
        address = url.strip() or (source.strip() if source.strip().startswith(_WEB) else "")
        title = source.strip() if publisher.strip() and not source.strip().startswith(_WEB) else ""
        found[name] = Source(name, title=title, publisher=name, url=address)
    cited = [excerpt.source for excerpt in excerpts_of(excerpts, excerpt_sources)]
    cited += [claim.source for claim in claims_of(claims)]
    for key in filter(None, cited):
        found.setdefault(key, Source(key))
    return tuple(found.values())


def excerpts_of(cell: str, sources: str) -> tuple[Excerpt, ...]:
    """Return the excerpts of a cell that may hold several, with the sources beside them or in a cell of their own."""
    whole = whole_excerpts(cell)
    if whole is not None:
        return whole
    return tuple(Excerpt(text, source) for text, source in _with_companions(cell, "text", sources, "source"))


def cell_reader(columns: EventColumns, field: str) -> Callable[[str], str]:
    """Return what takes off a cell of a field what the CSV export put on it."""
    if not columns.is_own_csv:
        return str
    return _exported_list if field in _LISTS else _unguarded


def decode_event(columns: EventColumns, cells: Mapping[str, str], origin: Origin) -> Event:
    """Return the event of one record."""

    def cell(field: str) -> str:
        column = columns.fields.get(field)
        return cell_reader(columns, field)(cells.get(column, "")) if column is not None else ""

    sources = sources_of(*map(cell, CITING_FIELDS))
    basis = cell("basis").strip()
    importance = importance_of(cell("importance"))
    return Event(
        id=cell("id").strip() or made_id(origin.record),
        title=cell("title").strip(),
        when=parse(date_of(cell("when"), cell("start"), cell("end"))),
        basis=Basis(basis) if basis in set(Basis) else Basis.STATED,
        basis_note=cell("basis_note"),
        type=cell("type").strip(),
        actors=actors_of(cell("actors"), cell("roles")),
        place=cell("place").strip(),
        location=location_of(cell("lat"), cell("lon")),
        importance=USUAL_IMPORTANCE if importance is None else importance,
        summary=cell("summary").strip(),
        tags=tags_of(cell("tags")),
        links=links_of(cell("links")),
        excerpts=_excerpts(cell, sources),
        claims=claims_of(cell("claims")),
        own_sources=sources,
        origin=origin,
        extra=_extra(columns, cells),
    )


def title_of(columns: EventColumns, cells: Mapping[str, str]) -> str:
    """Return the title of one record's event."""
    column = columns.fields["title"]
    return cell_reader(columns, "title")(cells.get(column, "")).strip()


class FieldReader:
    """Makes the fields of a batch from columns of cells; told of strange values once for each."""

    def __init__(self, columns: EventColumns) -> None:
        self._columns = columns
        self._strange: set[str] = set()

    def fields(self, cells: FieldColumns, numbers: Sequence[int]) -> EventFields:
        """Return the fields of some records, as `decode_event` has them."""
        column = partial(self._cells, cells, len(numbers))
        importance = Memo(importance_of)
        graded = [importance[cell] for cell in column("importance")]
        titles = column("title")
        return EventFields(
            ids=TextColumn.of(self._ids(column("id"), numbers)),
            whens=Coded.of(self._dates(column)),
            types=Coded.of(column("type")).mapped(str.strip),
            places=Coded.of(column("place")).mapped(str.strip),
            importance=np.array([USUAL_IMPORTANCE if grade is None else grade for grade in graded], np.uint8),
            actors=NameCells(Coded.of(column("actors")), actor_names),
            sources=self._sources(column),
            tags=NameCells(Coded.of(column("tags")), tags_of),
            faults={
                row: "title: expected a text; found nothing" for row, title in enumerate(titles) if not title.strip()
            },
            remarks=self._remarks(column("importance"), importance),
        )

    def _cells(self, cells: FieldColumns, count: int, field: str) -> Sequence[str]:
        name = self._columns.fields.get(field)
        if name is None:
            return [""] * count
        found = cells(name)
        return list(map(cell_reader(self._columns, field), found)) if self._columns.is_own_csv else found

    def _ids(self, cells: Sequence[str], numbers: Sequence[int]) -> list[str]:
        return [cell.strip() or made_id(number) for cell, number in zip(cells, numbers, strict=True)]

    def _dates(self, column: Callable[[str], Sequence[str]]) -> list[str]:
        if not self._columns.fields.keys() & {"start", "end"}:
            return list(map(_edtf, column("when")))
        return list(map(date_of, column("when"), column("start"), column("end")))

    def _sources(self, column: Callable[[str], Sequence[str]]) -> NameCells[str] | NameCells[tuple[str, ...]]:
        present = self._columns.fields.keys() & set(CITING_FIELDS)
        if present <= {"source"}:
            return NameCells(Coded.of(column("source")), single_source_name)
        return NameCells(Coded.of(list(zip(*map(column, CITING_FIELDS), strict=True))), _source_names)

    def _remarks(self, cells: Sequence[str], importance: Mapping[str, int | None]) -> list[tuple[int, str]]:
        strange = {cell for cell, grade in importance.items() if grade is None} - self._strange
        self._strange |= strange
        expected = "importance: expected a whole number from 1 to 5"
        return [
            (cells.index(cell), f'{expected}; found "{shortened(cell)}"; taken as {USUAL_IMPORTANCE}')
            for cell in sorted(strange)
        ]


def _with_companions(cell: str, part: str, companions: str, companion_part: str) -> Iterator[tuple[str, str]]:
    """Give the entries of a cell that say something, each with what stands beside it or in a cell of its own."""
    apart = [text_of(companion) for companion in entries(companions)]
    for number, entry in enumerate(entries(cell)):
        written = text_of(entry, part)
        companion = text_of(entry.get(companion_part)) if isinstance(entry, Mapping) else ""
        if written.strip():
            yield written, companion or (apart[number] if number < len(apart) else "")


def made_id(number: int) -> str:
    """Return the id of a record that has none."""
    return f"event-{number}"


def _edtf(cell: str) -> str:
    """Return a date as EDTF has it: databases put a space between the day and the time."""
    if len(cell) <= _DATE_LENGTH:
        return cell.strip()
    text = cell.strip()
    match = _DATE_AND_TIME.fullmatch(text)
    return f"{match[1]}T{match[2]}" if match else text


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in _FORMULA else cell


def _exported_list(cell: str) -> str:
    """Return an exported list so that nothing but its semicolons separates."""
    text = _unguarded(cell).replace("|", "\\|")
    return f"\\{text}" if text[:1] in {"[", "{"} else text


def _source_name(source: str, publisher: str, url: str) -> str:
    written, address = source.strip(), url.strip()
    if written.startswith(_WEB):
        written, address = "", written
    return publisher.strip() or written or _host(address)


def single_source_name(source: str) -> tuple[str, ...]:
    """Return the name of the one source of a record that names nothing else of it."""
    name = _source_name(source, "", "")
    return (name,) if name else ()


def _source_names(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(source.publisher or source.key for source in sources_of(*cells))


def _host(address: str) -> str:
    """Return the site of an address, the address itself where it names none."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _excerpts(cell: Callable[[str], str], sources: Iterable[Source]) -> tuple[Excerpt, ...]:
    single = cell("excerpt").strip()
    first = next((source.key for source in sources), "")
    named = (Excerpt(single, first),) if single else ()
    return named + excerpts_of(cell("excerpts"), cell("excerpt_sources"))


def _extra(columns: EventColumns, cells: Mapping[str, str]) -> dict[str, object]:
    """Return what has no place in an event, and what could not be typed."""
    taken = set(columns.fields.values()) | columns.ignored
    fields = columns.fields
    cell = {field: cells.get(fields[field], "") for field in ("importance", "lat", "lon", "basis") if field in fields}
    if importance_of(cell.get("importance", "")) is None:
        taken.discard(fields["importance"])
    if cell.get("basis", "").strip() not in {"", *Basis}:
        taken.discard(fields["basis"])
    if location_of(cell.get("lat", ""), cell.get("lon", "")) is None:
        taken.difference_update(fields[field] for field in ("lat", "lon") if field in fields)
    beyond = kept_beyond(cells.get("extra", "")) if columns.is_own else None
    if beyond is not None:
        taken.add("extra")
    return {name: text for name, text in cells.items() if text and name not in taken} | (beyond or {})
