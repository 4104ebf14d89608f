"""The stories of a native timeline: views in an order, each with a paragraph."""

from __future__ import annotations

from collections.abc import Collection

from timeline_app.core.errors import Place
from timeline_app.core.lanes import Grouping
from timeline_app.core.story import Story, StoryStep, WrittenAt
from timeline_app.readers.fields import Fields, literal_offset
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import MappingNode, Node, TextNode, described, listed, shortened

_KEYS = frozenset({"title", "steps"})
_STEP_KEYS = frozenset({"text", "query", "lanes", "from", "to", "select"})
_LANES = tuple(grouping.value for grouping in Grouping)


def read_stories(root: Fields, event_ids: Collection[str], problems: ProblemLog) -> tuple[Story, ...]:
    """Return the stories of a timeline; what is wrong with one is reported, and the file's words are then kept."""

    def story(node: Node) -> Story | None:
        if not isinstance(node, MappingNode):
            problems.warning(f"stories: expected {{title, steps}}; found {described(node)}", node.offset)
            return None
        fields = Fields(node, _KEYS, "a story", problems)
        title = fields.text("title")
        if not title:
            problems.warning("stories: expected a title; found none", node.offset)
            return None
        steps = fields.items("steps", lambda step: _read_step(step, event_ids, problems))
        if fields.extra:
            root.keep("stories")
        return Story(title, steps)

    return root.items("stories", story)


def _read_step(node: Node, event_ids: Collection[str], problems: ProblemLog) -> StoryStep | None:
    if not isinstance(node, MappingNode):
        problems.warning(f"steps: expected {{text, query, from, to, select}}; found {described(node)}", node.offset)
        return None
    fields = Fields(node, _STEP_KEYS, "a step", problems)
    selection = fields.texts("select")
    for event_id in selection:
        if event_id not in event_ids:
            message = f'select: expected the id of an event of this file; found "{shortened(event_id)}"'
            problems.warning(message, fields.offset("select"))
    lanes = fields.text("lanes")
    if lanes and lanes not in _LANES:
        problems.warning(f'lanes: expected one of {listed(_LANES)}; found "{shortened(lanes)}"', fields.offset("lanes"))
    step = StoryStep(
        fields.text("text"),
        fields.text("query"),
        lanes,
        fields.date_text("from"),
        fields.date_text("to"),
        selection,
        _query_at(fields, problems),
    )
    if (step.since or step.until) and step.view_s is None:
        problems.warning("from: expected a date with a beginning before the end of “to”", fields.offset("from"))
    return step


def _query_at(fields: Fields, problems: ProblemLog) -> WrittenAt:
    """Return where the filter of a step stands."""
    node, source = fields.get("query"), problems.source
    if not isinstance(node, TextNode):
        return WrittenAt(Place(source.file, *source.place(fields.offset("query"))))
    begin = literal_offset(node, problems)
    is_literal = begin is not None and not set(node.text) & set("\r\n")
    return WrittenAt(Place(source.file, *source.place(node.offset if begin is None else begin)), is_literal)
