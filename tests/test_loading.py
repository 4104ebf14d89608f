"""Files are read together with the actors that come with the program, and one bad file does not stop the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.readers.timelines import real_file
from timeline_app import loading
from timeline_app.core.actors import Gazetteer
from timeline_app.core.dataset import Level
from timeline_app.core.errors import ReadError, WorkspaceError
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.opened import ReadAs
from timeline_app.loading import (
    SAVED_WORDS,
    Loader,
    load_gazetteer_from_resources,
    load_table,
    loader_from_resources,
)
from timeline_app.readers.propose import signature_of
from timeline_app.saved_mappings import SavedMappings


def write_timeline(path: Path, actor: str) -> Path:
    path.write_text(
        f"timeline_format: 1\ntitle: {path.stem}\nevents: [{{title: {path.stem}, when: 2024, actors: [{actor}]}}]\n",
        encoding="utf-8",
    )
    return path


def test_no_file_means_the_bundled_timeline() -> None:
    table = load_table([])
    assert len(table) >= 18
    assert [Path(file.path).name for file in table.files] == ["korean-troops-2024.yaml"]


def test_actors_are_known_by_all_their_names(tmp_path: Path) -> None:
    table = load_table(
        [write_timeline(tmp_path / "a.yaml", "DPRK"), write_timeline(tmp_path / "b.yaml", "North Korea")]
    )
    assert table.actors.names == ("North Korea",)
    assert table.title == "a + b"


def test_a_step_of_a_story_whose_filter_shows_nothing_is_a_problem_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    steps = ["query: type:truce", "query: star:yes", "text: All", "query: colour:red", "query: type:attack"]
    stories = "stories: [{title: Tale, steps: [\n  " + ",\n  ".join(f"{{{step}}}" for step in steps) + "]}]\n"
    event = "{title: A, when: 2024, type: truce}"
    path.write_text(f"timeline_format: 1\nevents: [{event}]\n{stories}", encoding="utf-8")
    problems = load_table([path]).problems
    assert [(one.line, one.level) for one in problems] == [(7, Level.WARNING), (8, Level.WARNING)]
    assert problems[0].message.startswith("query: step 4 of “Tale”: ")
    assert problems[1].message == "query: step 5 of “Tale”: no event passes this filter"


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_given(tmp_path: Path) -> None:
    good, missing = write_timeline(tmp_path / "good.yaml", "Russia"), tmp_path / "missing.yaml"
    opened = loader_from_resources()([missing, good])
    assert opened.table is not None
    assert opened.table.title == "good"
    assert [error.place.file for error in opened.errors] == [str(missing)]
    with pytest.raises(ReadError, match=r"missing\.yaml"):
        load_table([good, missing])


def test_a_home_that_cannot_be_written_only_costs_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_folder() -> Path:
        raise WorkspaceError("the disk is full")

    monkeypatch.setattr(loading, "user_cache_dir", no_folder)
    assert load_gazetteer_from_resources().resolve("DPRK") == "North Korea"


def test_a_single_file_is_read_as_it_is_told(tmp_path: Path) -> None:
    table_file, timeline = tmp_path / "table.csv", write_timeline(tmp_path / "a.yaml", "Russia")
    table_file.write_text("Vorfall,Tag\nGefecht,2024-03-01\nTreffen,2024-03-02\n")
    told = {table_file: ReadAs("csv", {"title": "Vorfall", "when": "Tag"})}
    opened = loader_from_resources()([table_file, timeline], read_as=told)
    assert opened.table is not None
    assert sorted(event.title for event in opened.table) == ["Gefecht", "Treffen", "a"]
    assert opened.read_as == told


@pytest.mark.once
def test_real_extracts_of_one_dataset_are_joined_event_by_event() -> None:
    whole, part = real_file("ucdp", "ged_combined.csv"), real_file("ucdp", "ged231_central_african_republic.geojson")
    opened = Loader(Gazetteer(()), cache=lambda: None)([whole, part])
    assert opened.table is not None
    assert (len(opened.table), opened.table.joined) == (48_620, 1_848)
    row = opened.table.row_of("36210")
    assert row is not None
    event = opened.table.event(row)
    assert [origin.file for origin in (event.origin, *event.other_origins)] == [whole.name, part.name]
    assert [claim.about for claim in event.claims] == ["deaths"], "both say the same"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SavedMappings:
    """Keep what is said of tables in a folder of this test."""
    folder = tmp_path / "mappings"
    monkeypatch.setattr(loading, "saved_mappings_dir", lambda: folder)
    return SavedMappings(folder)


def write_unknown(path: Path) -> Path:
    path.write_text("gimel,zayin\nBattle,1994-05-01\nSiege,1995-06\n", encoding="utf-8")
    return path


def test_what_was_said_of_a_table_holds_for_all_with_its_header(tmp_path: Path, saved: SavedMappings) -> None:
    first, second = write_unknown(tmp_path / "first.csv"), write_unknown(tmp_path / "second.csv")
    opened = loader_from_resources()([first])
    assert opened.table is None
    assert dict(opened.unclear) == {first: ReadAs()}
    saved.save(signature_of(first), {"title": "gimel", "when": "zayin"})
    opened = loader_from_resources()([first, second])
    assert opened.table is not None
    assert {problem.message for problem in opened.table.problems if problem.file} >= {SAVED_WORDS}
    assert {path: used.is_saved for path, used in opened.read_as.items()} == {first: True, second: True}
    assert opened.unclear == {}


def test_what_is_told_now_goes_before_what_was_saved(tmp_path: Path, saved: SavedMappings) -> None:
    path = write_unknown(tmp_path / "first.csv")
    saved.save(signature_of(path), {"title": "zayin", "when": "zayin"})
    table = load_table([path], mapping={"title": "gimel", "when": "zayin"})
    assert [event.title for event in table] == ["Battle", "Siege"]
    assert table.problems == ()


def test_a_file_that_is_no_table_is_not_asked_for(tmp_path: Path) -> None:
    broken, missing = tmp_path / "broken.yaml", tmp_path / "missing.csv"
    broken.write_text("timeline_format: [", encoding="utf-8")
    opened = loader_from_resources()([broken, missing])
    assert (len(opened.errors), opened.unclear) == (2, {})


def test_without_a_folder_for_it_nothing_was_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_folder() -> Path:
        raise WorkspaceError("the disk is full")

    monkeypatch.setattr(loading, "saved_mappings_dir", no_folder)
    path = tmp_path / "known.csv"
    path.write_text("title,date\nOne,2001\n", encoding="utf-8")
    assert [event.title for event in load_table([path])] == ["One"]


def with_companions(folder: Path, name: str = "", key: str = "s1", title: str = "A report") -> Path:
    """Write a table of events with its sources and actors."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}sources.csv").write_text(f"key,title,publisher\n{key},{title},The Paper\nunused,Other,\n")
    (folder / f"{name}actors.csv").write_text("name,aliases,part_of\nNorthern Corps,11th Corps;NK army,North Korea\n")
    events = folder / f"{name}events.csv"
    events.write_text(f"title,date,actors,source\nA,2024-01-01,11th Corps,{key}\nB,2024-01-02,NK army,{key}; unused\n")
    return events


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_sources_and_actors_beside_a_table_are_read_with_it(tmp_path: Path, *, is_kept: bool) -> None:
    events = with_companions(tmp_path)
    loader = Loader(load_gazetteer_from_resources())
    loader = loader if is_kept else replace(loader, cache=lambda: None)
    opened = loader([events])
    table = opened.table
    assert table is not None
    assert opened.messages == ("events.csv is read together with sources.csv and actors.csv, beside it",)
    assert [problem.message for problem in table.problems] == [
        "read together with sources.csv and actors.csv, beside it"
    ]
    assert [(file.read, file.loaded) for file in table.files] == [(2, 2)]
    assert [(source.key, source.title) for source in table.event(1).own_sources] == [
        ("s1", "A report"),
        ("unused", "Other"),
    ]
    assert table.actors.names == ("Northern Corps",)
    assert [actor.written for actor in table.event(0).actors] == ["11th Corps"]
    assert "Northern Corps" in table.gazetteer.parts_of("North Korea")
    for key, titles in (("s1", ["A", "B"]), ("unused", ["B"])):
        rows = evaluate(Filter(sources=(key,)), table).rows
        assert table.records.titles(rows.tolist()) == titles


