"""The counts of `info` come from columns alone, and are those of the events that pass."""

from __future__ import annotations

from collections import Counter
from unittest import mock

from hypothesis import given

from tests.helpers.small_conflict import FILTERS, small_table
from tests.helpers.tables import make_event, make_table
from timeline_app.commands.info import info_record
from timeline_app.core.event import Excerpt, Source, source_names
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.records import RecordList
from timeline_app.core.when import bounds_iso
from timeline_app.writers.records import Record

TABLE = small_table()


def named(counts: Counter[str]) -> list[Record]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"name": name, "count": count} for name, count in ordered]


@given(FILTERS)
def test_the_counts_are_those_of_the_events_that_pass(wanted: Filter) -> None:
    result = evaluate(wanted, TABLE)
    record = info_record(TABLE, result)
    chosen = [event for event, passes in zip(TABLE, result.mask, strict=True) if passes]
    days = sorted(bound for event in chosen for bounds in bounds_iso(event.when) for bound in bounds if bound)
    assert (record["shown"], record["filtered_out"]) == (len(chosen), len(TABLE) - len(chosen))
    assert (record["first"], record["last"]) == ((days[0], days[-1]) if days else (None, None))
    assert record["actors"] == named(Counter(name for event in chosen for name in {one.name for one in event.actors}))
    assert record["types"] == named(Counter(event.type for event in chosen if event.type))
    assert record["sources"] == len({name for event in chosen for name in source_names(event)})


def test_no_event_is_read() -> None:
    with mock.patch.object(RecordList, "event", autospec=True, side_effect=RecordList.event) as read:
        info_record(TABLE, evaluate(Filter(types=("attack",), since="2024"), TABLE))
        info_record(TABLE, evaluate(Filter(), TABLE))
    assert read.call_count == 0


def test_own_sources_count_by_publisher() -> None:
    own = [Source("source 1", publisher="Agency"), Source("source 2", publisher="Agency"), Source("source 3")]
    table = make_table([make_event(own_sources=own, excerpts=[Excerpt("words", "source 1")])])
    assert info_record(table, evaluate(Filter(), table))["sources"] == 2


def test_nothing_passing_has_no_days() -> None:
    empty = make_table()
    record = info_record(empty, evaluate(Filter(), empty))
    assert (record["first"], record["last"], record["actors"], record["sources"]) == (None, None, [], 0)
