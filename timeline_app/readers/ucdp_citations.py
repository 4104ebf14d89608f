"""The publications that a record of the UCDP GED is taken from, of which one cell may name several."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Excerpt, Source
from timeline_app.core.known import Known, days_of, known_from_days
from timeline_app.core.when import parse
from timeline_app.readers.coded import Cell, Coded, numbered_alike
from timeline_app.readers.day_lists import DayLists
from timeline_app.readers.table_cells import TableCells
from timeline_app.readers.tree import shortened

_BETWEEN = '";"'
_LONGEST_KEY = 80
_ARTICLE = re.compile(r'([^",;]{1,80}),(\d{4}-\d\d-\d\d),(.+)', re.ASCII | re.DOTALL)

# The cell of the offices where that is enough to tell the publishers, else the names that were told from four cells.
SourceCell: TypeAlias = str | tuple[str, ...]


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
        return tuple(map(_told_by_article, filter(None, articles)))
    return tuple(Citation(one, "", "", "") for one in offices if one)


def _told_by_article(written: str) -> Citation:
    """Return a publication of which only the article is told, in older records “Reuters News,1990-09-19,Headline”."""
    told = _ARTICLE.fullmatch(written)
    return (
        Citation(told[1].strip(), told[2], told[3].strip(), written)
        if told is not None
        else Citation("", "", "", written)
    )


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
) -> tuple[Coded[SourceCell], Coded[Known | None]]:
    """Return what the publishers of records are told from, and since when each event was known by its publications.

    Both are told from as little as suffices: a cell alone, or for records where it does not suffice all four. The
    columns go by their names.
    """
    offices, listed = cells.coded(office), cells.day_lists(date, ";")
    office_counts, date_counts = _numbers(_count_of_offices, offices), listed.counts.copy()
    unlisted = np.flatnonzero(listed.counts == 0)
    date_counts[unlisted] = _numbers(_count_of_dates, cells.together((date,), unlisted))
    is_plain = (office_counts > 0) & (office_counts == date_counts)
    is_plain &= office_counts == cells.counts(article, _BETWEEN) + 1
    plain, others = np.flatnonzero(is_plain), np.flatnonzero(~is_plain)
    single: Coded[SourceCell] = Coded(offices.values, offices.codes[plain])
    whole = cells.together((article, office, date, headline), others)
    citations = [cited(*four) for four in whole.values]
    named: Coded[SourceCell] = Coded.chosen(list(map(_names_of, citations)), whole.codes)
    publishers = Coded.put_together([(plain, single), (others, named)])
    of_citations = [known_of_dates([one.date for one in each]) for each in citations]
    of_days, of_cells = np.flatnonzero(is_plain & (listed.counts > 0)), np.flatnonzero(is_plain & (listed.counts == 0))
    known = Coded.put_together(
        [
            (of_days, _known_of_days(listed, of_days)),
            (of_cells, cells.together((date,), of_cells).mapped(lambda cell: known_of_dates(cell[0].split(";")))),
            (others, Coded.chosen(of_citations, whole.codes)),
        ]
    )
    return publishers, known


def known_of_cells(cells: tuple[str, str, str, str]) -> Known | None:
    """Return since when an event was known by the publications that four cells name."""
    return known_of_dates([one.date for one in cited(*cells)])


def known_of_dates(dates: Sequence[str]) -> Known | None:
    """Return since when an event was known by publications of these dates; one that is no date says nothing."""
    days = [found for text in dates if (found := _days_of(text.strip())) is not None]
    if len(days) == 1:
        ((first_d, last_d),) = days
        return Known(first_d, last_d, first_d)
    return known_from_days(days)


def _known_of_days(listed: DayLists, rows: Int64Array) -> Coded[Known | None]:
    """Return the same of some cells that plainly list days."""
    earliest, latest = listed.earliest[rows], listed.latest[rows]
    first, codes = numbered_alike(earliest * (np.int64(1) << 32) + latest)
    days = zip(earliest[first].tolist(), latest[first].tolist(), strict=True)
    return Coded([Known(one, one, other) for one, other in days], codes)


def _numbers(function: Callable[[Cell], int], cells: Coded[Cell]) -> Int64Array:
    """Return what a function gives for each cell, shape (records,)."""
    return np.fromiter(map(function, cells.values), np.int64, len(cells.values))[cells.codes]


def _count_of_offices(cell: str) -> int:
    """Return how many publishers a cell names, 0 where it lacks one."""
    parts = _parts(cell)
    return len(parts) if all(parts) else 0


def _count_of_dates(cell: tuple[str, ...]) -> int:
    return cell[0].count(";") + 1 if cell[0].strip() else 0


def source_names_of(cell: SourceCell) -> tuple[str, ...]:
    """Return the names that the sources of a record are filtered by: publishers, where there is none the key."""
    return tuple(_parts(cell)) if isinstance(cell, str) else cell


def _names_of(citations: Sequence[Citation]) -> tuple[str, ...]:
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
        parts[0] = parts[0].removeprefix('"')
        parts[-1] = parts[-1].removesuffix('"')
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
