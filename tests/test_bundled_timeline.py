"""The timeline that comes with the program is complete, well formed, and quotes its article word for word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml

from timeline_app.core.datelines import contradicted_by, reckoning_words
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.when import parse
from timeline_app.loading import load_table
from timeline_app.query.parse import parse_query

PROJECT_FOLDER = Path(__file__).resolve().parents[1]
TIMELINE_FILE = PROJECT_FOLDER / "events" / "korean-troops-2024.yaml"
ARTICLE_FILE = PROJECT_FOLDER.parent / "shared" / "data" / "article" / "korean-troops-mark-a-new-escalation.txt"

SOURCE_KEY = "vandenbroeck-2024"
LONGEST_EXCERPT_WORDS = 60
LONGEST_TITLE_CHARACTERS = 45
ARTICLE_WORDS = 733
ARTICLE_PARAGRAPHS = 10

CONVENTIONAL_TYPES = {
    "agreement",
    "attack",
    "battle",
    "casualties",
    "deployment",
    "election",
    "inauguration",
    "other",
    "sanction",
    "seizure",
    "statement",
    "summit",
    "supply",
}

EXPECTED_DATES = {
    "full-scale-invasion": ("2022-02-24", "background"),
    "western-sanctions": ("2022/..", "background"),
    "russian-casualties": ("2022-02-24/2024-11-01~", "inferred"),
    "expanded-conscription": ("[2022-02-24..2024-11-01]", "inferred"),
    "iranian-missiles": ("[2022-02-24..2024-11-01]", "inferred"),
    "chinese-purchases": ("2022~/..", "inferred"),
    "red-sea-attacks": ("2023-11-19/..", "background"),
    "houthi-targeting-data": ("[2023-11-19..2024-11-01]", "inferred"),
    "brics-newcomers": ("2024-01-01", "background"),
    "supplies-before-pact": ("/2024-06", "inferred"),
    "mutual-assistance-pact": ("2024-06", "stated"),
    "kursk-incursion": ("2024-08-06/..", "background"),
    "troops-to-far-east": ("[2024-10-01..2024-11-01]", "inferred"),
    "storm-corps-to-kursk": ("[2024-10-01..2024-11-01]", "inferred"),
    "troops-for-cash": ("2024-10~/..", "inferred"),
    "tsukuryne-claim": ("2024-10~", "inferred"),
    "brics-summit": ("2024-10-22/2024-10-24", "background"),
    "saudi-arabia-at-summit": ("2024-10-22/2024-10-24", "background"),
    "deployment-confirmed": ("[2024-10-22..2024-11-01]", "inferred"),
    "harris-position": ("2024-11-01~", "inferred"),
    "trump-position": ("2024-11-01~", "inferred"),
    "us-election": ("2024-11-05", "inferred"),
    "inauguration": ("2025-01-20", "inferred"),
    "third-anniversary": ("2025-02-24", "inferred"),
}


@pytest.fixture(scope="module")
def timeline() -> dict[str, Any]:
    """Give the bundled file as plain text scalars, as the native format prescribes."""
    tree: dict[str, Any] = yaml.load(TIMELINE_FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return tree


@pytest.fixture(scope="module")
def events(timeline: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the events in the order of the file."""
    found: list[dict[str, Any]] = timeline["events"]
    return found


@pytest.fixture(scope="module")
def article_paragraphs() -> list[str]:
    """Give the article's paragraphs without author, title and the remains of the web page at its end."""
    if not ARTICLE_FILE.is_file():
        pytest.skip("the article is not shipped; excerpts are checked where ../shared has it")
    lines = ARTICLE_FILE.read_text(encoding="utf-8").splitlines()
    filled_lines = [line for line in lines if line.strip()]
    return list(takewhile(lambda line: not line.startswith("For updates"), filled_lines[2:]))


def all_excerpts(events: list[dict[str, Any]]) -> Iterator[str]:
    """Yield every text quoted from the article, in events and in their claims."""
    for event in events:
        yield from (excerpt["text"] for excerpt in event["excerpts"])
        yield from (claim["excerpt"] for claim in event.get("claims", []))


