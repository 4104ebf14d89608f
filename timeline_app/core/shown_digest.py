"""Tell whether words that stand in a file of another program's format are still those that were written there."""

from __future__ import annotations

import hashlib

# What other programs pass over: a key of a slide, a property of Markwhen; in a calendar behind `X-`.
BESIDE = "conflict-timeline"
_LETTERS = 16


def shown_digest(text: str) -> str:
    """Return a few letters that stand for a text, the same however its white space is."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "replace")).hexdigest()[:_LETTERS]
