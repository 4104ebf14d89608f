"""How far and how fast is said only as far as it is known."""

from __future__ import annotations

import pytest

from timeline_app.core.progress import Pace, Progress, duration_words, progress_words, size_words


def paced(*reports: tuple[float, int]) -> tuple[Progress, Pace]:
    """Return the last of some progress, seconds and megabytes of 1000, and the pace of all of it."""
    pace = Pace()
    progress = Progress("big.csv")
    for now_s, megabytes in reports:
        progress = Progress("big.csv", megabytes * 1000, megabytes * 1_000_000, 1_000_000_000)
        pace.note(progress, now_s)
    return progress, pace


def test_everything_that_is_known_is_said() -> None:
    assert progress_words(*paced((5.0, 0), (7.0, 100))) == "100,000 events · 100 of 1,000 MB · 50 MB/s · 18 s left"


def test_nothing_is_foretold_from_a_moment_or_without_an_end() -> None:
    assert progress_words(*paced((5.0, 0), (5.1, 100))) == "100,000 events · 100 of 1,000 MB"
    assert progress_words(Progress("a.csv"), Pace()) == ""
    assert progress_words(Progress("a.csv", 12), Pace()) == "12 events"


def test_what_comes_after_the_last_byte_is_said_too() -> None:
    assert progress_words(*paced((0.0, 0), (9.0, 1000))) == "1,000,000 events · all read, sorting them"


def test_the_pace_is_that_of_the_last_seconds() -> None:
    _, pace = paced((0.0, 0), (10.0, 10), (18.0, 90), (20.0, 110))
    assert pace.bytes_per_s == pytest.approx(10_000_000)
    assert pace.left_s == pytest.approx(89)


def test_another_file_has_a_pace_of_its_own() -> None:
    _, pace = paced((0.0, 0), (10.0, 500))
    pace.note(Progress("next.csv", 0, 0, 10), 10.1)
    assert pace.bytes_per_s is None
    assert Pace().left_s is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "1 s"), (0.2, "1 s"), (59.0, "59 s"), (61.0, "2 min"), (3599.0, "60 min"), (7500.0, "2 h 5 min")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (1500, "1.5 kB"), (31_000_000, "31 MB"), (1_234_567_890, "1.2 GB")],
)
def test_sizes(size_bytes: int, words: str) -> None:
    assert size_words(size_bytes) == words