def actor_names(event: dict[str, Any]) -> set[str]:
    """Give the names of an event's actors, whether written plainly or with a role."""
    return {actor if isinstance(actor, str) else actor["name"] for actor in event["actors"]}


def event_of_id(events: list[dict[str, Any]], event_id: str) -> dict[str, Any]:
    """Give the one event with that id."""
    (event,) = [event for event in events if event["id"] == event_id]
    return event


def test_file_names_its_format_and_its_source(timeline: dict[str, Any]) -> None:
    assert timeline["timeline_format"] == "1"
    assert timeline["title"] == "Korean troops in Russia's war"
    assert timeline["sources"] == {
        SOURCE_KEY: {
            "title": "Korean Troops Mark a New Escalation",
            "author": "Eric Vandenbroeck and co-workers",
            "published": "2024-11-01~",
            "language": "en",
        }
    }


def test_every_expected_event_is_there_with_its_date(events: list[dict[str, Any]]) -> None:
    assert len(events) >= 18
    assert {event["id"]: (event["when"], event["basis"]) for event in events} == EXPECTED_DATES


def test_ids_and_titles_are_unique(events: list[dict[str, Any]]) -> None:
    for field in ("id", "title"):
        counts = Counter(event[field] for event in events)
        assert [value for value, count in counts.items() if count > 1] == []


def test_every_date_can_be_read(timeline: dict[str, Any], events: list[dict[str, Any]]) -> None:
    for text in [timeline["sources"][SOURCE_KEY]["published"], *(event["when"] for event in events)]:
        assert parse(text).text == text


def test_every_event_says_how_its_date_is_known(events: list[dict[str, Any]]) -> None:
    for event in events:
        assert event.get("basis_note", ".").endswith("."), event["id"]
        assert event.get("basis_note") or event["phrase"], event["id"]


def test_every_event_has_a_short_title_a_summary_and_a_conventional_type(events: list[dict[str, Any]]) -> None:
    for event in events:
        assert 0 < len(event["title"]) <= LONGEST_TITLE_CHARACTERS, event["id"]
        assert event["summary"].endswith("."), event["id"]
        assert event["type"] in CONVENTIONAL_TYPES, event["id"]
        assert event["actors"], event["id"]


def test_importance_uses_the_whole_scale(events: list[dict[str, Any]]) -> None:
    counts = Counter(event["importance"] for event in events)
    assert set(counts) == {"1", "2", "3", "4", "5"}
    assert counts["5"] <= len(events) / 4


def test_links_lead_to_other_events_of_the_file(events: list[dict[str, Any]]) -> None:
    ids = {event["id"] for event in events}
    for event in events:
        for link in event.get("links", []):
            assert link["to"] in ids - {event["id"]}, event["id"]
            assert link["kind"], event["id"]


def test_every_excerpt_and_claim_names_the_source(events: list[dict[str, Any]]) -> None:
    for event in events:
        assert event["excerpts"], event["id"]
        for statement in [*event["excerpts"], *event.get("claims", [])]:
            assert statement["source"] == SOURCE_KEY, event["id"]


def test_excerpts_are_short(events: list[dict[str, Any]]) -> None:
    for text in all_excerpts(events):
        assert 0 < len(text.split()) <= LONGEST_EXCERPT_WORDS, text


def test_less_than_half_of_the_article_is_quoted(events: list[dict[str, Any]]) -> None:
    texts = set(all_excerpts(events))
    not_part_of_another = [text for text in texts if not any(text in other for other in texts - {text})]
    assert sum(len(text.split()) for text in not_part_of_another) < ARTICLE_WORDS / 2


def test_troop_numbers_are_competing_claims(events: list[dict[str, Any]]) -> None:
    claims = event_of_id(events, "troops-to-far-east")["claims"]
    assert [(claim["about"], claim.get("value"), claim.get("high"), claim["by"]) for claim in claims] == [
        ("troops sent", "10000", None, ["United States", "NATO"]),
        ("troops sent", None, "19000", ["South Korea", "Ukraine"]),
    ]


def test_unattributed_figures_name_nobody(events: list[dict[str, Any]]) -> None:
    for event_id, figure in (("russian-casualties", "600000"), ("storm-corps-to-kursk", "1500")):
        (claim,) = event_of_id(events, event_id)["claims"]
        assert claim["value"] == figure
        assert "by" not in claim