def test_what_lies_beside_a_table_is_read_anew_each_time(tmp_path: Path) -> None:
    loader = loader_from_resources()
    for title in ("Old", "New"):
        table = loader([with_companions(tmp_path, title=title)]).table
        assert table is not None
        assert table.event(0).own_sources[0].title == title
    (tmp_path / "sources.csv").unlink()
    table = loader([tmp_path / "events.csv"]).table
    assert table is not None
    assert (table.event(0).own_sources[0].title, table.source_by_key) == ("", {})


def test_companions_that_are_opened_too_are_no_files_of_their_own(tmp_path: Path) -> None:
    events = with_companions(tmp_path)
    opened = loader_from_resources()([tmp_path / "sources.csv", events, tmp_path / "actors.csv"])
    assert opened.table is not None
    assert (opened.errors, [file.path for file in opened.table.files]) == ((), [str(events)])


def test_two_tables_with_companions_keep_their_own_sources(tmp_path: Path) -> None:
    paths = [with_companions(tmp_path, "a-", title="First"), with_companions(tmp_path, "b-", title="Second")]
    table = loader_from_resources(joins=False)(paths).table
    assert table is not None
    assert sorted(event.own_sources[0].title for event in table) == ["First", "First", "Second", "Second"]
    assert [problem.message for problem in table.problems if "means" in problem.message] == [
        "source “s1” means something else in another file; asked for by its key, both are found"
    ]
    assert table.gazetteer.later_layers[0].name == "Northern Corps"


def test_a_timeline_beside_companions_of_a_table_keeps_the_actors_of_both(tmp_path: Path) -> None:
    paths = [with_companions(tmp_path), tmp_path / "own.yaml"]
    paths[1].write_text(
        "timeline_format: 1\nactors: {Home Guard: {kind: armed-force}}\nevents: [{title: C, when: 2024}]\n"
    )
    table = loader_from_resources()(paths).table
    assert table is not None
    assert [entry.name for entry in table.gazetteer.later_layers] == ["Northern Corps", "Home Guard"]


def test_a_format_that_is_read_whole_goes_with_companions_too(tmp_path: Path) -> None:
    events = with_companions(tmp_path)
    events.write_text(
        "Year,Month,Day,Time,Headline,Media,Media Credit\n2024,1,1,,Truce,,s1\n2024,1,2,,Talks,,Reuters\n"
    )
    table = loader_from_resources()([events]).table
    assert table is not None
    assert table.files[0].reader == "timelinejs"
    assert table.files[0].companions == (str(tmp_path / "sources.csv"), str(tmp_path / "actors.csv"))
    assert set(table.source_by_key) >= {"s1", "unused"}
    assert [entry.name for entry in table.gazetteer.later_layers] == ["Northern Corps"]
