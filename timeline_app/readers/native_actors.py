"""Read the actors that a native timeline defines for itself."""

from __future__ import annotations

from collections.abc import Mapping

from timeline_app.core.actors import DEFAULT_KIND, ActorEntry, Gazetteer
from timeline_app.core.memberships import Membership, circle_words, contradictions
from timeline_app.readers.fields import Fields
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import MappingNode, Node, TextNode, described, is_nothing

_KEYS = frozenset({"kind", "iso", "aliases", "demonyms", "metonyms", "since", "until", "part_of", "members", "note"})
_MEMBERSHIP_KEYS = frozenset({"name", "since", "until"})


def read_actors(timeline: Fields, problems: ProblemLog) -> tuple[ActorEntry, ...]:
    """Return the actors of the mapping under `actors`, in the order of the file."""
    node = timeline.get("actors")
    if node is None:
        return ()
    if not isinstance(node, MappingNode):
        timeline.reject("actors", f"actors: expected actors by name; found {described(node)}")
        return ()
    entries: dict[str, ActorEntry] = {}
    offsets: dict[str, int] = {}
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
            offsets[name] = name_offset
    _report_circles(entries, offsets, problems)
    return tuple(entries.values())


def _report_circles(entries: Mapping[str, ActorEntry], offsets: Mapping[str, int], problems: ProblemLog) -> None:
    """Report the actors that are a part of themselves by what the file says, each circle once."""
    if not any(entry.part_of for entry in entries.values()):
        return
    known = Gazetteer(entries.values())
    told: set[str] = set()
    for name in entries:
        circle = known.circle_through(name)
        if circle and told.isdisjoint(circle):
            problems.warning(f"part_of: {circle_words(circle)}", offsets[name])
            told.update(circle)


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
        part_of=_memberships("part_of", name, fields, problems),
        members=_memberships("members", name, fields, problems),
        note=fields.text("note"),
        extra=fields.extra,
    )


def _memberships(key: str, actor: str, definition: Fields, problems: ProblemLog) -> tuple[Membership, ...]:
    """Return the members or the wholes of an actor; a whole, of which there is mostly one, may stand by itself."""
    offsets: list[int] = []

    def read_item(node: Node) -> Membership | None:
        membership = _membership(key, node, definition, problems)
        if membership is not None:
            offsets.append(node.offset)
        return membership

    node = definition.get(key)
    if key == "part_of" and isinstance(node, TextNode | MappingNode):
        alone = read_item(node)
        if alone is None:
            definition.keep(key)
        found: tuple[Membership, ...] = (alone,) if alone is not None else ()
    else:
        found = definition.items(key, read_item)
    for place, words in contradictions(actor, found):
        problems.warning(f"{key}: {words}", offsets[place])
    return found


def _membership(key: str, node: Node, definition: Fields, problems: ProblemLog) -> Membership | None:
    """Return a member or a whole that is a name alone, or a name with dates."""
    if isinstance(node, MappingNode):
        what = "a member" if key == "members" else "a whole"
        fields = Fields(node, _MEMBERSHIP_KEYS, what, problems)
        membership = Membership(fields.text("name").strip(), fields.date_text("since"), fields.date_text("until"))
        if fields.extra:
            definition.keep(key)
        if membership.name:
            return membership
    elif isinstance(node, TextNode) and node.text.strip():
        return Membership(node.text.strip())
    problems.warning(f"{key}: expected a name, or {{name, since, until}}; found {described(node)}", node.offset)
    return None
