"""The hash that a source records of its document, so that a change of it is noticed."""

from __future__ import annotations

from dataclasses import replace

from timeline_app.core.event import Source
from timeline_app.core.source_document import DocumentState, SourceDocument


def records_hash(source: Source) -> bool:
    """Return whether `with_hash` would record one: the document could be read, and no hash of it was recorded."""
    document = source.document
    return not source.sha256 and document is not None and document.sha256 != ""


def with_hash(source: Source) -> Source:
    """Return a source with the hash that its document has now, unless one was recorded before."""
    if source.document is None or not records_hash(source):
        return source
    return _recorded(source, source.document.sha256)


def united_source(first: Source, second: Source) -> Source | None:
    """Return what two files tell of a source that are the same but for a hash that one alone records; else None."""
    if first == second:
        return first
    recorded = first.sha256 or second.sha256
    if (first.sha256 and second.sha256) or replace(first, sha256=recorded) != replace(second, sha256=recorded):
        return None
    return _recorded(replace(first, document=first.document or second.document), recorded)


def _recorded(source: Source, sha256: str) -> Source:
    document = source.document
    return replace(source, sha256=sha256, document=None if document is None else _compared(document, sha256))


def _compared(document: SourceDocument, recorded: str) -> SourceDocument:
    if document.state is DocumentState.UNREADABLE:
        return document
    is_same = document.sha256 == recorded.lower()
    return replace(document, state=DocumentState.UNCHANGED if is_same else DocumentState.CHANGED)
