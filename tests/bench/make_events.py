"""Write made-up events with the shape of real ones: script/make-events N -o FILE [--seed S] [--evidence]."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tests.bench.evidence import EVIDENCE_COLUMNS, EventRow, Texts, Whole, evidence, later_release, write_actors
from tests.bench.made_up import ACTORS, IMPORTANCE_SHARES, OUTLETS, PLACES, TYPES, WORDS

Chunks: TypeAlias = Iterator[list[EventRow]]

TITLE: Final = "Synthetic events, made up to measure with"
COLUMNS: Final = ("id", "title", "when", "type", "actors", "place", "importance", "source", "excerpt")
CSV_ROW: Final = '{},{},{},{},{},{},{},{},"{}"'  # excerpts have commas
CSV_EVIDENCE: Final = ',{},{},{},"{}"'
# A table of this name has its actors beside it.
EVENTS_NAME, ACTORS_NAME = "events", "actors"
CHUNK: Final = 100_000
FIRST_DAY, LAST_DAY = np.datetime64("1989-01-01"), np.datetime64("2023-12-31")
DAYS: Final = int((LAST_DAY - FIRST_DAY).astype(np.int64)) + 1
LATEST_TOLD_DAYS: Final = 4_000
LONGEST_SPAN_DAYS: Final = 365
BURSTS: Final = 120
BURST_SHARE: Final = 0.35
# Shares of the ways in which an event is dated, and of one to three actors.
DATINGS: Final = {"day": 70, "month": 9, "year": 3, "about_day": 3, "about_month": 2, "span": 10, "long_span": 3}
ACTOR_NUMBERS: Final = (45, 40, 15)
EXCERPT_CHARACTERS: Final = (80, 400)
CORPUS_WORDS: Final = 400_000
SENTENCE_WORDS: Final = (6, 22)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file that the command line asks for."""
    parser = argparse.ArgumentParser(prog="script/make-events", description=__doc__)
    parser.add_argument("count", type=_count, metavar="N", help="how many events")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="ends in " + ", ".join(WRITERS)
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed gives other events")
    parser.add_argument(
        "--evidence",
        action="store_true",
        help="also roles, tags, dates of publication and claims; beside a file whose name ends in events the actors",
    )
    parser.add_argument(
        "--later", action="store_true", help="a later release of the same events: some withdrawn, changed, added"
    )
    asked = parser.parse_args(arguments)
    if asked.output.suffix not in WRITERS:
        parser.error(f"{asked.output}: the name must end in one of {', '.join(WRITERS)}")
    if asked.evidence and asked.output.suffix not in EVIDENCE_ENDINGS:
        parser.error(f"{asked.output}: with --evidence the name must end in one of {', '.join(EVIDENCE_ENDINGS)}")
    make_events(asked.count, asked.output, asked.seed, with_evidence=asked.evidence, is_later=asked.later)
    return 0


def make_events(count: int, path: Path, seed: int = 1, *, with_evidence: bool = False, is_later: bool = False) -> None:
    """Write so many events in the format that the path's ending names; the same seed gives the same bytes.

    The first events are the same whatever the count, and whether there is evidence. Memory does not grow with it. A
    later release has nearly as many, see tests.bench.evidence.
    """
    chunks = _rows(count, seed, with_evidence=with_evidence)
    if is_later:
        chunks = (list(later_release(rows, number * CHUNK)) for number, rows in enumerate(chunks))
    columns = COLUMNS + EVIDENCE_COLUMNS if with_evidence else COLUMNS
    WRITERS[path.suffix](chunks, columns, path)
    if with_evidence and path.stem.endswith(EVENTS_NAME):
        write_actors(companion(path))


