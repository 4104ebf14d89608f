"""What a file does not tell, so that only the user can: a question with its answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to a question: the value in the mapping, and what it would make of the table."""

    value: str
    sample: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the file does not tell; the answer is the value of `key` in the mapping."""

    key: str
    text: str
    choices: tuple[Choice, ...]
