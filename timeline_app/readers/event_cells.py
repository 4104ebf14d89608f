"""From the cells of a record to the event that they mean.

Whatever a table was written in, a cell is text; what is nested in JSON stands in its cell as JSON. Several values of
one cell are separated by semicolons or bars, or are a list in JSON. What has no place in an event is kept beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from timeline_app.core.event import USUAL_IMPORTANCE, ActorRef, Basis, Event, Excerpt, Origin, Source, made_id
from timeline_app.core.when import parse
from timeline_app.readers.actors_by_role import named_by_role
from timeline_app.readers.addressed_sources import is_address
from timeline_app.readers.blank_cells import filled
from timeline_app.readers.cited_sources import CITING_FIELDS, excerpts_of, publication_date, sources_of
from timeline_app.readers.claim_cells import claims_of, links_of
from timeline_app.readers.columns import ActorNames
from timeline_app.readers.date_cells import Cells, DateCells, edtf_text, told_beyond
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.exported_sources import exported_sources
from timeline_app.readers.formula_links import address_linked, formula_link, words_shown
from timeline_app.readers.graded_importance import importance_of_grade
from timeline_app.readers.joined_cells import LIST_FIELDS, cell_with_roles, joined_cell, separated_cell
from timeline_app.readers.list_cells import entries, name_of, one_text, plain_values, with_companions
from timeline_app.readers.location import location_of
from timeline_app.readers.nested_cells import is_taken
from timeline_app.readers.table_settings import DATE_FIELDS
from timeline_app.readers.unquoted_lists import BRACKETS, unquoted_list
from timeline_app.readers.whole_cells import kept_beyond

_FORMULA_SIGNS = frozenset("=+-@\t\r\n\0＝＋－＠")
# The fields that are names, of which what stands for a missing value is none.
_NAMED = frozenset(
    {"actors", "roles", "place", "type", "tags", "source", "publisher", "published", "url", "importance", "basis"}
)


def date_of(when: str, start: str, end: str) -> str:
    """Return a date in EDTF from the cells of one date, or of a start and an end."""
    whole = edtf_text(when)
    if whole:
        return whole
    first, last = edtf_text(start), edtf_text(end)
    return first if not last or first == last else f"{first}/{last}"


def actor_names(cell: str) -> ActorNames:
    """Return the names in a cell of actors, each once, with the roles that stand beside them."""
    plain = plain_values(cell)
    return ActorNames(plain) if plain is not None else ActorNames.of(actors_of(cell, ""))


def actors_of(cell: str, roles: str) -> tuple[ActorRef, ...]:
    """Return the actors of a cell, with the roles that stand beside them or in a cell of their own."""
    named = named_by_role(entries(cell))
    return tuple(ActorRef(name.strip(), role, name) for name, role in with_companions(named, name_of, roles, "role"))


def tags_of(cell: str) -> tuple[str, ...]:
    """Return the tags in a cell, each once."""
    plain = plain_values(cell)
    if plain is not None:
        return plain
    return tuple(dict.fromkeys(filter(None, map(name_of, entries(cell)))))


def importance_of(cell: str) -> int | None:
    """Return an importance from 1 to 5, the usual one for an empty cell, None for what is no grade."""
    written = cell.strip()
    if not written:
        return USUAL_IMPORTANCE
    return int(written) if is_number_of_importance(written) else importance_of_grade(written)


def is_number_of_importance(cell: str) -> bool:
    """Tell whether a cell is an importance as the program has it."""
    return cell.strip() in {"1", "2", "3", "4", "5"}


def cell_reader(columns: EventColumns, field: str) -> Callable[[str], str]:
    """Return what makes of a cell of a field what it means.

    Of this program's CSV that is without what the export put on it, of other tables one in which nothing stands for a
    missing value, and values stand between semicolons.
    """
    if columns.is_own_csv:
        return _exported_list if field in LIST_FIELDS else _unguarded
    if columns.is_own:
        return str
    reader: Callable[[str], str] = filled if field in _NAMED else str
    if columns.separator and field in LIST_FIELDS:
        reader = partial(_separated, columns.separator)
    return reader if columns.linked.isdisjoint(columns.parts(field)) else partial(_linked, columns, field, reader)


def _separated(separator: str, cell: str) -> str:
    text = filled(cell)
    return unquoted_list(text) if separator == BRACKETS else separated_cell(text, separator)


def _linked(columns: EventColumns, field: str, reader: Callable[[str], str], cell: str) -> str:
    """Return what a cell means in whose column some are links by formulas."""
    if field != "url":
        return reader(words_shown(cell))
    address = address_linked(cell)
    # Where the words are another field, those that lead nowhere are no address.
    is_shown = address == cell and not is_address(cell) and columns.parts("url")[0] in columns.shown
    return "" if is_shown else reader(address)


def decode_event(columns: EventColumns, cells: Mapping[str, str], origin: Origin) -> Event:
    """Return the event of one record."""

    def parts(field: str) -> Cells:
        return tuple(cells.get(column, "") for column in columns.parts(field))

    def cell(field: str) -> str:
        # Most tables have less than half of the fields.
        return single_cell(columns, field, parts(field)) if columns.gives(field) else ""

    sources = sources_of(*map(cell, CITING_FIELDS))
    basis = cell("basis").strip()
    importance = importance_of(cell("importance"))
    return Event(
        id=cell("id").strip() or made_id(origin.record),
        title=cell("title").strip(),
        when=parse(date_reader(columns)(*(date_cells(columns, field, parts(field)) for field in DATE_FIELDS))),
        basis=Basis(basis) if basis in set(Basis) else Basis.STATED,
        basis_note=cell("basis_note"),
        phrase=cell("phrase").strip(),
        anchor=cell("anchor").strip(),
        type=one_text(cell("type")),
        actors=actors_of(cell("actors"), cell("roles")),
        place=one_text(cell("place")),
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
    parts = tuple(cells.get(column, "") for column in columns.parts("title"))
    return single_cell(columns, "title", parts).strip()


def single_cell(columns: EventColumns, field: str, parts: Cells) -> str:
    """Return the cell of a field, of those of its columns."""
    constant = columns.constants.get(field)
    if constant is not None:
        return constant
    if not parts:
        # Most of the fields of most tables.
        return ""
    if field == "source" and columns.is_own_csv:
        return exported_sources(*map(_exported_list, parts))
    reader = cell_reader(columns, field)
    if len(parts) == 1:
        return reader(parts[0])
    cells = list(map(reader, parts))
    with_roles = cell_with_roles(columns.parts(field), cells) if field == "actors" else None
    if field == "title" and columns.is_title_made:
        return joined_cell(field, list(map(filled, cells)), ", ")
    return joined_cell(field, cells) if with_roles is None else with_roles


def date_cells(columns: EventColumns, field: str, parts: Cells) -> Cells:
    """Return the cells of a date, one at least."""
    if columns.is_own_csv:
        return (_unguarded(parts[0]),) if parts else ("",)
    constant = columns.constants.get(field)
    if not columns.linked.isdisjoint(columns.parts(field)):
        parts = tuple(map(words_shown, parts))
    return (constant,) if constant is not None else parts or ("",)


def date_reader(columns: EventColumns) -> Callable[[Cells, Cells, Cells], str]:
    """Return what makes a date in EDTF of cells: of this program's own tables they are that already."""
    if columns.is_own:
        return lambda when, start, end: date_of(when[0], start[0], end[0])
    return DateCells(columns).edtf


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    is_guarded = cell[:1] == "'" and cell.lstrip("'")[:1] in _FORMULA_SIGNS
    return cell[1:] if is_guarded else cell


