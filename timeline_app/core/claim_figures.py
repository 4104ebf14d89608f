"""Set competing claims side by side: who says what about which question, and the figures on one scale."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from timeline_app.core.event import Claim
from timeline_app.core.when import When, in_words, parse, sort_key

_GROUPED = re.compile(r"[+−-]?\d{1,3}(?:[,'’ \u00a0\u202f]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[+−-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?")
_SEPARATORS = re.compile("[,'’ \u00a0\u202f]")
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_SUFFIXES: Final = ((1e12, "T"), (1e9, "bn"), (1e6, "M"), (1e3, "k"))


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one party claims: the claim, its figures as numbers where they are numbers, and in words."""

    claim: Claim
    value: float | None
    low: float | None
    high: float | None
    words: str

    @property
    def has_figures(self) -> bool:
        """Whether there is a number to draw."""
        return self.value is not None or self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale with round ticks, `first` and `last` among them."""

    first: float
    last: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Return where a value lies, 0 at the first tick and 1 at the last, cut to that."""
        return min(1.0, max(0.0, (value - self.first) / (self.last - self.first)))


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """All claims about one question, in one unit; `axis` is None where there are no two figures to compare.

    `summary` says from the lowest to the highest figure or date, how many speakers there are and how many different
    figures: “10,000 to 19,000: 4 speakers, 2 figures”, or “2 speakers, 2 answers” where they differ in words. It is ""
    for a single claim.
    """

    about: str
    rows: tuple[ClaimRow, ...]
    summary: str
    axis: Axis | None


