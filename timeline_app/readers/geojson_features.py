"""From a feature of GeoJSON to the event that it means, by the columns that its properties are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Location, Origin
from timeline_app.readers.addressed_sources import is_address, sources_at
from timeline_app.readers.date_orders import order_question
from timeline_app.readers.day_order import DayOrder, OrdersSeen, shared_order
from timeline_app.readers.event_cells import decode_event
from timeline_app.readers.event_columns import EventColumns, event_columns, known_fields, recognised_columns
from timeline_app.readers.foreign_record import Draft
from timeline_app.readers.geojson_fitness import PropertyFitness
from timeline_app.readers.geojson_when import plain_dates, times_text, when_text
from timeline_app.readers.location import location_of
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.question import Question
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, raw

DATES = ("when", "start", "end")
FEATURE_WHEN, FEATURE_ID = "when", "id"
# Properties that are a date or a title where none with a better name is there.
OTHER_DATES = ("time", "datum", "date_time", "eventdate", "year", "updated")
_OTHER_TITLES = ("summary", "type", "place")
_CALLED_DATE = re.compile(r"(?:^|[^a-z])date(?![a-z])|Date(?![a-z])|date$|^date", re.ASCII)
_FEWEST_COORDINATES = 2


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its properties as cells, its own date, the point that it lies at, and what else there is of it."""

    offset: int
    cells: Mapping[str, str]
    when: str
    location: Location | None
    others: Mapping[str, object]


def feature_of(node: Node, problems: ProblemLog) -> Feature | None:
    """Return a feature; what is none is told."""
    properties = node.entries.get("properties") if isinstance(node, MappingNode) else None
    if not isinstance(node, MappingNode) or properties is None or not isinstance(properties[1], MappingNode):
        found = "no properties" if isinstance(node, MappingNode) else described(node)
        problems.error(f"expected a feature with properties; found {found}; it is left out", node.offset)
        return None
    cells = property_cells(properties[1])
    when = node.entries.get(FEATURE_WHEN)
    own_id = node.entries.get(FEATURE_ID)
    if own_id is not None and isinstance(own_id[1], TextNode):
        cells.setdefault(FEATURE_ID, own_id[1].text)
    geometry = node.entries.get("geometry")
    point, is_whole = _point(geometry[1] if geometry is not None else None)
    taken = {"type", "properties", FEATURE_ID, *(("geometry",) if is_whole else ())}
    others = {key: raw(value) for key, (_, value) in node.entries.items() if key not in taken}
    own_when = (when_text(when[1]) if when is not None else "") or times_text(properties[1])
    return Feature(node.offset, cells, own_when, point, {key: value for key, value in others.items() if value})


def property_cells(properties: MappingNode) -> dict[str, str]:
    """Return the properties of a feature as the cells of a table."""
    return {key: _cell(value) for key, (_, value) in properties.entries.items()}


def columns_of(
    cells: Mapping[str, Sequence[str]],
    mapping: Mapping[str, str],
    file: str,
    *,
    has_when: bool,
    orders_in: Callable[[str], OrdersSeen],
) -> tuple[EventColumns, list[Question]]:
    """Return which property each field is, and what is left to be asked of dates; all features are asked of these.

    `cells` are the first values of each property, `has_when` says that features have dates of their own. Raises
    ReadError where no property is a title or a date.
    """
    fitness = PropertyFitness(cells)
    told = _mapping_for(list(cells), mapping, file, fitness)
    columns = list(cells)
    if has_when and not {*known_fields(columns, fitness.is_fit), *told} & {*DATES}:
        columns.append(FEATURE_WHEN)
    found = event_columns(columns, told, file, is_fit=fitness.is_fit)
    orders: dict[str, DayOrder] = {}
    questions: list[Question] = []
    names_of_dates = {found.fields[field] for field in (*DATES, "published") if field in found.fields}
    shared = None if found.is_own else shared_order(map(orders_in, names_of_dates))
    for field in DATES:
        name = found.fields.get(field)
        if name is None or field in found.orders or found.is_own:
            continue
        seen = orders_in(name)
        order = shared if seen.is_open else seen.decided
        if order is not None:
            orders[field] = order
        elif seen.is_open:
            questions.append(order_question(f"date_order.{field}", name, seen))
    return replace(found, orders={**orders, **found.orders}), questions


