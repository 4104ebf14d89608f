"""Since when an event was known, and what of it could be known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_dataset, make_event
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.calendar import civil_from_days, days_from_civil
from timeline_app.core.errors import FilterError
from timeline_app.core.event import Claim, Event, Excerpt, Link, Source
from timeline_app.core.filter import Filter, evaluate, narrow
from timeline_app.core.join import join_tables
from timeline_app.core.known import Known, as_known, days_of, known_of, source_in, united
from timeline_app.core.known_dates import KnownDates, with_sources
from timeline_app.core.known_view import known_view
from timeline_app.core.records import RecordList
from timeline_app.core.related import told_of
from timeline_app.core.table import EventTable

NO_ACTORS = Gazetteer()
SOURCES = {
    "june": Source("june", published="2024-06-19"),
    "autumn": Source("autumn", published="2024-10"),
    "read": Source("read", retrieved="2024-11-05"),
    "undated": Source("undated"),
}
SOURCE_OF = source_in(SOURCES)
DATES = st.sampled_from(
    ["", "2024", "2024-06", "2024-06-19", "2024-10~", "2023-01-01/2024-05", "2024-07/..", "../2024"]
)
DAYS = st.integers(days_from_civil(2022, 1, 1), days_from_civil(2025, 12, 31))


def day(text: str) -> int:
    found = days_of(text)
    assert found is not None
    return found[1]


def test_what_two_files_tell_of_was_known_by_the_earlier_and_wholly_by_the_later() -> None:
    first, second = Known(3, 8, 20), Known(5, 6, 10)
    assert united(first, second) == united(second, first) == Known(3, 6, 20)
    assert united(first, None) == united(None, first) == first
    assert united(None, None) is None


@st.composite
def dated_events(draw: st.DrawFn) -> Event:
    own = [Source(f"own {number}", published=date) for number, date in enumerate(draw(st.lists(DATES, max_size=2)))]
    keys = st.sampled_from(["", *SOURCES, *(source.key for source in own)])
    excerpts = [Excerpt(f"words {key}", key) for key in draw(st.lists(keys, max_size=3))]
    claims = [
        Claim("troops", value="10", source=draw(keys), reported=draw(DATES)) for _ in range(draw(st.integers(0, 2)))
    ]
    event = make_event("Troops", draw(st.sampled_from(["2024", "2023-05-01"])), excerpts=excerpts, own_sources=own)
    return replace(event, claims=tuple(claims))


def table_of(events: Sequence[Event]) -> EventTable:
    numbered = [replace(event, id=str(number)) for number, event in enumerate(events)]
    return build_table([replace(make_dataset(numbered), sources=SOURCES)], NO_ACTORS)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024-06-19", (19893, 19893)),
        ("2024-06", (19875, 19904)),
        ("1970-01-01", (0, 0)),
        ("2024-06-19T23:30", (19893, 19893)),
        ("2024-02-30", None),
        ("2024-W01-1", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date_is_the_days_that_it_may_mean(text: str, days: tuple[int, int] | None) -> None:
    assert days_of(text) == days


def test_dates_beyond_the_column_are_its_furthest_days() -> None:
    days = days_of("Y-20000000/..")
    assert days is not None
    assert days[0] == -(2**31)
    assert days[1] == 2**31 - 1


def test_an_event_is_known_from_the_first_of_its_parts() -> None:
    event = make_event(excerpts=[Excerpt("a", "autumn"), Excerpt("b", "undated"), Excerpt("c", "read")])
    assert known_of(event, SOURCE_OF) == Known(day("2024-09-30") + 1, day("2024-10-31"), day("2024-11-05"))
    claimed = replace(event, claims=(Claim("troops", reported="2024-05-02", source="read"),))
    assert known_of(claimed, SOURCE_OF) == Known(day("2024-05-02"), day("2024-05-02"), day("2024-11-05"))
    assert known_of(make_event(excerpts=[Excerpt("b", "undated"), Excerpt("d")]), SOURCE_OF) is None


def test_what_came_later_is_left_out() -> None:
    event = make_event(
        excerpts=[Excerpt("first", "june"), Excerpt("later", "autumn"), Excerpt("undated")],
        own_sources=[Source("book", published="2025")],
    )
    claims = (Claim("troops", value="10", source="june"), Claim("troops", value="19", source="read"))
    told = as_known(replace(event, claims=claims), SOURCE_OF, day("2024-06-30"))
    assert told is not None
    assert [excerpt.text for excerpt in told.excerpts] == ["first", "undated"]
    assert [claim.value for claim in told.claims] == ["10"]
    assert told.own_sources == ()
    assert as_known(event, SOURCE_OF, day("2024-06-18")) is None
    assert as_known(event, SOURCE_OF, day("2025-01-01")) is event


def test_a_claim_stays_without_the_source_that_tells_of_it_only_later() -> None:
    claim = Claim("troops", value="10", by=("Ukraine",), source="read", excerpt="ten", reported="2024-10-08")
    told = as_known(replace(make_event(), claims=(claim,)), SOURCE_OF, day("2024-10-20"))
    assert told is not None
    assert told.claims == (replace(claim, source="", excerpt=""),)


@given(st.lists(dated_events(), max_size=6), DAYS, st.booleans())
def test_the_column_lets_pass_what_the_events_say(events: list[Event], on: int, certain: bool) -> None:
    table = table_of(events)
    result = evaluate(Filter(as_of="{:04}-{:02}-{:02}".format(*civil_from_days(on)), certain=certain), table)
    for row, event in enumerate(table):
        known = known_of(event, SOURCE_OF)
        surely = known is not None and known.surely_d <= on
        passes = surely if certain else as_known(event, SOURCE_OF, on) is not None
        assert result.has(row) == passes
        if passes:
            assert bool(result.certain_if_passing[row]) == surely
        assert (None if table.known is None else table.known.known(row)) == known


@given(st.lists(dated_events(), max_size=5), st.lists(dated_events(), max_size=5))
def test_joined_tables_know_what_one_that_is_built_at_once_does(first: list[Event], second: list[Event]) -> None:
    joined = join_tables([table_of(first), table_of(second)])
    for row, event in enumerate(joined):
        expected = known_of(event, SOURCE_OF)
        assert (None if joined.known is None else joined.known.known(row)) == expected


def test_files_that_tell_of_one_event_know_it_since_the_first_tells() -> None:
    early = make_event("Pact", own_sources=[Source("a", published="2024-06-20")])
    late = make_event("Pact", own_sources=[Source("b", published="2024-11")])
    joined = join_tables([table_of([late]), table_of([early, make_event("Other", "2020")])], joins=True)
    assert joined.known is not None
    assert len(joined) == 2
    assert joined.known.known(0) is None
    assert joined.known.known(1) == Known(day("2024-06-20"), day("2024-06-20"), day("2024-10-31") + 1)


def test_words_and_sources_that_came_later_are_not_found() -> None:
    table = table_of([make_event(excerpts=[Excerpt("the pact", "june"), Excerpt("Kursk", "autumn")])])
    assert evaluate(Filter(find=("kursk",)), table).shown == 1
    assert evaluate(Filter(find=("kursk",), as_of="2024-07"), table).shown == 0
    assert evaluate(Filter(find=("pact",), as_of="2024-07"), table).shown == 1
    assert evaluate(Filter(sources=("autumn",), as_of="2024-07"), table).shown == 0
    assert evaluate(Filter(sources=("june",), as_of="2024-07"), table).shown == 1
    everything = evaluate(Filter(), table)
    assert narrow(everything, Filter(sources=("autumn",), as_of="2024-07"), table).shown == 0


def test_long_texts_are_waited_for_only_where_words_are_asked_for() -> None:
    claims = (Claim("sent", ("a",), "1"), Claim("sent", ("b",), "2", reported="2024-12"))
    late = make_event("Late", excerpts=[Excerpt("Kursk", "june"), Excerpt("pact", "autumn")], claims=claims)
    whole: list[int] = []

    class Slow(RecordList):
        def event(self, row: int) -> Event:
            whole.append(row)
            return super().event(row)

    table = table_of([late])
    slow = replace(table, records=Slow(tuple(table)))
    assert evaluate(Filter(sources=("autumn",), as_of="2024-07"), slow).shown == 0
    assert evaluate(Filter(disputed=True, as_of="2024-07"), slow).shown == 0
    assert evaluate(Filter(disputed=True, as_of="2025"), slow).shown == 1
    assert not whole
    assert evaluate(Filter(find=("kursk",), as_of="2024-07"), slow).shown == 1
    assert whole


def test_without_any_date_of_knowledge_everything_passes_possibly() -> None:
    table = table_of([make_event()])
    assert table.known is None
    result = evaluate(Filter(as_of="2024"), table)
    assert (result.shown, result.possible) == (1, 1)
    assert evaluate(Filter(as_of="2024", certain=True), table).shown == 0


@pytest.mark.parametrize("has_dates_beside", [False, True])
def test_what_nothing_dates_is_not_known_before_it_may_have_begun(has_dates_beside: bool) -> None:
    whens = ("2013-03-28", "1989-03", "1989-03-28/1989-05", "../1990", "1989-03-29")
    undated = [make_event(when, when, event_id=when) for when in whens]
    dated = [make_event("foretold", "2030", event_id="foretold", excerpts=[Excerpt("a", "june")])]
    table = table_of([*undated, *(dated if has_dates_beside else ())])

    def known_on(text: str) -> set[str]:
        return {table.event(int(row)).title for row in evaluate(Filter(as_of=text), table).rows}

    assert known_on("1989-03-28") == {"1989-03", "1989-03-28/1989-05", "../1990"}
    assert known_on("1989-03-29") == {"1989-03", "1989-03-28/1989-05", "../1990", "1989-03-29"}
    assert known_on("2025") == {*whens, *(["foretold"] if has_dates_beside else [])}
    for event in undated:
        told = as_known(event, SOURCE_OF, day("1989-03-28"))
        assert (told is event) == (event.title in known_on("1989-03-28"))


@pytest.mark.parametrize("text", ["2024/..", "then"])
def test_a_date_without_end_or_none_at_all_is_refused(text: str) -> None:
    with pytest.raises(FilterError, match="as-of"):
        evaluate(Filter(as_of=text), table_of([]))


def test_a_view_tells_what_could_be_known() -> None:
    table = table_of([make_event(excerpts=[Excerpt("the pact", "june"), Excerpt("Kursk", "autumn")])])
    assert known_view(table, Filter()) is table
    view = known_view(table, Filter(as_of="2024-07"))
    assert [excerpt.text for excerpt in view.event(0).excerpts] == ["the pact"]
    assert list(view.source_by_key) == ["june", "undated"]
    assert known_view(table, Filter(as_of="2024-12")).event(0) is table.event(0)


def test_sources_told_beside_a_table_date_the_rows_that_cite_them() -> None:
    known = KnownDates.of([None, Known(10, 10, 10)])
    rows = KnownDates.of([None, None, None])
    assert rows is None
    found = with_sources(known, 2, [(np.array([0, 1], np.int32), Source("s", published="1970-01-06"))])
    assert found is not None
    assert [found.known(row) for row in range(2)] == [Known(5, 5, 5), Known(5, 5, 10)]
    assert with_sources(None, 2, [(np.array([0], np.int32), Source("s"))]) is None


def test_no_link_leads_to_what_was_not_known_on_a_day() -> None:
    sources = [Source("early", published="2024-06"), Source("late", published="2024-11")]
    pact = make_event("Pact", "2024-01", links=[Link("raid"), Link("nowhere")], excerpts=[Excerpt("signed", "early")])
    raid = make_event("Raid", "2024-02", links=[Link("pact")], excerpts=[Excerpt("raided", "late")])
    table = build_table([make_dataset([pact, raid], sources=sources)], NO_ACTORS)
    for as_of, others in (("2024-07", ()), ("2024-12", (1,))):
        view = known_view(table, Filter(as_of=as_of))
        assert [link.to for link in view.event(0).links] == ["raid"] * len(others) + ["nowhere"]
        assert (view.row_of("pact"), view.row_of("raid")) == (0, others[0] if others else None)
        assert view.linking_rows("pact") == others
        assert tuple(relation.row for relation in told_of(view, 0).relations) == others