def _exported_list(cell: str) -> str:
    """Return an exported list so that nothing but its semicolons separates."""
    text = _unguarded(cell).replace("|", "\\|")
    return f"\\{text}" if text[:1] in {"[", "{"} else text


def _excerpts(cell: Callable[[str], str], sources: Iterable[Source]) -> tuple[Excerpt, ...]:
    single = cell("excerpt").strip()
    first = next((source.key for source in sources), "")
    named = (Excerpt(single, first),) if single else ()
    return named + excerpts_of(cell("excerpts"), cell("excerpt_sources"))


def _extra(columns: EventColumns, cells: Mapping[str, str]) -> dict[str, object]:
    """Return what has no place in an event, and what could not be typed."""
    taken = set(columns.used) | columns.ignored
    fields = columns.fields
    cell = {
        field: cell_reader(columns, field)(cells.get(fields[field], ""))
        for field in ("importance", "lat", "lon", "basis", "published")
        if field in fields
    }
    graded = cell.get("importance", "").strip()
    if graded and not is_number_of_importance(graded):
        taken.discard(fields["importance"])
    if "published" in fields and not publication_date(cell["published"]):
        taken.discard(fields["published"])
    if cell.get("basis", "").strip() not in {"", *Basis}:
        taken.discard(fields["basis"])
    if location_of(cell.get("lat", ""), cell.get("lon", "")) is None:
        taken.difference_update(fields[field] for field in ("lat", "lon") if field in fields)
    if not columns.is_own:
        taken.difference_update(told_beyond(columns, cells))
    beyond = kept_beyond(cells.get("extra", "")) if columns.is_own else None
    if beyond is not None:
        taken.add("extra")
    outer = {name.rpartition(".")[0] for name in columns.used if "." in name}
    taken |= {name for name in outer - taken if is_taken(cells.get(name, ""), name, taken)}
    extra: dict[str, object] = {name: text for name, text in cells.items() if text and name not in taken}
    return extra | _linked_beside(columns, cells, extra.keys()) | (beyond or {})


def _linked_beside(columns: EventColumns, cells: Mapping[str, str], kept: Collection[str]) -> dict[str, object]:
    """Return what links by formulas say that no field does: their words under their column, the address beside it."""
    found: dict[str, object] = {}
    for column in columns.linked:
        link = formula_link(cells.get(column, ""))
        if link is None:
            continue
        is_address_taken = column in columns.parts("url")
        if column in kept or (is_address_taken and column not in columns.shown and link.words != link.address):
            found[column] = link.words
        if not is_address_taken:
            found[f"{column} (link)"] = link.address
    return found
