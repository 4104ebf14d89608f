"""What the columns of a file say of since when its events are known is what its records say, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.files import originals
from timeline_app.core.event import Source
from timeline_app.core.known import Known, days_of, known_of, source_in
from timeline_app.core.table import EventTable
from timeline_app.loading import load_table

PUBLISHED = (
    "title,date,source,published,quote\nPact,2024-06-19,KCNA,2024-06-20 10:00,treaty\n"
    "Troops,2024-10,,2024-10-23,seen\nVote,2024-11,Agency,soon,\nSummit,2024-12,,,\n"
)


def assert_columns_say_what_records_say(table: EventTable) -> None:
    source_of = source_in(table.source_by_key)
    known = [None if table.known is None else table.known.known(row) for row in range(len(table))]
    assert known == [known_of(event, source_of) for event in table]


@pytest.mark.parametrize("ending", sorted(originals()))
def test_columns_say_what_records_say(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"sample.{ending}"
    path.write_bytes(originals()[ending])
    assert_columns_say_what_records_say(load_table([path]))


@pytest.mark.parametrize("ending", ["ged.csv", "acled.csv", "gdelt.CSV", "gdelt-mentions.CSV"])
def test_coded_datasets_say_since_when_their_events_are_known(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"sample.{ending}"
    path.write_bytes(originals()[ending])
    table = load_table([path])
    assert table.known is not None
    assert any(table.known.known(row) for row in range(len(table)))


def test_a_table_may_say_when_its_sources_were_published(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(PUBLISHED, encoding="utf-8")
    table = load_table([path])
    assert_columns_say_what_records_say(table)
    pact, troops, vote, summit = table
    assert pact.own_sources == (Source("KCNA", publisher="KCNA", published="2024-06-20T10:00"),)
    assert troops.own_sources == (Source("unnamed source", published="2024-10-23"),)
    assert troops.excerpts[0].source == "unnamed source"
    assert (vote.own_sources[0].published, vote.extra["published"]) == ("", "soon")
    assert summit.own_sources == ()
    (day, _) = days_of("2024-06-20") or (0, 0)
    assert table.known is not None
    assert table.known.known(0) == Known(day, day, day)


def test_a_table_whose_only_date_is_that_of_publication_is_dated_by_it(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("title,published\nPact,2024-06-20\nTroops,2024-10-23\n", encoding="utf-8")
    assert [event.when.text for event in load_table([path])] == ["2024-06-20", "2024-10-23"]


def test_sources_beside_a_table_tell_since_when_its_events_are_known(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text("title,date,source\nPact,2024-06-19,a\nTroops,2024-10,b\n", encoding="utf-8")
    (tmp_path / "sources.csv").write_text("key,title,published\na,Treaty,2024-06-20\n", encoding="utf-8")
    table = load_table([tmp_path / "events.csv"])
    assert table.known is not None
    assert table.known.known(1) is None
    assert_columns_say_what_records_say(table)