def draft_of(columns: EventColumns, feature: Feature, origin: Origin, problems: ProblemLog) -> Draft | None:
    """Return the event of a feature; why it is none is told."""
    try:
        event = _event(columns, feature, origin)
    except WhenError as error:
        problems.error(f"when: {error}; the event is left out", feature.offset)
        return None
    if not event.title:
        problems.error("title: expected a text; found nothing; the event is left out", feature.offset)
        return None
    written_id = event.id if event.id in feature.cells.values() else ""
    if not columns.is_own:
        event = _without_markup(event)
    whole = replace(event, location=event.location or feature.location, extra={**event.extra, **feature.others})
    return Draft(whole, written_id, feature.offset)


def _without_markup(event: Event) -> Event:
    """Return an event with plain words, as maps show HTML; what leads to the web is a source of it, and no link."""
    title, summary = plain_words(event.title), plain_words(event.summary)
    linked = [link.to for link in event.links if is_address(link.to)]
    known = {source.url for source in event.own_sources}
    addresses = [one for one in (*linked, *title.addresses, *summary.addresses) if one not in known]
    found = {one.key: one for one in event.own_sources}
    return replace(
        event,
        title=title.text or event.title,
        summary=summary.text,
        links=tuple(link for link in event.links if link.to not in linked),
        own_sources=(*event.own_sources, *(one for key, one in sources_at(addresses, "").items() if key not in found)),
    )


def _mapping_for(
    names: Sequence[str], mapping: Mapping[str, str], file: str, fitness: PropertyFitness
) -> Mapping[str, str]:
    """Return what the user says of the properties, and where neither that nor their names do, what is likely.

    What is called a date or a title and does not look like one is taken for it where nothing else can be.
    """
    fields, called = known_fields(names, fitness.is_fit), known_fields(names)
    known = recognised_columns(names, {}, file, fitness.is_fit)
    by_name = {name.casefold(): name for name in reversed(names)}
    likely: dict[str, str] = {}
    if not any(known.parts(field) or field in mapping for field in DATES):
        others = (by_name[name] for name in OTHER_DATES if name in by_name)
        other = next((name for name in others if fitness.is_fit("when", name)), "")
        likely["when"] = other or _only_date([name for name in names if fitness.is_fit("when", name)])
        likely["when"] = likely["when"] or called.get("when", "")
    if "title" not in fields:
        likely["title"] = next((fields[name] for name in _OTHER_TITLES if name in fields), called.get("title", ""))
    return {field: name for field, name in likely.items() if name} | dict(mapping)


def _only_date(names: Sequence[str]) -> str:
    """Return the one property that is called some date, such as verifiedDate, "" where none or several are."""
    called = [name for name in names if _CALLED_DATE.search(name) is not None and "updat" not in name.casefold()]
    return called[0] if len(called) == 1 else ""


def _event(columns: EventColumns, feature: Feature, origin: Origin) -> Event:
    names = [columns.fields[field] for field in DATES if field in columns.fields]
    written = {name: feature.cells.get(name, "") for name in names}
    dates = dict(written) if columns.is_own else plain_dates(written)
    if names and not any(written.values()):
        dates[names[0]] = feature.when
    return decode_event(columns, {**feature.cells, **dates}, origin)


def _cell(node: Node) -> str:
    """Return a property as the text of a cell, what is nested as JSON."""
    return node.text if isinstance(node, TextNode) else json.dumps(raw(node), ensure_ascii=False)


def _point(node: Node | None) -> tuple[Location | None, bool]:
    """Return the location of a point, and whether that is all that the geometry says."""
    entries = node.entries if isinstance(node, MappingNode) else {}
    kind, coordinates = entries.get("type"), entries.get("coordinates")
    if kind is None or coordinates is None or raw(kind[1]) != "Point" or not isinstance(coordinates[1], ListNode):
        return None, False
    numbers = [number.text for number in coordinates[1].items if isinstance(number, TextNode)]
    location = location_of(numbers[1], numbers[0]) if len(numbers) >= _FEWEST_COORDINATES else None
    return location, location is not None and len(coordinates[1].items) == _FEWEST_COORDINATES