def companion(path: Path) -> Path:
    """Return where the actors beside a table of events are."""
    return path.with_name(path.stem.removesuffix(EVENTS_NAME) + f"{ACTORS_NAME}.csv")


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What one seed makes of time and language: when much happens, and a long text to take excerpts from.

    `days` go on for LATEST_TOLD_DAYS, on which events are still told of. `day_chances` and `actor_chances` are running
    sums of probabilities. Excerpts begin at one of `sentence_starts` and end at one of `word_ends`, all of them offsets
    into `corpus`.
    """

    days: Texts
    months: Texts
    years: Texts
    day_chances: npt.NDArray[np.float64]
    actor_chances: npt.NDArray[np.float64]
    corpus: str
    sentence_starts: Whole
    word_ends: Whole

    @classmethod
    def of_seed(cls, seed: int) -> World:
        """Make the world of a seed."""
        chance = np.random.default_rng((seed, 0))
        dates = FIRST_DAY + np.arange(DAYS + LATEST_TOLD_DAYS)
        corpus, starts, ends = _corpus(chance)
        return cls(
            days=np.datetime_as_string(dates).astype(object),
            months=np.datetime_as_string(dates, unit="M").astype(object),
            years=np.datetime_as_string(dates, unit="Y").astype(object),
            day_chances=_day_chances(chance),
            actor_chances=_running(_zipf(len(ACTORS))),
            corpus=corpus,
            sentence_starts=starts,
            word_ends=ends,
        )


def _rows(count: int, seed: int, *, with_evidence: bool) -> Chunks:
    """Give the rows in chunks; each chunk has random numbers of its own, so that it does not hang on the others."""
    world = World.of_seed(seed)
    for number, first in enumerate(range(0, count, CHUNK)):
        chance = np.random.default_rng((seed, 1, number))
        of_evidence = np.random.default_rng((seed, 2, number)) if with_evidence else None
        yield _chunk(world, chance, first, of_evidence)[: count - first]


def _chunk(
    world: World, chance: np.random.Generator, first: int, of_evidence: np.random.Generator | None
) -> list[EventRow]:
    numbers = np.arange(first, first + CHUNK).astype(str).astype(object)
    types = _texts(tuple(TYPES))[_drawn(chance, _running(tuple(TYPES.values())))]
    places = _texts(PLACES)[_drawn(chance, _running(_zipf(len(PLACES))))]
    leading, actors = _actors(world, chance)
    titles = "Synthetic " + types + " " + numbers + " at " + places + ": " + leading
    importance = _drawn(chance, _running(IMPORTANCE_SHARES)) + 1
    outlets = _texts(OUTLETS)[_drawn(chance, _running(_zipf(len(OUTLETS))))]
    dates, days = _dates(world, chance)
    columns = ("synthetic-" + numbers, titles, dates, types, actors, places, importance, outlets)
    told = [*(column.tolist() for column in columns), _excerpts(world, chance)]
    if of_evidence is not None:
        told += evidence(of_evidence, types.tolist(), actors.tolist(), days, world.days)
    return list(zip(*told, strict=True))


def _dates(world: World, chance: np.random.Generator) -> tuple[Texts, Whole]:
    """Write dates: mostly days, some months, years and spans, a few of them approximate; with the day of each."""
    day = _drawn(chance, world.day_chances)
    kind = _drawn(chance, _running(tuple(DATINGS.values())))
    length = np.minimum(chance.geometric(1 / 9, CHUNK), LONGEST_SPAN_DAYS)
    long_length = chance.integers(30, LONGEST_SPAN_DAYS + 1, CHUNK)
    written = world.days[day]
    kinds = {name: kind == number for number, name in enumerate(DATINGS)}
    written[kinds["month"]] = world.months[day[kinds["month"]]]
    written[kinds["year"]] = world.years[day[kinds["year"]]]
    written[kinds["about_day"]] += "~"
    written[kinds["about_month"]] = world.months[day[kinds["about_month"]]] + "~"
    for name, lengths in (("span", length), ("long_span", long_length)):
        chosen = kinds[name]
        written[chosen] += "/" + world.days[day[chosen] + lengths[chosen]]
    return written, day


def _actors(world: World, chance: np.random.Generator) -> tuple[Texts, Texts]:
    """Return the leading actor of each event, and one to three actors joined by semicolons, none of them twice."""
    number = _drawn(chance, _running(ACTOR_NUMBERS)) + 1
    codes = np.searchsorted(world.actor_chances, chance.random((3, CHUNK)), side="right")
    names = _texts(ACTORS)
    leading = names[codes[0]]
    joined = leading.copy()
    for place in (1, 2):
        adding = (number > place) & (codes[:place] != codes[place]).all(axis=0)
        joined[adding] += ";" + names[codes[place, adding]]
    return leading, joined


def _excerpts(world: World, chance: np.random.Generator) -> list[str]:
    """Cut whole words out of the corpus, from the beginning of a sentence on."""
    least, most = EXCERPT_CHARACTERS
    starts = chance.choice(world.sentence_starts, CHUNK)
    wanted = least + np.minimum(chance.gamma(2.0, 55.0, CHUNK), most - least)
    ends = world.word_ends[np.searchsorted(world.word_ends, starts + wanted, side="right") - 1]
    short = ends - starts < least
    ends[short] = world.word_ends[np.searchsorted(world.word_ends, starts[short] + least)]
    corpus = world.corpus
    return [corpus[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _corpus(chance: np.random.Generator) -> tuple[str, Whole, Whole]:
    """Return a long text of sentences, where its sentences begin, and where its words end."""
    words = [WORDS[code] for code in _drawn(chance, _running(_zipf(len(WORDS))), CORPUS_WORDS).tolist()]
    lengths = chance.integers(*SENTENCE_WORDS, CORPUS_WORDS // SENTENCE_WORDS[0])
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    bounds = bounds[bounds <= CORPUS_WORDS].tolist()
    commas = set(chance.integers(0, CORPUS_WORDS, CORPUS_WORDS // 25).tolist())
    sentences = [_sentence(words[begin:end], begin, commas) for begin, end in pairwise(bounds)]
    corpus = " ".join(sentences)
    lengths_in_text = np.array([len(sentence) + 1 for sentence in sentences])
    starts = np.concatenate(([0], np.cumsum(lengths_in_text)[:-1]))
    is_space = np.frombuffer(corpus.encode("ascii"), np.uint8) == ord(" ")
    word_ends = np.append(np.flatnonzero(is_space), len(corpus))
    return corpus, starts[starts < len(corpus) - 2 * EXCERPT_CHARACTERS[1]], word_ends


def _sentence(words: Sequence[str], begin: int, commas: set[int]) -> str:
    text = " ".join(word + "," if begin + number in commas else word for number, word in enumerate(words[:-1]))
    return f"{text[:1].upper()}{text[1:]} {words[-1]}."


def _day_chances(chance: np.random.Generator) -> npt.NDArray[np.float64]:
    """Let more happen later, and much of it in bursts of a few days to some months."""
    days = np.arange(DAYS)
    growing = (days + 400.0) ** 1.6
    middles = DAYS * chance.random(BURSTS) ** 0.6
    widths = np.exp(chance.uniform(np.log(3), np.log(90), BURSTS))
    weights = chance.pareto(1.2, BURSTS) + 0.2
    bursts = np.zeros(DAYS)
    for middle, width, weight in zip(middles, widths, weights, strict=True):
        bursts += weight * np.exp(-0.5 * ((days - middle) / width) ** 2)
    return _running((1 - BURST_SHARE) * growing / growing.sum() + BURST_SHARE * bursts / bursts.sum())


def _zipf(count: int) -> npt.NDArray[np.float64]:
    return 1 / np.arange(1, count + 1)


def _running(weights: Sequence[float] | npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the running sum of shares that add up to 1."""
    sums = np.cumsum(np.asarray(weights, np.float64))
    shares: npt.NDArray[np.float64] = sums / sums[-1]
    return shares


