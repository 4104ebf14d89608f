"""The publications that a record of the UCDP GED is taken from, of which one cell may name several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Excerpt, Source
from timeline_app.core.known import Known, days_of, known_from_days
from timeline_app.core.when import parse
from timeline_app.readers.coded import Coded
from timeline_app.readers.table_cells import TableCells
from timeline_app.readers.tree import shortened

_BETWEEN = '";"'
_LONGEST_KEY = 80

# One cell alone where that is enough, that of the offices to tell the publishers, else the four cells.
SourceCell: TypeAlias = str | tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Citation:
    """One publication: where it appeared, when, its headline, and all that was written of it."""

    office: str
    date: str
    headline: str
    written: str

    @property
    def words(self) -> str:
        """The exact words of the source as far as they are given: its headline, or else all that was written."""
        return self.headline or self.written


def cited(article: str, office: str, date: str, headline: str) -> tuple[Citation, ...]:
    """Return the publications that four cells name, aligned where they name as many."""
    articles, offices, dates = _articles(article), _parts(office), _parts(date)
    headlines = [headline.strip()] if len(offices) == 1 and headline.strip() else _parts(headline)
    if offices and len(offices) == len(dates) == len(articles):
        spare = headlines if len(headlines) == len(offices) else [""] * len(offices)
        each = zip(offices, dates, spare, articles, strict=True)
        return tuple(Citation(one, day, _headline(text, one, day) or line, text) for one, day, line, text in each)
    if not articles and offices and len(offices) == len(dates) == len(headlines):
        return tuple(map(Citation, offices, dates, headlines, headlines))
    if articles:
        return tuple(Citation("", "", "", text) for text in articles if text)
    return tuple(Citation(one, "", "", "") for one in offices if one)


def own_sources(citations: Sequence[Citation]) -> tuple[tuple[Source, ...], tuple[Excerpt, ...]]:
    """Return a source for each publication, and its words as an excerpt."""
    sources: list[Source] = []
    excerpts: list[Excerpt] = []
    for key, citation in zip(_keys(citations), citations, strict=True):
        title = citation.headline or (citation.written if not citation.office else "")
        sources.append(Source(key, title=title, publisher=citation.office, published=_published(citation.date)))
        if citation.words:
            excerpts.append(Excerpt(citation.words, key))
    return tuple(sources), tuple(excerpts)


def publication_cells(
    cells: TableCells, article: str, office: str, date: str, headline: str
) -> tuple[Coded[SourceCell], Coded[SourceCell]]:
    """Return what the publishers of records are told from, and what the dates of publications are.

    Each is as little as suffices: a cell alone, or for records where it does not suffice all four. The columns go by
    their names.
    """
    offices = cells.coded(office)
    others = _others(cells, offices, article, date)
    all_four = (cells.texts(name, others) for name in (article, office, date, headline))
    whole = Coded.of([(one, two, three, four) for one, two, three, four in zip(*all_four, strict=True)])
    return _with_whole(offices, whole, others), _with_whole(cells.coded(date), whole, others)


def known_of_dates(cell: SourceCell) -> Known | None:
    """Return since when an event was known, from what the dates of its publications are told from."""
    dates = cell.split(";") if isinstance(cell, str) else [one.date for one in cited(*cell)]
    days = [found for text in dates if (found := _days_of(text.strip())) is not None]
    if len(days) == 1:
        ((first_d, last_d),) = days
        return Known(first_d, last_d, first_d)
    return known_from_days(days)


def _others(cells: TableCells, offices: Coded[str], article: str, date: str) -> Int64Array:
    """Return the records that do not name as many publishers as dates and articles."""
    count = np.fromiter(map(_count_of_offices, offices.values), np.int64, len(offices.values))[offices.codes]
    is_plain = (count == cells.counts(date, ";") + 1) & (count == cells.counts(article, _BETWEEN) + 1)
    is_plain &= cells.filled(date)
    return np.flatnonzero(~is_plain)


def _with_whole(single: Coded[str], whole: Coded[tuple[str, str, str, str]], others: Int64Array) -> Coded[SourceCell]:
    """Return the cells of one column, but those of several for the other records."""
    codes = single.codes.copy()
    codes[others] = whole.codes + len(single.values)
    return Coded.chosen([*single.values, *whole.values], codes)


def _count_of_offices(cell: str) -> int:
    """Return how many publishers a cell names, 0 where it lacks one."""
    parts = _parts(cell)
    return len(parts) if all(parts) else 0


def source_names_of(cell: SourceCell) -> tuple[str, ...]:
    """Return the names that the sources of a record are filtered by: publishers, where there is none the key."""
    if isinstance(cell, str):
        return tuple(_parts(cell))
    citations = cited(*cell)
    return tuple(one.office or key for key, one in zip(_keys(citations), citations, strict=True))


def _keys(citations: Sequence[Citation]) -> list[str]:
    """Return a key for each, its own among them: how it is told for one that names no publisher, else its number."""
    keys: list[str] = []
    for number, citation in enumerate(citations, start=1):
        wanted = key = f"source {number}" if citation.office else shortened(citation.written, _LONGEST_KEY)
        again = 2
        while key in keys:
            key = f"{wanted} ({again})"
            again += 1
        keys.append(key)
    return keys


def _articles(cell: str) -> list[str]:
    text = cell.strip()
    if not text.strip('"'):
        return []
    parts = text.split(_BETWEEN)
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        parts[0], parts[-1] = parts[0].removeprefix('"'), parts[-1].removesuffix('"')
    return [part.strip() for part in parts]


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";")] if cell.strip() else []


def _headline(article: str, office: str, date: str) -> str:
    """Return the headline that an article ends in, after office and date; "" when it is written in another way."""
    beginning = f"{office},{date},"
    return article.removeprefix(beginning).strip() if article.startswith(beginning) else ""


@lru_cache(maxsize=4096)
def _published(date: str) -> str:
    """Return a date of publication, "" for what is none."""
    try:
        return parse(date).text if date else ""
    except WhenError:
        return ""


# The same days come again and again, in other cells of many dates.
_days_of = lru_cache(maxsize=1 << 14)(days_of)
