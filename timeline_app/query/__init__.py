"""The search language: text to Filter, Filter to text, and what may be typed next."""

from __future__ import annotations

from timeline_app.query.completion import Completion, Vocabulary, Word, complete, own_tag_words, vocabulary_of
from timeline_app.query.fields import FIELDS, Field
from timeline_app.query.format import format_query
from timeline_app.query.parse import parse_query

__all__ = [
    "FIELDS",
    "Completion",
    "Field",
    "Vocabulary",
    "Word",
    "complete",
    "format_query",
    "own_tag_words",
    "parse_query",
    "vocabulary_of",
]
