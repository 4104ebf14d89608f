"""Read the UCDP GED as GeoJSON, a part of the file at a time: features whose properties are its columns.

Extracts of single countries are passed around so, written by GDAL: one feature a line, the point of the event as its
geometry, which here takes the place of the columns latitude and longitude where these are missing. Whatever the line
breaks, a feature is found where the last one ends. Tried on that of the Central African Republic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from timeline_app.core.batches import RecordBatch
from timeline_app.readers.json_batches import item_batches
from timeline_app.readers.json_lines import FieldsOf, object_cells
from timeline_app.readers.json_lists import json_document, records_at
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.list_cells import parsed_json
from timeline_app.readers.ucdp_ged_layout import is_header

_COLLECTION = re.compile(r'\A\ufeff?\s*+\{.{0,20000}?"type"\s*+:\s*+"FeatureCollection"', re.DOTALL)
_PROPERTIES = re.compile(r'"properties"\s*+:\s*+\{(.{0,20000})', re.DOTALL)
_KEY = re.compile(r'"(\w{1,40})"\s*+:')
_FEATURES = "features"
_COORDINATES = 2


def is_ged_collection(head: str) -> bool:
    """Tell whether a file begins as a collection of features with the columns of the GED."""
    properties = _PROPERTIES.search(head) if _COLLECTION.match(head) else None
    return properties is not None and is_header(_KEY.findall(properties[1]))


def feature_batches(file: LineFile, fields_of: FieldsOf) -> Iterator[RecordBatch]:
    """Read the features of a file from its beginning; raises ReadError where it is no collection to its end."""
    features = records_at(json_document(file), _FEATURES)
    yield from item_batches(features, file.name, feature_cells, fields_of)


def feature_cells(feature: str | bytes) -> Mapping[str, str]:
    """Return the cells of a feature by the names of the columns; raises ValueError for what is no feature."""
    text = feature.decode() if isinstance(feature, bytes) else feature
    found = parsed_json(text)
    properties = found.get("properties") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(properties, dict):
        raise ValueError("expected a feature with properties")  # noqa: TRY004 — of a file, not of a program
    cells = {name.casefold(): cell for name, cell in object_cells(properties, text).items()}
    geometry = found.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if isinstance(point, list) and len(point) >= _COORDINATES and not (cells.get("latitude") or cells.get("longitude")):
        cells |= {"longitude": str(point[0]), "latitude": str(point[1])}
    return cells
