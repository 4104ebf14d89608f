"""What is proposed for a table that is not known: which column is which field, why, and what only the user can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from timeline_app.readers.column_kinds import ColumnKind


class Reason(StrEnum):
    """Why a column is proposed for a field."""

    ASKED = "asked"
    NAME = "name"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """A column, what its cells are, and the first few that say something."""

    name: str
    kind: ColumnKind
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """A field and its columns, as a mapping has them, with the reason, also in words."""

    field: str
    columns: str
    reason: Reason
    words: str


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


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a table would be read: `mapping` gives just this, but for the answers to the questions that are open.

    `signature` is the same for all tables with this header, whatever a mapping says.
    """

    reader: str
    signature: str
    columns: tuple[ColumnSample, ...]
    fields: tuple[FieldProposal, ...]
    mapping: Mapping[str, str]
    questions: tuple[Question, ...]

    @property
    def is_sure(self) -> bool:
        """Whether nothing is left to be asked."""
        return not self.questions
