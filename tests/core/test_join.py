"""Tables of several files joined are the table that would be built of all their events at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.scenes import events
from tests.helpers.tables import make_event, make_table
from tests.helpers.unindexed import UnindexedRecords, unindexed
from timeline_app.core.arrays import IntegerArray
from timeline_app.core.event import Event, Link, Origin
from timeline_app.core.join import join_tables
from timeline_app.core.records import PREFIX_BITS, Indexed, RecordList
from timeline_app.core.table import EventTable
from timeline_app.core.text_column import text_hash

IDS = ["x", "x-2", "x-2-2", "x-3", "x-4", "x-02", "x-", "-2"]


@given(st.lists(events(largest=8), min_size=1, max_size=3))
def test_joined_tables_equal_one_that_is_built_at_once(parts: list[list[Event]]) -> None:
    numbered = [
        [make_event(event.title, event.when, event_id=f"{number}-{event.id}", actors=[ref.name for ref in event.actors],
                    type_=event.type, place=event.place, importance=event.importance) for event in part]
        for number, part in enumerate(parts)
    ]  # fmt: skip
    joined = join_tables([make_table(part) for part in numbered])
    at_once = make_table([event for part in numbered for event in part])
    assert len(joined) == len(at_once)
    for one, other in zip(joined.times.at(slice(None)), at_once.times.at(slice(None)), strict=True):
        assert one.tolist() == other.tolist()
    for column in ("flags", "precision", "importance"):
        assert getattr(joined, column).tolist() == getattr(at_once, column).tolist()
    assert [event.id for event in joined] == [event.id for event in at_once]
    assert _coded(joined.types, joined.type_codes) == _coded(at_once.types, at_once.type_codes)
    assert _coded(joined.places, joined.place_codes) == _coded(at_once.places, at_once.place_codes)
    assert _posted(joined) == _posted(at_once)
    assert joined.titles_of(range(len(joined))) == [event.title for event in joined]
    assert [joined.row_of(event.id) for event in joined] == list(range(len(joined)))
    everything = range(len(joined))
    assert sorted(joined.records.rows_with(["t"], everything)) == sorted(at_once.records.rows_with(["t"], everything))


def test_an_id_that_another_table_has_gets_a_number_and_is_found_by_it() -> None:
    first = make_table([make_event("Pact", "2024-06", event_id="pact")])
    second = make_table([make_event("Another pact", "2024-05", event_id="pact")])
    joined = join_tables([first, second])
    assert [event.id for event in joined] == ["pact-2", "pact"]
    assert (joined.row_of("pact"), joined.row_of("pact-2")) == (1, 0)
    assert joined.row_of("pact-3") is joined.row_of("none") is joined.row_of("none-2") is None


def test_an_id_with_a_number_is_never_that_of_another_event() -> None:
    first = make_table([make_event("Pact", "2024-01", event_id="x"), make_event("Truce", "2024-02", event_id="x-2")])
    second = make_table([make_event("Vote", "2024-03", event_id="x"), make_event("Raid", "2024-04", event_id="x-2")])
    joined = join_tables([first, second])
    assert [event.id for event in joined] == ["x", "x-2", "x-4", "x-2-2"]
    assert [joined.row_of(event.id) for event in joined] == [0, 1, 2, 3]


@given(st.lists(st.lists(st.sampled_from(IDS), unique=True, max_size=len(IDS)), min_size=1, max_size=4))
def test_ids_are_unique_and_each_leads_to_its_event_and_its_hash(files: list[list[str]]) -> None:
    joined = join_tables([make_table([make_event(event_id=one) for one in ids]) for ids in files])
    ids = [event.id for event in joined]
    assert len(set(ids)) == len(ids)
    assert [joined.row_of(one) for one in ids] == list(range(len(ids)))
    hashes = [text_hash(one) >> PREFIX_BITS for one in ids]
    assert joined.records.id_prefixes().tolist() == hashes
    assert [one for one in IDS if joined.row_of(one) is None] == [one for one in IDS if one not in ids]


def test_links_lead_to_the_event_of_their_own_file_by_the_id_that_it_has_now() -> None:
    links = (Link("pact", "responds-to"), Link("nowhere", "responds-to"))
    first = make_table([make_event("Pact", "2024-01", event_id="pact")])
    second = make_table(
        [make_event("Other pact", "2024-02", event_id="pact"), make_event("Vote", "2024-03", links=links)]
    )
    joined = join_tables([first, second])
    assert [link.to for link in joined.event(2).links] == ["pact-2", "nowhere"]
    assert (joined.linking_rows("pact"), joined.linking_rows("pact-2")) == ((), (2,))


def test_links_lead_to_what_is_shown_under_the_id_of_another_file() -> None:
    first = make_table([make_event("Pact", "2024-01", event_id="event-1", origin=Origin("a", 1, 1))])
    second = make_table(
        [make_event("Pact", "2024-01", event_id="pact"), make_event("Vote", "2024-03", links=[Link("pact")])]
    )
    joined = join_tables([first, second], joins=True)
    assert len(joined) == 2
    assert [link.to for link in joined.event(1).links] == ["event-1"]


def test_links_are_found_within_each_table() -> None:
    linking = make_event("Sanctions", "2024-07", event_id="sanctions", links=(Link("pact", "responds-to"),))
    first = make_table([make_event("Pact", "2024-06", event_id="pact"), linking])
    second = make_table([make_event("Summit", "2024-01", event_id="summit")])
    joined = join_tables([second, first])
    assert joined.linking_rows("pact") == (2,)
    assert joined.linking_rows("summit") == joined.linking_rows("nothing") == ()


@dataclass(frozen=True)
class WithIndex(RecordList):
    """Records that answer with arrays, as an index of words does."""

    def rows_with(self, words: Sequence[str], candidates: Iterable[int]) -> IntegerArray:
        """Return those of the candidates in whose text every one of the case-folded words occurs."""
        assert isinstance(candidates, np.ndarray)
        return np.fromiter(super().rows_with(words, candidates), np.int32)


@given(st.lists(events(largest=8), min_size=2, max_size=3), st.sets(st.integers(0, 23)))
def test_words_are_found_in_arrays_where_every_part_has_an_index(parts: list[list[Event]], chosen: set[int]) -> None:
    tables = [make_table(part) for part in parts]
    plain = join_tables(tables)
    indexed = join_tables([replace(table, records=WithIndex(tuple(table))) for table in tables])
    rows = np.array([row for row in sorted(chosen) if row < len(plain)], np.int64)
    found = indexed.records.rows_with(["t"], rows)
    assert isinstance(found, np.ndarray)
    assert found.tolist() == list(plain.records.rows_with(["t"], rows))
    half = join_tables([replace(tables[0], records=WithIndex(tuple(tables[0]))), *tables[1:]])
    assert list(half.records.rows_with(["t"], rows.tolist())) == found.tolist()


def test_words_are_indexed_where_those_of_every_part_are() -> None:
    parts = [make_table([make_event("a", event_id="a")]), unindexed(make_table([make_event("b", event_id="b")]))[0]]
    records = join_tables(parts).records
    assert isinstance(records, Indexed)
    assert not records.is_indexed
    later = parts[1].records
    assert isinstance(later, UnindexedRecords)
    later.is_indexed = True
    assert records.is_indexed


def test_one_table_is_itself() -> None:
    table = make_table([make_event("Pact", "2024-06")])
    assert join_tables([table]) is table


def _coded(names: tuple[str, ...], codes: IntegerArray) -> list[str]:
    return [names[code] if code >= 0 else "" for code in codes.tolist()]


def _posted(table: EventTable) -> dict[str, list[int]]:
    return {name: table.actors.rows_of(name).tolist() for name in sorted(table.actors.names)}
