"""The search language: text to Filter and Filter to text; what may be typed next is told by `query.completion`."""

from __future__ import annotations

from timeline_app.query.fields import FIELDS, Field
from timeline_app.query.format import format_query
from timeline_app.query.parse import parse_query

__all__ = ["FIELDS", "Field", "format_query", "parse_query"]