def test_storm_corps_is_part_of_north_korea(timeline: dict[str, Any], events: list[dict[str, Any]]) -> None:
    assert timeline["actors"]["Storm Corps"]["part_of"] == "North Korea"
    assert "Storm Corps" in actor_names(event_of_id(events, "storm-corps-to-kursk"))


def test_members_of_brics_count_from_when_they_joined() -> None:
    table = load_table([])
    brics = evaluate(Filter(actors=("BRICS",), not_actors=("Russia",), members=True), table)
    # Iran was no member when the attacks began, and is one while they go on.
    assert {table.event(row).id for row in brics.rows.tolist()} == {"red-sea-attacks", "brics-newcomers"}


def test_roles_tell_who_supplies_and_attacks_whom() -> None:
    table = load_table([])

    def shown(pair: str) -> set[str]:
        return {table.event(row).id for row in evaluate(Filter(pairs=(pair,)), table).rows.tolist()}

    assert shown("North Korea>Russia") == {"supplies-before-pact", "troops-to-far-east", "storm-corps-to-kursk"}
    assert "full-scale-invasion" in shown("Russia>Ukraine")
    assert shown("Ukraine>Russia") == {"kursk-incursion"}


def test_summit_brings_together_members_newcomers_and_a_guest(events: list[dict[str, Any]]) -> None:
    roles = {actor["name"]: actor["role"] for actor in event_of_id(events, "brics-summit")["actors"]}
    newcomers = actor_names(event_of_id(events, "brics-newcomers"))
    assert {"Brazil", "India", "China", "South Africa"} | newcomers <= {
        name for name, role in roles.items() if role == "participant"
    }
    assert roles["Russia"] == "host"
    assert roles["Saudi Arabia"] == "guest"


def test_every_step_of_its_story_shows_what_it_selects() -> None:
    table = load_table([TIMELINE_FILE])
    (story,) = table.stories
    assert len(story.steps) >= 3
    for step in story.steps:
        result = evaluate(parse_query(step.query), table)
        assert step.text.strip()
        assert step.view_s is not None
        assert step.selection
        for event_id in step.selection:
            row = table.row_of(event_id)
            assert row is not None, event_id
            assert result.has(row), (step.query, event_id)


def test_what_became_known_when_what_is_disputed_and_how_dates_are_reckoned_is_told() -> None:
    table = load_table([TIMELINE_FILE])
    assert table.known is not None
    assert table.known.undated == 0
    assert evaluate(Filter(as_of="2024-06"), table).shown == 0
    assert evaluate(Filter(as_of="2024-12"), table).shown == len(table)
    disputed = [table.event(row).id for row in table.disputed.tolist()]
    assert "troops-to-far-east" in disputed
    reckoned = {event.id: reckoning_words(event, partial(table.source_of, event)) for event in table if event.phrase}
    assert reckoned["mutual-assistance-pact"].startswith("“in June” → June 2024")
    assert set(reckoned) >= {"us-election", "inauguration"}
    assert not any(contradicted_by(event, partial(table.source_of, event)) for event in table)


def test_article_has_the_words_and_paragraphs_that_are_assumed(article_paragraphs: list[str]) -> None:
    assert len(article_paragraphs) == ARTICLE_PARAGRAPHS
    assert sum(len(paragraph.split()) for paragraph in article_paragraphs) == ARTICLE_WORDS


def test_excerpts_stand_in_their_paragraph_character_for_character(
    events: list[dict[str, Any]], article_paragraphs: list[str]
) -> None:
    for event in events:
        for excerpt in event["excerpts"]:
            locator = re.fullmatch(r"par\. ([1-9]\d?)", excerpt["locator"])
            assert locator is not None, excerpt
            assert excerpt["text"] in article_paragraphs[int(locator[1]) - 1], excerpt


def test_excerpts_begin_and_end_between_words(events: list[dict[str, Any]], article_paragraphs: list[str]) -> None:
    article = "\n".join(article_paragraphs)
    for text in all_excerpts(events):
        assert re.search(rf"(?<!\w){re.escape(text)}(?!\w)", article), text
