"""Events for tests of the HTML page: every kind of date and part, hostile texts, and crowds."""

from __future__ import annotations

from collections.abc import Iterable

from tests.helpers.tables import make_dataset, make_event
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.event import ActorRef, Basis, Claim, Event, Excerpt, Link, Source
from timeline_app.core.memberships import Membership
from timeline_app.core.table import EventTable

KNOWN = Gazetteer(
    (ActorEntry("North Korea", aliases=("DPRK",)), ActorEntry("Storm Corps", part_of=(Membership("North Korea"),)))
)
HOSTILE_TITLE = "</script><img src=x onerror=alert(1)>"
SOURCES = (
    Source(
        "paper", "Troops on the move", "A. Author", "A Paper", "https://example.org/troops", published="2024-11-01~"
    ),
    Source("wire", "", "", "", "javascript:alert(1)"),
)


def page_table(events: Iterable[Event]) -> EventTable:
    """Make a table of events that may quote SOURCES."""
    return build_table([make_dataset(events, title="A small war", sources=SOURCES)], KNOWN)


def small_war() -> EventTable:
    """Make six events with actors, a part of an actor, claims, links, and dates of several kinds."""
    quoted = Excerpt("In June the two signed a pact & “more”.", "paper", "par. 2")
    return page_table(
        [
            make_event("Pact", "2024-06", type_="agreement", importance=5, excerpts=[quoted], place="Pyongyang",
                       actors=[ActorRef("Russia", "signatory"), ActorRef("North Korea", "signatory")]),
            make_event("Raid", "2024-08-06/..", type_="attack", actors=["Ukraine", "Russia"]),
            make_event("Training", "2024-10-01/2024-10-20~", type_="deployment", actors=["Storm Corps"],
                       excerpts=[Excerpt("They trained in the east.", "wire")], links=[Link("pact", "follows")],
                       claims=[Claim("troops", ("Ukraine",), value="10000", unit="people"),
                               Claim("troops", ("Russia",), low="2000", high="3000", unit="people")]),
            make_event("Summit", "2024-10-22/2024-10-24", type_="summit", actors=["Russia"]),
            make_event("Rumour", "[2024-10-01..2024-11-05]", basis=Basis.INFERRED, actors=["Ukraine"]),
            make_event("Election", "2024-11-05", type_="election", importance=4),
        ]
    )  # fmt: skip


def hostile_table() -> EventTable:
    """Make events whose texts try to leave their place."""
    return page_table(
        [
            make_event(HOSTILE_TITLE, "2024-01-01", event_id="hostile", actors=["<b>Bold</b>"],
                       summary="<!--<script>alert(1)</script>", excerpts=[Excerpt('"><svg onload=alert(1)>', "wire")]),
            make_event("\u202egnp.exe", "2024-01-02", event_id="#\"'<x>"),
            make_event("long " * 20_000, "2024-01-03", event_id="long"),
            make_event("مهاجم كورسك", "2024-01-04", event_id="arabic"),
        ]
    )  # fmt: skip


def crowd(count: int) -> EventTable:
    """Make many events of two actors over four years, with titles of different lengths."""
    return page_table(
        make_event(
            f"Event {number} {'with a longer title' * (number % 3)}",
            f"20{20 + number % 4}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            event_id=f"event-{number}",
            importance=number % 5 + 1,
            actors=["Ukraine"] if number % 2 else ["Russia", "Ukraine"],
        )
        for number in range(count)
    )


def deep_time() -> EventTable:
    """Make events from the age of the universe to a minute."""
    return page_table(
        [
            make_event("Big Bang", "Y-13800000000"),
            make_event("Dinosaurs die", "Y-66000000"),
            make_event("Caesar dies", "-0043-03-15"),
            make_event("A minute", "2024-06-19T14:30"),
        ]
    )
