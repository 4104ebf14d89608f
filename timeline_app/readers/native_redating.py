"""Put other dates into the text of a native timeline in YAML, and leave every other character as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from timeline_app.core.errors import ReadError
from timeline_app.readers.native_ids import event_ids
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, raw

# A date that YAML reads as a text without quotation marks, in braces and brackets too.
_PLAIN = re.compile(r"[0-9Y][0-9A-Za-z.~%?+:/-]*")
_BRACES = re.compile(r"""\{[^{}"'#\r\n]*\}""")


def redated_text(text: str, published: Mapping[str, str], whens: Mapping[str, str]) -> str | None:
    """Return the text of a timeline with other dates: of sources by key, of events by id, all in EDTF.

    Comments, order, quotation marks and all that the program does not know stay. None where that cannot be done: the
    text is no timeline, lacks one of them, or has one of the dates in a form that takes several lines.
    """
    # Imported on use: PyYAML takes longer to import than a short command takes to run.
    from timeline_app.readers.yaml_tree import read_yaml

    source = SourceText(text)
    try:
        root = read_yaml(source).root
        nodes = _date_nodes(root, source, published, whens)
        if nodes is None:
            return None
        stretches = [found for node, date in nodes if (found := _stretch(text, node, date)) is not None]
        written = "".join(_pieces(text, sorted(stretches)))
        # Whatever was not found as it seemed to stand shows here.
        return written if raw(read_yaml(SourceText(written)).root) == _expected(root, nodes) else None
    except ReadError:
        return None


def _date_nodes(
    root: Node, source: SourceText, published: Mapping[str, str], whens: Mapping[str, str]
) -> list[tuple[Node, str]] | None:
    """Return the values that are to be replaced, each with its date; None where one is not there."""
    sources, events = _value(root, "sources"), _value(root, "events")
    if not isinstance(events, ListNode):
        return None
    by_id = dict(zip(event_ids(events.items, ProblemLog(source)), events.items, strict=True))
    found = [(_value(_value(sources, key), "published"), date) for key, date in published.items()]
    found += [(_value(by_id.get(event_id), "when"), date) for event_id, date in whens.items()]
    nodes = [(node, date) for node, date in found if node is not None]
    return nodes if len(nodes) == len(found) else None


def _value(node: Node | None, key: str) -> Node | None:
    entry = node.entries.get(key) if isinstance(node, MappingNode) else None
    return None if entry is None else entry[1]


def _stretch(text: str, node: Node, date: str) -> tuple[int, int, str] | None:
    """Return where a value begins and ends in the text, and what is to stand there; None where that is not plain."""
    start = node.offset
    if isinstance(node, TextNode):
        mark = text[start : start + 1]
        if mark in {'"', "'"} and text.startswith(f"{node.text}{mark}", start + 1):
            return start, start + len(node.text) + 2, f"{mark}{date}{mark}"
        if node.text and text.startswith(node.text, start):
            return start, start + len(node.text), _as_value(date)
    braces = _BRACES.match(text, start)
    if braces is None or not isinstance(node, MappingNode):
        return None
    return start, braces.end(), _as_value(date)


def _as_value(date: str) -> str:
    return date if _PLAIN.fullmatch(date) else f'"{date}"'


def _pieces(text: str, stretches: list[tuple[int, int, str]]) -> Iterator[str]:
    reached = 0
    for start, end, date in stretches:
        yield text[reached:start]
        yield date
        reached = end
    yield text[reached:]


def _expected(root: Node, nodes: list[tuple[Node, str]]) -> object:
    """Return what the new text has to say: the same as before, but for these dates."""
    dates = {id(node): date for node, date in nodes}

    def told(node: Node) -> Any:
        if id(node) in dates:
            return dates[id(node)]
        if isinstance(node, ListNode):
            return [told(item) for item in node.items]
        if isinstance(node, MappingNode):
            return {key: told(value) for key, (_, value) in node.entries.items()}
        return node.text

    return told(root)
