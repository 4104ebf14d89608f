"""Take the marks of Markwhen out of words: tags, ids, links, places and emphasis."""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeline_app.readers.plain_words import plain_words

ID = re.compile(r"(?:(?<=\s)|^)!([\w-]+)(?=\s|$)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(([^()\s]*)\)")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1")
_BLANKS = re.compile(r"(\s+)")
_PLACES = frozenset({"location", "map"})
TAG = re.compile(r"(?:(?<=\s)|^)#(?!\d+\b)(\w[\w-]*)")


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words without their marks, and what the marks said."""

    text: str
    tags: tuple[str, ...]
    places: tuple[str, ...]
    addresses: tuple[str, ...]


def words_of(written: str) -> MarkedWords:
    """Return words without tags at their end, ids, links and emphasis; a tag among the words keeps its word."""
    places = [match[1] for match in _LINK.finditer(written) if match[2] in _PLACES and match[1]]
    links = [match[2] for match in _LINK.finditer(written) if match[2] not in _PLACES]
    plain = plain_words(_LINK.sub(lambda match: match[1], ID.sub("", written)))
    tags = tuple(dict.fromkeys(TAG.findall(plain.text)))
    lines = []
    for line in plain.text.split("\n"):
        parts = _BLANKS.split(line)
        while parts and (not parts[-1].strip() or TAG.fullmatch(parts[-1])):
            parts.pop()
        lines.append(_EMPHASIS.sub(lambda match: match[2], TAG.sub(lambda match: match[1], "".join(parts))))
    addresses = [f"https://{link}" if link.startswith("www.") else link for link in links]
    web = [link for link in addresses if link.startswith(("http://", "https://"))]
    return MarkedWords("\n".join(lines).strip(), tags, tuple(places), (*web, *plain.addresses))
