"""Several sources of an event, written as CSV and read again with their addresses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.helpers.tables import make_dataset
from tests.readers.timelines import write
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.event import Event, Excerpt, Source
from timeline_app.core.filter import Filter
from timeline_app.core.when import parse
from timeline_app.readers.exported_sources import exported_sources
from timeline_app.writers.csv_table import render_csv
from timeline_app.writers.options import WriteOptions

BBC = Source(
    "BBC", title="“Raid”, at night; says B", author="Jane Roe", publisher="BBC", url="https://example.org/a?b=1,2"
)
AP = Source("AP", publisher="AP", url="https://example.org/2", published="2024-06-19", retrieved="2024-07")
REUTERS = Source("Reuters", author="John Doe", publisher="Reuters", url="https://example.org/3", published="2024-06~")
SECOND = Source("https://example.org/4", publisher="Reuters", url="https://example.org/4")
NAMED = Source("ISW")


def written(tmp_path: Path, *events: Event, sources: tuple[Source, ...] = ()) -> list[Event]:
    """Return events as they come back from an export to CSV."""
    table = build_table([make_dataset(events, sources=sources)], Gazetteer())
    text = "".join(render_csv(table, Filter(), WriteOptions()))
    return streamed(write(tmp_path, text, "out.csv")).events


def test_own_sources_come_back_with_all_that_is_known_of_them(tmp_path: Path) -> None:
    event = Event("e", "Raid", parse("2024-06-19"), own_sources=(BBC, AP, REUTERS, SECOND, NAMED))
    (again,) = written(tmp_path, event)
    assert again.own_sources == event.own_sources
    assert written(tmp_path, replace(again, id="e"))[0].own_sources == event.own_sources


def test_excerpts_keep_their_sources_among_several(tmp_path: Path) -> None:
    excerpts = (Excerpt("They came by night.", "AP"), Excerpt("No comment.", "ISW"))
    event = Event("e", "Raid", parse("2024-06-19"), excerpts=excerpts, own_sources=(BBC, AP, NAMED))
    (again,) = written(tmp_path, event)
    assert again.excerpts == excerpts
    assert sorted(again.own_sources, key=lambda one: one.key) == [AP, BBC, NAMED]


def test_the_one_source_that_an_event_names_by_a_key_is_told_of(tmp_path: Path) -> None:
    source = Source("article", title="On the raid", publisher="BBC", url="https://example.org/1")
    event = Event("e", "Raid", parse("2024"), excerpts=(Excerpt("Words.", "article"),))
    (again,) = written(tmp_path, event, sources=(source,))
    assert (again.own_sources, again.excerpts) == ((source,), event.excerpts)


@pytest.mark.parametrize(
    ("sources", "citations", "records"),
    [
        ("", "", []),
        ("A; B", "", [{"key": "A"}, {"key": "B"}]),
        (
            r"A\; Co; B",
            r"A\; Co, https://example.org/1; B",
            [
                {"key": "A; Co", "publisher": "A; Co", "url": "https://example.org/1"},
                {"key": "B"},
            ],
        ),
        # Whose words these are is not to be told.
        ("k1; k2", "“One”, https://example.org/1; “Two”, https://example.org/2", [{"key": "k1"}, {"key": "k2"}]),
        (
            "A",
            "“May 2024”, A, May 2024",
            [
                {"key": "A", "publisher": "A", "title": "May 2024", "published": "2024-05"},
            ],
        ),
    ],
)
def test_only_words_that_are_surely_of_a_name_are_taken(
    sources: str, citations: str, records: list[dict[str, str]]
) -> None:
    found = exported_sources(sources, "", citations)
    assert (json.loads(found) if found else []) == records
