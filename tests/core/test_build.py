"""Datasets become one table in time order, in which nothing of one file hides what another says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import NO_ACTORS, make_dataset, make_event, make_table
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.event import ActorRef, Claim, Excerpt, Link, Source
from timeline_app.core.memberships import Membership
from timeline_app.core.story import Story, StoryStep
from timeline_app.core.table import EventTable

DATES = ["2024", "2024-06", "2024-06-01", "2024-06/2024-07", "2024-06/..", "../2024-06", "-0043", "202X", "2024-06~"]
SAME_KEY_IDS = st.sampled_from(["a", "a-2", "a-2-2", "b"])


def notes(table: EventTable) -> list[str]:
    return [problem.message for problem in table.problems if problem.level is Level.NOTE]


@given(st.lists(st.sampled_from(DATES), max_size=20))
def test_rows_are_sorted_by_their_bounds_and_else_as_the_file_has_them(dates: list[str]) -> None:
    table = make_table([make_event(str(number), date) for number, date in enumerate(dates)])
    numbers = [int(event.title) for event in table]
    keys = [(*table.times.bounds_of(row), number) for row, number in enumerate(numbers)]
    assert keys == sorted(keys)
    assert sorted(numbers) == list(range(len(dates)))


def test_actors_go_by_their_canonical_name_and_keep_what_was_written() -> None:
    gazetteer = Gazetteer((ActorEntry("North Korea", aliases=("DPRK",)),))
    actors = [ActorRef("DPRK", "signatory"), ActorRef(" Newcomer "), ActorRef("DPRK", written="D.P.R.K.")]
    table = make_table([make_event(actors=actors)], gazetteer)
    assert table.event(0).actors == (
        ActorRef("North Korea", "signatory", "DPRK"),
        ActorRef("Newcomer", "", " Newcomer "),
        ActorRef("North Korea", "", "D.P.R.K."),
    )
    assert table.actors.names == ("North Korea", "Newcomer")


def test_a_file_adds_actors_to_the_gazetteer() -> None:
    storm_corps = ActorEntry("Storm Corps", aliases=("11th Corps",), part_of=(Membership("North Korea"),))
    dataset = make_dataset([make_event(actors=["11th Corps"])], actors=[storm_corps])
    table = build_table([dataset], Gazetteer((ActorEntry("North Korea"),)))
    assert table.actors.names == ("Storm Corps",)
    assert table.gazetteer.parts_of("North Korea") == {"Storm Corps"}
    assert table.problems == ()


def test_an_actor_that_two_files_define_differently_is_noted_and_the_later_definition_used() -> None:
    first = make_dataset(path="first.yaml", actors=[ActorEntry("Storm Corps", kind="group"), ActorEntry("Same")])
    second = make_dataset(path="second.yaml", actors=[ActorEntry("Storm Corps", kind="force"), ActorEntry("Same")])
    table = build_table([first, second], NO_ACTORS)
    assert [(problem.file, problem.level) for problem in table.problems] == [("second.yaml", Level.NOTE)]
    assert "“Storm Corps”" in table.problems[0].message
    entry = table.gazetteer.get("Storm Corps")
    assert entry is not None
    assert entry.kind == "force"


def test_ids_that_clash_are_told_apart_and_their_links_follow() -> None:
    first = make_dataset([make_event("one", event_id="a")], path="first.yaml")
    second = make_dataset(
        [make_event("two", event_id="a"), make_event("three", event_id="b", links=[Link("a", "leads-to")])],
        path="second.yaml",
    )
    table = build_table([first, second], NO_ACTORS)
    assert {event.title: event.id for event in table} == {"one": "a", "two": "a-2", "three": "b"}
    row = table.row_of("b")
    assert row is not None
    assert table.event(row).links == (Link("a-2", "leads-to"),)
    assert table.linking_rows("a-2") == (row,)
    assert table.linking_rows("a") == ()
    assert table.problems == (
        Problem("event id “a” stands in another file too; here it is called “a-2”", "second.yaml", level=Level.NOTE),
    )


def test_a_story_shows_its_files_events_whatever_they_are_called_now() -> None:
    story = Story("Pacts", (StoryStep("The pact", selection=("pact", "vote")),))
    first = make_dataset([make_event("Pact", event_id="pact")])
    second = make_dataset([make_event("Other pact", event_id="pact"), make_event("Vote", event_id="vote")])
    table = build_table([first, replace(second, stories=(story,))], NO_ACTORS)
    assert table.stories[0].steps[0].selection == ("pact-2", "vote")


def test_a_new_id_takes_none_that_its_own_file_uses() -> None:
    first = make_dataset([make_event("one", event_id="a")])
    second = make_dataset([make_event("two", event_id="a"), make_event("three", event_id="a-2")])
    table = build_table([first, second], NO_ACTORS)
    assert {event.title: event.id for event in table} == {"one": "a", "two": "a-3", "three": "a-2"}


@given(st.lists(st.lists(SAME_KEY_IDS, unique=True), max_size=4))
def test_ids_are_unique_however_many_files_clash(files: list[list[str]]) -> None:
    datasets = [make_dataset([make_event(event_id=event_id) for event_id in ids]) for ids in files]
    table = build_table(datasets, NO_ACTORS)
    assert len({event.id for event in table}) == len(table) == sum(map(len, files))


@given(st.lists(st.lists(SAME_KEY_IDS, unique=True), max_size=4))
def test_every_excerpt_leads_to_its_own_files_source_however_many_clash(files: list[list[str]]) -> None:
    datasets = [
        make_dataset(
            [make_event(f"{number} {key}", excerpts=[Excerpt("words", key)]) for key in keys],
            sources=[Source(key, title=f"{number} {key}") for key in keys],
        )
        for number, keys in enumerate(files)
    ]
    table = build_table(datasets, NO_ACTORS)
    for event in table:
        assert table.source_by_key[event.excerpts[0].source].title == event.title
    assert [key for key, source in table.source_by_key.items() if source.key != key] == []


def test_source_keys_that_clash_are_told_apart_in_excerpts_and_claims() -> None:
    first = make_dataset(
        [make_event("one", excerpts=[Excerpt("words", "news")])], sources=[Source("news", title="First")]
    )
    second = make_dataset(
        [make_event("two", excerpts=[Excerpt("words", "news")], claims=[Claim("troops", source="news")])],
        path="second.yaml",
        sources=[Source("news", title="Second")],
    )
    table = build_table([first, second], NO_ACTORS)
    assert {key: source.title for key, source in table.source_by_key.items()} == {"news": "First", "news-2": "Second"}
    two = next(event for event in table if event.title == "two")
    assert (two.excerpts[0].source, two.claims[0].source) == ("news-2", "news-2")
    assert [table.sources.rows_of(key).tolist() for key in ("news", "news-2")] == [[0], [1]]
    assert notes(table) == ["source “news” means something else in another file; here it is called “news-2”"]


def test_a_key_of_an_events_own_source_stays_when_that_of_its_file_changes() -> None:
    first = make_dataset(sources=[Source("news", title="First")])
    own = make_event("own", own_sources=[Source("news", title="Own")], excerpts=[Excerpt("words", "news")])
    plain = make_event("plain", excerpts=[Excerpt("words", "news")])
    second = make_dataset([own, plain], sources=[Source("news", title="Second")])
    table = build_table([first, second], NO_ACTORS)
    meant = {event.title: table.source_of(event, event.excerpts[0].source) for event in table}
    assert {title: source.title for title, source in meant.items() if source} == {"own": "Own", "plain": "Second"}


def test_a_source_of_a_whole_event_goes_by_the_key_that_its_file_has_for_it() -> None:
    sources = [Source("news", title=title, publisher="Daily") for title in ("First", "Second")]
    datasets = [
        make_dataset([make_event(source.title, own_sources=[source])], sources=[source], path=f"{source.title}.yaml")
        for source in sources
    ]
    table = build_table(datasets, NO_ACTORS)
    assert [event.own_sources for event in table] == [(sources[0],), (Source("news-2", "Second", publisher="Daily"),)]
    assert {name: table.sources.rows_of(name).tolist() for name in table.sources.names} == {"news": [0], "news-2": [1]}


def test_the_same_source_in_two_files_is_one() -> None:
    datasets = [
        make_dataset([make_event(title, excerpts=[Excerpt("words", "news")])], sources=[Source("news", title="One")])
        for title in ("one", "two")
    ]
    table = build_table(datasets, NO_ACTORS)
    assert list(table.source_by_key) == ["news"]
    assert table.sources.rows_of("news").tolist() == [0, 1]
    assert table.problems == ()


def test_names_that_look_alike_are_noted_and_never_merged() -> None:
    gazetteer = Gazetteer((ActorEntry("Russia"), ActorEntry("Ivory Coast"), ActorEntry("IVORY COAST")))
    names = ["Russia", "Rus\u0455ia", "Wagner", "wagner", "Hezbollah", "Ivory Coast", "IVORY COAST"]
    table = make_table([make_event(actors=names)], gazetteer)
    assert set(table.actors.names) == set(names)
    assert notes(table) == [
        "“Wagner” and “wagner” look alike and may be the same actor",
        "“Russia” and “Rus\u0455ia” look alike and may be the same actor",
    ]


def test_a_group_of_names_is_noted_once() -> None:
    table = make_table([make_event(actors=["Al Nusra", "Al  Nusra"])])
    assert len(notes(table)) == 1


def test_reports_problems_titles_and_summaries_of_all_files_are_kept() -> None:
    problem = Problem("bad date", "second.yaml", 3, 5, 1)
    first = make_dataset([make_event("one")], title="First", path="first.yaml")
    second = make_dataset(title="Second", path="second.yaml", problems=[problem], rejected=1)
    untitled = make_dataset(title="", path="third.yaml")
    table = build_table([first, second, untitled], NO_ACTORS)
    assert [report.path for report in table.files] == ["first.yaml", "second.yaml", "third.yaml"]
    assert all(report.read == report.loaded + report.rejected for report in table.files)
    assert sum(report.loaded for report in table.files) == len(table)
    assert table.problems == (problem,)
    assert table.title == "First + Second"


def test_no_files_give_an_empty_table() -> None:
    table = build_table([], NO_ACTORS)
    assert len(table) == 0
    assert table.extent_s is None
