"""Find the words of a document that come nearest to those of an excerpt.

How near is the fewest words to add, drop or change, the edit distance of the excerpt to any stretch of the document, by
the dynamic programme of P. H. Sellers, "The theory and computation of evolutionary distances: pattern recognition",
Journal of Algorithms 1 (1980), a row of it at a time. It is computed only around places that can be near enough: of an
excerpt that stands somewhere with k words changed, at least one of any k + 1 words is there unchanged (the pigeonhole
filter in G. Navarro, "A guided tour to approximate string matching", ACM Computing Surveys 33 (2001), section 8), so
the k + 1 words that the document has least often tell where to look, and nothing near is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.core.found_words import WordChange
from timeline_app.core.plain_typography import PlainTypography

# Of three words one may differ; of what differs in more it cannot be said that it is the same excerpt.
WORDS_PER_CHANGE = 3
LONGEST_WORDS = 1000
MOST_STEPS = 4_000_000
_NO_WORD = -1
_GAP = -2
# What a change costs where each word that is the same earns one: more than all words of an excerpt together.
_CHANGE = 2 * LONGEST_WORDS


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The words of a text: their numbers, and in its typography where each begins and ends.

    `words`, `starts`, `ends` have the shape (words,); `order` has the same and sorts `words`
    to `sorted_words`. A dash has no letters; `dash_places` tells where in the text it stands.
    """

    typography: PlainTypography
    number_of: dict[str, int]
    words: Int32Array
    starts: Int32Array
    ends: Int32Array
    order: Int64Array
    sorted_words: Int32Array
    dash_places: Mapping[int, tuple[int, int]]

    def places_of(self, number: int) -> Int64Array:
        """Return where a word stands, as numbers of words, in their order."""
        # A key of another type would have the whole array copied.
        first, last = np.searchsorted(self.sorted_words, np.array([number, number + 1], dtype=np.int32))
        return self.order[first:last]

    def is_word(self, word: int) -> bool:
        """Tell whether it is letters or figures, and not a sign of punctuation or a dash."""
        return self.starts[word] < self.ends[word] and self.typography.letters[self.starts[word]].isalnum()

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words from `first` up to `last` begin and end in the text."""
        if first >= last:
            at = self._word_place(first - 1)[1] if first else 0
            return at, at
        return self._word_place(first)[0], self._word_place(last - 1)[1]

    def _word_place(self, word: int) -> tuple[int, int]:
        return self.dash_places.get(word) or self.typography.place(int(self.starts[word]), int(self.ends[word]))


@dataclass(frozen=True, slots=True)
class NearestWords:
    """Where the nearest words stand in a document's text and what differs, `place` None when nothing is near enough."""

    place: tuple[int, int] | None
    changes: tuple[WordChange, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class _Block:
    """Words of an excerpt and those that a document has in their stead, as numbers of words."""

    wanted: slice
    there: slice


def word_index(typography: PlainTypography) -> WordIndex:
    """Return the words of a text, the signs of punctuation and the dashes each as words of their own."""
    number_of: dict[str, int] = {}
    words: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    dash_places: dict[int, tuple[int, int]] = {}
    begins = 0
    for dash in (*(one for one in typography.dashes if not one.may_be_left_out), None):
        ends_at = len(typography.letters) if dash is None else dash.at
        for match in _word().finditer(typography.letters, begins, ends_at):
            words.append(number_of.setdefault(match.group(), len(number_of)))
            starts.append(match.start())
            ends.append(match.end())
        if dash is not None:
            dash_places[len(words)] = dash.start, dash.end
            words.append(number_of.setdefault("-", len(number_of)))
            starts.append(dash.at)
            ends.append(dash.at)
            begins = dash.at
    numbers = np.array(words, dtype=np.int32)
    order = np.argsort(numbers, kind="stable")
    places = (np.array(starts, dtype=np.int32), np.array(ends, dtype=np.int32))
    return WordIndex(typography, number_of, numbers, *places, order, numbers[order], dash_places)


def nearest_words(
    excerpt: str, wanted: PlainTypography, text: str, document: WordIndex, most_steps: int | None = None
) -> NearestWords:
    """Return the stretch of `text` that the fewest words must be added to, dropped from or changed in."""
    own = word_index(wanted)
    count = len(own.words)
    most_changes = sum(own.is_word(number) for number in range(count)) // WORDS_PER_CHANGE
    if not most_changes or count > LONGEST_WORDS:
        return NearestWords(None, (), 0)
    number_of = document.number_of
    numbers = np.array([number_of.get(word, _NO_WORD) for word in own.number_of], dtype=np.int32)[own.words]
    limit = MOST_STEPS if most_steps is None else min(MOST_STEPS, most_steps)
    near = _near_places(numbers, document, most_changes, limit // count)
    end = _best_end(numbers, document.words, near, most_changes)
    steps = count * len(near)
    if end is None:
        return NearestWords(None, (), steps)
    first, last = max(0, end - count - most_changes), min(len(document.words), end + most_changes)
    begins, ends, blocks = _aligned(numbers, first, last, document)
    changes = tuple(_change(block, own, excerpt, document, text) for block in blocks)
    return NearestWords(document.place(begins, ends), changes, steps)


def _near_places(numbers: Int32Array, document: WordIndex, most_changes: int, most_words: int) -> Int64Array:
    """Return the words of the document, in order, among which a near enough stretch must lie, and gaps between them.

    Where they would be more than `most_words`, the stretches around the rarest words are returned.
    """
    places = [document.places_of(int(number)) for number in numbers]
    rarest = sorted(range(len(numbers)), key=lambda word: len(places[word]))[: most_changes + 1]
    length = len(numbers) + 2 * most_changes
    begins = np.concatenate([places[word] - word - most_changes for word in rarest])[: max(1, most_words // length)]
    begins = np.sort(begins)
    if not len(begins):
        return begins
    # Stretches that overlap are one: it ends where the last of them does.
    opens = np.flatnonzero(np.concatenate(([True], begins[1:] > begins[:-1] + length)))
    closes = np.append(opens[1:], len(begins)) - 1
    parts: list[Int64Array] = []
    gap = np.full(most_changes + 1, _GAP, dtype=np.int64)
    for first, last in zip(begins[opens], begins[closes] + length, strict=True):
        parts += [np.arange(max(0, first), min(len(document.words), last), dtype=np.int64), gap]
    return np.concatenate(parts)


def _best_end(numbers: Int32Array, words: Int32Array, near: Int64Array, most_changes: int) -> int | None:
    """Return behind which word of the document the nearest stretch ends, None when none is near enough."""
    if not len(near):
        return None
    there = np.where(near == _GAP, np.int32(_GAP), words[near])
    row = np.zeros(len(near) + 1, dtype=np.int32)
    for number in numbers:
        row = _next_row(row, (there != number).astype(np.int32), 1)
    end = int(np.argmin(row[1:]))
    if row[end + 1] > most_changes or near[end] == _GAP:
        return None
    return int(near[end]) + 1


def _next_row(above: Int32Array, of_pairs: Int32Array, of_one: int) -> Int32Array:
    """Return the row of the table of distances below another one.

    `of_pairs` is what it costs to put one word in the stead of another, `of_one` what one costs that has no other.
    """
    row = np.empty_like(above)
    row[0] = above[0] + of_one
    np.minimum(above[1:] + of_one, above[:-1] + of_pairs, out=row[1:])
    # A word that only the document has: the smallest of all that stand before, and the way from there.
    steps = np.arange(len(row), dtype=row.dtype) * of_one
    return np.minimum.accumulate(row - steps) + steps


def _aligned(numbers: Int32Array, first: int, last: int, document: WordIndex) -> tuple[int, int, list[_Block]]:
    """Return where the nearest stretch among some words of the document begins and ends, and all that differs.

    Of several ways with as few changes the one is taken that leaves the most words the same.
    """
    words = document.words[first:last]
    rows = [np.zeros(len(words) + 1, dtype=np.int32)]
    for number in numbers:
        costs = np.where(words == number, np.int32(-1), np.int32(_CHANGE))
        rows.append(_next_row(rows[-1], costs, _CHANGE))
    end = int(np.argmin(rows[-1]))
    # A last word that is another one in the document was rather changed than added.
    if end < len(words) and rows[-1][end + 1] == rows[-1][end] and document.is_word(first + end):
        end += 1
    blocks: list[_Block] = []
    wanted, there = len(numbers), end
    ends = (wanted, first + there)
    while wanted:
        here, above = rows[wanted][there], rows[wanted - 1]
        if there and words[there - 1] == numbers[wanted - 1] and above[there - 1] - 1 == here:
            _add_block(blocks, (wanted, first + there), ends)
            wanted, there = wanted - 1, there - 1
            ends = (wanted, first + there)
        elif there and above[there - 1] + _CHANGE == here:
            wanted, there = wanted - 1, there - 1
        elif above[there] + _CHANGE == here:
            wanted -= 1
        else:
            there -= 1
    _add_block(blocks, (wanted, first + there), ends)
    return first + there, first + end, blocks[::-1]


def _add_block(blocks: list[_Block], starts: tuple[int, int], ends: tuple[int, int]) -> None:
    if starts != ends:
        blocks.append(_Block(slice(starts[0], ends[0]), slice(starts[1], ends[1])))


def _change(block: _Block, own: WordIndex, excerpt: str, document: WordIndex, text: str) -> WordChange:
    start, end = document.place(block.there.start, block.there.stop)
    asked_start, asked_end = own.place(block.wanted.start, block.wanted.stop)
    return WordChange(" ".join(excerpt[asked_start:asked_end].split()), " ".join(text[start:end].split()), start, end)


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word; scripts without spaces have one a character."""
    return re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|\w+(?:['.,:/]\w+)*|[^\w\s]")
