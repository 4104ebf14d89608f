"""Tests of the made-up events: the same for the same seed, shaped like real data, marked as synthetic, readable."""

from __future__ import annotations

import csv
import json
import statistics
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.bench.evidence import TAGS, group_name
from tests.bench.made_up import ACTORS, OUTLETS, PLACES, TYPES, invented_names
from tests.bench.make_events import (
    ACTOR_NUMBERS,
    COLUMNS,
    DATINGS,
    EVIDENCE_ENDINGS,
    EXCERPT_CHARACTERS,
    WRITERS,
    main,
    make_events,
)
from timeline_app.core.differences import differences, state_of
from timeline_app.core.filter import Filter
from timeline_app.core.when import Precision, parse
from timeline_app.loading import load_table
from timeline_app.readers import read

pytestmark = pytest.mark.once

COUNT = 5_000
TEXT_ENDINGS = (".csv", ".jsonl", ".json")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("events") / "events.csv"
    make_events(COUNT, path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def shares(values: Iterable[object]) -> dict[object, float]:
    """Return the share of each value."""
    counts = Counter(values)
    return {value: count / counts.total() for value, count in counts.items()}


@pytest.mark.parametrize("ending", TEXT_ENDINGS)
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        make_events(500, tmp_path / f"{name}{ending}", seed=7)
    make_events(500, tmp_path / f"other{ending}", seed=8)
    one = (tmp_path / f"one{ending}").read_bytes()
    assert one == (tmp_path / f"two{ending}").read_bytes()
    assert one != (tmp_path / f"other{ending}").read_bytes()


def test_the_first_events_are_the_same_whatever_the_count(tmp_path: Path) -> None:
    make_events(300, tmp_path / "few.csv")
    make_events(900, tmp_path / "many.csv")
    assert (tmp_path / "many.csv").read_bytes().startswith((tmp_path / "few.csv").read_bytes())


def test_every_format_has_the_same_events(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    make_events(COUNT, tmp_path / "events.jsonl")
    lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [{name: str(value) for name, value in json.loads(line).items()} for line in lines] == rows


def test_parquet_has_the_same_events_and_is_the_same_again(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    duckdb = pytest.importorskip("duckdb", reason="Parquet is written by DuckDB, which is not installed here")
    for name in ("one", "two"):
        make_events(COUNT, tmp_path / f"{name}'s.parquet")
    assert (tmp_path / "one's.parquet").read_bytes() == (tmp_path / "two's.parquet").read_bytes()
    with duckdb.connect() as database:
        found = database.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "one's.parquet")]).fetchall()
        told = database.execute(
            "SELECT value FROM parquet_kv_metadata(?)", [str(tmp_path / "one's.parquet")]
        ).fetchall()
    assert [dict(zip(COLUMNS, map(str, row), strict=True)) for row in found] == rows
    assert b"Synthetic" in told[0][0]


def test_the_native_file_is_read_without_a_problem_and_says_that_it_is_synthetic(tmp_path: Path) -> None:
    make_events(400, tmp_path / "events.json")
    dataset = read(tmp_path / "events.json")
    assert len(dataset.events) == 400
    assert not dataset.problems
    assert dataset.title.startswith("Synthetic")


@pytest.mark.parametrize("ending", EVIDENCE_ENDINGS)
def test_with_evidence_the_same_events_are_told_more_of(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"made-up-events{ending}"
    make_events(400, path, with_evidence=True)
    make_events(400, tmp_path / "plain.csv")
    table, plain = load_table([path]), load_table([tmp_path / "plain.csv"])
    assert [event.id for event in table] == [event.id for event in plain]
    assert [event.excerpts for event in table] == [event.excerpts for event in plain]
    assert table.known is not None
    assert table.known.undated == 0
    assert 20 < len(table.disputed) < 60
    assert {"attacker", "target", "supplier", "speaker"} <= table.actors.role_counts().keys()
    assert set(table.tags.names) <= set(TAGS)
    group = table.gazetteer.get(group_name(0))
    assert group is not None
    assert any(member.since for member in group.members)
    assert any(member.until for member in group.members)


def test_a_later_release_withdraws_changes_and_adds(tmp_path: Path) -> None:
    for name, is_later in (("first", False), ("later", True)):
        make_events(1_000, tmp_path / f"{name}.csv", with_evidence=True, is_later=is_later)
    first, later = (load_table([tmp_path / f"{name}.csv"]) for name in ("first", "later"))
    found = differences(state_of(first, Filter()), state_of(later, Filter()))
    assert (len(found.added), len(found.changed), len(found.withdrawn), found.unchanged) == (10, 20, 10, 970)


def test_evidence_is_not_written_as_a_native_timeline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["5", "-o", str(tmp_path / "events.json"), "--evidence"])
    assert "--evidence" in capsys.readouterr().err


