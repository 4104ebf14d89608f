"""Every event has an id of its own, made from its title when the file gives none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.timelines import HEAD, read_text
from timeline_app.readers.native_ids import slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Mutual assistance pact", "mutual-assistance-pact"),
        ("  Kyiv’s “answer”: 12 %!", "kyiv-s-answer-12"),
        ("Élysée – Málaga", "elysee-malaga"),
        ("Київ", "киів"),
        ("한국전쟁", "한국전쟁"),
        ("İstanbul", "istanbul"),
        ("!?", ""),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_title_as_an_id(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_what_is_written_goes_before_what_is_made(tmp_path: Path) -> None:
    titles = (
        "- {title: A, when: 2024}\n- {title: A, when: 2024}\n- {id: a, title: B, when: 2024}\n- {title: '?', when: 1}\n"
    )
    dataset = read_text(tmp_path, HEAD + titles + "- {id: a-2, title: C, when: 2024}\n- {title: '?', when: 2024}\n")
    assert [event.id for event in dataset.events] == ["a-3", "a-4", "a", "a-2", "event-6"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["", "a", "a-2", "b", " a "]), st.sampled_from(["A", "a 2", "?"])), max_size=8)
)
def test_ids_are_unique_and_the_first_of_each_keeps_its_own(tmp_path: Path, records: list[tuple[str, str]]) -> None:
    events = [{"id": written, "title": title, "when": "2024"} for written, title in records]
    dataset = read_text(tmp_path, json.dumps({"timeline_format": 1, "events": events}), "ids.json")
    ids = [event.id for event in dataset.events]
    assert len(set(ids)) == len(ids) == len(records)
    for written in {written.strip() for written, _ in records} - {""}:
        first = next(number for number, (text, _) in enumerate(records) if text.strip() == written)
        assert ids[first] == written
