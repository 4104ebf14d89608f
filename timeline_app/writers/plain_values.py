"""What a file said beyond a format, as plain values that every format can write."""

from __future__ import annotations

from collections.abc import Mapping


def plain(extra: Mapping[str, object]) -> dict[str, object]:
    """Return a mapping of any kinds of mappings and sequences as dictionaries and lists."""
    return {str(key): _plain_value(value) for key, value in extra.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_plain_value(part) for part in value]
    return value
