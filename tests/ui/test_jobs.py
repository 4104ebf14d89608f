"""Of jobs in the background only the newest matters, and what one raises is told."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QThread, QThreadPool
from pytestqt.qtbot import QtBot

from timeline_app.app import make_application
from timeline_app.ui.application import LASTING_JOBS
from timeline_app.ui.jobs import NewestJob


def test_a_foreground_job_is_done_at_once(qapp: object) -> None:
    job, results = NewestJob(), list[object]()
    job.finished.connect(results.append)
    job.start(lambda: 7, in_background=False)
    assert results == [7]


def test_a_background_job_runs_elsewhere_and_tells_here(qtbot: QtBot) -> None:
    job, threads = NewestJob(), list[bool]()
    here = QThread.currentThread()
    job.finished.connect(lambda _result: threads.append(QThread.currentThread() is here))
    with qtbot.waitSignal(job.finished) as told:
        job.start(threading.get_ident)
    assert told.args != [threading.get_ident()]
    assert threads == [True]


def test_a_job_may_go_as_soon_as_it_has_told(qtbot: QtBot) -> None:
    for number in range(100):
        job, results = NewestJob(), list[object]()
        job.finished.connect(results.append)
        with qtbot.waitSignal(job.finished):
            job.start(partial(int, number))
        del job
        assert results == [number]


def test_the_newest_wins_and_what_piled_up_is_never_run(qtbot: QtBot) -> None:
    job, gate, ran, results = NewestJob(), threading.Event(), list[str](), list[object]()
    job.finished.connect(results.append)

    def work(name: str) -> str:
        gate.wait(10)
        ran.append(name)
        return name

    for name in ("first", "second", "third"):
        job.start(partial(work, name))
    with qtbot.waitSignal(job.finished):
        gate.set()
    assert results == ["third"]
    assert ran == ["first", "third"]
    assert not job.is_busy


def test_a_foreground_job_supersedes_one_in_the_background(qtbot: QtBot) -> None:
    job, gate, results = NewestJob(), threading.Event(), list[object]()
    job.finished.connect(results.append)
    job.start(lambda: gate.wait(10))
    job.start(lambda: "newest", in_background=False)
    assert not job.is_busy
    gate.set()
    let_all_end()
    assert results == ["newest"]


def test_a_cancelled_job_tells_nothing(qtbot: QtBot) -> None:
    job, results = NewestJob(), list[object]()
    job.finished.connect(results.append)
    job.start(lambda: 1)
    job.cancel()
    let_all_end()
    assert results == []


def test_nothing_is_to_come_of_a_cancelled_job_that_still_runs_but_of_what_waits_for_it(qtbot: QtBot) -> None:
    job, gate = NewestJob(), threading.Event()
    job.start(lambda: gate.wait(10))
    was_busy = [job.is_busy]
    job.cancel()
    was_busy.append(job.is_busy)
    job.start(lambda: "newest")
    assert [*was_busy, job.is_busy] == [True, False, True]
    with qtbot.waitSignal(job.finished) as told:
        gate.set()
    assert told.args == ["newest"]
    assert not job.is_busy


def let_all_end() -> None:
    """Wait until no job runs any more, and what they told has been taken."""
    assert QThreadPool.globalInstance().waitForDone(10_000)
    QCoreApplication.processEvents()


@pytest.mark.parametrize("in_background", [True, False])
def test_what_a_job_raises_is_told(qtbot: QtBot, in_background: bool) -> None:
    job = NewestJob()
    with qtbot.waitSignal(job.failed) as told:
        job.start(lambda: 1 // 0, in_background=in_background)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_jobs_that_last_leave_room_for_others(qtbot: QtBot) -> None:
    make_application()
    gate = threading.Event()
    lasting = [NewestJob() for _ in range(QThread.idealThreadCount() + LASTING_JOBS - 1)]
    for job in lasting:
        job.start(lambda: gate.wait(10))
    quick = NewestJob()
    with qtbot.waitSignal(quick.finished) as told:
        quick.start(lambda: "a filter")
    assert told.args == ["a filter"]
    assert all(job.is_busy for job in lasting)
    gate.set()
    qtbot.waitUntil(lambda: not any(job.is_busy for job in lasting))


def test_what_can_wait_begins_later_and_is_busy_until_then(qtbot: QtBot) -> None:
    job, ran = NewestJob(), list[str]()
    job.start_later(lambda: ran.append("later"))
    assert job.is_busy
    QThreadPool.globalInstance().waitForDone()
    assert ran == [], "nothing was given to the pool yet"
    with qtbot.waitSignal(job.finished):
        pass
    assert ran == ["later"]
    assert not job.is_busy


def test_what_can_wait_is_forgotten_for_anything_newer(qtbot: QtBot) -> None:
    job, ran = NewestJob(), list[str]()
    job.start_later(lambda: ran.append("dropped"))
    job.cancel()
    assert not job.is_busy
    job.start_later(lambda: ran.append("superseded"))
    job.start_later(lambda: ran.append("superseded too"))
    with qtbot.waitSignal(job.finished):
        job.start(lambda: ran.append("newest"))
    assert not job.is_busy
    job._later.timeout.emit()
    assert ran == ["newest"]


@pytest.mark.parametrize("in_background", [True, False])
def test_a_failure_that_nobody_listens_for_is_raised_here(qtbot: QtBot, *, in_background: bool) -> None:
    def fail() -> None:
        raise ValueError("nobody foresaw it")

    job = NewestJob()
    with qtbot.captureExceptions() as caught:
        if in_background:
            job.start(fail)
            qtbot.waitUntil(lambda: not job.is_busy)
        else:
            with pytest.raises(ValueError, match="nobody foresaw it"):
                job.start(fail, in_background=False)
    assert [str(error) for _, error, _ in caught] == ["nobody foresaw it"] * in_background
