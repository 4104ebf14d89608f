"""Read the actors that a native timeline defines for itself."""

from __future__ import annotations

from timeline_app.core.actors import DEFAULT_KIND, ActorEntry, Membership
from timeline_app.readers.fields import Fields
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import MappingNode, Node, TextNode, described, is_nothing

_KEYS = frozenset({"kind", "iso", "aliases", "demonyms", "metonyms", "since", "until", "part_of", "members", "note"})
_MEMBER_KEYS = frozenset({"name", "since", "until"})


def read_actors(timeline: Fields, problems: ProblemLog) -> tuple[ActorEntry, ...]:
    """Return the actors of the mapping under `actors`, in the order of the file."""
    node = timeline.get("actors")
    if node is None:
        return ()
    if not isinstance(node, MappingNode):
        timeline.reject("actors", f"actors: expected actors by name; found {described(node)}")
        return ()
    entries: dict[str, ActorEntry] = {}
    for written, (name_offset, value) in node.entries.items():
        name = written.strip()
        definition = MappingNode(value.offset) if is_nothing(value) else value
        if not name or name in entries:
            problems.warning("actors: expected the name of an actor, once; found it twice or empty", name_offset)
            timeline.keep("actors")
        elif not isinstance(definition, MappingNode):
            problems.warning(f"actors: expected {{kind, aliases, …}}; found {described(value)}", value.offset)
            timeline.keep("actors")
        else:
            entries[name] = _entry(name, definition, problems)
    return tuple(entries.values())


def _entry(name: str, node: MappingNode, problems: ProblemLog) -> ActorEntry:
    fields = Fields(node, _KEYS, "the definition of an actor", problems)
    return ActorEntry(
        name,
        kind=fields.text("kind") or DEFAULT_KIND,
        iso=fields.texts("iso"),
        aliases=fields.texts("aliases"),
        demonyms=fields.texts("demonyms"),
        metonyms=fields.texts("metonyms"),
        since=fields.date_text("since"),
        until=fields.date_text("until"),
        part_of=fields.text("part_of"),
        members=fields.items("members", lambda member: _membership(member, fields, problems)),
        note=fields.text("note"),
        extra=fields.extra,
    )


def _membership(node: Node, definition: Fields, problems: ProblemLog) -> Membership | None:
    """Return a member that is a name alone, or a name with dates."""
    if isinstance(node, MappingNode):
        fields = Fields(node, _MEMBER_KEYS, "a member", problems)
        membership = Membership(fields.text("name").strip(), fields.date_text("since"), fields.date_text("until"))
        if fields.extra:
            definition.keep("members")
        if membership.name:
            return membership
    elif isinstance(node, TextNode) and node.text.strip():
        return Membership(node.text.strip())
    problems.warning(f"members: expected a name, or {{name, since, until}}; found {described(node)}", node.offset)
    return None
