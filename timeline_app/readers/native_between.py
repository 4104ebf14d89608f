"""Dates that a native timeline tells by other events: `when: {after: id, before: id}`."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

from timeline_app.core.between import PlacingError, between_edtf
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Between
from timeline_app.core.when import When, parse
from timeline_app.readers.fields import Fields
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import MappingNode, Node, TextNode, shortened

_KEYS = frozenset({"after", "before"})
_LEFT_OUT = "the event is left out"
_MOST_IN_CIRCLE = 6

Placed = tuple[When, Between]


def placed_dates(nodes: Sequence[Node], ids: Sequence[str], problems: ProblemLog) -> dict[str, Placed]:
    """Return the dates that other events tell, by the id of their event; of those that cannot be, say why.

    Each is worked out once those that it hangs on are, so the time that it takes grows with their number alone.
    """
    whens = {
        event_id: entry[1]
        for node, event_id in zip(nodes, ids, strict=True)
        if isinstance(node, MappingNode) and (entry := node.entries.get("when")) is not None
    }
    return _Placing(whens, problems).placed


class _Placing:
    def __init__(self, whens: Mapping[str, Node], problems: ProblemLog) -> None:
        self.placed: dict[str, Placed] = {}
        self._whens = whens
        self._problems = problems
        told = {event_id: node for event_id, node in whens.items() if isinstance(node, MappingNode)}
        wanted = {event_id: _between(node, problems) for event_id, node in told.items()}
        waiting = {event_id: {one.after, one.before} & told.keys() for event_id, one in wanted.items()}
        hanging: dict[str, list[str]] = {}
        for event_id, others in waiting.items():
            for other in others:
                hanging.setdefault(other, []).append(event_id)
        ready = deque(event_id for event_id, others in waiting.items() if not others)
        while ready:
            event_id = ready.popleft()
            self._place(event_id, wanted[event_id])
            for other in hanging.get(event_id, ()):
                waiting[other].discard(event_id)
                if not waiting[other]:
                    ready.append(other)
        for event_id, others in waiting.items():
            if others:
                message = (
                    "when: expected events whose dates do not hang on this one; found events that hang on each other"
                )
                problems.error(f"{message}{_named_circle(event_id, waiting)}; {_LEFT_OUT}", told[event_id].offset)

    def _place(self, event_id: str, between: Between) -> None:
        """Keep the date of an event whose neighbours have theirs, or say why it has none."""
        node = self._whens[event_id]
        if not (between.after or between.before):
            message = "when: expected a date such as 2024-06-19, or {after, before} with ids of events"
            self._problems.error(f"{message}; {_LEFT_OUT}", node.offset)
            return
        ends: list[When | None] = []
        for key, other in (("after", between.after), ("before", between.before)):
            when = self._when_of(other) if other else None
            if other and when is None:
                is_known = other in self._whens
                expected = "an event whose date can be read" if is_known else "the id of an event of this file"
                message = f'{key}: expected {expected}; found "{shortened(other)}"; {_LEFT_OUT}'
                self._problems.error(message, node.offset)
                return
            ends.append(when)
        try:
            self.placed[event_id] = parse(between_edtf(*ends)), between
        except PlacingError as error:
            self._problems.error(f"when: nothing lies between these events: {error}; {_LEFT_OUT}", node.offset)

    def _when_of(self, event_id: str) -> When | None:
        if event_id in self.placed:
            return self.placed[event_id][0]
        node = self._whens.get(event_id)
        try:
            return parse(node.text) if isinstance(node, TextNode) else None
        except WhenError:
            return None


def _between(node: MappingNode, problems: ProblemLog) -> Between:
    fields = Fields(node, _KEYS, "a date between events", problems)
    return Between(fields.text("after").strip(), fields.text("before").strip())


def _named_circle(event_id: str, waiting: Mapping[str, Collection[str]]) -> str:
    """Name the events that hang on each other and that an event's date leads to, "" where those are many."""
    path = [event_id]
    while len(path) <= _MOST_IN_CIRCLE:
        following = min(waiting[path[-1]])
        if following in path:
            circle = [*path[path.index(following) :], following]
            return ": " + " on ".join(f"“{shortened(one)}”" for one in circle)
        path.append(following)
    return ""
