"""Say whether an excerpt was found in the document that its source names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from timeline_app.core.event import Verified

VERIFIED_WORDS: Mapping[Verified, str] = MappingProxyType(
    {
        Verified.EXACT: "✓ word for word in the document",
        Verified.NORMALISED: "✓ word for word but for typography",
        Verified.NEAR: "≈ nearly the same in the document",
        Verified.MISSING: "✗ not found in the document",
        Verified.NO_DOCUMENT: "– no document to check against",
    }
)
