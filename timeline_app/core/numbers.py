"""Number things as they are met."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class Numbers(dict[Key, int]):
    """Gives whatever it is asked for a number, from 0, in the order in which it is asked for them first."""

    def __missing__(self, key: Key) -> int:
        number = self[key] = len(self)
        return number
