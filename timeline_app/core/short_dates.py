"""Say a date in as few characters as a narrow column has room for, by shortening its words."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import Final

from timeline_app.core.edtf_date import MONTH_NAMES
from timeline_app.core.when import When, in_words

_MONTH: Final = re.compile(r"\b(" + "|".join(name for name in MONTH_NAMES if len(name) > 4) + r")\b")
_END_BETWEEN: Final = re.compile(r"\bsome time between (.+?) and ((?:(?! to |, ).)+)")
_BETWEEN: Final = re.compile(r"\bbetween (.+) and (.+)")


def short_words(when: When, zone: tzinfo | None = None) -> str:
    """Say a date like `in_words`, shorter: 24 Feb 2022 – c. 1 Nov 2024."""
    words = _MONTH.sub(lambda match: match.group()[:3], in_words(when, zone))
    words = _END_BETWEEN.sub(r"\1/\2", words)
    words = _BETWEEN.sub(r"\1 – \2", words)
    words = words.replace(", start unknown", "").replace(", end unknown", " –")
    return words.replace(" to ", " – ").replace("around ", "c. ").replace("until ", "to ")
