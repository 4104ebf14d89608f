"""Find the words of an excerpt in the text of a document: the same, the same but for typesetting, or the nearest."""

from __future__ import annotations

from functools import cached_property

from timeline_app.core.event import Verified
from timeline_app.core.found_words import FoundWords
from timeline_app.core.looked_up import LookedUp
from timeline_app.core.near_words import WordIndex, nearest_words, word_index
from timeline_app.core.plain_typography import Dash, PlainTypography, plain_typography

# Letters that stand where an excerpt's do while dashes differ are looked at this often.
_MOST_TRIES = 1000


class SearchedText:
    """The text of a document; what looking up needs of it is made when an excerpt first needs it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def typography(self) -> PlainTypography:
        """The text without what typesetting changes."""
        return plain_typography(self.text)

    @cached_property
    def words(self) -> WordIndex:
        """The words of the text, by number."""
        return word_index(self.typography)

    def look_up(self, excerpt: str, *, most_steps: int | None = None) -> LookedUp:
        """Find an excerpt; what comes nearest is looked for in a bounded number of steps, at most `most_steps`."""
        words = excerpt.strip()
        start = self.text.find(words)
        if start >= 0:
            return LookedUp(Verified.EXACT, FoundWords(start, start + len(words)))
        wanted = plain_typography(words)
        if not wanted.letters:
            return LookedUp(Verified.MISSING)
        place = _first_place(wanted, self.typography)
        if place is not None:
            return LookedUp(Verified.NORMALISED, FoundWords(*place))
        if most_steps is not None and most_steps <= 0:
            return LookedUp(Verified.MISSING)
        nearest = nearest_words(words, wanted, self.text, self.words, most_steps)
        changes = tuple(
            change for change in nearest.changes if not _only_set_otherwise(change.excerpt, change.document)
        )
        if nearest.place is None:
            return LookedUp(Verified.MISSING, steps=nearest.steps)
        verified = Verified.NEAR if changes else Verified.NORMALISED
        return LookedUp(verified, FoundWords(*nearest.place, changes), nearest.steps)


def _first_place(wanted: PlainTypography, document: PlainTypography) -> tuple[int, int] | None:
    """Return where the letters stand in the document's text with the same dashes, None when they do nowhere."""
    start = document.letters.find(wanted.letters)
    for _ in range(_MOST_TRIES):
        if start < 0:
            return None
        end = start + len(wanted.letters)
        dashes = document.dashes_within(start, end)
        if _same_dashes(wanted.dashes, dashes, len(wanted.letters)):
            begins, ends = document.place(start, end)
            asked = {dash.at for dash in wanted.dashes}
            around = [dash for dash in dashes if dash.at in {0, len(wanted.letters)} & asked]
            return min([begins, *(dash.start for dash in around)]), max([ends, *(dash.end for dash in around)])
        start = document.letters.find(wanted.letters, start + 1)
    return None


def _same_dashes(wanted: tuple[Dash, ...], there: tuple[Dash, ...], length: int) -> bool:
    """Tell whether every dash that counts has its like; dashes around the words in the document do not count."""
    asked, found = {dash.at for dash in wanted}, {dash.at for dash in there}
    needed = {dash.at for dash in wanted if not dash.may_be_left_out}
    inside = {dash.at for dash in there if not dash.may_be_left_out and 0 < dash.at < length}
    return needed <= found and inside <= asked


def _only_set_otherwise(excerpt: str, document: str) -> bool:
    """Tell whether two stretches are the same words but for typesetting."""
    wanted, there = plain_typography(excerpt), plain_typography(document)
    return wanted.letters == there.letters != "" and _same_dashes(wanted.dashes, there.dashes, len(wanted.letters))
