"""Where an excerpt was found in a document, with the words that are not the same there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of an excerpt that the document has otherwise; one of the two is "" where words were added or dropped.

    `start` and `end` are where the document's words stand in its text; equal where it has none.
    """

    excerpt: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundWords:
    """The characters of a document's text, from `start` up to `end`, that an excerpt stands at."""

    start: int
    end: int
    changes: tuple[WordChange, ...] = ()


def change_words(change: WordChange) -> str:
    """Say in a few words what is not the same."""
    if not change.document:
        return f"“{change.excerpt}” is not in the document"
    if not change.excerpt:
        return f"“{change.document}” of the document was left out"
    return f"“{change.excerpt}” is “{change.document}” in the document"
