"""Take a Markdown file apart into the fields above its text and the text: YAML between dashes, TOML between plus signs.

Jekyll, Hugo, Zola and Obsidian all keep fields so, under names that differ in their capitals, and Hugo those of one's
own under `params`, Zola under `extra`. Jekyll has the date of a post in the name of its file, `2022-02-24-a-title.md`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described

_OPENING = re.compile(r"\s*(---|\+\+\+)[ \t]*(?:\r\n?|\n)")
_CLOSINGS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE),
}
_FIELD = re.compile(r"^[ \t]*\"?([A-Za-z_]+)\"?[ \t]*[:=]", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
_DATED_NAME = re.compile(r"(\d{4}-\d\d-\d\d)[-_ ](.+)", re.ASCII)
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
# Where other names are nested that mean the same as those above them.
_NESTED = ("params", "extra")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a file, and the text below them."""

    root: MappingNode
    body: str

    @property
    def heading(self) -> str:
        """The first heading of the text, "" where there is none."""
        found = _HEADING.search(self.body)
        return found[1] if found is not None else ""


def field_names(text: str) -> tuple[frozenset[str], str] | None:
    """Return the names of the fields of a text in lower case, and what of it stands below; None where it has none."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    closing = _CLOSINGS[opening[1]].search(text, opening.end())
    # Of a head the end may be missing, and so of a file that is broken.
    end, below = (len(text), "") if closing is None else (closing.start(), text[closing.end() :])
    return frozenset(name.lower() for name in _FIELD.findall(text, opening.end(), end)), below


def front_matter(text: SourceText, known: Collection[str]) -> FrontMatter:
    """Return the fields of a file, those that are known under these names; raises ReadError where there are none."""
    opening = _OPENING.match(text.text)
    if opening is None:
        raise text.error("expected the fields of an event between two lines of dashes; found none", 0)
    closing = _CLOSINGS[opening[1]].search(text.text, opening.end())
    if closing is None:
        raise text.error(f"expected a line {opening[1]} that ends the fields; found none", opening.start(1))
    is_toml = opening[1] == "+++"
    root = _toml(text, opening.end(), closing.start()) if is_toml else _yaml(text, closing.start())
    return FrontMatter(_known_names(root, known), text.text[closing.end() :])


def heading_in(text: str) -> bool:
    """Return whether a text has a heading."""
    return _HEADING.search(text) is not None


def dated_name(stem: str) -> tuple[str, str]:
    """Return the date that the name of a file begins with, and the words behind it; "" where it has none."""
    match = _DATED_NAME.fullmatch(stem)
    return ("", "") if match is None else (match[1], " ".join(re.split(r"[-_ ]+", match[2])).strip())


def _yaml(text: SourceText, end: int) -> MappingNode:
    """Return the fields, which are YAML by themselves with the line of dashes that begins them."""
    # Imported on use: PyYAML takes longer to import than a short command takes to run.
    from timeline_app.readers.yaml_tree import read_yaml

    root = read_yaml(SourceText(text.text[:end], text.file)).root
    if not isinstance(root, MappingNode):
        raise text.error(f"expected the fields of an event, title and date; found {described(root)}", root.offset)
    return root


def _toml(text: SourceText, begin: int, end: int) -> MappingNode:
    # Imported on use: hardly any file has its fields so.
    import tomllib

    written = text.text[begin:end]
    try:
        found = tomllib.loads(written.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        lines = written.splitlines(keepends=True)
        offset = sum(map(len, lines[: int(place[1]) - 1])) + int(place[2]) - 1 if place else 0
        reason = _TOML_PLACE.sub("", str(error)).strip()
        raise text.error(f"this is not TOML: {reason}", begin + min(offset, len(written))) from error
    root = MappingNode(begin)
    for key, value in found.items():
        match = re.search(rf"^[ \t]*\[?\"?{re.escape(key)}\b", written, re.MULTILINE)
        offset = begin if match is None else begin + match.start()
        root.entries[key] = (offset, _node(value, offset))
    return root


def _node(value: object, offset: int) -> Node:
    """Return a value of TOML, whose own places are not known, with that of its field."""
    if isinstance(value, dict):
        return MappingNode(offset, {str(key): (offset, _node(one, offset)) for key, one in value.items()})
    if isinstance(value, list):
        return ListNode(offset, [_node(one, offset) for one in value], offset)
    return TextNode(str(value).lower() if isinstance(value, bool) else str(value), offset)


def _known_names(root: MappingNode, known: Collection[str]) -> MappingNode:
    """Return fields under the names that are known, whatever their capitals, and those of a nested mapping too."""
    by_name = {name.lower(): name for name in known}
    entries: dict[str, tuple[int, Node]] = {}
    for key, entry in root.entries.items():
        entries.setdefault(by_name.get(key.lower(), key) if key not in known else key, entry)
    for name in _NESTED:
        nested = entries.get(name)
        if nested is None or not isinstance(nested[1], MappingNode):
            continue
        rest: dict[str, tuple[int, Node]] = {}
        for key, entry in nested[1].entries.items():
            own = by_name.get(key.lower())
            if own is None or own in entries:
                rest[key] = entry
            else:
                entries[own] = entry
        entries[name] = (nested[0], MappingNode(nested[1].offset, rest))
        if not rest:
            del entries[name]
    return MappingNode(root.offset, entries)
