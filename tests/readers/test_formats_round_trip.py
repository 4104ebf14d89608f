"""What is read of another program's file is the same when it is saved in the native format and opened again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz.files import DATA, SAMPLES
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter
from timeline_app.core.table import EventTable
from timeline_app.readers import read
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.yaml_native import render_yaml


def table_of(path: Path) -> EventTable:
    return build_table([read(path)], Gazetteer(()))


def meaning(table: EventTable, event: Event, key: str) -> tuple[str, ...]:
    """Return what a key of a source stands for in an event, nothing for none."""
    source = table.source_of(event, key)
    return () if source is None else (source.title, source.author, source.publisher, source.url, source.published)


def told(table: EventTable, event: Event) -> tuple[object, ...]:
    """Return what an event says, but for where it stands, and by what keys it names its sources."""
    actors = tuple((actor.name, actor.role) for actor in event.actors)
    own = [source.key for source in event.own_sources]
    cited = [*(one.source for one in event.excerpts), *(one.source for one in event.claims)]
    sources = sorted(meaning(table, event, key) for key in dict.fromkeys([*own, *cited]))
    claims = [(replace(claim, source=""), meaning(table, event, claim.source)) for claim in event.claims]
    # What is called like a field of the native format gets another name when it is written.
    extra = {name.removesuffix("-2"): value for name, value in event.extra.items()}
    words = tuple(excerpt.text for excerpt in event.excerpts)
    return (
        *(event.id, event.title, event.when.text, event.basis, event.basis_note, event.type, event.place),
        *(event.location, event.importance, event.summary.strip(), event.tags, event.links, actors, sources),
        *(words, claims, extra),
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_saved_timeline_says_the_same(tmp_path: Path, name: str) -> None:
    table = table_of(DATA / name)
    path = tmp_path / "saved.yaml"
    path.write_text("".join(render_yaml(table, Filter(), WriteOptions())), encoding="utf-8")
    again = table_of(path)
    saved, opened = ([told(one, one.records.event(row)) for row in range(len(one))] for one in (table, again))
    assert opened == saved
    lost = [problem for problem in again.problems if problem.level == "error"]
    assert lost == []
    assert (again.title, again.summary, dict(again.extra)) == (table.title, table.summary, dict(table.extra))
