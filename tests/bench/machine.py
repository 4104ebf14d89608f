"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import qVersion

from tests.bench.figures import MEGABYTE

LIBRARIES = ("PySide6-Essentials", "numpy", "duckdb")


def machine() -> dict[str, object]:
    """Describe the machine and the libraries, and when they were asked."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_mb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MEGABYTE),
        "python": platform.python_version(),
        "qt": qVersion(),
        "load": round(os.getloadavg()[0], 1),
        "platform": os.environ.get("QT_QPA_PLATFORM", ""),
        **{name: _version(name) for name in LIBRARIES},
    }


def processor_ticks() -> tuple[int, int]:
    """Return the time that a virtual machine's host has taken for others, and all time, in ticks; 0 where not told."""
    try:
        first_line = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
    except OSError:
        return 0, 0
    ticks = [int(number) for number in first_line.split()[1:9]]  # what guests take is in the first two already
    return ticks[7], sum(ticks)


def stolen_share(before: tuple[int, int], after: tuple[int, int]) -> float:
    """Return the share of the processors' time that the host took for others between two readings of the ticks."""
    return (after[0] - before[0]) / max(after[1] - before[1], 1)


def _processor() -> str:
    """Return the processor's name where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
