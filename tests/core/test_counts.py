"""The count beside a choice is the number of events that choosing it shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.small_conflict import FILTERS, known_table, small_table
from tests.helpers.tables import make_event, make_table
from timeline_app.core.counts import Companions, choice_counts
from timeline_app.core.event import ActorRef
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.memberships import Belonging
from timeline_app.core.notes import Note, Notes
from timeline_app.core.role_rows import MOST_ROLES
from timeline_app.core.tag_choices import MOST_TAGS, tag_names

TABLE = small_table()


def shown(wanted: Filter) -> int:
    return evaluate(wanted, TABLE).shown


@given(FILTERS)
def test_the_count_of_an_actor_is_what_it_alone_would_show(wanted: Filter) -> None:
    counts = choice_counts(TABLE, wanted).actors
    for name, count in zip(TABLE.actors.names, counts.tolist(), strict=True):
        chosen = (*wanted.actors, name) if wanted.match is Match.ALL else (name,)
        assert count == shown(replace(wanted, actors=chosen)), name


@given(FILTERS)
def test_the_count_of_a_role_is_what_it_alone_would_show(wanted: Filter) -> None:
    counts = choice_counts(TABLE, wanted).roles
    names = TABLE.actors.role_names(MOST_ROLES)
    assert counts.tolist() == [shown(replace(wanted, roles=(name,))) for name in names]


def test_roles_are_told_once_whatever_their_case() -> None:
    actors = (ActorRef("Russia", "Host"), ActorRef("Iran", "guest"), ActorRef("China", "host"))
    table = make_table([make_event(actors=actors[:2]), make_event(actors=actors[2:]), make_event(actors=["Iran"])])
    assert sorted(map(str.casefold, table.actors.role_names(MOST_ROLES))) == ["guest", "host"]
    assert len(table.actors.role_names(1)) == 1
    counts = choice_counts(table, Filter()).roles.tolist()
    found = dict(zip(map(str.casefold, table.actors.role_names(MOST_ROLES)), counts, strict=True))
    assert found == {"host": 2, "guest": 1}
    assert choice_counts(make_table([make_event(actors=["Iran"])]), Filter()).roles.tolist() == []


@pytest.mark.parametrize("count", [8, 9, 33, 64, 70])
def test_of_very_many_roles_the_first_are_counted(count: int) -> None:
    table = make_table([make_event(actors=(ActorRef("Iran", f"role {number}"),)) for number in range(count)])
    assert choice_counts(table, Filter()).roles.tolist() == [1] * min(count, MOST_ROLES)
    assert choice_counts(table, Filter(actors=("Iran",))).roles.tolist() == [1] * min(count, MOST_ROLES)


@given(FILTERS)
def test_the_counts_of_types_sources_importance_and_certainty_are_what_each_would_show(wanted: Filter) -> None:
    counts = choice_counts(TABLE, wanted)
    assert counts.types.tolist() == [shown(replace(wanted, types=(name,))) for name in TABLE.types]
    assert counts.sources.tolist() == [shown(replace(wanted, sources=(key,))) for key in TABLE.sources.names]
    assert counts.importance.tolist()[1:] == [shown(replace(wanted, min_importance=least)) for least in range(1, 6)]
    assert counts.certain == shown(replace(wanted, certain=True))
    assert counts.disputed == shown(replace(wanted, disputed=True))


KNOWN_TABLE = known_table()


@given(FILTERS, st.sampled_from(("2024-10-10", "2024-10-20", "2024-11")))
def test_counts_as_known_on_a_day_are_what_each_choice_would_show(wanted: Filter, day: str) -> None:
    table, wanted = KNOWN_TABLE, replace(wanted, as_of=day)
    counts = choice_counts(table, wanted)

    def shown_with(**changes: object) -> int:
        return evaluate(replace(wanted, **changes), table).shown  # type: ignore[arg-type]  # names of fields

    assert counts.sources.tolist() == [shown_with(sources=(key,)) for key in table.sources.names]
    assert counts.types.tolist() == [shown_with(types=(name,)) for name in table.types]
    assert counts.importance.tolist()[1:] == [shown_with(min_importance=least) for least in range(1, 6)]
    assert counts.certain == shown_with(certain=True)
    assert counts.disputed == shown_with(disputed=True)


@given(FILTERS, st.sampled_from(((), ("checked",), ("ASK", "checked"))))
def test_the_count_of_a_tag_of_ones_own_is_what_it_alone_would_show(wanted: Filter, tags: tuple[str, ...]) -> None:
    notes = {
        0: Note(tags=("checked", "ask")),
        1: Note(starred=True),
        2: Note(tags=("Ask",)),
        3: Note(tags=("Checked",)),
    }
    table, wanted = replace(TABLE, notes=Notes(notes)), replace(wanted, own_tags=tags)
    expected = [evaluate(replace(wanted, own_tags=(tag,)), table).shown for tag in table.notes.tag_names]
    assert choice_counts(table, wanted).own_tags.tolist() == expected


@given(FILTERS, st.sampled_from(((), ("talks",), ("TALKS", "arms"))))
def test_the_count_of_a_tag_is_what_it_alone_would_show(wanted: Filter, asked: tuple[str, ...]) -> None:
    tags = (("talks", "arms"), (), ("Talks",), ("Arms", "arms"))
    events = [replace(TABLE.event(row), tags=tags[row % 4]) for row in range(len(TABLE))]
    table = make_table(events)
    wanted = replace(wanted, tags=asked)
    names = tag_names(table.tags)
    assert sorted(map(str.casefold, names)) == ["arms", "talks"]
    expected = [evaluate(replace(wanted, tags=(tag,)), table).shown for tag in names]
    assert choice_counts(table, wanted).tags.tolist() == expected


def test_of_very_many_tags_the_most_frequent_are_counted() -> None:
    rare = [make_event(tags=(f"rare {number}",)) for number in range(MOST_TAGS)]
    table = make_table([*rare, make_event(tags=("frequent",)), make_event(tags=("Frequent",))])
    counts = dict(zip(tag_names(table.tags), choice_counts(table, Filter()).tags.tolist(), strict=True))
    assert len(counts) == MOST_TAGS
    assert max(counts.items(), key=lambda one: one[1]) in {("frequent", 2), ("Frequent", 2)}
    assert choice_counts(make_table([make_event()]), Filter()).tags.tolist() == []


def test_any_actor_can_be_added_without_the_others_counts_falling() -> None:
    before = choice_counts(TABLE, Filter()).actors
    after = choice_counts(TABLE, Filter(actors=("Russia",))).actors
    assert after.tolist() == before.tolist()


def test_parts_count_for_their_whole_and_members_only_where_asked() -> None:
    def count(name: str, wanted: Filter) -> int:
        return int(choice_counts(TABLE, wanted).actors[TABLE.actors.codes[name]])

    assert count("North Korea", Filter()) == 3
    assert count("NATO", Filter()) == 1
    assert count("NATO", Filter(members=True)) == 2


def test_companions_are_those_that_occur() -> None:
    companions = Companions.of(TABLE)
    codes = TABLE.actors.codes
    assert companions.parts == {codes["North Korea"]: (Belonging("Storm Corps"),)}
    assert companions.members == {codes["NATO"]: (Belonging("United States"),)}


def test_the_counts_cannot_be_changed() -> None:
    counts = choice_counts(TABLE, Filter())
    for array in (counts.actors, counts.types, counts.roles, counts.sources, counts.importance):
        assert array.dtype == np.int64
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
