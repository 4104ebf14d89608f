"""Give every record of a timeline an id that is its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass

from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import MappingNode, Node, TextNode, described, shortened

_LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class WantedId:
    """What a record would be called: the id that is written and where, or else a title to make one from."""

    written: str
    title: str
    offset: int = 0


def event_ids(records: Sequence[Node], problems: ProblemLog) -> tuple[str, ...]:
    """Return the id of each record of a native timeline: the one that is written, or else one made from its title."""
    wanted = []
    for record in records:
        written, offset = _written_id(record, problems)
        wanted.append(WantedId(written, _title_of(record), offset))
    return distinct_ids(wanted, problems)


def distinct_ids(wanted: Sequence[WantedId], problems: ProblemLog) -> tuple[str, ...]:
    """Return an id of its own for each record.

    What is written goes before what is made. The second record of one id is loaded under another and reported.
    """
    taken = {want.written for want in wanted if want.written}
    next_numbers: dict[str, int] = {}
    ids: list[str] = []
    seen: set[str] = set()
    for number, want in enumerate(wanted, start=1):
        if want.written and want.written not in seen:
            own = want.written
        else:
            own = free_id(want.written or slug(want.title) or f"event-{number}", taken, next_numbers)
            if want.written:
                message = f'id: "{shortened(want.written)}" is the id of an earlier event; expected an id of its own'
                problems.error(f'{message}; loaded as "{shortened(own)}"', want.offset)
        seen.add(own)
        taken.add(own)
        ids.append(own)
    return tuple(ids)


def slug(title: str) -> str:
    """Return a title as an id: lower case, letters without marks, hyphens between words, not much over ten words."""
    decomposed = unicodedata.normalize("NFKD", title[: 4 * _LONGEST_SLUG])
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    composed = unicodedata.normalize("NFC", bare).lower()
    words = "".join(character if character.isalnum() else " " for character in composed).split()
    whole = "-".join(words)
    if len(whole) <= _LONGEST_SLUG:
        return whole
    return whole[: _LONGEST_SLUG + 1].rpartition("-")[0] or whole[:_LONGEST_SLUG]


def _written_id(record: Node, problems: ProblemLog) -> tuple[str, int]:
    """Return the id that stands in a record and where; empty when there is none."""
    if not isinstance(record, MappingNode) or "id" not in record.entries:
        return "", 0
    node = record.entries["id"][1]
    if isinstance(node, TextNode):
        return node.text.strip(), node.offset
    problems.warning(f"id: expected a text; found {described(node)}; made from the title", node.offset)
    return "", 0


def _title_of(record: Node) -> str:
    title = record.entries.get("title") if isinstance(record, MappingNode) else None
    return title[1].text if title is not None and isinstance(title[1], TextNode) else ""


def free_id(wanted: str, taken: Container[str], next_numbers: dict[str, int]) -> str:
    """Return a wanted id, numbered from 2 when it is taken."""
    if wanted not in taken:
        return wanted
    number = next_numbers.get(wanted, 2)
    while f"{wanted}-{number}" in taken:
        number += 1
    next_numbers[wanted] = number + 1
    return f"{wanted}-{number}"
