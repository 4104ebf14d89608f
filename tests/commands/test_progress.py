"""Progress goes to a terminal only, fits into its line, and leaves nothing behind."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest

from tests.helpers.small_conflict import small_table
from tests.helpers.unindexed import unindexed
from timeline_app.commands import progress
from timeline_app.commands.inputs import passing
from timeline_app.commands.progress import progress_line, waiting_line
from timeline_app.core.filter import Filter, evaluate
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


def test_what_is_waited_for_is_said_until_it_is_there(terminal: Terminal) -> None:
    with redirect_stderr(terminal), waiting_line("Reading"):
        assert terminal.screen == "Reading"
    assert terminal.screen == ""


def test_words_without_an_index_are_told_to_take_time(terminal: Terminal) -> None:
    wanted = Filter(find=("troops",))
    with redirect_stderr(terminal):
        found = passing(unindexed(small_table())[0], wanted)
        assert terminal.getvalue().startswith("\rReading the words of 8 events; ")
        assert terminal.screen == ""
    assert found.rows.tolist() == evaluate(wanted, small_table()).rows.tolist()


def test_words_with_an_index_are_found_without_a_word(terminal: Terminal) -> None:
    with redirect_stderr(terminal):
        passing(small_table(), Filter(find=("troops",)))
    assert terminal.getvalue() == ""
