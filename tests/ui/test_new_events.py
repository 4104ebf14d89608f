"""New events are saved in files of their own; what was there before, or was changed since, is never replaced."""

from __future__ import annotations

import hashlib
from dataclasses import replace
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


def test_an_id_that_another_open_event_has_is_left_to_that(tmp_path: Path) -> None:
    open_ids = {"they-met", "they-met-2"}
    saved = NewEvents()
    ids = [saved.save(EVENT, source(tmp_path), tmp_path / "a.yaml", open_ids.__contains__).id for _ in range(2)]
    assert ids == ["they-met-3", "they-met-4"]
    named = saved.save(replace(EVENT, id="they-met"), source(tmp_path), tmp_path / "a.yaml", open_ids.__contains__)
    assert named.id == "they-met"  # One more excerpt of that event.


def hashed(folder: Path) -> Source:
    """Return a source whose document has a hash now, but none that was recorded."""
    told = source(folder)
    assert told.document is not None
    sha256 = hashlib.sha256((folder / "paper.txt").read_bytes()).hexdigest()
    return replace(told, document=replace(told.document, sha256=sha256))


def test_with_the_first_excerpt_the_hash_of_its_document_is_recorded(tmp_path: Path) -> None:
    saved, path = NewEvents(), tmp_path / "a.yaml"
    saved.save(EVENT, hashed(tmp_path), path)
    recorded = hashed(tmp_path).document
    assert recorded is not None
    assert read(path).sources["paper"].sha256 == recorded.sha256 != ""
    (tmp_path / "paper.txt").write_text("They met. Or not.", encoding="utf-8")
    (problem,) = read(path).problems
    assert "paper.txt has changed since this hash was recorded" in problem.message
    # What was recorded first stays, so that the change is still told.
    saved.save(EVENT, hashed(tmp_path), path)
    assert read(path).sources["paper"].sha256 == recorded.sha256


def test_a_hash_that_was_recorded_before_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    NewEvents().save(EVENT, replace(hashed(tmp_path), sha256="0" * 64), path)
    assert read(path).sources["paper"].sha256 == "0" * 64


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