def test_every_title_and_id_says_that_it_is_synthetic_and_is_the_only_one(rows: list[dict[str, str]]) -> None:
    for name in ("title", "id"):
        assert all(row[name].casefold().startswith("synthetic") for row in rows)
        assert len({row[name] for row in rows}) == COUNT


def test_most_is_dated_to_the_day_and_every_date_is_one(rows: list[dict[str, str]]) -> None:
    dates = [parse(row["when"]) for row in rows]
    points = [
        date for date in dates if date.precision is Precision.DAY and date.end_latest_s - date.start_earliest_s < 86_400
    ]
    assert 0.66 < len(points) / COUNT < 0.78
    assert {date.precision for date in dates} == {Precision.DAY, Precision.MONTH, Precision.YEAR}
    assert 0.03 < sum(row["when"].endswith("~") for row in rows) / COUNT < 0.07
    spans = [row["when"] for row in rows if "/" in row["when"]]
    assert abs(len(spans) / COUNT - (DATINGS["span"] + DATINGS["long_span"]) / 100) < 0.03
    assert max(date.end_latest_s - date.start_earliest_s for date in dates) <= 367 * 86_400


def test_more_happens_later_and_in_bursts(rows: list[dict[str, str]]) -> None:
    years = [int(row["when"][:4]) for row in rows]
    assert (min(years), max(years)) == (1989, 2023)
    assert statistics.median(years) > 2008
    months = sorted(Counter(row["when"][:7] for row in rows if len(row["when"]) >= 7).values())
    assert months[-1] > 4 * statistics.median(months)


def test_actors_follow_zipf_and_none_comes_twice(rows: list[dict[str, str]]) -> None:
    actors = [row["actors"].split(";") for row in rows]
    assert all(len(set(names)) == len(names) for names in actors)
    assert set(shares(map(len, actors))) == {1, 2, 3}
    assert shares(map(len, actors))[1] >= ACTOR_NUMBERS[0] / 100 - 0.02
    leading = shares(names[0] for names in actors)
    assert leading[ACTORS[0]] > 1.6 * leading[ACTORS[1]] > 2 * leading[ACTORS[9]]
    assert len({name for names in actors for name in names}) > 400


def test_types_importance_places_and_sources_are_skewed(rows: list[dict[str, str]]) -> None:
    assert set(shares(row["type"] for row in rows)) == set(TYPES)
    importance = shares(row["importance"] for row in rows)
    assert importance["2"] + importance["3"] > 0.65
    assert importance["5"] < 0.06
    assert {row["place"] for row in rows} <= set(PLACES)
    assert {row["source"] for row in rows} <= set(OUTLETS)


def test_excerpts_are_whole_words_of_the_wanted_length(rows: list[dict[str, str]]) -> None:
    lengths = [len(row["excerpt"]) for row in rows]
    least, most = EXCERPT_CHARACTERS
    assert least <= min(lengths) < least + 10
    assert most - 40 < max(lengths) <= most + 20
    assert all(row["excerpt"] == row["excerpt"].strip() and row["excerpt"][0].isupper() for row in rows)


def test_invented_names_are_all_different() -> None:
    assert len(set(invented_names(1_500))) == 1_500
    assert len(set(ACTORS)) == 500
    assert len(set(OUTLETS)) == 200


def test_the_command_writes_the_file(tmp_path: Path) -> None:
    assert main(["1_000", "-o", str(tmp_path / "events.csv"), "--seed", "3"]) == 0
    assert len((tmp_path / "events.csv").read_text(encoding="utf-8").splitlines()) == 1_001


@pytest.mark.parametrize(
    "words", [["10", "-o", "events.xml"], ["-5", "-o", "events.csv"], ["many", "-o", "events.csv"]]
)
def test_the_command_refuses_what_it_cannot_write(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "error" in capsys.readouterr().err


def test_no_events_are_a_file_with_none(tmp_path: Path) -> None:
    for ending in TEXT_ENDINGS:
        assert ending in WRITERS
        make_events(0, tmp_path / f"none{ending}")
    assert (tmp_path / "none.csv").read_text(encoding="utf-8") == ",".join(COLUMNS) + "\n"
