"""A small conflict with aliases, parts, members, roles and doubt, for tests of what narrows events down."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.helpers.tables import make_dataset, make_event
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.event import ActorRef, Claim, Excerpt, Source
from timeline_app.core.filter import Filter, Match
from timeline_app.core.memberships import Membership
from timeline_app.core.table import EventTable

KNOWN = Gazetteer(
    (
        ActorEntry("North Korea", aliases=("DPRK",), metonyms=("Pyongyang",)),
        ActorEntry("Storm Corps", kind="armed-force", part_of=(Membership("North Korea"),)),
        ActorEntry("NATO", kind="organisation", members=(Membership("United States"), Membership("Norway"))),
        ActorEntry("United States", aliases=("US",)),
        ActorEntry("Ivory Coast", aliases=("Côte d’Ivoire",)),
    )
)

# Filters of every kind over that table, most of which let something pass.
FILTERS = st.builds(
    Filter,
    actors=st.lists(st.sampled_from(("Russia", "DPRK", "NATO", "Storm Corps", "nobody")), max_size=2).map(tuple),
    match=st.sampled_from(Match),
    not_actors=st.lists(st.sampled_from(("Ukraine", "US")), max_size=1).map(tuple),
    roles=st.lists(st.sampled_from(("signatory", "HOST")), max_size=1).map(tuple),
    types=st.lists(st.sampled_from(("attack", "Deployment", "summit")), max_size=2).map(tuple),
    sources=st.lists(st.sampled_from(("article", "report")), max_size=1).map(tuple),
    since=st.sampled_from(("", "2024-10")),
    until=st.sampled_from(("", "2024-10-23")),
    certain=st.booleans(),
    find=st.lists(st.sampled_from(("kursk", "o")), max_size=1).map(tuple),
    min_importance=st.integers(1, 5),
    members=st.booleans(),
    disputed=st.booleans(),
)


def small_table() -> EventTable:
    """Make eight events, sorted by time as they stand here."""
    article = [Excerpt("in June", source="article")]
    report = [Excerpt("two thousand", source="report")]
    events = [
        make_event("Pact", "2024-06", type_="agreement", importance=5, place="Pyongyang", excerpts=article,
                   actors=[ActorRef("Russia", "signatory"), ActorRef("North Korea", "signatory")]),
        make_event("Raid", "2024-08-06", type_="attack", importance=4, place="Kursk", actors=["Ukraine", "Russia"]),
        make_event("Training", "2024-10-01/2024-10-20", type_="deployment", actors=["Storm Corps"], excerpts=report,
                   tags=["troops"], claims=[Claim("sent", ("US",), "10000"), Claim("sent", ("Ukraine",), "12000")]),
        make_event("Summit", "2024-10-22/2024-10-24", type_="summit", importance=2, place="Kazan",
                   actors=[ActorRef("Russia", "host"), ActorRef("Ivory Coast", "guest")], excerpts=article),
        make_event("Move to Kursk", "2024-10-23~", type_="deployment", place="Kursk", tags=["troops"],
                   actors=["Storm Corps", "Russia"], excerpts=report),
        make_event("Confirmation", "2024-10-28", type_="statement", actors=["NATO", "United States"]),
        make_event("Election", "2024-11-05", type_="election", importance=4, actors=["United States"]),
        make_event("Silence", "2024-12", type_="", importance=1),
    ]  # fmt: skip
    sources = [Source("article", "Korean Troops"), Source("report", "")]
    return build_table([make_dataset(events, sources=sources)], KNOWN)


def known_table() -> EventTable:
    """Make events that several sources tell of, which appeared on different days, some of them the events' own."""
    early, late = (Excerpt("early words", source="article"), Excerpt("late words of Kursk", source="report"))
    claims = [Claim("sent", ("US",), "10000", source="article"), Claim("sent", ("US",), "12000", source="report")]
    agency = Source("wire", publisher="Agency", published="2024-10-25")
    paper = Source("paper", publisher="Paper", published="2024-10-09")
    events = [
        make_event("Pact", "2024-06", type_="summit", importance=5, excerpts=[early, late], actors=["Russia"]),
        make_event("Raid", "2024-08-06", type_="attack", importance=4, excerpts=[late], actors=["Russia"]),
        make_event("Training", "2024-10-01/2024-10-20", type_="deployment", claims=claims, actors=["Storm Corps"]),
        make_event("Move", "2024-10-03~", type_="deployment", own_sources=[agency, paper], actors=["Storm Corps"]),
        make_event("Silence", "2024-12", type_="", importance=1),
    ]
    sources = [Source("article", published="2024-10-05"), Source("report", published="2024-10-15/2024-10-20")]
    return build_table([make_dataset(events, sources=sources)], KNOWN)
