"""Without a command the window opens, with what the command line says, or a sentence tells why it cannot."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from timeline_app.cli import main
from timeline_app.commands import qt_runtime, window
from timeline_app.commands.arguments import parse_arguments
from timeline_app.core.errors import UsageError
from timeline_app.core.filter import Filter
from timeline_app.loading import WindowRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """What the window was asked to open."""

    files: list[Path]
    request: WindowRequest
    is_plain: bool
    resume: bool


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Asked]]:
    """Put a module in the place of the window, and return what it is asked to open."""
    asked: list[Asked] = []

    def run_window(
        files: list[Path], ask: Callable[[], WindowRequest], *, is_plain: bool = False, resume: bool = False
    ) -> int:
        asked.append(Asked(files, ask(), is_plain, resume))
        return 7

    module = ModuleType("timeline_app.start")
    module.__dict__.update(run_window=run_window)
    monkeypatch.setitem(sys.modules, "timeline_app.start", module)
    monkeypatch.setattr(window, "require_qt", lambda _need: None)
    yield asked
    assert gc.isenabled()


def test_no_words_open_the_bundled_timeline(asked: list[Asked]) -> None:
    assert main([]) == 7
    (one,) = asked
    assert (one.files, one.request.wanted, one.is_plain, one.resume) == ([], Filter(), True, False)
    assert (one.request.loader.reader, one.request.loader.mapping) == (None, None)


def test_files_filters_and_options_reach_the_window(asked: list[Asked], tmp_path: Path) -> None:
    good = tmp_path / "good.yaml"
    good.write_text("timeline_format: 1\ntitle: Good\nevents: [{title: One, when: 2024}]\n", encoding="utf-8")
    missing = tmp_path / "missing.yaml"
    argv = [good, "--actor", "Russia", "--resume", "--reader", "native", missing]
    assert main([str(word) for word in argv]) == 7
    (one,) = asked
    assert (one.files, one.resume, one.is_plain) == ([good, missing], True, False)
    assert (one.request.wanted, one.request.loader.reader) == (Filter(actors=("Russia",)), "native")
    opened = one.request.loader(one.files)
    assert opened.paths == (good, missing)
    assert [error.place.file for error in opened.errors] == [str(missing)]


@pytest.mark.parametrize(
    "words",
    [
        *(["--actor", "Russia"], ["--not-actor", "Russia"], ["--from", "2024"], ["--to", "2024"], ["--certain"]),
        *(["--type", "summit"], ["--min-importance", "2"], ["--query", "Kursk"], ["--find", "Kursk"], ["--members"]),
        *(["--resume"], ["--reader", "native"], ["--match", "all"], ["--map", "title=Headline"]),
    ],
)
def test_a_start_that_asks_for_more_than_files_is_not_plain(words: list[str]) -> None:
    assert not window.is_plain(parse_arguments(words)[1])
    assert window.is_plain(parse_arguments(["one.yaml", "two.yaml"])[1])


def test_columns_that_make_no_sense_are_told(asked: list[Asked], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--map", "title"]) == 2
    assert "FIELD=COLUMN" in capsys.readouterr().err
    assert asked == []


def test_a_filter_that_cannot_be_is_told_before_a_window_opens(
    asked: list[Asked], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--from", "2024-13"]) == 2
    assert "2024-13" in capsys.readouterr().err
    assert asked == []


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_display_will_do(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UsageError, match=r"no display .*export -o timeline\.png"):
        qt_runtime.require_display()
    monkeypatch.setenv(variable, "x")
    qt_runtime.require_display()


def test_a_missing_system_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> ModuleType:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(UsageError, match=r"the window needs PySide6, which cannot be loaded \(libEGL\.so\.1"):
        qt_runtime.require_qt("the window needs")


@pytest.fixture
def on_x11(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for variable in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.usefixtures("on_x11")
def test_a_display_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":65432")
    with pytest.raises(UsageError, match=r"the display :65432 does not answer; .* makes a picture instead"):
        qt_runtime.require_display()


@pytest.mark.usefixtures("on_x11")
@pytest.mark.parametrize("display", ["elsewhere:10.0", "localhost:11"])
def test_a_display_of_another_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.setenv("DISPLAY", display)
    qt_runtime.require_display()


@pytest.mark.usefixtures("on_x11")
def test_a_library_that_the_window_lacks_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    platforms = tmp_path / "Qt" / "plugins" / "platforms"
    platforms.mkdir(parents=True)
    (platforms / "libqxcb.so").write_bytes(b"not a library")
    package = ModuleType("PySide6")
    package.__path__ = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, "PySide6", package)
    monkeypatch.setenv("DISPLAY", ":0")
    with pytest.raises(UsageError, match=r"lacks .*libqxcb.* script/run names its package"):
        qt_runtime.require_window_libraries()
