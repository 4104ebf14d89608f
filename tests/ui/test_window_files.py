"""Files are opened in the background, the newest wish wins, and what cannot be read changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QThreadPool
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_dataset, make_event
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.errors import Cancelled, ReadError
from timeline_app.core.opened import Opened, ReadAs, Readings
from timeline_app.core.progress import Progress, Report
from timeline_app.core.table import EventTable
from timeline_app.ui.window_files import FileOpener

BUNDLED = Path("events/bundled.yaml")


def table_of(paths: Sequence[Path]) -> EventTable:
    return build_table([make_dataset([make_event(path.name)], path=str(path)) for path in paths], Gazetteer(()))


def load(paths: Sequence[Path], _report: Report, _is_cancelled: Callable[[], bool], read_as: Readings) -> Opened:
    """Read each file whose name does not begin with bad."""
    good = [path for path in paths or (BUNDLED,) if not path.name.startswith("bad")]
    errors = [ReadError("expected better", str(path)) for path in paths if path.name.startswith("bad")]
    return Opened(tuple(paths), table_of(good) if good else None, tuple(errors), read_as=read_as)


@pytest.fixture
def opener(qtbot: QtBot) -> FileOpener:
    return FileOpener(load, (), table_of([BUNDLED]))


def test_what_was_opened_is_told_and_kept(opener: FileOpener, qtbot: QtBot) -> None:
    busy: list[bool] = []
    opener.busy_changed.connect(busy.append)
    with qtbot.waitSignal(opener.opened) as told:
        opener.open_files([Path("a.yaml"), Path("bad.yaml")])
    [outcome] = told.args
    assert isinstance(outcome, Opened)
    assert [error.place.file for error in outcome.errors] == ["bad.yaml"]
    assert opener.paths == (Path("a.yaml"),)
    assert busy == [True, False]


def test_where_nothing_can_be_read_everything_stays(opener: FileOpener, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opener.opened):
        opener.open_files([Path("a.yaml")])
    with qtbot.assertNotEmitted(opener.opened), qtbot.waitSignal(opener.failed) as told:
        opener.open_files([Path("bad.yaml"), Path("bad too.yaml")])
    assert [str(error) for error in told.args[0]] == ["bad.yaml: expected better", "bad too.yaml: expected better"]
    assert opener.paths == (Path("a.yaml"),)


def test_files_are_added_to_what_is_shown_and_never_doubled(opener: FileOpener, qtbot: QtBot) -> None:
    for added, paths in (("a.yaml", (BUNDLED, Path("a.yaml"))), ("a.yaml", (BUNDLED, Path("a.yaml")))):
        with qtbot.waitSignal(opener.opened):
            opener.add_files([Path(added)])
        assert opener.paths == paths
    with qtbot.waitSignal(opener.opened):
        opener.open_files([Path("b.yaml")])
    with qtbot.waitSignal(opener.opened):
        opener.add_files([Path("c.yaml"), Path("b.yaml")])
    assert opener.paths == (Path("b.yaml"), Path("c.yaml"))


def test_a_file_that_is_open_by_another_path_is_read_again_as_is_said_now_and_not_doubled(
    opener: FileOpener, qtbot: QtBot
) -> None:
    relative, as_json = Path("a.yaml"), ReadAs("json")
    with qtbot.waitSignal(opener.opened):
        opener.open_files([relative, relative.absolute()])
    assert list(opener.paths) == [relative]
    with qtbot.waitSignal(opener.opened):
        opener.add_files([relative.absolute(), Path("b.yaml")], {relative.absolute(): as_json})
    assert list(opener.paths) == [relative, Path("b.yaml")]
    assert opener.read_as == {relative: as_json}


def test_the_newest_wish_wins(qtbot: QtBot) -> None:
    may_read = threading.Event()

    def load_slowly(
        paths: Sequence[Path], report: Report, is_cancelled: Callable[[], bool], read_as: Readings
    ) -> Opened:
        may_read.wait(10)
        return load(paths, report, is_cancelled, read_as)

    opener = FileOpener(load_slowly, (), table_of([BUNDLED]))
    told: list[Opened] = []
    opener.opened.connect(told.append)
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        opener.open_files([Path(name)])
    with qtbot.waitSignal(opener.opened):
        may_read.set()
    assert [outcome.paths for outcome in told] == [(Path("c.yaml"),)]
    assert opener.paths == (Path("c.yaml"),)


def test_a_fault_while_reading_is_raised_and_the_window_is_not_busy_for_ever(qtbot: QtBot) -> None:
    def fail(_paths: Sequence[Path], _report: Report, _is_cancelled: Callable[[], bool], _read_as: Readings) -> Opened:
        raise ZeroDivisionError("a fault of our own")

    opener = FileOpener(fail, (), table_of([BUNDLED]))
    busy: list[bool] = []
    opener.busy_changed.connect(busy.append)
    with qtbot.captureExceptions() as exceptions:
        opener.open_files([Path("a.yaml")])
        qtbot.waitUntil(lambda: bool(exceptions))
    assert [kind for kind, _, _ in exceptions] == [ZeroDivisionError]
    assert busy == [True, False]


def load_until_cancelled(
    _paths: Sequence[Path], report: Report, is_cancelled: Callable[[], bool], read_as: Readings
) -> Opened:
    """Read a file that never ends."""
    rows = 0
    while not is_cancelled():
        rows += 1
        report(Progress("endless.csv", rows))
    raise Cancelled("endless.csv")


def test_progress_is_told_and_cancelling_leaves_everything_as_it_was(qtbot: QtBot) -> None:
    opener = FileOpener(load_until_cancelled, (), table_of([BUNDLED]))
    told: list[Progress] = []
    opener.progressed.connect(told.append)
    opener.cancel()
    with qtbot.assertNotEmitted(opener.opened), qtbot.assertNotEmitted(opener.failed):
        opener.open_files([Path("endless.csv")])
        qtbot.waitUntil(lambda: len(told) > 1)
        assert (opener.is_busy, opener.paths) == (True, ())
        with qtbot.waitSignal(opener.cancelled), qtbot.waitSignal(opener.busy_changed):
            opener.cancel()
        assert (opener.is_busy, opener.paths) == (False, ())
        assert QThreadPool.globalInstance().waitForDone(10_000)
        QCoreApplication.processEvents()
    assert opener.paths == ()
    assert [progress.rows for progress in told] == sorted(progress.rows for progress in told)
    assert told[-1].rows > len(told), "the window is told some ten times a second, not of each record"


def test_another_file_ends_the_one_that_is_being_opened(qtbot: QtBot) -> None:
    def load_by_name(
        paths: Sequence[Path], report: Report, is_cancelled: Callable[[], bool], read_as: Readings
    ) -> Opened:
        endless = paths[0].name == "endless.csv"
        return (load_until_cancelled if endless else load)(paths, report, is_cancelled, read_as)

    opener = FileOpener(load_by_name, (), table_of([BUNDLED]))
    opener.open_files([Path("endless.csv")])
    with qtbot.waitSignal(opener.opened):
        opener.open_files([Path("a.yaml")])
    assert opener.paths == (Path("a.yaml"),)
    assert not opener.is_busy


def test_a_file_is_read_as_it_was_until_something_else_is_said(opener: FileOpener, qtbot: QtBot) -> None:
    a, b, as_csv, as_json = Path("a"), Path("b"), ReadAs("csv", {"title": "Name"}), ReadAs("geojson")
    with qtbot.waitSignal(opener.opened):
        opener.open_files([a], {a: as_csv})
    with qtbot.waitSignal(opener.opened):
        opener.add_files([b], {b: as_json})
    assert opener.read_as == {a: as_csv, b: as_json}
    with qtbot.waitSignal(opener.failed):
        opener.open_files([Path("bad")])
    assert opener.read_as == {a: as_csv, b: as_json}
    with qtbot.waitSignal(opener.opened):
        opener.open_files([a])
    assert opener.read_as == {}
