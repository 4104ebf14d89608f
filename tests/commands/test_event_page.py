"""A page tells everything that is known of an event, wrapped, and nothing that could deceive."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.one_origin import INDEPENDENCE, one_origin_table
from tests.helpers.tables import make_dataset, make_event, make_table
from timeline_app.commands.event_page import event_page
from timeline_app.commands.show_event import show_record
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.event import ActorRef, Basis, Claim, Event, Excerpt, Link, Origin, Source, Verified
from timeline_app.core.table import EventTable

SOURCE = Source("paper", title="The Paper", author="A. Author", published="2024-11")
EVENT = replace(
    make_event(
        "Pact",
        "2024-06",
        type_="agreement",
        place="Pyongyang",
        importance=5,
        summary="First line.\nSecond line.",
        tags=["pact"],
        actors=[ActorRef("Russia", "signatory"), ActorRef("North Korea")],
        links=[Link("deployment", "leads-to")],
        excerpts=[
            Excerpt("the words", "paper", "par. 4", translation="die Worte", verified=Verified.MISSING),
            Excerpt("others", "unknown-key"),
            Excerpt("alone"),
        ],
        claims=[Claim("troops sent", ("NATO",), value="10000", unit="people", source="paper", reported="2024-10")],
        basis=Basis.INFERRED,
        origin=Origin("test.yaml", 7, 1),
    ),
    basis_note="because of the dateline",
)


def table_of(event: Event) -> EventTable:
    return build_table([make_dataset([event], sources=[SOURCE])], Gazetteer())


def test_everything_stands_on_the_page() -> None:
    page = "\n".join(event_page(EVENT, table_of(EVENT), columns=88))
    assert (
        page
        == """\
Pact
June 2024 · inferred
agreement · Pyongyang · importance 5 of 5 · #pact

How the date is known: because of the dateline

First line.
Second line.

Actors
  Russia (signatory)
  North Korea

  “the words”
  Translation: “die Worte”
    — A. Author, “The Paper”, November 2024 · par. 4 · these words are NOT in the
      document

  “others”
    — unknown-key

  “alone”
    — no source is named

Claims
  troops sent: 10,000 people (NATO) — A. Author, “The Paper”, November 2024, reported
    October 2024

Links
  leads-to: deployment

pact · test.yaml, line 7"""
    )


def test_links_are_told_from_both_ends_with_titles() -> None:
    pact = make_event("Pact", "2024-06", event_id="pact", links=[Link("raid", "leads-to"), Link("gone")])
    raid = make_event("Raid", "2024-07", event_id="raid")
    table = make_table([pact, raid])
    first, second = (list(event_page(event, table, columns=88)) for event in (pact, raid))
    assert first[3:-2] == ["", "Links", "  leads-to: raid, “Raid”", "  gone"]
    assert second[3:-2] == ["", "Linked from", "  leads-to: pact, “Pact”"]
    assert show_record(raid, table)["linked_from"] == [{"id": "pact", "kind": "leads-to"}]


def test_what_is_not_known_leaves_no_gap() -> None:
    event = make_event("Plain", "2024")
    assert list(event_page(event, table_of(event), columns=88))[3:] == ["", "plain"]


def test_an_events_own_sources_are_what_its_keys_mean() -> None:
    event = make_event(
        "Raid",
        "2024-06",
        excerpts=[Excerpt("the words", "paper")],
        own_sources=[Source("paper", publisher="Agency"), Source("source 2", title="Cited by nothing")],
    )
    page = "\n".join(event_page(event, table_of(event), columns=88))
    assert "“the words”\n    — Agency\n" in page
    assert "Sources\n  “Cited by nothing”\n" in page
    assert "The Paper" not in page


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_nothing_on_the_page_could_deceive(text: str) -> None:
    event = replace(EVENT, title=text, summary=text, excerpts=(Excerpt(text),))
    for line in event_page(event, table_of(event), columns=40):
        assert not set(line) & {"\x1b", "\r", "\u202e", "\u200b", "\u2028"}


@pytest.mark.parametrize(
    ("claim", "ending"),
    [
        (Claim("n", value="1", excerpt="one", verified=Verified.EXACT), "“one” · these words stand in the document"),
        (
            Claim("n", value="1", excerpt="one", verified=Verified.MISSING),
            "“one” · these words are NOT in the document",
        ),
        (Claim("n", value="1", excerpt="one"), "n: 1 “one”"),
        (Claim("n", value="1", verified=Verified.EXACT), "n: 1"),
    ],
)
def test_the_words_of_a_claim_say_whether_they_stand_in_the_document(claim: Claim, ending: str) -> None:
    event = make_event("A", "2024", claims=[claim])
    line = next(line for line in event_page(event, table_of(event), columns=200) if "n: 1" in line)
    assert line.endswith(ending)


def test_sources_of_one_origin_are_counted_once() -> None:
    table = one_origin_table()
    event = table.event(0)
    assert INDEPENDENCE in "\n".join(event_page(event, table, columns=88)).splitlines()
    assert show_record(event, table)["independence"] == INDEPENDENCE
    assert show_record(EVENT, table_of(EVENT))["independence"] is None
