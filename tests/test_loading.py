"""Files are read together with the actors that come with the program, and one bad file does not stop the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.timelines import real_file
from timeline_app import loading
from timeline_app.core.actors import Gazetteer
from timeline_app.core.errors import ReadError, WorkspaceError
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
