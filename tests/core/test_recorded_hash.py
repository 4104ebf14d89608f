"""Two files may tell of one source of which one alone records the hash of its document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.tables import make_event, make_table
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.event import Source
from timeline_app.core.event_proposal import notes_of
from timeline_app.core.join import join_tables
from timeline_app.core.recorded_hash import records_hash, united_source, with_hash
from timeline_app.core.source_document import DocumentState, SourceDocument
from timeline_app.core.table import EventTable

NOW, BEFORE = "ab" * 32, "cd" * 32
DOCUMENT = SourceDocument("folder", "paper.txt", DocumentState.NO_HASH, NOW)
PLAIN = Source("paper", "The paper", file="paper.txt", document=DOCUMENT)
GONE = replace(DOCUMENT, state=DocumentState.UNREADABLE, sha256="", why="it is gone")


def state(source: Source | None) -> DocumentState | None:
    return None if source is None or source.document is None else source.document.state


def test_the_hash_of_a_document_is_recorded_once() -> None:
    assert records_hash(PLAIN)
    recorded = with_hash(PLAIN)
    assert (recorded.sha256, state(recorded)) == (NOW, DocumentState.UNCHANGED)
    assert not records_hash(recorded)
    before = replace(PLAIN, sha256=BEFORE)
    assert with_hash(before) == before
    for without in (replace(PLAIN, document=None), replace(PLAIN, document=GONE)):
        assert with_hash(without) == without
        assert not records_hash(without)


@pytest.mark.parametrize("other", [replace(PLAIN, sha256=BEFORE), replace(PLAIN, sha256=NOW.upper(), document=None)])
def test_a_source_that_differs_by_a_hash_alone_is_one(other: Source) -> None:
    expected = DocumentState.CHANGED if other.sha256 == BEFORE else DocumentState.UNCHANGED
    for united in (united_source(PLAIN, other), united_source(other, PLAIN)):
        assert united == other
        assert state(united) is expected


def test_what_is_told_otherwise_is_another_source() -> None:
    assert united_source(PLAIN, PLAIN) == PLAIN
    assert united_source(PLAIN, replace(PLAIN, title="Another", sha256=NOW)) is None
    assert united_source(replace(PLAIN, sha256=BEFORE), replace(PLAIN, sha256=NOW)) is None
    unreadable = united_source(replace(PLAIN, document=GONE), replace(PLAIN, sha256=NOW))
    assert state(unreadable) is DocumentState.UNREADABLE


def read_together(sources: list[Source]) -> EventTable:
    events = [make_event(f"Event {number}") for number in range(len(sources))]
    notes = [notes_of((event,), {"paper": one}, "") for event, one in zip(events, sources, strict=True)]
    return build_table(notes, Gazetteer())


def joined(sources: list[Source]) -> EventTable:
    return join_tables([replace(make_table([make_event()]), source_by_key={"paper": one}) for one in sources])


@pytest.mark.parametrize("put_together", [read_together, joined])
def test_files_that_are_opened_together_share_the_hash(put_together: type) -> None:
    recorded = replace(PLAIN, sha256=NOW)
    for sources in ([PLAIN, recorded], [recorded, PLAIN]):
        table = put_together(sources)
        assert table.source_by_key == {"paper": recorded}
        assert state(table.source_by_key["paper"]) is DocumentState.UNCHANGED
        assert not [problem for problem in table.problems if "means something else" in problem.message]
    other = put_together([PLAIN, replace(PLAIN, title="Another")])
    assert [problem for problem in other.problems if "means something else" in problem.message]
