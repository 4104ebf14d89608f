"""The options and the search text together give one filter."""

from __future__ import annotations

from unittest import mock

import pytest

from tests.helpers.tables import make_event, make_table
from tests.helpers.unindexed import unindexed
from timeline_app.commands.arguments import parse_arguments
from timeline_app.commands.inputs import close_matches, merged, report_unknown_names, similar_ids, wanted_filter
from timeline_app.core.errors import FilterError
from timeline_app.core.event import ActorRef
from timeline_app.core.filter import Filter, Match
from timeline_app.core.records import RecordList


def filter_of(*words: str) -> Filter:
    command, arguments = parse_arguments(["list", *words])
    assert command == "list_events"
    return wanted_filter(arguments)


def test_no_option_lets_all_pass() -> None:
    assert filter_of() == Filter()


def test_every_option_reaches_the_filter() -> None:
    options = (
        "--actor Russia --actor Ukraine --match all --not-actor China --role host --type battle --tag a --source k "
        "--place Kursk --from 2024-06 --to 2024-10 --certain --min-importance 3 --members"
    )
    assert filter_of(*options.split(), "--find", "two words", "--find", "one") == Filter(
        actors=("Russia", "Ukraine"),
        match=Match.ALL,
        not_actors=("China",),
        roles=("host",),
        types=("battle",),
        tags=("a",),
        sources=("k",),
        places=("Kursk",),
        since="2024-06",
        until="2024-10",
        certain=True,
        find=("two words", "one"),
        min_importance=3,
        members=True,
    )


@pytest.mark.parametrize(
    "words",
    [
        ("--as-of", "2024/.."),
        ("--as-of", "[2024..]"),
        ("--query", "known:2024/.."),
        ("--as-of", "2024/..", "--query", "known:2023"),
        ("--as-of", "2023", "--query", "known:2024/.."),
    ],
)
def test_a_day_of_knowledge_without_end_is_refused_beside_another_too(words: tuple[str, ...]) -> None:
    with pytest.raises(FilterError, match="has no end"):
        filter_of(*words)


def test_the_search_language_says_the_same() -> None:
    query = 'actor:"North Korea" type:deployment after:2024-06 "Kursk"'
    options = ("--actor", "North Korea", "--type", "deployment", "--from", "2024-06", "--find", "Kursk")
    assert filter_of("--query", query) == filter_of(*options)


def test_options_and_query_are_joined() -> None:
    assert filter_of("--actor", "Russia", "--find", "a", "--query", "actor:Ukraine,Russia a b importance:4") == Filter(
        actors=("Russia", "Ukraine"), find=("a", "b"), min_importance=4
    )


@pytest.mark.parametrize(
    ("first", "second", "since", "until"),
    [
        (Filter(since="2024"), Filter(since="2024-06"), "2024-06", ""),
        (Filter(since="2024-06"), Filter(), "2024-06", ""),
        (Filter(until="2024"), Filter(until="2024-06"), "", "2024-06"),
        (Filter(since="-0043", until="2025"), Filter(since="-0044", until="2026"), "-0043", "2025"),
    ],
)
def test_the_narrower_range_counts(first: Filter, second: Filter, since: str, until: str) -> None:
    for one, other in ((first, second), (second, first)):
        both = merged(one, other)
        assert (both.since, both.until) == (since, until)


def test_what_either_asks_for_holds() -> None:
    strict = Filter(match=Match.ALL, certain=True, members=True, min_importance=2)
    assert merged(strict, Filter()) == merged(Filter(), strict) == strict


def test_a_bad_query_says_where() -> None:
    with pytest.raises(FilterError, match="--query, character 8"):
        filter_of("--query", "Russia colour:red")


def test_ranges_that_cannot_be_are_refused_before_a_file_is_opened() -> None:
    with pytest.raises(FilterError, match="ends before it begins"):
        filter_of("missing.yaml", "--from", "2025", "--query", "to:2024")


def test_close_matches_ignore_case() -> None:
    assert close_matches("rusia", ["Russia", "Ukraine"]) == ["Russia"]
    assert close_matches("zzz", ["Russia"]) == []


ROLES = make_table(
    [make_event(f"e{day}", f"2024-06-{day:02}", actors=[ActorRef("Russia", "Host")]) for day in range(1, 6)]
    + [make_event("last", "2024-07", actors=[ActorRef("Iran", "guest"), ActorRef("NATO")])]
)


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ((), ""),
        (("host",), ""),
        (("HOST", "guest"), ""),
        (("gest",), "conflict-timeline: no event has a role “gest”; did you mean “guest”?\n"),
    ],
)
def test_roles_are_looked_up_without_reading_an_event(
    roles: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with mock.patch.object(RecordList, "event", autospec=True, side_effect=RecordList.event) as read:
        assert report_unknown_names(Filter(roles=roles), ROLES) == bool(said)
    assert read.call_count == 0
    assert capsys.readouterr().err == said


def test_ids_are_guessed_only_where_events_are_in_memory() -> None:
    assert similar_ids("lst", ROLES) == "; did you mean “last”?"
    assert similar_ids("nothing like it", ROLES) == ""
    assert similar_ids("lst", unindexed(ROLES)[0]) == ""
