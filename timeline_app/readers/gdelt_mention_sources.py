"""Read the mentions beside an export of GDELT 2.0 as the sources of its events.

Both come each quarter of an hour under one number, `20240516143000.export.CSV` and `20240516143000.mentions.CSV` (those
of translated articles with `.translation` before the kind); the columns are told in readers/gdelt_mentions.py. Most
mentions are of events of earlier exports. GDELT does not say when an article appeared: it looks every quarter of an
hour, so MentionTimeDate stands for it, as what it found was out by then. Confidence and tone are kept with the source.
Of an article that mentions an event in several places, the mention that GDELT is surest of is taken. Written by the
codebook of version 2.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from timeline_app.core.dataset import Problem
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Source
from timeline_app.readers.coded import Memo
from timeline_app.readers.delimited import row_batches
from timeline_app.readers.gdelt_columns import gdelt_head, mentions_shape
from timeline_app.readers.gdelt_mentions import mention_source
from timeline_app.readers.gdelt_when import known_second
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.source_file import MEGABYTE

# Five times as large as those of a busy quarter of an hour.
LARGEST_MENTIONS_BYTES = 16 * MEGABYTE

_EVENT, _TIME, _CONFIDENCE, _TONE = "GLOBALEVENTID", "MentionTimeDate", "Confidence", "MentionDocTone"
_NAMING = ("MentionType", "MentionSourceName", "MentionIdentifier")


def mention_sources(file: LineFile) -> tuple[Mapping[str, tuple[Source, ...]], list[Problem]]:
    """Return the articles that mention each event, by its id, and what is wrong with single rows.

    Raises ReadError for what is no table of mentions.
    """
    found = gdelt_head(file.head_text())
    shape = mentions_shape(*found) if found is not None else None
    if shape is None:
        raise ReadError("expected the columns of the mentions of GDELT; found none", file.name, 1)
    articles: dict[str, dict[tuple[str, ...], Source]] = {}
    problems: list[Problem] = []
    known = Memo(known_second)
    for batch in row_batches(file, shape):
        problems += batch.problems
        columns = (_EVENT, _TIME, _CONFIDENCE, _TONE, *_NAMING)
        for event, time, confidence, tone, *naming in zip(*map(batch.cells.texts, columns), strict=True):
            of_event = articles.setdefault(event.strip(), {})
            source = mention_source(*naming, published=known[time], confidence=confidence.strip(), tone=tone.strip())
            before = of_event.get(tuple(naming))
            if source is not None and (before is None or _surety(source) > _surety(before)):
                of_event[tuple(naming)] = source
    return MappingProxyType({event: tuple(found.values()) for event, found in articles.items() if found}), problems


def _surety(source: Source) -> int:
    confidence = str(source.extra.get(_CONFIDENCE, ""))
    return int(confidence) if confidence.isascii() and confidence.isdigit() else 0
