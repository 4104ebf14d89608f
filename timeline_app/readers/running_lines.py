"""Tell which lines at the edges of pages are of the pages: numbers, running heads and feet.

Nothing that could be quoted is to be lost by a mistake. So only what is surely of the pages is left out: a number that
counts with three pages or more that follow each other, alone or as in “Page 12” or “12 of 40”, and a head that comes
again. What may be a year, a date or a heading of its own (“2014”, “12 March”, “Day 3”) is merely told to be set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

# A head and a line of its own for the number of the page.
_MOST_EDGE_LINES = 2
_FEWEST_PAGES = 3
# Left and right pages often have different heads.
_MOST_STEP = 2
# A number with fewer words may be a date or a heading of its own.
_FEWEST_WORDS = 3
_YEARS = range(1000, 2200)
_LONGEST_LINE = 300
# Not a part of a word, but for scripts that part none, nor of a larger number.
_NUMBER = re.compile(r"(?<![^\W\u3000-\uffff])(?<!\d)(?<!\d[.,])\d{1,4}(?![^\W\u3000-\uffff])(?!\d|[.,]\d)")
_ROMAN = re.compile(
    r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE | re.ASCII
)
_FIRST_WORD, _LAST_WORD = re.compile(r"\W*(\w+)"), re.compile(r"(\w+)\W*$")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_OF_PAGES = (
    *("page", "pages", "pg", "p", "pag", "pagina", "página", "seite", "seiten", "s", "sida", "side", "strona", "str"),
    *("стр", "страница", "сторінка", "с", "第", "页", "頁", "页共", "頁共", "쪽", "ページ", "صفحة"),
    *("of", "von", "de", "di", "van", "sur", "av", "af", "z", "из", "з", "|"),
)


class Running(Enum):
    """What a line at the edge of a page is: to be left out, or to stand where it parts no sentence."""

    LEFT_OUT = auto()
    SET_APART = auto()


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a line may have in common with those of other pages: all of it, or all but a number that counts.

    `distance` is how far that number is from the page's, None where there is none.
    """

    before: str
    after: str = ""
    distance: int | None = None

    @property
    def words(self) -> list[str]:
        return re.findall(r"[^\W\d_]+|[|]", f"{self.before} {self.after}")

    @property
    def has_digits(self) -> bool:
        return any(map(str.isdigit, self.before + self.after))

    @property
    def is_number_of_page(self) -> bool:
        """Whether besides the number nothing is said but that it is one, and of how many."""
        if not all(word.casefold() in _OF_PAGES for word in self.words):
            return False
        return not self.has_digits or self.total is not None

    @property
    def total(self) -> int | None:
        """The one other number, after a word or a stroke."""
        numbers = _NUMBER.findall(self.after)
        is_told = len(numbers) == 1 and not any(map(str.isdigit, self.before))
        return int(numbers[0]) if is_told and (self.words or self.after.startswith("/")) else None

    @property
    def counts_with_words(self) -> bool:
        """Whether something is said besides a number that counts with the pages."""
        return self.distance is not None and not self.is_number_of_page

    @property
    def comes_again(self) -> bool:
        """Whether what a line says stands in the first one of the kind, too, but for the number of the page."""
        if self.distance is None:
            return bool(self.words)
        has_year = any(int(number) in _YEARS for number in _NUMBER.findall(f"{self.before} {self.after}"))
        return len(self.words) >= _FEWEST_WORDS and not has_year

    def is_number(self, page: int, last: int) -> bool:
        """Tell whether it can be nothing but the number of a page; alone, it may be a year, and 3/12 a date."""
        if self.distance is None or not self.is_number_of_page:
            return False
        if self.total is not None:
            return self.total == last + self.distance or bool(self.words and self.total not in _YEARS)
        return bool(self.words) or page + self.distance not in _YEARS


def running_lines(pages: Sequence[Sequence[str]]) -> list[dict[int, Running]]:
    """Return for each page which of its lines, by their numbers from 0, are running ones; no line is an empty one."""
    ends = [[0, len(lines)] for lines in pages]
    found: list[dict[int, tuple[Running, _Kind]]] = [{} for _ in pages]
    for _ in range(_MOST_EDGE_LINES):
        for at_end in (False, True):
            # Pages without text part nothing, but they are counted.
            there = [page for page, (begin, end) in enumerate(ends) if begin < end]
            places = {page: ends[page][1] - 1 if at_end else ends[page][0] for page in there}
            for page, told in _running([(page, pages[page][places[page]].strip()) for page in there]):
                found[page][places[page]] = told
                ends[page][at_end] += -1 if at_end else 1
    return [_without_others(told) for told in found]


def _without_others(told: Mapping[int, tuple[Running, _Kind]]) -> dict[int, Running]:
    """Return what the lines of a page are; what counts with words beside a number of the page counts something else."""
    is_numbered = any(running is Running.LEFT_OUT and kind.is_number_of_page for running, kind in told.values())
    return {
        number: Running.SET_APART if is_numbered and kind.counts_with_words else running
        for number, (running, kind) in told.items()
    }


def _running(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, tuple[Running, _Kind]]]:
    """Tell of one line of each page with text, given with the page, whether it is a running one, and why."""
    pages_of: dict[_Kind, list[int]] = {}
    for place, (page, line) in enumerate(lines):
        for kind in _kinds(line, page):
            pages_of.setdefault(kind, []).append(place)
    told: dict[int, tuple[Running, _Kind]] = {}
    for kind, run in ((kind, run) for kind, places in pages_of.items() for run in _runs(places)):
        if len(run) < (_FEWEST_PAGES if kind.distance is None and len(lines) >= _FEWEST_PAGES else 2):
            continue
        for number, place in enumerate(run):
            is_sure = len(run) >= _FEWEST_PAGES and (
                kind.is_number(lines[place][0], lines[-1][0]) or (number > 0 and kind.comes_again)
            )
            if is_sure or place not in told:
                told[place] = Running.LEFT_OUT if is_sure else Running.SET_APART, kind
    return ((lines[place][0], one) for place, one in told.items())


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Give the stretches of pages that follow each other, or of every other page."""
    run: list[int] = []
    for place in places:
        if run and place - run[-1] > _MOST_STEP:
            yield run
            run = []
        run.append(place)
    yield run


def _kinds(line: str, page: int) -> Iterable[_Kind]:
    if len(line) > _LONGEST_LINE:
        return (_Kind(line),)
    kinds = [_Kind(line)]
    for match in _NUMBER.finditer(line):
        kind = _Kind(line[: match.start()].strip(), line[match.end() :].strip(), int(match[0]) - page)
        # In the middle of words a number is of what they say.
        if kind.is_number_of_page or not (_has_words(kind.before) and _has_words(kind.after)):
            kinds.append(kind)
    kinds += [
        _Kind(line[: word.start(1)].strip(), line[word.end(1) :].strip(), _roman(word[1]) - page)
        for word in (_FIRST_WORD.match(line), _LAST_WORD.search(line))
        if word is not None and _ROMAN.fullmatch(word[1])
    ]
    return dict.fromkeys(kinds)


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _roman(word: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in word.casefold()]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
