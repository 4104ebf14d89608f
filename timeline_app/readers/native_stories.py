"""The stories of a native timeline: views in an order, each with a paragraph."""

from __future__ import annotations

from collections.abc import Collection

from timeline_app.core.lanes import Grouping
from timeline_app.core.story import Story, StoryStep
from timeline_app.readers.fields import Fields
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import MappingNode, Node, described, listed, shortened

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
        fields.text("text"), fields.text("query"), lanes, fields.date_text("from"), fields.date_text("to"), selection
    )
    if (step.since or step.until) and step.view_s is None:
        problems.warning("from: expected a date with a beginning before the end of “to”", fields.offset("from"))
    return step
