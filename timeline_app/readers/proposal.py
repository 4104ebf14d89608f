"""What is proposed for a table that is not known: which column is which field, why, and what only the user can tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from timeline_app.readers.column_kinds import ColumnKind
from timeline_app.readers.question import Question


class Reason(StrEnum):
    """Why a column is proposed for a field."""

    ASKED = "asked"
    NAME = "name"
    KIND = "kind"
    MADE = "made"


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
class Proposal:
    """How a table would be read: `mapping` gives just this, but for the answers to the questions that are open.

    `signature` is the same for all tables with this header, whatever a mapping says; "" where nothing of it is asked.
    Of a table with fixed columns only the answers can be told, and the order of its dates. `choices` are the values
    that some settings of the mapping could have instead, such as the sheets of a spreadsheet.
    """

    reader: str
    signature: str
    columns: tuple[ColumnSample, ...]
    fields: tuple[FieldProposal, ...]
    mapping: Mapping[str, str]
    questions: tuple[Question, ...]
    has_fixed_columns: bool = False
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def is_sure(self) -> bool:
        """Whether nothing is left to be asked."""
        return not self.questions
