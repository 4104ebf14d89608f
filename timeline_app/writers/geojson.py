"""Features with dates as GeoJSON (RFC 7946), for maps.

The properties of a feature are the event's fields, its date in EDTF under `when`, the bounds of that under `start` and
`end`. An event without a location has no geometry, as the format allows: it is in no map, but not lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.table import EventTable
from timeline_app.writers.full_record import full_record
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import Record, json_text, passing_events


def render_geojson(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give a feature for each event that passes, in time order."""
    del options  # Nothing can be chosen for this format.
    yield f'{{\n"type": "FeatureCollection",\n"name": {json_text(table.title)},\n"features": ['
    separator = "\n"
    for event, certain in passing_events(table, evaluate(wanted, table)):
        yield separator + json_text(feature(event, table, certain=certain))
        separator = ",\n"
    yield "\n]\n}\n"


def feature(event: Event, table: EventTable, *, certain: bool) -> Record:
    """Return one event as a feature."""
    location = event.location
    geometry = {"type": "Point", "coordinates": [location.lon, location.lat]} if location is not None else None
    properties = full_record(event, table, certain=certain)
    return {"type": "Feature", "id": properties.pop("id"), "geometry": geometry, "properties": properties}
