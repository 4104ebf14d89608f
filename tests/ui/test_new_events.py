"""New events are saved in files of their own; what was there before, or was changed since, is never replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline_app.core.errors import WriteError
from timeline_app.core.event import Event, Excerpt, Source
from timeline_app.core.source_document import DocumentState, SourceDocument
from timeline_app.core.when import parse
from timeline_app.readers import read
from timeline_app.ui.new_events import NewEvents, save_and_open

EVENT = Event("", "They met", parse("2024-06"), excerpts=(Excerpt("They met.", "paper"),))


def source(folder: Path) -> Source:
    (folder / "paper.txt").write_text("They met.", encoding="utf-8")
    return Source("paper", file="paper.txt", document=SourceDocument(str(folder), "paper.txt", DocumentState.NO_HASH))


def test_events_of_one_file_are_written_together(tmp_path: Path) -> None:
    saved, path = NewEvents(), tmp_path / "a.yaml"
    for _ in range(2):
        saved.save(EVENT, source(tmp_path), path)
    dataset = read(path)
    assert [event.id for event in dataset.events] == ["they-met", "they-met-2"]
    assert dataset.problems == ()
    assert dataset.sources["paper"].file == "paper.txt"
    assert saved.last_path == path


def test_a_file_that_was_there_before_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(WriteError):
        NewEvents().save(EVENT, source(tmp_path), path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_that_was_changed_since_is_never_replaced(tmp_path: Path) -> None:
    saved, path = NewEvents(), tmp_path / "a.yaml"
    saved.save(EVENT, source(tmp_path), path)
    path.write_text("edited", encoding="utf-8")
    with pytest.raises(WriteError, match="was changed since; choose another name"):
        saved.save(EVENT, source(tmp_path), path)
    assert path.read_text(encoding="utf-8") == "edited"


def test_in_another_folder_the_source_names_no_document(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    opened: list[tuple[str, Path]] = []

    def open_beside(event: Event, path: Path) -> None:
        opened.append((event.id, path))

    path = save_and_open(EVENT, source(tmp_path), NewEvents(), lambda _: folder / "a", open_beside)
    assert opened == [("they-met", path)] == [("they-met", folder / "a.yaml")]
    assert read(folder / "a.yaml").sources["paper"].file == ""


def test_a_person_who_gives_up_saves_nothing(tmp_path: Path) -> None:
    suggested: list[Path] = []

    def open_beside(_event: Event, _path: Path) -> None:
        raise AssertionError

    path = save_and_open(EVENT, source(tmp_path), NewEvents(), suggested.append, open_beside)
    assert (path, suggested) == (None, [tmp_path / "new-events.yaml"])
