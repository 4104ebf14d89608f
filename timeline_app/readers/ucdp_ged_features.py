"""Read the UCDP GED as GeoJSON, a part of the file at a time: features whose properties are its columns.

Extracts of single countries are passed around so, written by GDAL: one feature a line, the point of the event as its
geometry, which here takes the place of the columns latitude and longitude where these are missing. Whatever the line
breaks, a feature is found where the last one ends. Tried on that of the Central African Republic.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import numpy as np

from timeline_app.core.batches import RecordBatch
from timeline_app.core.errors import ReadError
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.json_lines import FieldsOf, JsonTexts, json_batch, object_cells
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.list_cells import parsed_json
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.ucdp_ged_layout import is_header

_COLLECTION = re.compile(r'\A\ufeff?\s*+\{.{0,20000}?"type"\s*+:\s*+"FeatureCollection"', re.DOTALL)
_PROPERTIES = re.compile(r'"properties"\s*+:\s*+\{(.{0,20000})', re.DOTALL)
_KEY = re.compile(r'"(\w{1,40})"\s*+:')
_FEATURES = re.compile(r'"features"\s*+:\s*+\[')
_BETWEEN = re.compile(r"[\s,]*+")
_LARGEST_FEATURE = 16 * MEGABYTE
_COORDINATES = 2


def is_ged_collection(head: str) -> bool:
    """Tell whether a file begins as a collection of features with the columns of the GED."""
    properties = _PROPERTIES.search(head) if _COLLECTION.match(head) else None
    return properties is not None and is_header(_KEY.findall(properties[1]))


def feature_batches(file: LineFile, fields_of: FieldsOf) -> Iterator[RecordBatch]:
    """Read the features of a file from its beginning; raises ReadError where it is no collection to its end."""
    reading = _Reading(file)
    for block in file.blocks():
        with garbage_collection_paused():
            found = reading.features(block.content.decode(), is_last=block.bytes_read == file.total_bytes)
            batch = json_batch(file.name, found, feature_cells, fields_of, block.bytes_read)
        yield batch


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


class _Reading:
    """The state of one reading: what is not read yet, and how many lines and features stand before it."""

    def __init__(self, file: LineFile) -> None:
        self._file = file
        self._decoder = json.JSONDecoder(parse_int=str, parse_float=str)
        self._rest = ""
        self._lines_before = 0
        self._count = 0
        self._is_inside = False
        self._is_over = False

    def features(self, text: str, *, is_last: bool) -> JsonTexts:
        """Return the features that are whole so far."""
        whole = self._rest + text
        texts: list[str] = []
        lines: list[int] = []
        position, line, counted = self._begin(whole), self._lines_before + 1, 0
        while self._is_inside and not self._is_over:
            match = _BETWEEN.match(whole, position)
            position = match.end() if match is not None else position
            if whole.startswith("]", position):
                self._is_over = True
                break
            end = self._end_of_feature(whole, position)
            if end is None:
                break
            line += whole.count("\n", counted, position)
            counted = position
            texts.append(whole[position:end])
            lines.append(line)
            position = end
        self._check_rest(whole, position, is_last=is_last)
        self._rest = "" if self._is_over else whole[position:]
        self._lines_before += whole.count("\n", 0, len(whole) - len(self._rest))
        return self._placed(texts, lines)

    def _begin(self, text: str) -> int:
        if self._is_inside:
            return 0
        match = _FEATURES.search(text)
        self._is_inside = match is not None
        return match.end() if match is not None else 0

    def _end_of_feature(self, text: str, begin: int) -> int | None:
        """Return where a feature ends, None where it is not whole."""
        try:
            return self._decoder.raw_decode(text, begin)[1]
        except ValueError:
            return None
        except RecursionError as error:
            raise self._error("the features are nested too deeply", text, begin) from error

    def _check_rest(self, text: str, position: int, *, is_last: bool) -> None:
        if self._is_over or not (is_last or len(text) - position > _LARGEST_FEATURE):
            return
        expected = "a feature, or the end of the list" if self._is_inside else "a list of features"
        raise self._error(f"expected {expected}; found none that is whole", text, position)

    def _error(self, message: str, text: str, position: int) -> ReadError:
        line = self._lines_before + text.count("\n", 0, position) + 1
        return ReadError(message, self._file.name, line, position - text.rfind("\n", 0, position))

    def _placed(self, texts: list[str], lines: list[int]) -> JsonTexts:
        raws = [text.encode() for text in texts]
        ends = np.cumsum(np.fromiter(map(len, raws), np.int64, len(raws)))
        numbers = self._count + np.arange(1, len(raws) + 1)
        self._count += len(raws)
        begins = np.concatenate((np.zeros(1, np.int64), ends[:-1])) if raws else ends
        return JsonTexts(b"".join(raws), texts, begins, ends, np.array(lines, np.int64), numbers)
