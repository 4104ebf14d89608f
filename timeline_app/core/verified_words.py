"""Say whether an excerpt was found in the document that its source names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from timeline_app.core.event import Verified
from timeline_app.core.source_document import SourceDocument, document_doubt

VERIFIED_WORDS: Mapping[Verified, str] = MappingProxyType(
    {
        Verified.EXACT: "✓ word for word in the document",
        Verified.NORMALISED: "✓ word for word but for typography",
        Verified.NEAR: "≈ nearly the same in the document",
        Verified.MISSING: "✗ not found in the document",
        Verified.NO_DOCUMENT: "– no document to check against",
    }
)


def check_words(verified: Verified, document: SourceDocument | None) -> str:
    """Say whether words were found in their document, and what speaks against that; "" where none is named."""
    doubt = document_doubt(document)
    if verified is Verified.NO_DOCUMENT:
        return f"✗ {doubt}" if doubt else ""
    return "; ".join(filter(None, (VERIFIED_WORDS[verified], doubt)))
