"""Files are written in the background one after the other, and what is cancelled is not there."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.hanging import HANGING
from tests.helpers.tables import make_event, make_table
from timeline_app.core.dateline_change import change_dateline
from timeline_app.core.errors import Cancelled, TimelineError, WriteError
from timeline_app.core.filter import Filter
from timeline_app.core.progress import Pace, Progress, progress_words
from timeline_app.core.watch import Watch
from timeline_app.loading import load_table
from timeline_app.ui import dateline_saves
from timeline_app.ui.dateline_saves import write_with_dateline
from timeline_app.ui.file_writer import FileWriter
from timeline_app.writers import export

TABLE = make_table([make_event(f"e{number}", "2024", summary="x" * 900) for number in range(300)])


@pytest.fixture
def writer(qtbot: QtBot) -> FileWriter:
    return FileWriter()


class Told:
    """What a writer told of its tasks, in order."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def done(self, result: object) -> None:
        self.words.append(f"done {result}")

    def failed(self, error: TimelineError) -> None:
        self.words.append(f"failed {error}")


def test_each_is_written_after_the_one_before(writer: FileWriter, qtbot: QtBot) -> None:
    told, running = Told(), []

    def work(name: str) -> str:
        running.append(f"begin {name}")
        running.append(f"end {name}")
        return name

    with qtbot.waitSignal(writer.busy_changed, check_params_cb=lambda busy: not busy):
        for name in ("a", "b", "c"):
            writer.write(name, lambda _, name=name: work(name), told.done, told.failed)  # type: ignore[misc]
        assert writer.is_busy
    assert told.words == ["done a", "done b", "done c"]
    assert running == [f"{part} {name}" for name in "abc" for part in ("begin", "end")]


def test_what_fails_is_told_and_the_next_is_written(writer: FileWriter, qtbot: QtBot) -> None:
    told = Told()

    def refuse(_watch: Watch) -> str:
        raise WriteError("no room")

    with qtbot.waitSignal(writer.busy_changed, check_params_cb=lambda busy: not busy):
        writer.write("a", refuse, told.done, told.failed)
        writer.write("b", lambda _: "b", told.done, told.failed)
    assert told.words == ["failed no room", "done b"]


def test_in_the_foreground_it_is_done_at_once_and_no_bar_is_shown(writer: FileWriter) -> None:
    told, busy = Told(), list[bool]()
    writer.busy_changed.connect(busy.append)
    writer.write("a", lambda _: 1, told.done, told.failed, in_background=False)
    assert (told.words, busy, writer.is_busy) == (["done 1"], [False], False)


def test_who_cancels_is_left_with_nothing_written(writer: FileWriter, qtbot: QtBot, tmp_path: Path) -> None:
    told, path, goes_on = Told(), tmp_path / "out.jsonl", threading.Event()

    def work(watch: Watch) -> object:
        goes_on.wait(30)
        return export(TABLE, Filter(), path, watch=watch)

    with qtbot.waitSignal(writer.cancelled) as cancelled:
        writer.write("a", work, told.done, told.failed)
        writer.write("b", lambda _: "b", told.done, told.failed)
        writer.cancel()
        goes_on.set()
    assert cancelled.args == [("a", "b")]
    assert (told.words, list(tmp_path.iterdir()), writer.is_busy) == ([], [], False)


@pytest.mark.parametrize("fails", [False, True])
def test_what_ends_before_it_hears_of_the_cancelling_is_told_apart(
    writer: FileWriter, qtbot: QtBot, *, fails: bool
) -> None:
    told, goes_on = Told(), threading.Event()

    def work(_watch: Watch) -> str:
        goes_on.wait(30)
        if fails:
            raise WriteError("no room")
        return "a"

    with qtbot.waitSignal(writer.cancelled) as cancelled:
        writer.write("a", work, told.done, told.failed)
        writer.write("b", lambda _: "b", told.done, told.failed)
        writer.write("c", lambda _: "c", told.done, told.failed)
        writer.cancel()
        goes_on.set()
    assert told.words == ["failed no room" if fails else "done a"]
    assert cancelled.args == [("b", "c")]
    writer.write("d", lambda _: "d", told.done, told.failed, in_background=False)
    assert told.words[1:] == ["done d"]


@pytest.mark.parametrize("fails", [False, True])
def test_who_is_told_of_a_file_may_have_another_written(writer: FileWriter, qtbot: QtBot, *, fails: bool) -> None:
    told, busy = Told(), list[bool]()
    writer.busy_changed.connect(busy.append)

    def work(_watch: Watch) -> str:
        if fails:
            raise WriteError("no room")
        return "a"

    def go_on(_: object) -> None:
        told.words.append("told of a")
        writer.write("c", lambda _: "c", told.done, told.failed)

    with qtbot.waitSignal(writer.busy_changed, check_params_cb=lambda busy: not busy):
        writer.write("a", work, go_on, go_on)
        writer.write("b", lambda _: "b", told.done, told.failed)
    assert told.words == ["told of a", "done b", "done c"]
    assert busy == [True, True, True, False]


@pytest.mark.parametrize("name", ["yaml", "json", "jsonl", "csv", "markdown", "timelinejs", "icalendar", "html"])
@pytest.mark.parametrize("events", [0, 1, 250])
def test_every_format_stops_wherever_it_is(tmp_path: Path, name: str, events: int) -> None:
    path, left = tmp_path / "out", iter(range(events))
    with pytest.raises(Cancelled):
        export(TABLE, Filter(), path, name=name, watch=Watch(lambda: next(left, None) is not None))
    assert list(tmp_path.iterdir()) == []


def test_how_much_is_written_is_told(tmp_path: Path) -> None:
    told: list[Progress] = []
    path = tmp_path / "out.jsonl"
    export(TABLE, Filter(), path, watch=Watch(report=told.append))
    assert told[-1] == Progress("out.jsonl", bytes_done=path.stat().st_size)
    assert [one.bytes_done for one in told] == sorted({one.bytes_done for one in told})
    assert len(told) > 1
    assert progress_words(Progress("out.jsonl", bytes_done=12_400_000), Pace()) == "12 MB"


def test_a_timeline_that_could_not_be_opened_again_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, path = tmp_path / "hanging.yaml", tmp_path / "other.yaml"
    source.write_text(HANGING, encoding="utf-8")
    table = load_table([source])
    change = change_dateline(table, "article", "2025-11-01")
    monkeypatch.setattr(dateline_saves, "LARGEST_BYTES", 100)
    with pytest.raises(WriteError, match="larger than 100 bytes, which is the most that can be read"):
        write_with_dateline(table, change, path)
    assert [file.name for file in tmp_path.iterdir()] == ["hanging.yaml"]
