"""What a structured text file says, before anything is typed: mappings, lists and texts, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class TextNode:
    """A value as the text that was written; nothing, when no value was written."""

    text: str
    offset: int


@dataclass(slots=True)
class ListNode:
    """A list of values; the offsets are of its first character and past its last."""

    offset: int
    items: list[Node] = field(default_factory=list)
    end_offset: int = 0


@dataclass(slots=True)
class MappingNode:
    """Values by key, each with the offset of its key; a key that stands twice has its first value."""

    offset: int
    entries: dict[str, tuple[int, Node]] = field(default_factory=dict)


Node = TextNode | ListNode | MappingNode


@dataclass(slots=True)
class Tree:
    """A whole file: its root, and what is wrong with it without making it unreadable, as messages with offsets."""

    root: Node
    faults: list[tuple[str, int]] = field(default_factory=list)


def raw(node: Node) -> object:
    """Return a value as plain mappings, lists and texts, to be kept and written back as it is."""
    if isinstance(node, TextNode):
        return node.text
    if isinstance(node, ListNode):
        return [raw(item) for item in node.items]
    return {key: raw(value) for key, (_, value) in node.entries.items()}


def is_nothing(node: Node) -> bool:
    """Tell whether a value was left out: a key with nothing behind it."""
    return isinstance(node, TextNode) and not node.text


def text_in(node: Node, key: str) -> str:
    """Return a text of a mapping without white space around it, "" where it has none under this key."""
    entry = node.entries.get(key) if isinstance(node, MappingNode) else None
    return entry[1].text.strip() if entry is not None and isinstance(entry[1], TextNode) else ""


def described(node: Node) -> str:
    """Return a value in words, for “expected …; found …”."""
    if isinstance(node, TextNode):
        return f'"{shortened(node.text)}"' if node.text else "nothing"
    return "a list" if isinstance(node, ListNode) else "a mapping"


def shortened(text: str, longest: int = 60) -> str:
    """Return a text on one line, cut where it is too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def listed(words: Iterable[str]) -> str:
    """Return words as an enumeration."""
    return ", ".join(words)
