"""Read the sources that a native timeline cites."""

from __future__ import annotations

from timeline_app.core.event import Source
from timeline_app.readers.fields import Fields
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import MappingNode, described, is_nothing

_KEYS = frozenset(
    {"title", "author", "publisher", "url", "language", "published", "retrieved", "file", "sha256", "origin"}
)


def read_sources(timeline: Fields, problems: ProblemLog) -> dict[str, Source]:
    """Return the sources of the mapping under `sources`, by key, in the order of the file.

    A source of which nothing can be read is still there under its key.
    """
    node = timeline.get("sources")
    if node is None:
        return {}
    if not isinstance(node, MappingNode):
        timeline.reject("sources", f"sources: expected sources by key; found {described(node)}")
        return {}
    sources = {}
    for key, (_, value) in node.entries.items():
        if isinstance(value, MappingNode):
            sources[key] = _source(key, value, problems)
        else:
            sources[key] = Source(key)
            if not is_nothing(value):
                problems.warning(f"sources: expected {{title, author, …}}; found {described(value)}", value.offset)
                timeline.keep("sources")
    return sources


def _source(key: str, node: MappingNode, problems: ProblemLog) -> Source:
    fields = Fields(node, _KEYS, "a source", problems)
    return Source(
        key,
        title=fields.text("title"),
        author=fields.text("author"),
        publisher=fields.text("publisher"),
        url=fields.text("url"),
        language=fields.text("language"),
        published=fields.date_text("published"),
        retrieved=fields.date_text("retrieved"),
        file=fields.text("file"),
        sha256=fields.text("sha256"),
        origin=fields.text("origin").strip(),
        extra=fields.extra,
    )
