"""Read a record in JSON into a tree, in a fifth of the time where nothing is wrong with it, and make its event."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from timeline_app.core.errors import ReadError
from timeline_app.readers.foreign_record import Draft
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.loose_json import read_loose_json
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.single_records import DraftOf
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, Tree
from timeline_app.readers.tree_builder import DEEPEST

_NOWHERE = 0

# Makes an event of a record, what stands beside it, and its number; why there is none is told to the log.
NodeDraftOf = Callable[[Node, Mapping[str, str], int, ProblemLog], Draft | None]


def json_drafts(draft_of: NodeDraftOf, *, needs_places: bool = False, is_loose: bool = False) -> DraftOf:
    """Return what makes an event of the text of a record in JSON or, where that may be loose, in data of a script.

    Unless it needs places, a tree without any is made first; only where something is to be told is it read again.
    """
    read_tree: Callable[[SourceText], Tree] = read_loose_json if is_loose else read_json

    def draft(beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        node = None if needs_places else _node_without_places(problems.source.text)
        if node is not None:
            silent = ProblemLog(problems.source)
            found = draft_of(node, beside, number, silent)
            if not len(silent):
                return found
        return _told_draft(draft_of, read_tree, beside, number, problems)

    return draft


def _told_draft(
    draft_of: NodeDraftOf,
    read_tree: Callable[[SourceText], Tree],
    beside: Mapping[str, str],
    number: int,
    problems: ProblemLog,
) -> Draft | None:
    try:
        tree = read_tree(problems.source)
    except ReadError as error:
        problems.unreadable(error, 0)
        return None
    problems.warn_all(tree.faults)
    return draft_of(tree.root, beside, number, problems)


class _KeyTwiceError(ValueError):
    """A key stands twice in an object, which is to be told."""


def _node_without_places(text: str) -> Node | None:
    """Return the tree of a text, None where it may be none, or something in it is to be told with its place."""
    if "\\u" in text or text.count("{") + text.count("[") > DEEPEST:
        return None
    try:
        value = json.loads(text, object_pairs_hook=_mapping, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError:
        return None
    return plain_node(value)


def plain_node(value: object) -> Node:
    """Return a value as a tree without places."""
    if isinstance(value, str):
        return TextNode(value, _NOWHERE)
    if isinstance(value, MappingNode):
        return value
    if isinstance(value, list):
        return ListNode(_NOWHERE, [plain_node(item) for item in value])
    if isinstance(value, dict):
        return _mapping(list(value.items()))
    return TextNode("" if value is None else "true" if value else "false", _NOWHERE)


def _mapping(pairs: list[tuple[str, object]]) -> MappingNode:
    entries = {key: (_NOWHERE, plain_node(value)) for key, value in pairs}
    if len(entries) < len(pairs):
        raise _KeyTwiceError
    return MappingNode(_NOWHERE, entries)
