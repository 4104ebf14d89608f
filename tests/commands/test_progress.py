"""Progress goes to a terminal only, fits into its line, and leaves nothing behind."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest

from timeline_app.commands import progress
from timeline_app.commands.progress import progress_line
from timeline_app.core.progress import Progress


class Terminal(io.StringIO):
    """A standard error that a person looks at; `screen` is what stands in its line."""

    def isatty(self) -> bool:
        return True

    @property
    def screen(self) -> str:
        shown: list[str] = []
        for piece in self.getvalue().split("\r"):
            shown[: len(piece)] = piece
        return "".join(shown).rstrip()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    monkeypatch.setattr(progress, "WAIT_S", 0.0)
    monkeypatch.setattr(progress, "LEAST_BETWEEN_S", 0.0)
    monkeypatch.setenv("COLUMNS", "60")
    return terminal


def test_the_line_is_written_over_and_wiped(terminal: Terminal) -> None:
    with redirect_stderr(terminal), progress_line() as report:
        report(Progress("big.csv", 1_000_000, 500_000_000, 1_000_000_000))
        assert terminal.screen == "big.csv: 1,000,000 events · 500 of 1,000 MB"
        report(Progress("b.csv", 10, 5, 0))
        assert terminal.screen == "b.csv: 10 events"
    assert terminal.screen == ""
    assert "\n" not in terminal.getvalue()


def test_a_long_name_stays_in_its_line_and_controls_nothing(terminal: Terminal) -> None:
    with redirect_stderr(terminal), progress_line() as report:
        report(Progress("\x1b[2J" + "long" * 40, 10))
        assert len(terminal.screen) == 59
        assert "\x1b" not in terminal.getvalue()


def test_the_line_goes_when_opening_fails(terminal: Terminal) -> None:
    def open_file() -> None:
        with redirect_stderr(terminal), progress_line() as report:
            report(Progress("big.csv", 10))
            raise KeyError

    with pytest.raises(KeyError):
        open_file()
    assert "big.csv" in terminal.getvalue()
    assert terminal.screen == ""


def test_small_files_write_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "WAIT_S", 60.0)
    with redirect_stderr(terminal), progress_line() as report:
        report(Progress("small.csv", 10))
    assert terminal.getvalue() == ""


def test_nothing_goes_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(progress, "WAIT_S", 0.0)
    with redirect_stderr(written), progress_line() as report:
        report(Progress("big.csv", 10))
    assert written.getvalue() == ""


def test_a_terminal_that_goes_away_stops_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_text: str) -> int:
        raise OSError

    monkeypatch.setattr(terminal, "write", fail)
    with redirect_stderr(terminal), progress_line() as report:
        report(Progress("big.csv", 10))
        report(Progress("big.csv", 20))
