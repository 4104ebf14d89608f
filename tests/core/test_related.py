"""Beside a selected event stand the events it is linked with, from either side, and dates that compete with its own."""

from __future__ import annotations

from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import Claim, Event, Link
from timeline_app.core.related import MOST_RELATED, Relation, competing_dates, told_of
from timeline_app.core.when import parse


def dated(*claims: tuple[str, str]) -> Event:
    said = [Claim("date", by=(by,) if by else (), when=parse(when)) for by, when in claims]
    return make_event("Crossing", "2024-10-08", claims=said)


def test_relations_lead_both_ways_each_event_once() -> None:
    table = make_table(
        [
            make_event("War", "2022", links=[Link("pact", "precedes")]),
            make_event(
                "Pact",
                "2024-06-19",
                links=[Link("war", "follows"), Link("gone"), Link("pact"), Link("troops", "leads-to")],
            ),
            make_event("Troops", "2024-10-01", links=[Link("pact", "answers")]),
            make_event("Denial", "2024-10-02", links=[Link("pact", "contradicts")]),
        ]
    )
    told = told_of(table, 1)
    assert told.relations == (
        Relation(0, "follows", table.anchor_s(0)),
        Relation(2, "leads-to", table.anchor_s(2)),
        Relation(3, "contradicts", table.anchor_s(3), is_back=True),
    )
    assert not told.is_empty


def test_relations_are_bounded() -> None:
    many = [make_event(f"Event {number}", "2024", links=[Link("hub")]) for number in range(MOST_RELATED + 9)]
    table = make_table([make_event("Hub", "2023"), *many])
    assert len(told_of(table, 0).relations) == MOST_RELATED


def test_an_event_without_links_and_claims_has_nothing_beside_it() -> None:
    assert told_of(make_table([make_event("Alone")]), 0).is_empty


def test_dates_compete_where_one_is_not_that_of_the_event() -> None:
    assert competing_dates(dated(("Ukraine", "2024-10-08"), ("Russia", "2024-10-08"))) == ()
    assert [told.speakers for told in competing_dates(dated(("Ukraine", "2024-10-10")))] == ["Ukraine"]
    several = dated(("Ukraine", "2024-10-10"), ("", "2024-10-08"), ("NATO", "2024-10-10"), ("NATO", "2024-10-10"))
    assert [(told.speakers, str(told.when)) for told in competing_dates(several)] == [
        ("not attributed", "2024-10-08"),
        ("Ukraine, NATO", "2024-10-10"),
    ]