def _drawn(chance: np.random.Generator, running: npt.NDArray[np.float64], count: int = CHUNK) -> Whole:
    """Draw numbers of a weighted choice."""
    return np.searchsorted(running, chance.random(count), side="right").astype(np.int64)


def _texts(texts: Sequence[str]) -> Texts:
    return np.array(texts, object)


def _write_csv(chunks: Chunks, columns: Sequence[str], path: Path) -> None:
    """Write without the csv module, which takes five times as long: only claims have quotes, nothing a line break."""
    told = len(columns) > len(COLUMNS)
    line = (CSV_ROW + CSV_EVIDENCE if told else CSV_ROW) + "\n"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(columns) + "\n")
        for chunk in chunks:
            rows = ((*row[:-1], row[-1].replace('"', '""')) for row in chunk) if told else chunk
            file.writelines(line.format(*row) for row in rows)


def _write_jsonl(chunks: Chunks, columns: Sequence[str], path: Path) -> None:
    encode = json.JSONEncoder(check_circular=False).encode
    with path.open("w", encoding="utf-8") as file:
        for chunk in chunks:
            file.writelines(encode(dict(zip(columns, row, strict=True))) + "\n" for row in chunk)


def _write_json(chunks: Chunks, columns: Sequence[str], path: Path) -> None:
    """Write a native timeline, whose sources stand once at the head."""
    keys = {name: name.lower().replace(" ", "-") for name in OUTLETS}
    head = {
        "timeline_format": 1,
        "title": TITLE,
        "sources": {key: {"title": name, "publisher": name} for name, key in keys.items()},
    }
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head)[:-1] + ', "events": [')
        separator = "\n"
        for chunk in chunks:
            for row in chunk:
                file.write(separator + json.dumps(_native_event(dict(zip(columns, row, strict=True)), keys)))
                separator = ",\n"
        file.write("\n]}\n")


