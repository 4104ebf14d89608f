"""Rows of ACLED that tell of one event, one for each of its actors, are that event: in memory, on disk, and in JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline_app.commands.info import info_record
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Level
from timeline_app.core.event import Event, origins
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.table import EventTable
from timeline_app.loading import Loader, loader_from_resources
from timeline_app.readers import read
from timeline_app.store.cache import FileCache

Row = Mapping[str, object]
FIELDS: Row = {
    "event_id_cnty": "UTO1",
    "event_date": "2024-05-16",
    "time_precision": 1,
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Army",
    "inter1": "State forces",
    "location": "Town",
    "source": "Wire",
    "fatalities": 2,
    "timestamp": 1716222831,
}
ROWS: list[Row] = [
    {**FIELDS, "interaction": 12},
    {**FIELDS, "actor1": "Rebels", "inter1": "Rebel group", "interaction": 21},
    {**FIELDS, "event_id_cnty": "UTO2", "actor1": "Crowd", "inter1": "Protesters"},
    {**FIELDS, "actor1": "Militia", "inter1": "Political militia", "source": "Paper; Wire", "interaction": 13},
]
TITLE = "Army – Rebels – Militia: armed clash, 2 deaths, Town"


def write(folder: Path, rows: Sequence[Row], ending: str = ".csv") -> Path:
    path = folder / f"acled{ending}"
    if ending == ".csv":
        columns = list(dict.fromkeys(name for row in rows for name in row))
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    elif ending == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        path.write_text(json.dumps({"data": rows}))
    return path


def opened(path: Path, *, joins: bool = True, is_kept: bool = True) -> EventTable:
    loader = loader_from_resources(joins=joins)
    table = (loader if is_kept else replace(loader, cache=lambda: None))([path]).table
    assert table is not None
    return table


def notes(table: EventTable) -> list[str]:
    return [problem.message for problem in table.problems if problem.level is Level.NOTE]


@pytest.mark.parametrize(("ending", "is_kept"), [(".csv", True), (".csv", False), (".jsonl", True), (".json", True)])
def test_rows_of_one_event_are_one_with_all_actors(tmp_path: Path, ending: str, *, is_kept: bool) -> None:
    path = write(tmp_path, ROWS, ending)
    for _ in range(2):  # anew, and from what was kept
        table = opened(path, is_kept=is_kept)
        assert (table.files[0].read, table.files[0].loaded, table.files[0].rejected) == (4, 4, 0)
        assert (len(table), table.joined, table.more_rows) == (2, 2, 2)
        event, other = sorted(table, key=lambda one: one.id)
        assert (event.id, event.title, other.id) == ("UTO1", TITLE, "UTO2")
        assert [(actor.name, actor.role) for actor in event.actors] == [
            (name, "participant") for name in ("Army", "Rebels", "Militia")
        ]
        assert event.tags == ("armed clash", "state forces", "rebel group", "political militia")
        assert [source.key for source in event.own_sources] == ["Wire", "ACLED", "Paper"]
        assert [claim.by for claim in event.claims] == [("Wire",), ("Paper", "Wire")]
        assert [origin.record for origin in origins(event)] == [1, 2, 4]
        assert {key: value for key, value in event.extra.items() if key.startswith("interaction")} == {
            "interaction": "12",
            "interaction (record 2)": "21",
            "interaction (record 4)": "13",
        }
        assert notes(table)[-1] == (
            "2 rows tell more of the event of an earlier row, as of another actor; it is shown as one event, with all"
            " actors"
        )
        row = table.row_of("UTO1")
        assert row is not None
        assert table.titles_of([row]) == [TITLE]
        assert [table.actors.rows_of(name).tolist() for name in ("Militia", "Army")] == [[row], [row]]
        assert table.sources.rows_of("Paper").tolist() == [row]


@pytest.mark.parametrize(("ending", "is_kept"), [(".csv", True), (".csv", False), (".json", True)])
def test_rows_that_are_kept_apart_are_events_with_ids_of_their_own(
    tmp_path: Path, ending: str, *, is_kept: bool
) -> None:
    table = opened(write(tmp_path, ROWS, ending), joins=False, is_kept=is_kept)
    assert (len(table), table.joined, table.more_rows) == (4, 0, 2)
    assert [event.id for event in table] == ["UTO1", "UTO1-2", "UTO2", "UTO1-3"]
    assert [table.row_of(event.id) for event in table] == [0, 1, 2, 3]
    assert table.row_of("UTO1-4") is None
    assert notes(table)[-1].endswith("each row is shown as an event of its own")
    assert not [problem for problem in table.problems if problem.level is not Level.NOTE]


def test_both_ways_share_what_was_kept_and_the_counts_add_up(tmp_path: Path) -> None:
    path = write(tmp_path, ROWS)
    for joins, count in ((True, 2), (False, 4), (True, 2)):
        table = opened(path, joins=joins)
        info = info_record(table, evaluate(Filter(), table))
        assert (info["loaded"], info["joined"]) == (count, 4 - count)


def test_a_row_that_differs_in_date_type_or_place_is_another_event(tmp_path: Path) -> None:
    rows = [
        *ROWS[:2],
        {**FIELDS, "event_date": "2024-05-17"},
        {**FIELDS, "event_type": "Riots"},
        {**FIELDS, "location": "Bridge"},
        {**FIELDS, "event_date": "2024-05-17", "actor1": "Crowd"},
    ]
    for ending in (".csv", ".json"):
        table = opened(write(tmp_path, rows, ending))
        assert [(event.when.text, event.type, event.place, len(event.actors)) for event in table] == [
            ("2024-05-16", "battles", "Town", 2),
            ("2024-05-16", "riots", "Town", 1),
            ("2024-05-16", "battles", "Bridge", 1),
            ("2024-05-17", "battles", "Town", 2),
        ]
        told = [problem for problem in table.problems if problem.level is not Level.NOTE]
        assert (len(told), len({event.id for event in table})) == (3, 4)


def test_the_longer_tables_of_the_package_for_r_are_understood(tmp_path: Path) -> None:
    shared = {name: value for name, value in FIELDS.items() if name not in {"actor1", "inter1"}}
    kinds = {"actor1": "Army", "assoc_actor_1": "Border Guard", "actor2": "Rebels"}
    rows = [{**shared, "type_of_actor": kind, "actor": name} for kind, name in kinds.items()]
    (event,) = opened(write(tmp_path, rows))
    assert [(actor.name, actor.role) for actor in event.actors] == [
        ("Army", "participant"),
        ("Border Guard", "associated"),
        ("Rebels", "participant"),
    ]


def test_a_reply_from_the_view_of_each_side_has_each_actor_once(tmp_path: Path) -> None:
    swapped = {**FIELDS, "actor1": "Rebels", "actor2": "Army"}
    (event,) = opened(write(tmp_path, [{**FIELDS, "actor2": "Rebels"}, swapped]))
    assert event.title == "Army – Rebels: armed clash, 2 deaths, Town"
    assert [actor.name for actor in event.actors] == ["Army", "Rebels"]


SOME_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "event_id_cnty": st.sampled_from(["U1", "U2", "U3", ""]),
            "event_date": st.sampled_from(["2024-05-16", "2024-05-17"]),
            "event_type": st.sampled_from(["Battles", "Riots"]),
            "actor1": st.sampled_from(["Army", "Rebels", "Crowd"]),
            "location": st.sampled_from(["Town", ""]),
            "source": st.sampled_from(["Wire", "Paper", ""]),
            "fatalities": st.sampled_from([0, 3]),
            "timestamp": st.sampled_from([1716222831, 1716322831, ""]),
        }
    ).map(lambda row: {**FIELDS, **row}),
    min_size=1,
    max_size=12,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=SOME_ROWS)
def test_large_files_have_the_same_events_as_those_that_are_read_whole(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    gazetteer, path = loader_from_resources().gazetteer, write(folder, rows)
    streamed = Loader(gazetteer, cache=lambda: FileCache(folder / "kept"))([path]).table
    whole = build_table([read(path)], gazetteer, joins=True)
    assert streamed is not None
    assert list(map(_said, streamed)) == list(map(_said, whole))
    assert streamed.joined == whole.joined
    assert list(map(_known, (streamed, whole))) == [_known(whole)] * 2
    for name in streamed.actors.names:
        assert streamed.actors.rows_of(name).tolist() == whole.actors.rows_of(name).tolist()


def _known(table: EventTable) -> list[tuple[int, ...] | None]:
    """Return since when each event is known."""
    return [table.known.known(row) if table.known is not None else None for row in range(len(table))]


def _said(event: Event) -> tuple[object, ...]:
    """Return what an event says wherever it was read; an id that is none of the file depends on its format."""
    own_id = event.id if event.id.startswith("U") else ""
    records = [origin.record for origin in origins(event)]
    said = (event.title, event.when, event.type, event.place, event.actors, event.claims, event.own_sources)
    return (own_id, records, *said, event.tags, event.importance, dict(event.extra))
