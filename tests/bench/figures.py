"""What is said of many measured times, and of memory."""

from __future__ import annotations

import math
import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

MEGABYTE = 1 << 20


class Spread(TypedDict):
    """Median and 99th percentile of some times in milliseconds, and how many there were."""

    median: float
    p99: float
    inputs: int


class Timing(NamedTuple):
    """How long something took, by the clock and in time of the processor that this thread had."""

    ms: float
    cpu_ms: float


class Stopwatch:
    """Runs from its making, or from an instant of time.perf_counter shortly before."""

    def __init__(self, begin_s: float | None = None) -> None:
        self._begin_s = time.perf_counter() if begin_s is None else begin_s
        self._begin_cpu_s = time.thread_time()

    def taken(self) -> Timing:
        """Return the time since it began; of the processor's that since it was made."""
        cpu_s = time.thread_time() - self._begin_cpu_s
        return Timing((time.perf_counter() - self._begin_s) * 1e3, cpu_s * 1e3)


def spread(times_ms: Sequence[float]) -> Spread:
    """Sum up times in milliseconds; of fewer than a hundred the 99th percentile is the longest."""
    ordered = sorted(times_ms)
    return {
        "median": statistics.median(ordered),
        "p99": ordered[math.ceil(len(ordered) * 0.99) - 1],
        "inputs": len(ordered),
    }


def resident_bytes() -> int:
    """Return how much memory the process holds now, or where that is not told, at most held so far."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024
    return pages * resource.getpagesize()


def peak_rss_mb(who: int = resource.RUSAGE_SELF) -> float:
    """Return the most memory held so far, by the process itself or by the largest of its ended children."""
    return resource.getrusage(who).ru_maxrss / 1024
