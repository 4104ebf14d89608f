"""Take the marks of Markwhen out of words: tags, ids, links, places, emphasis and boxes to be ticked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeline_app.readers.plain_words import plain_words

ID = re.compile(r"(?:(?<=\s)|^)!([\w-]+)(?=\s|$)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(([^()\s]*)\)")
# An address that stands by itself, without the sign that ends its sentence; marks within it are none.
_BARE = r"https?://(?:\([^\s()<>]*\)|[^\s<>\[\](){}])*(?:\([^\s()<>]*\)|[^\s<>\[\](){}.,:;!?'\"“”’])"
_ADDRESS = re.compile(_BARE, re.IGNORECASE)
_EMPHASIS = re.compile(rf"{_BARE}|(\*\*|__|`)(?=\S)(.{{1,300}}?)(?<=\S)\1", re.IGNORECASE)
_BRACKETED = re.compile(rf"\({_BARE}\)|<{_BARE}>|\[{_BARE}\]|{_BARE}", re.IGNORECASE)
_LEADING_NOWHERE = re.compile(r"(?:\s*[:–—-])+\s*[.,;]?$")
# What is to be done, or has been; the brackets of the first may be empty.
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+]\s+)?\[(?P<mark>[ xX]?)\](?:\s+(?P<words>.*))?")
_BOXES = ("☐", "☑")
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
        words = TAG.sub(lambda match: match[1], "".join(parts))
        item = _ITEM.fullmatch(words)
        if item is not None:
            if not item["words"]:
                continue
            words = f"{item['indent']}{_BOXES[bool(item['mark'].strip())]} {item['words']}"
        lines.append(_EMPHASIS.sub(lambda match: match[2] or match[0], words))
    addresses = [f"https://{link}" if link.startswith("www.") else link for link in links]
    web = [link for link in addresses if link.startswith(("http://", "https://"))]
    bare = _ADDRESS.findall(plain.text)
    found = tuple(dict.fromkeys((*web, *plain.addresses, *bare)))
    return MarkedWords("\n".join(lines).strip(), tags, tuple(places), found)


@dataclass(frozen=True, slots=True)
class Headline:
    """A title, and whether the box before it is ticked, None where there is none."""

    text: str
    is_done: bool | None = None


def headline(words: str) -> Headline:
    """Return the title that words without marks are: their addresses lead to sources, and only one alone stays."""
    is_done = {"☐": False, "☑": True}.get(words[:1])
    text = words if is_done is None else words[1:].lstrip()
    if _ADDRESS.search(text) is None:
        return Headline(text, is_done)
    rest = _LEADING_NOWHERE.sub("", " ".join(_BRACKETED.sub(" ", text).split()))
    return Headline(re.sub(r"\s+(?=[.,;!?])", "", rest) if any(map(str.isalnum, rest)) else text, is_done)
