"""How far opening or writing a file has come, and how fast it goes on."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

MEGABYTE = 1_000_000
LEAST_TOLD_BYTES = MEGABYTE // 10  # less would be told as 0.0 MB
REMEMBERED_S = 8.0  # the pace is that of the last seconds: a disk is not always as fast as it was at first
LEAST_S = 0.5  # nothing is foretold from less


@dataclass(frozen=True, slots=True)
class Progress:
    """How many records of a file have been read, and how many of its bytes; of 0 bytes in all nothing is known yet."""

    file: str
    rows: int = 0
    bytes_done: int = 0
    bytes_total: int = 0

    @property
    def share(self) -> float | None:
        """The part that is done, from 0 to 1; None where that is not known."""
        return min(self.bytes_done / self.bytes_total, 1.0) if self.bytes_total > 0 else None


Report: TypeAlias = Callable[[Progress], None]


class Pace:
    """Tells from one progress after another how fast a file is read; another file starts anew."""

    def __init__(self) -> None:
        self._noted: deque[tuple[float, Progress]] = deque()

    def note(self, progress: Progress, now_s: float) -> None:
        """Take how far things are at a moment of any clock that only goes forward."""
        if self._noted and self._noted[-1][1].file != progress.file:
            self._noted.clear()
        self._noted.append((now_s, progress))
        while len(self._noted) > 2 and self._noted[1][0] < now_s - REMEMBERED_S:
            self._noted.popleft()

    @property
    def bytes_per_s(self) -> float | None:
        """How many bytes were read in a second lately, None where too little is known."""
        if not self._noted:
            return None
        (first_s, first), (last_s, last) = self._noted[0], self._noted[-1]
        read = last.bytes_done - first.bytes_done
        return read / (last_s - first_s) if read > 0 and last_s - first_s >= LEAST_S else None

    @property
    def left_s(self) -> float | None:
        """How many seconds it will take from here at this pace, None where too little is known."""
        pace = self.bytes_per_s
        if pace is None:
            return None
        last = self._noted[-1][1]
        return (last.bytes_total - last.bytes_done) / pace if last.bytes_total else None


def progress_words(progress: Progress, pace: Pace) -> str:
    """Say what is known: “1,204,000 events · 412 of 1,204 MB · 82 MB/s · 10 s left”, "" where that is nothing."""
    if progress.share == 1.0:
        return f"{progress.rows:,} events · all read, sorting them"
    parts = [f"{progress.rows:,} events"] if progress.rows else []
    if progress.bytes_done >= LEAST_TOLD_BYTES and not progress.bytes_total:
        parts.append(f"{_megabytes(progress.bytes_done)} MB")
    if progress.bytes_total:
        parts.append(f"{_megabytes(progress.bytes_done)} of {_megabytes(progress.bytes_total)} MB")
    if pace.bytes_per_s is not None:
        parts.append(f"{_megabytes(pace.bytes_per_s)} MB/s")
    if pace.left_s is not None:
        parts.append(f"{duration_words(pace.left_s)} left")
    return " · ".join(parts)


def duration_words(seconds: float) -> str:
    """Say a length of time as roughly as anyone waits for it."""
    whole = max(math.ceil(seconds), 1)
    if whole < 60:
        return f"{whole} s"
    return f"{math.ceil(whole / 60)} min" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"


def size_words(size_bytes: int) -> str:
    """Say how large something on a disk is, in the unit that leaves a number one can read."""
    for unit, name in ((1_000_000_000, "GB"), (MEGABYTE, "MB"), (1_000, "kB")):
        if size_bytes >= unit:
            number = size_bytes / unit
            return f"{number:.1f} {name}" if number < 10 else f"{number:,.0f} {name}"
    return "1 byte" if size_bytes == 1 else f"{size_bytes} bytes"


def _megabytes(size_bytes: float) -> str:
    number = size_bytes / MEGABYTE
    return f"{number:.1f}" if number < 10 else f"{number:,.0f}"