def _native_event(event: dict[str, Any], source_keys: Mapping[str, str]) -> dict[str, Any]:
    event["actors"] = event["actors"].split(";")
    event["importance"] = str(event["importance"])
    event["excerpts"] = [{"source": source_keys[event.pop("source")], "text": event.pop("excerpt")}]
    return event


def _write_parquet(chunks: Chunks, columns: Sequence[str], path: Path) -> None:
    """Let DuckDB turn CSV, which it reads from a pipe while it is written, into Parquet."""
    import duckdb  # heavy, and only for this format

    kinds = {name: "TINYINT" if name == "importance" else "VARCHAR" for name in columns}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as database:
        pipe = Path(folder) / "events.csv"
        os.mkfifo(pipe)
        writer = threading.Thread(target=_write_csv, args=(chunks, columns, pipe))
        writer.start()
        for setting in ("enable_progress_bar = false", "memory_limit = '400MB'", "threads = 1"):
            database.execute(f"SET {setting}")
        database.execute(
            f"COPY (SELECT * FROM read_csv('{pipe}', auto_detect = false, header = true, delim = ',', quote = '\"', "
            f"escape = '\"', columns = {kinds})) TO '{_quoted(path)}' "
            f"(FORMAT parquet, ROW_GROUP_SIZE {CHUNK}, KV_METADATA {{title: '{TITLE}'}})"
        )
        writer.join()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _count(text: str) -> int:
    count = int(text.replace("_", "").replace(",", ""))
    if count < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return count


WRITERS: Final[Mapping[str, Callable[[Chunks, Sequence[str], Path], None]]] = MappingProxyType(
    {".csv": _write_csv, ".parquet": _write_parquet, ".jsonl": _write_jsonl, ".json": _write_json}
)
EVIDENCE_ENDINGS: Final = (".csv", ".parquet", ".jsonl")


if __name__ == "__main__":
    sys.exit(main())
