"""The settings under which DuckDB can read and write what it is given and nothing else: no file, network, extension."""

from __future__ import annotations

MEMORY = "700MB"
THREADS = 2


def closed_settings(allowed: str) -> tuple[str, ...]:
    """Return what to execute in a new connection; `allowed` is the one setting that names what is open to it.

    The last one locks them all, so that no query can take them back.
    """
    settings = (
        "temp_directory=''",
        "TimeZone='UTC'",
        "autoinstall_known_extensions=false",
        "autoload_known_extensions=false",
        allowed,
        "enable_external_access=false",
        "enable_progress_bar=false",
        "lock_configuration=true",
    )
    return tuple(f"SET {setting}" for setting in settings)


def quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
