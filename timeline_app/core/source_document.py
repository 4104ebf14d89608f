"""The document that a source names: where it lies, and whether it is still what it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class DocumentState(StrEnum):
    """Whether a document could be read, and still has the hash that was recorded of it."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NO_HASH = "no-hash"
    UNREADABLE = "unreadable"


DOCUMENT_WORDS: Mapping[DocumentState, str] = MappingProxyType(
    {
        DocumentState.UNCHANGED: "unchanged since its hash was recorded",
        DocumentState.CHANGED: "changed since its hash was recorded",
        DocumentState.NO_HASH: "no hash of it was recorded",
        DocumentState.UNREADABLE: "cannot be read",
    }
)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document below the folder of its timeline; `why` says why it cannot be read, `sha256` what it has now."""

    folder: str
    file: str
    state: DocumentState
    sha256: str = ""
    why: str = ""


def document_doubt(document: SourceDocument | None) -> str:
    """Say what speaks against a document, that it cannot be read or has changed; "" where nothing does."""
    if document is None or document.state in {DocumentState.UNCHANGED, DocumentState.NO_HASH}:
        return ""
    return document.why or f"the document has {DOCUMENT_WORDS[document.state]}"
