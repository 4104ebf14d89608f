"""Type the fields of one mapping, each by what it should be, and say what is not as it should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from timeline_app.core.errors import WhenError
from timeline_app.core.event import NOTHING
from timeline_app.core.when import When, parse
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import (
    ListNode,
    MappingNode,
    Node,
    TextNode,
    described,
    is_nothing,
    listed,
    raw,
    shortened,
)

NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)

_LONGEST_COMPARED = 40
_MOST_SUGGESTIONS = 1000

ItemType = TypeVar("ItemType")
ChoiceType = TypeVar("ChoiceType", bound=StrEnum)


class Fields:
    """The fields of one mapping; what cannot be typed is reported and kept as it is in `extra`."""

    def __init__(self, node: MappingNode, known: frozenset[str], what: str, problems: ProblemLog) -> None:
        self.node = node
        self._entries = node.entries
        self._problems = problems
        self._kept: dict[str, object] | None = None
        if not node.entries.keys() <= known:
            self._report_unknown(known, what)

    @property
    def extra(self) -> Mapping[str, object]:
        """What the file says beyond the format, and what could not be typed, to be written back."""
        return NOTHING if self._kept is None else self._kept

    def get(self, key: str) -> Node | None:
        """Return the value of a field, None when it was left out."""
        entry = self._entries.get(key)
        if entry is None or is_nothing(entry[1]):
            return None
        return entry[1]

    def offset(self, key: str) -> int:
        """Return where the value of a field stands; of a field that was left out, where the mapping begins."""
        entry = self._entries.get(key)
        return entry[1].offset if entry is not None else self.node.offset

    def keep(self, key: str) -> None:
        """Keep what the file says of a field, which the program itself could not take over whole."""
        if self._kept is None:
            self._kept = {}
        self._kept[key] = raw(self._entries[key][1])

    def reject(self, key: str, message: str) -> None:
        """Report a value that cannot be taken over; it is kept as it is."""
        self._problems.warning(message, self.offset(key))
        self.keep(key)

    def text(self, key: str) -> str:
        """Return a text, empty when it was left out, without the line break that ends a block of YAML."""
        node = self.get(key)
        if node is None:
            return ""
        if isinstance(node, TextNode):
            return node.text.rstrip("\n")
        self.reject(key, f"{key}: expected a text; found {described(node)}")
        return ""

    def choice(self, key: str, default: ChoiceType, fallback: ChoiceType) -> ChoiceType:
        """Return one of a few words: `default` when it was left out, `fallback` when it is another word."""
        written = self.text(key)
        if not written:
            return fallback if self.get(key) is not None else default
        words = type(default)
        if written in list(words):
            return words(written)
        expected = f"{key}: expected one of {listed(words)}"
        self.reject(key, f'{expected}; found "{shortened(written)}"; taken as {fallback}')
        return fallback

    def number(self, key: str, lowest: float, highest: float) -> float | None:
        """Return a number between two bounds."""
        node = self.get(key)
        if node is None:
            return None
        if isinstance(node, TextNode) and NUMBER.fullmatch(node.text) and lowest <= float(node.text) <= highest:
            return float(node.text)
        self.reject(key, f"{key}: expected a number from {lowest:g} to {highest:g}; found {described(node)}")
        return None

    def when(self, key: str) -> When | None:
        """Return a date, None when it was left out or cannot be read."""
        node = self.get(key)
        if node is None:
            return None
        if not isinstance(node, TextNode):
            self.reject(key, f"{key}: expected a date such as 2024-06-19; found {described(node)}")
            return None
        return self.parsed_date(key, node)

    def date_text(self, key: str) -> str:
        """Return a date as it is written; one that cannot be read is reported and returned all the same."""
        node = self.get(key)
        if isinstance(node, TextNode):
            self.parsed_date(key, node, keep=False)
            return node.text
        return self.text(key)

    def parsed_date(self, key: str, node: TextNode, *, keep: bool = True) -> When | None:
        """Read a date, reporting what was expected at the very character where it goes wrong."""
        try:
            return parse(node.text)
        except WhenError as error:
            self._problems.warning(f"{key}: {error}", offset_within(node, error.position, self._problems))
            if keep:
                self.keep(key)
            return None

    def items(self, key: str, read_item: Callable[[Node], ItemType | None]) -> tuple[ItemType, ...]:
        """Return a list of what `read_item` makes of each item; None from it leaves the item out, and kept as it is."""
        node = self.get(key)
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            self._problems.warning(
                f"{key}: expected a list; found {described(node)}; read as a list of one", node.offset
            )
        nodes = node.items if isinstance(node, ListNode) else [node]
        read = [read_item(item) for item in nodes]
        found = tuple(item for item in read if item is not None)
        if len(found) < len(read):
            self.keep(key)
        return found

    def texts(self, key: str, *, or_single: bool = False) -> tuple[str, ...]:
        """Return a list of texts; `or_single` allows one text instead of a list."""
        node = self.get(key)
        if or_single and isinstance(node, TextNode):
            return (node.text,)
        return self.items(key, lambda item: self.item_text(key, item))

    def item_text(self, key: str, node: Node) -> str | None:
        """Return an item that must be a text."""
        if isinstance(node, TextNode) and node.text:
            return node.text
        self._problems.warning(f"{key}: expected a text; found {described(node)}", node.offset)
        return None

    def _report_unknown(self, known: frozenset[str], what: str) -> None:
        for key, (key_offset, _) in self._entries.items():
            if key not in known:
                # Comparing is slow, and after a thousand problems nobody reads suggestions.
                comparable = len(key) <= _LONGEST_COMPARED and len(self._problems) < _MOST_SUGGESTIONS
                from difflib import get_close_matches  # only for a word that is not known

                similar = get_close_matches(key, known, n=1) if comparable else []
                expected = f'did you mean "{similar[0]}"?' if similar else f"expected one of {listed(sorted(known))}"
                self._problems.warning(f'unknown field "{shortened(key)}" in {what}; {expected}', key_offset)
                self.keep(key)


def offset_within(node: TextNode, position: int, problems: ProblemLog) -> int:
    """Return where a character of a text stands in the file, as far as the text stands there as it is."""
    begin = literal_offset(node, problems)
    return node.offset if begin is None else begin + position


def literal_offset(node: TextNode, problems: ProblemLog) -> int | None:
    """Return where a text begins in the file, behind its quotation mark; None where it does not stand as it is."""
    source = problems.source.text
    return next((begin for begin in (node.offset, node.offset + 1) if source.startswith(node.text, begin)), None)