def claim_summaries(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Say of each thing that is claimed differently what and by how many: “troops sent 10,000 to 19,000: …”."""
    return tuple(map(_summary, filter(is_disputed, claim_groups(claims))))


def is_disputed(group: ClaimGroup) -> bool:
    """Tell whether different speakers say something different; who is not named is a speaker of his own."""
    return _differ(group.rows)


def claim_groups(claims: Iterable[Claim]) -> tuple[ClaimGroup, ...]:
    """Group claims by what they are about and their unit, in the order in which each first occurs."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.about.casefold(), claim.unit.casefold()), []).append(claim)
    return tuple(_group(group) for group in groups.values())


def figure(text: str) -> float | None:
    """Read a figure as it is written, with or without grouped thousands; None for anything else.

    A comma before other than three digits is never guessed at.
    """
    written = text.strip()
    if _GROUPED.fullmatch(written):
        written = _SEPARATORS.sub("", written)
    elif not _PLAIN.fullmatch(written):
        return None
    number = float(written.replace("−", "-"))
    return number if math.isfinite(number) else None


def figure_words(text: str, unit: str) -> str:
    """Write a figure for reading: bare digits that count something in groups of three, all else as it stands."""
    written = text.strip()
    return f"{int(written):,}" if written.isascii() and written.isdigit() and unit and len(written) <= 40 else written


def claim_words(claim: Claim) -> str:
    """Say what is claimed: 10,000 people, 1 person, up to 19,000 people, 8 October 2024."""
    if claim.when is not None:
        return in_words(claim.when)
    value, low, high = (figure_words(text, claim.unit) for text in (claim.value, claim.low, claim.high))
    span = f"{low} to {high}" if low and high else f"up to {high}" if high else f"at least {low}" if low else ""
    is_exact = value == low == high
    said = f"{value} ({span})" if value and span and not is_exact else value or span
    unit = "person" if (said, claim.unit) == ("1", "people") else claim.unit
    return f"{said} {unit}".strip() if said else ""


def nice_axis(low: float, high: float) -> Axis:
    """Return a scale of at most five round ticks that holds both values; it begins at 0 unless that wastes most of it.

    After Paul Heckbert, "Nice numbers for graph labels", Graphics Gems (1990).
    """
    if 0 <= low <= 0.7 * high or low == high >= 0:
        low = 0.0
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / 3
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(magnitude * factor for factor in _STEPS if magnitude * factor >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(number * step for number in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks)


def tick_words(value: float) -> str:
    """Write a tick in few characters: 0, 10k, 2.5M."""
    for size, suffix in _SUFFIXES:
        if abs(value) >= size:
            return f"{value / size:g}{suffix}"
    return f"{value:g}"


def _group(claims: Sequence[Claim]) -> ClaimGroup:
    rows = tuple(_row(claim) for claim in claims)
    about = claims[0].about.strip()
    drawn = [row for row in rows if row.has_figures]
    numbers = [number for row in drawn for number in (row.value, row.low, row.high) if number is not None]
    span = _span(drawn, numbers) if len(drawn) > 1 else _dates(rows)
    summary = f"{span}: {_counted(rows)}" if span else _counted(rows) if _differ(rows) else ""
    return ClaimGroup(about, rows, summary, nice_axis(min(numbers), max(numbers)) if len(drawn) > 1 else None)


def _differ(rows: Sequence[ClaimRow]) -> bool:
    told = {(row.claim.by, _told(row)) for row in rows}
    return len({by for by, _ in told}) > 1 and len({said for _, said in told}) > 1


def _summary(group: ClaimGroup) -> str:
    colon = "" if ":" in group.summary or not group.about else ":"
    return f"{group.about}{colon} {group.summary}".strip()


def _counted(rows: Sequence[ClaimRow]) -> str:
    """Say how many speakers there are, and how many different things they say."""
    speakers = len({name for row in rows for name in row.claim.by}) + any(not row.claim.by for row in rows)
    said = len({_told(row) for row in rows})
    has_figures = any(row.has_figures for row in rows)
    what = "date" if all(row.claim.when is not None for row in rows) else "figure" if has_figures else "answer"
    names = [f"{count} {word}" + ("" if count == 1 else "s") for count, word in ((speakers, "speaker"), (said, what))]
    return ", ".join(names)


def _told(row: ClaimRow) -> tuple[object, ...]:
    """Return what is claimed so that it can be compared: numbers where they are numbers, however they are written."""
    claim = row.claim
    bounds = ((row.value, claim.value), (row.low, claim.low), (row.high, claim.high))
    when = None if claim.when is None else sort_key(claim.when)[:4]
    return (when, *(written if number is None else number for number, written in bounds))


def _dates(rows: Sequence[ClaimRow]) -> str:
    """Say from the earliest to the latest date where there are several, "" where there are none."""
    whens = sorted((row.claim.when for row in rows if row.claim.when is not None), key=sort_key)
    if len(whens) < 2:
        return ""
    first, last = whens[0], max(whens, key=lambda when: (when.end_latest_s, when.end_earliest_s))
    for whole in whens:
        if (whole.start_earliest_s, whole.end_latest_s) == (first.start_earliest_s, last.end_latest_s):
            return in_words(whole)
    return f"{_side_words(first, 0)} to {_side_words(last, -1)}"


def _side_words(when: When, side: int) -> str:
    """Say a date, of an interval its first side (0) or its last (-1), as far as that is known."""
    text = when.text.split("/")[side]
    if text in {"", ".."}:
        return "later" if side else "earlier"
    return in_words(parse(text))


def _row(claim: Claim) -> ClaimRow:
    if claim.when is not None:
        return ClaimRow(claim, None, None, None, claim_words(claim))
    return ClaimRow(claim, figure(claim.value), figure(claim.low), figure(claim.high), claim_words(claim))


def _span(rows: Sequence[ClaimRow], numbers: Sequence[float]) -> str:
    """Say from the lowest to the highest figure, each as it is written."""
    written = {
        number: figure_words(text, row.claim.unit)
        for row in reversed(rows)
        for number, text in ((row.value, row.claim.value), (row.low, row.claim.low), (row.high, row.claim.high))
        if number is not None
    }
    low, high = written[min(numbers)], written[max(numbers)]
    if min(numbers) == max(numbers):
        return low
    return f"{low} to {high}"
