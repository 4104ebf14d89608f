"""Notes of one's own: kept by row, asked for by filters, told in one line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.stored import some_events
from tests.helpers.tables import make_event, make_table
from timeline_app.core.counts import choice_counts
from timeline_app.core.filter import Filter, evaluate, narrow
from timeline_app.core.noted_view import noted_view
from timeline_app.core.notes import ANY_NOTE, MOST_TAGS, NO_NOTE, NO_NOTES, Note, Notes, combined, note_line, tags_in

TABLE = make_table(some_events(12))
WORDS = st.sampled_from(["", "ask", "Ask again", "figures"])
NOTES = st.dictionaries(
    st.integers(0, len(TABLE) - 1),
    st.builds(Note, st.booleans(), WORDS, st.lists(st.sampled_from(["a", "B", "c d"]), max_size=2).map(tuple)),
).map(NO_NOTES.having)
ASKED = st.builds(
    Filter,
    types=st.sampled_from([(), ("battle",), ("none",)]),
    since=st.sampled_from(["", "2024-06", "2030"]),
    starred=st.booleans(),
    noted=st.lists(st.sampled_from([ANY_NOTE, "ASK", "nowhere"]), max_size=2).map(tuple),
    own_tags=st.lists(st.sampled_from(["A", "b", "none"]), max_size=2).map(tuple),
)


def passes(note: Note, wanted: Filter) -> bool:
    """Tell by the words of the guide whether a note is asked for."""
    words = [asked for asked in wanted.noted if note.text and (asked == ANY_NOTE or asked.lower() in note.text.lower())]
    tags = {tag.lower() for tag in note.tags} & {tag.lower() for tag in wanted.own_tags}
    return (
        (note.starred or not wanted.starred) and (bool(words) or not wanted.noted) and bool(tags or not wanted.own_tags)
    )


@given(NOTES, ASKED)
def test_a_filter_on_notes_takes_what_it_says(notes: Notes, wanted: Filter) -> None:
    rest = evaluate(replace(wanted, starred=False, noted=(), own_tags=()), TABLE)
    expected = [row for row in rest.rows.tolist() if passes(notes.of(row), wanted)]
    noted = replace(TABLE, notes=notes)
    assert evaluate(wanted, noted).rows.tolist() == expected
    only_notes = Filter(starred=wanted.starred, noted=wanted.noted, own_tags=wanted.own_tags)
    assert narrow(rest, only_notes, noted).rows.tolist() == expected


@given(NOTES, st.sampled_from([(), ("battle",)]))
def test_choices_say_how_many_notes_they_would_show(notes: Notes, types: tuple[str, ...]) -> None:
    table = replace(TABLE, notes=notes)
    counts = choice_counts(table, Filter(types=types))
    assert counts.starred == evaluate(Filter(types=types, starred=True), table).shown
    assert counts.noted == evaluate(Filter(types=types, noted=(ANY_NOTE,)), table).shown


@given(NOTES, NOTES)
def test_rows_whose_note_changed_are_told(before: Notes, after: Notes) -> None:
    changed = after.changed_rows(before)
    assert changed == [row for row in range(len(TABLE)) if before.of(row) != after.of(row)]
    assert before.having({row: after.of(row) for row in changed}).by_row == after.by_row


def test_an_empty_note_is_none() -> None:
    notes = Notes({3: Note(starred=True)}).having({3: NO_NOTE, 4: Note(tags=("x",))})
    assert dict(notes.by_row) == {4: Note(tags=("x",))}
    assert notes.starred.tolist() == []
    with pytest.raises(ValueError, match="read-only"):
        Notes({3: Note(starred=True)}).starred[0] = np.int32(1)


def test_several_notes_on_one_event_are_told_together_once_each() -> None:
    notes = [Note(text="one", tags=("a",)), Note(True, "two", ("a", "b")), Note(text="one")]
    assert combined(notes) == Note(True, "one\ntwo", ("a", "b"))


def test_a_note_is_told_in_one_line() -> None:
    assert note_line(Note(True, " Ask\n again ", ("a b", "c"))) == "★ Ask again #a b #c"
    assert note_line(NO_NOTE) == ""


@pytest.mark.parametrize(
    ("typed", "tags"), [("", ()), (" a , #b,a,, two  words ", ("a", "b", "two words")), ("#", ()), ("é", ("é",))]
)
def test_tags_are_read_as_they_are_typed(typed: str, tags: tuple[str, ...]) -> None:
    assert tags_in(typed) == tags


def test_events_carry_their_notes_only_where_they_are_to_be_written() -> None:
    table = replace(make_table([make_event("a"), make_event("b")]), notes=Notes({1: Note(text="mine")}))
    assert [event.note for event in table] == [None, None]
    assert [event.note for event in noted_view(table)] == [None, Note(text="mine")]
    assert noted_view(TABLE) is TABLE


def test_tags_are_named_once_in_alphabetical_order() -> None:
    notes = Notes({4: Note(tags=("checked", "Ask")), 2: Note(tags=("ask", "Zürich")), 1: Note(starred=True)})
    assert notes.tag_names == ("Ask", "checked", "Zürich")
    assert len(Notes({row: Note(tags=(f"tag {row}",)) for row in range(MOST_TAGS + 5)}).tag_names) == MOST_TAGS
