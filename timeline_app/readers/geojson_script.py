"""Find a collection of features among what a script assigns, as pages with maps and qgis2web keep their data."""

from __future__ import annotations

import re

from timeline_app.readers.loose_json import ASSIGNMENT

_FURTHEST = 20_000
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_COLLECTION = re.compile(
    rf"^[ \t]*(?=(?:{ASSIGNMENT.pattern})\s*+\{{[^\[]{{0,2000}}?"
    r"[\"']?\btype[\"']?\s*+:\s*+[\"']FeatureCollection[\"'])",
    re.MULTILINE,
)


def begin_of_features(text: str) -> int | None:
    """Return where in a script the statement begins that assigns a collection of features, None for any other text.

    What comes late in a script is not looked for: it is a program then, and no data.
    """
    if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        return None
    match = _COLLECTION.search(text, 0, _FURTHEST)
    if match is None:
        return None
    # Comments are no part of a script that would have to be told.
    return match.start() if _COMMENT.sub("", text[: match.start()]).strip("\ufeff \t\r\n") else 0
