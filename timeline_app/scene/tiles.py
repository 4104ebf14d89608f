"""Crowded lanes, laid out in tiles of time as they come into view, so that no event beyond the view costs anything.

A tile is TILE_PX pixels wide at the coarsest scale of its level of zoom, and aligned in time. What stands in it follows
from the events, the level and the tile alone, never from the window, so rows stay while panning:

- Of what a tile's cells hold, the most important may stand by themselves, on one of a few lines; equals in an order
  that is scattered over time and the same at every level, so that titles stay while zooming. All else is counted.
- Tiles with an even number are laid out by themselves, those with an odd number around what reaches into them from
  both sides. Nothing but bars reaches farther than half a tile.
- A bar keeps, at every finer level, the line that it got at the level where it was between an eighth and a quarter of a
  tile; so each level asks the coarser one, and the chain ends where a tile is longer than all of time.
- Titles stand right of their marks, so that a reader need not ask which mark a title between two belongs to; left only
  where they would pass the end of the data, as in a view of everything.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, IntegerArray, sorted_unique
from timeline_app.core.lanes import Lane
from timeline_app.core.levels import TimeIndex
from timeline_app.core.records import AreThere
from timeline_app.core.urgency import most_urgent_of_cells, urgencies
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.placed import NOTHING_PLACED, Placed, bars_placed, joined, placing_around
from timeline_app.scene.rows import (
    CELL_PX,
    EDGE_PX,
    GAP_PX,
    MARK_PX,
    Extents,
    TitlePlace,
    candidates,
    fits_inside,
    room_s,
)
from timeline_app.scene.strips import COLUMN_BITS, ColumnStarts, Strips

TILE_BITS = 11
TILE_PX = 1 << TILE_BITS
BAR_BITS = 3  # a bar is longer than an eighth of a tile, and at most a quarter at the level where it gets its line
REACH_BITS = 1  # what is no bar, title included, takes no room farther than half a tile from where it begins
MOST_BARS = 32
FEW = 3_000
TITLED_CELL_PX = 512
TITLES_A_CELL = 5  # a line, of which about two find room
MARKS_A_CELL = CELL_PX // (MARK_PX + GAP_PX) + 1
TITLE_LINES_SHARE = 0.5
LEAST_TITLED_BAR_PX = 80
SPARE_BARS = 2  # as the most urgent may find their room taken by one that began before
MOST_TILES = 600
MOST_BEGUN = 64
MOST_AT_ONCE = 20_000
PART_BITS = 3  # of a tile with more rows than that an eighth is gone through at once
EMPTY_WORK = 4
LEAST_WORK = 20
MEASURED_AT_ONCE = 12
TITLE_WORK = 8  # reading and measuring a title takes as long as finding room for so many events


class CrowdedLane:
    """One crowded lane on `lines` lines; keeps the tiles that it has laid out."""

    def __init__(self, lane: Lane, index: TimeIndex, extents: Extents, lines: int, starts: ColumnStarts) -> None:
        self.lane = lane
        self.index = index
        self.extents = extents
        self._lines = lines
        self._title_lines = max(1, round(lines * TITLE_LINES_SHARE))
        self._tiles: dict[tuple[int, int], Placed] = {}
        self._whole: dict[tuple[int, int], Placed] = {}
        self._begun: dict[tuple[int, int], Generator[None, None, Placed]] = {}
        self._titles: dict[tuple[int, int], AreThere] = {}
        self._bars: dict[tuple[int, int], Placed] = {}
        self._inherited: dict[tuple[int, int], Placed] = {}
        self.strips = Strips(index, extents.times, starts, lane.possible)
        self._work = 0

    @property
    def lines(self) -> int:
        """How many lines single events have; one more below them is for the counts."""
        return self._lines

    def is_ready(self, level: int, tile: int) -> bool:
        """Return whether a tile has been laid out."""
        return (level, tile) in self._whole

    def advance(self, level: int, tile: int) -> int:
        """Take one step towards a tile, and return how much work it was; 0 when the tile is ready.

        The bars of coarser levels come first, then those of the tile and beside it, then its neighbours, then itself.
        """
        if self.is_ready(level, tile):
            return 0
        before = self._work
        if (level, tile) not in self._begun:
            for coarser in range(self._coarsest(level), level - 1, -1):
                here = tile >> (coarser - level)
                # Those with an even number first, also those that only the others need, each as a step of its own.
                is_odd = here % 2
                evens, odds = range(here - 2 - is_odd, here + 3 + is_odd, 2), range(here - 1 - is_odd, here + 3, 2)
                for near in (*evens, *odds):
                    if (coarser, near) not in self._bars:
                        self._bars_beginning(coarser, near)
                        if self._work > before:
                            return self._work - before
        missing = self._missing(level, tile)
        if missing:
            # What is there already comes before what is on its way.
            there = (near for near in missing if not self._are_titles_coming(level, near))
            self._step_towards(level, next(there, missing[0]))
            return self._work - before
        self.in_tile(level, tile)
        return self._work - before

    def is_awaited(self, level: int, tile: int) -> bool:
        """Return whether the next step towards a tile would have to wait for titles that are on their way."""
        missing = self._missing(level, tile)
        return bool(missing) and all(self._are_titles_coming(level, near) for near in missing)

    def in_tile(self, level: int, tile: int) -> Placed:
        """Return all that stands in a tile: what begins in it, and the bars that reach into it."""
        key = (level, tile)
        if key not in self._whole:
            _keep(self._whole, key, joined((self.beginning_in(level, tile), self._all_bars(level, tile))))
        return self._whole[key]

    def beginning_in(self, level: int, tile: int) -> Placed:
        """Return the events that begin in a tile and are no bars there."""
        while (level, tile) not in self._tiles:
            self._step_towards(level, tile)
        return self._tiles[level, tile]

    def _missing(self, level: int, tile: int) -> Sequence[int]:
        """Return the tiles whose beginnings have to be laid out next for a tile: first its neighbours, then itself."""
        beside = (tile - 1, tile + 1) if tile % 2 else ()
        lacking = [near for near in beside if (level, near) not in self._tiles]
        return lacking or [near for near in (tile,) if (level, near) not in self._tiles]

    def _are_titles_coming(self, level: int, tile: int) -> bool:
        are_there = self._titles.get((level, tile))
        return are_there is not None and not are_there()

    def _step_towards(self, level: int, tile: int) -> None:
        """Take one step towards what begins in a tile."""
        key = (level, tile)
        if key not in self._begun:
            while len(self._begun) >= MOST_BEGUN:
                oldest = next(iter(self._begun))
                del self._begun[oldest]
                self._titles.pop(oldest, None)
            self._begun[key] = self._laying_out(level, tile)
        self._work += 1
        try:
            next(self._begun[key])
        except StopIteration as end:
            self._begun.pop(key, None)
            self._titles.pop(key, None)
            _keep(self._tiles, key, end.value)

    def _laying_out(self, level: int, tile: int) -> Generator[None, None, Placed]:
        """Lay out what begins in a tile and is no bar there, in steps: to read and measure titles takes longest."""
        scale = 2.0**level
        rows = yield from self._choosing(level, tile)
        if not len(rows):
            return NOTHING_PLACED
        rows, titled = self._titled_among(rows, level)
        measured = rows[titled]
        self._titles[level, tile] = self.extents.titles_soon(measured)
        yield
        for begin in range(0, len(measured), MEASURED_AT_ONCE):
            self.extents.title_px(measured[begin : begin + MEASURED_AT_ONCE])
            self._work += TITLE_WORK * min(len(measured) - begin, MEASURED_AT_ONCE)
            yield
        beside = [self.beginning_in(level, near) for near in (tile - 1, tile + 1)] if tile % 2 else []
        taken = joined((*beside, *(self._all_bars(level, near) for near in (tile - 1, tile, tile + 1))))
        self._work += len(rows)
        everyone = candidates(rows, self.extents, scale, titled)
        edge_s = self.extents.edge_s + room_s(EDGE_PX, scale)
        urgency = self._urgency(everyone.rows)
        return (yield from placing_around(everyone, taken, self._lines, self._title_lines, edge_s, urgency))

    def _choosing(self, level: int, tile: int) -> Generator[None, None, Int32Array]:
        """Choose the rows of a tile that may stand by themselves: as many of each cell as it could have room for."""
        first, beyond = self._places_of(level, tile)
        self._work += LEAST_WORK
        if beyond - first > FEW and level + COLUMN_BITS >= self.index.finest:
            return self.index.rows[self._first_of_columns(level, tile)]
        bits = PART_BITS if beyond - first > MOST_AT_ONCE else 0
        chosen = []
        for part in range(tile << bits, (tile + 1) << bits):
            first, beyond = self._places_of(level - bits, part)
            rows = self.index.rows[first:beyond]
            chosen.append(rows[self._most_urgent(rows, level, CELL_PX, self._lines * MARKS_A_CELL)])
            if bits:
                yield
        return np.concatenate(chosen)

    def _titled_among(self, rows: Int32Array, level: int) -> tuple[Int32Array, BoolArray]:
        """Return those of some rows that are no bars at a level, and which of them may have a title."""
        duration = self._drawn_lasting_s(rows)
        rows = rows[duration <= 1 << (_tile_bits(level) - BAR_BITS)]
        titled = np.zeros(len(rows), np.bool_)
        titled[self._most_urgent(rows, level, TITLED_CELL_PX, TITLES_A_CELL * self._title_lines)] = True
        bars = np.flatnonzero(self._drawn_lasting_s(rows) > LEAST_TITLED_BAR_PX * 2.0**level)
        # Of those that begin within the length of one all lie over each other, so that no more stand than are lines.
        most = self._lines + SPARE_BARS
        titled[bars[self._most_urgent(rows[bars], level, LEAST_TITLED_BAR_PX, most)]] = True
        return rows, titled

    def _most_urgent(self, rows: Int32Array, level: int, cell_px: int, most: int) -> Int64Array:
        """Return the sorted places of the most urgent rows of each cell of so many pixels, at most so many of each."""
        starts_s = np.maximum(self.extents.times.start_earliest_s[rows], self.extents.first_s)
        cells = starts_s // room_s(cell_px, 2.0**level)
        return most_urgent_of_cells(cells, urgencies(rows, self.extents.importance), most)

    def _first_of_columns(self, level: int, tile: int) -> IntegerArray:
        """Return the places in the index of the most important event of each column of a tile, and of a few others.

        Of one date more than one can stand, on different lines. The others are those that come first in each column,
        so that what is chosen is also chosen at finer levels.
        """
        buckets = self.index.at(level + COLUMN_BITS)
        seen = buckets.between(*self._span_s(level, tile))
        tops, firsts = buckets.tops[seen], buckets.firsts[seen]
        each = min(self._lines, TILE_PX // CELL_PX * self._lines * MARKS_A_CELL // max(len(tops), 1))
        if each < 2:
            return tops
        others = firsts[:, None] + np.arange(each)
        is_there = others < buckets.firsts[seen.start + 1 : seen.stop + 1, None]
        places, _ = sorted_unique(np.sort(np.concatenate((tops, others[is_there]))))
        return places

    def _all_bars(self, level: int, tile: int) -> Placed:
        """Return all bars that take room in a tile."""
        here = (
            self._inherited_bars(level, tile),
            self._bars_beginning(level, tile),
            self._bars_beginning(level, tile - 1),
        )
        return joined(here).reaching(*self._span_s(level, tile))

    def _inherited_bars(self, level: int, tile: int) -> Placed:
        """Return the bars of a tile that got their line at a coarser level."""
        if level > self._coarsest(level):
            return NOTHING_PLACED
        key = (level, tile)
        if key not in self._inherited:
            parent = tile >> 1
            bars = (
                self._inherited_bars(level + 1, parent),
                self._bars_beginning(level + 1, parent),
                self._bars_beginning(level + 1, parent - 1),
            )
            _keep(self._inherited, key, self._titled(joined(bars).reaching(*self._span_s(level, tile)), level))
        return self._inherited[key]

    def _titled(self, bars: Placed, level: int) -> Placed:
        """Return bars with the titles that find room inside them at a level."""
        inside = (bars.title_px > 0) & fits_inside(bars.title_px, self._drawn_lasting_s(bars.rows), 2.0**level)
        return replace(bars, title_place=np.where(inside, TitlePlace.INSIDE, TitlePlace.NONE).astype(np.uint8))

    def _bars_beginning(self, level: int, tile: int) -> Placed:
        """Return the bars that begin in a tile and get their line there."""
        key = (level, tile)
        if key not in self._bars:
            rows = self._bar_candidates(level, tile)
            placed = NOTHING_PLACED
            self._work += EMPTY_WORK
            if len(rows):
                beside = [self._bars_beginning(level, near) for near in (tile - 1, tile + 1)] if tile % 2 else []
                near = (self._inherited_bars(level, other) for other in (tile, tile + 1))
                taken = joined((*beside, *near))
                everyone = candidates(rows, self.extents, 2.0**level, np.zeros(len(rows), np.bool_))
                lines = self._lines_for_bars(level)
                placed = bars_placed(everyone, taken, self._lines, lines, self._urgency(everyone.rows))
                measured_px = self.extents.title_px(placed.rows).astype(np.float64)
                placed = self._titled(replace(placed, title_px=measured_px), level)
                self._work += LEAST_WORK + len(rows) + TITLE_WORK * len(placed)
            _keep(self._bars, key, placed)
        return self._bars[key]

    def _bar_candidates(self, level: int, tile: int) -> Int32Array:
        """Return the rows that begin in a tile and are bars that get their line at its level, the most urgent ones."""
        rows = self.index.lasting_between(_tile_bits(level) - BAR_BITS + 1, *self._places_of(level, tile))
        return np.sort(rows[self._urgency(rows)[:MOST_BARS]])

    def _coarsest(self, level: int) -> int:
        """Return the coarsest level that may have bars beginning in its tiles, at least one level below `level`."""
        span_s = self.extents.last_s - self.extents.first_s + 1
        return max(span_s.bit_length() - TILE_BITS + BAR_BITS - 1, level - 1)

    def _lines_for_bars(self, level: int) -> range:
        """Return the lines that bars may take, the lowest first: all where hardly any event is shorter, else half."""
        shortest_s = 1 << (_tile_bits(level) - BAR_BITS)
        count = self._lines if shortest_s <= 2 * self._usual_lasting_s else max(1, self._lines // 2)
        return range(self._lines - 1, self._lines - 1 - count, -1)

    @cached_property
    def _usual_lasting_s(self) -> int:
        """Return how long the shortest quarter of the lane's events last at most, judged by a sample."""
        rows = self.index.rows[:: max(1, len(self.index) // FEW)]
        return int(np.sort(self._drawn_lasting_s(rows))[len(rows) // 4])

    def _urgency(self, rows: Int32Array) -> Int64Array:
        """Return the places of rows in the order in which they get room; no two rows are equally urgent."""
        return np.argsort(urgencies(rows, self.extents.importance))

    def _drawn_lasting_s(self, rows: Int32Array) -> Int64Array:
        start, end = self.extents.drawn_s(rows)
        return end - start

    def _places_of(self, level: int, tile: int) -> tuple[int, int]:
        """Return the places in the index of what begins in a tile; the first tile has what has no known beginning."""
        first_s, beyond_s = self._span_s(level, tile)
        first_s = PAST_S if first_s <= self.extents.first_s < beyond_s else max(first_s, PAST_S + 1)
        first, beyond = self.index.places_of(np.array([first_s, beyond_s], np.int64)).tolist()
        return first, beyond

    def _span_s(self, level: int, tile: int) -> tuple[int, int]:
        bits = _tile_bits(level)
        first_s, beyond_s = (min(max(edge << bits, PAST_S), FUTURE_S) for edge in (tile, tile + 1))
        return first_s, beyond_s


def tiles_near(level: int, first_s: int, beyond_s: int) -> range:
    """Return the numbers of the tiles with events that may take room in a stretch of time."""
    bits = _tile_bits(level)
    reach_s = 1 << (bits - REACH_BITS)
    return range((first_s - reach_s) >> bits, ((beyond_s + reach_s - 1) >> bits) + 1)


def _tile_bits(level: int) -> int:
    return level + TILE_BITS


def _keep(kept: dict[tuple[int, int], Placed], key: tuple[int, int], placed: Placed) -> None:
    while len(kept) >= MOST_TILES:
        del kept[next(iter(kept))]
    kept[key] = placed
