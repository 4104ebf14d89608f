"""The publications that a record of the UCDP GED is taken from, of which one cell may name several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Excerpt, Source
from timeline_app.core.when import parse
from timeline_app.readers.tree import shortened

_BETWEEN_ARTICLES = '";"'
_LONGEST_KEY = 80

# The offices alone where that is enough to tell the publishers, else the four cells.
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


def source_cells(
    articles: Sequence[str], offices: Sequence[str], dates: Sequence[str], headlines: Sequence[str]
) -> list[SourceCell]:
    """Return what the publishers of records are told from, as little as suffices."""
    each = zip(articles, offices, dates, headlines, strict=True)
    # Nearly every record names one publication, and is done with at the first look.
    return [
        office
        if office[:1].isalnum() and date[:1].isalnum() and ";" not in office and ";" not in date and _is_one(article)
        else _source_cell(article, office, date, headline)
        for article, office, date, headline in each
    ]


def _is_one(article: str) -> bool:
    """Tell whether a cell surely holds one article."""
    return article[-2:-1].isalnum() and _BETWEEN_ARTICLES not in article


def _source_cell(article: str, office: str, date: str, headline: str) -> SourceCell:
    count, text = office.count(";"), article.strip()
    agrees = date.count(";") == count and text.count(_BETWEEN_ARTICLES) == count
    is_plain = (
        agrees and date and text[:3] != _BETWEEN_ARTICLES != text[-3:] and text.strip('"') and _is_gapless(office)
    )
    return office if is_plain else (article, office, date, headline)


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
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        text = text[1:-1]
    return [part.strip() for part in text.split(_BETWEEN_ARTICLES)]


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";")] if cell.strip() else []


def _headline(article: str, office: str, date: str) -> str:
    """Return the headline that an article ends in, after office and date; "" when it is written in another way."""
    beginning = f"{office},{date},"
    return article.removeprefix(beginning).strip() if article.startswith(beginning) else ""


@lru_cache(maxsize=4096)
def _is_gapless(office: str) -> bool:
    return all(part.strip() for part in office.split(";"))


@lru_cache(maxsize=4096)
def _published(date: str) -> str:
    """Return a date of publication, "" for what is none."""
    try:
        return parse(date).text if date else ""
    except WhenError:
        return ""
