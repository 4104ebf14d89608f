"""What is written as YAML reads back as the same text, and looks like written by hand."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import ActorRef, Excerpt
from timeline_app.core.filter import Filter
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.yaml_native import render_yaml

AWKWARD = st.sampled_from(list("ab \t\n\r\x85\u2028\ufeff\0\x1b:#-'\"[]{},&*!|>%@`?~é한👩\\/="))
TEXTS = st.one_of(st.text(AWKWARD, min_size=1), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))


def written(*titles: str) -> str:
    return "".join(render_yaml(make_table([make_event(title) for title in titles]), Filter(), WriteOptions()))


@given(TEXTS)
def test_any_text_survives(text: str) -> None:
    event = make_event(text, event_id="one", summary=text, tags=[text], excerpts=[Excerpt(text, text)])
    content = "".join(render_yaml(make_table([event, make_event("Next")]), Filter(), WriteOptions()))
    read, _next = yaml.load(content, Loader=yaml.CBaseLoader)["events"]
    assert read["title"] == text
    assert read["summary"] == text
    assert read["tags"] == [text]
    assert read["excerpts"] == [{"source": text, "text": text}]


@given(st.text(st.sampled_from("ab \n.,"), min_size=100, max_size=400))
def test_long_texts_survive_being_folded(text: str) -> None:
    read, _next = yaml.load(written(text, "Next"), Loader=yaml.CBaseLoader)["events"]
    assert read["title"] == text


def test_the_file_looks_as_if_written_by_hand() -> None:
    event = make_event(
        "Pact: “friends”",
        "2024-06/..",
        type_="agreement",
        actors=[ActorRef("Russia"), ActorRef("North Korea", "host")],
        importance=5,
        summary="One.\nTwo.",
        excerpts=[Excerpt("the words", "some-key", "par. 4")],
    )
    other = make_event("no", "[2024-10-08,2024-10-10]", event_id="other")
    content = "".join(render_yaml(make_table([event, other]), Filter(), WriteOptions()))
    assert (
        content
        == """\
timeline_format: 1
title: Test

events:
  - id: pact:-“friends”
    title: 'Pact: “friends”'
    when: 2024-06/..
    type: agreement
    actors: [Russia, {name: North Korea, role: host}]
    importance: 5
    summary: |-
      One.
      Two.
    excerpts:
    - source: some-key
      locator: par. 4
      text: the words

  - id: other
    title: no
    when: '[2024-10-08,2024-10-10]'
"""
    )


def test_a_timeline_without_events_is_one() -> None:
    assert yaml.load(written(), Loader=yaml.CBaseLoader) == {"timeline_format": "1", "title": "Test", "events": []}
