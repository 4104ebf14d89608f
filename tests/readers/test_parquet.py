"""Tests of Parquet: columns of every type, records that are plain and records that are not, damaged files."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.parquet import values
from tests.helpers.parquet import write_parquet as make
from tests.helpers.streams import streamed
from timeline_app.core.dataset import FileReport
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Location, Origin
from timeline_app.core.text_column import TextColumn
from timeline_app.readers import choose, parquet, parquet_columns, parquet_file, parquet_text, read
from timeline_app.readers.propose import propose
from timeline_app.readers.reader import REST

duckdb = pytest.importorskip("duckdb", reason="Parquet needs DuckDB, an extra that is not installed")

MUTANTS = 60


def report_or_refusal(path: Path) -> FileReport | ReadError:
    """Read a file that may be damaged."""
    try:
        return read(path).report
    except ReadError as error:
        return error


def plain(count: int) -> str:
    """Return the query of so many records of plain cells."""
    return f"""
    SELECT 's' || i AS id, 'Synthetic event ' || i AS title,
        CASE WHEN i % 10 < 7 THEN strftime(DATE '1989-01-01' + i::INTEGER % 9000, '%Y-%m-%d')
             WHEN i % 10 < 9 THEN strftime(DATE '1989-01-01' + i::INTEGER % 9000, '%Y-%m')
             ELSE strftime(DATE '1989-01-01' + i::INTEGER % 9000, '%Y-%m-%d') || '~' END AS "when",
        CASE WHEN i % 5 = 0 THEN NULL ELSE ' type ' || (i % 3) END AS type,
        'Actor ' || (i % 11) || CASE WHEN i % 3 > 0 THEN '; Actor ' || (i % 7) ELSE '' END AS actors,
        'Place ' || (i % 40) AS place, (1 + i % 5)::TINYINT AS importance,
        CASE WHEN i % 2 = 0 THEN 'https://example.org/' || (i % 9) ELSE 'Outlet ' || (i % 5) END AS source,
        'a; b|' || (i % 4) AS tags, repeat('words ', (1 + i % 9)::INTEGER) AS excerpt, i * 0.5 AS score
    FROM range({count}) t(i)
"""


def test_plain_records_are_made_within_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_text.TextBatchMaker, "read", None)
    monkeypatch.setattr(parquet_file, "_ROWS_A_BATCH", 2048)
    found = streamed(make(tmp_path / "plain.parquet", plain(7000)))
    assert len(found.batches) == 4
    assert [event.id for event in found.events] == [f"s{number}" for number in range(7000)]
    assert [event.origin.record for event in found.events] == list(range(1, 7001))
    assert [actor.name for actor in found.events[1].actors] == ["Actor 1", "Actor 1"]
    assert [actor.name for actor in found.events[8].actors] == ["Actor 8", "Actor 1"]
    assert found.events[3].extra == {"score": "1.5"}
    assert found.events[9].when.approximate


def test_both_ways_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "plain.parquet", plain(2000))
    fast = streamed(path)
    monkeypatch.setattr(parquet_columns.BatchMaker, "_plain", lambda *_: None)
    assert streamed(path).events == fast.events


TEXTS = st.one_of(st.none(), st.text(st.sampled_from("ab ;|\\[{\x1f\x1e\t\u00a0é0\"'"), max_size=6))
DATES = st.sampled_from(("2024", "2024-06", "2024-06-19", "2024-6-019", "2024-02-30", "2024/06/1", "", None, "x"))


@pytest.mark.once
@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(TEXTS, TEXTS, DATES, DATES, TEXTS, TEXTS, st.sampled_from((None, "", "1", "5", "6")), TEXTS, TEXTS),
        min_size=1,
        max_size=12,
    )
)
def test_columns_and_events_say_the_same_of_any_table(tmp_path: Path, records: list[tuple[str | None, ...]]) -> None:
    names = "id, title, start, end_date, type, actors, importance, source, tags"
    path = make(tmp_path / "any.parquet", values(records, names))
    found = streamed(path)
    assert len(found.events) + found.rejected == len(records)


def test_cells_of_every_type_are_text(tmp_path: Path) -> None:
    query = """SELECT 'A' AS title, DATE '2024-06-19' AS "when", ['North Korea', 'Russia'] AS actors,
        1.5 AS lat, 2 AS lon, TIMESTAMP '2024-06-19 14:30:00' AS seen, {'a': 1} AS nested,
        true AS known, NULL::VARCHAR AS gone"""
    (event,) = streamed(make(tmp_path / "types.parquet", query)).events
    assert (event.id, event.when.text) == ("event-1", "2024-06-19")
    assert [actor.name for actor in event.actors] == ["North Korea", "Russia"]
    assert event.extra == {"seen": "2024-06-19 14:30:00", "nested": '{"a":1}', "known": "true"}
    path = make(tmp_path / "times.parquet", "SELECT 'A' AS title, TIMESTAMP '2024-06-19 14:30:00' AS date")
    assert streamed(path).events[0].when.text == "2024-06-19T14:30:00"


@pytest.mark.parametrize("kind", ["TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMPTZ", "DATE"])
@pytest.mark.parametrize("column", ["when", "start"])
def test_instants_need_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, column: str) -> None:
    monkeypatch.setattr(parquet_text.TextBatchMaker, "read", None)
    instants = ("2024-06-19 14:30:00", "1969-12-31 23:59:59.4", "2024-02-29 00:00:00.5", "1700-01-01 00:00:00")
    rows = " UNION ALL ".join(f"SELECT 'A' AS title, '{one}'::{kind} AS \"{column}\"" for one in instants)
    whens = [event.when for event in streamed(make(tmp_path / "x.parquet", rows)).events]
    assert [when.text[:10] for when in whens] == [one[:10] for one in instants]
    assert all(when.zoned is (kind == "TIMESTAMPTZ") for when in whens)


def test_columns_may_be_called_as_a_query_calls_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_text.TextBatchMaker, "read", None)
    query = """SELECT 'A' AS title, '2024-06-19' AS day, 'B' AS raw, 'C' AS place, 'D' AS c0, 'E' AS second,
        'F' AS when_text, 'G' AS size_until, 'Russia' AS one_name, 'Russia' AS actors"""
    (event,) = streamed(make(tmp_path / "x.parquet", query)).events
    assert (event.when.text, event.place) == ("2024-06-19", "C")
    assert event.extra == {
        "raw": "B",
        "c0": "D",
        "second": "E",
        "when_text": "F",
        "size_until": "G",
        "one_name": "Russia",
    }


RANGES = [
    *(
        (one, "", "")
        for one in ("2024-06-19/2024-06-21", "2024-06-19/2024-06-19", "2024-06-19 2024-06-21", "2024-06/2024-07-0")
    ),
    *(("", "2024-06-19", end) for end in ("", "2024-06-19", "2024-06-21", "2024-07", " ")),
    *(("", start, "2024-06-21") for start in ("2024-06", "2024", "202X")),
    *(("2024-06-19", start, end) for start, end in (("x", ""), ("", "x"), ("2023", "2024"))),
    (" ", "2024-06-19", "2024-06-20"),
]


def test_times_from_a_day_to_a_day_are_the_same_in_bulk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = [one for one in RANGES if one[0] != "2024-06-19 2024-06-21" and one[0] != "2024-06/2024-07-0"]
    path = make(tmp_path / "x.parquet", values([("A", *one) for one in good], 'title, "when", start, "end"'))
    slow = streamed(path, mapping={})
    monkeypatch.setattr(parquet_text.TextBatchMaker, "read", None)
    fast = streamed(path, mapping={})
    assert fast.events == slow.events
    assert len(fast.events) == len(good)


def test_records_that_are_no_events_are_told_by_number(tmp_path: Path) -> None:
    rows = [("A", "2024"), ("", "2024"), ("C", "June"), ("D", "2024")]
    found = streamed(make(tmp_path / "some.parquet", values(rows, "title, date")))
    assert [event.title for event in found.events] == ["A", "D"]
    assert [problem.split(": ", 2)[0] for problem in found.problems] == ["0 2 error", "0 3 error"]


def test_a_file_without_records(tmp_path: Path) -> None:
    dataset = read(make(tmp_path / "none.parquet", "SELECT 'A' AS title, '2024' AS date WHERE false"))
    assert (dataset.report.reader, dataset.report.read) == ("parquet", 0)


@pytest.mark.parametrize("name", ["it's [1] *?.parquet", "data.bin"])
def test_odd_names_are_names(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / "plain.parquet", "SELECT 'A' AS title, '2024' AS date").rename(tmp_path / name)
    assert choose(path).name == "parquet"
    assert [event.title for event in streamed(path).events] == ["A"]


@given(texts=st.lists(st.text("a é\t\x00\xa0\u2003" + "語", max_size=3), max_size=4))
def test_only_ids_without_blank_ends_are_plain(texts: list[str]) -> None:
    bare = all(text and text == text.strip() and min(text[0], text[-1]) >= "!" for text in texts)
    assert parquet_columns._have_blank_ends(TextColumn.of(texts)) is not bare


@pytest.mark.parametrize("cell", ["[]", '["Army A", "Army B"]', "Army \\; A", "{Army A}"])
def test_cells_of_more_than_names_are_read_as_text(tmp_path: Path, cell: str) -> None:
    rows = [(f"event {number}", "2024-06-01", cell if number == 5 else "Army A; Army C") for number in range(9)]
    found = streamed(make(tmp_path / "marks.parquet", values(rows, 'title, "when", actors')))
    assert [actor.name for actor in found.events[4].actors] == ["Army A", "Army C"]
    assert len(found.events) == 9


def test_columns_that_are_missing_or_mapped(tmp_path: Path) -> None:
    path = make(tmp_path / "x.parquet", """SELECT 'A' AS "What ""it"" was", '2024' AS date""")
    with pytest.raises(ReadError, match="no column is known to hold a title"):
        read(path)
    (event,) = streamed(path, mapping={"title": 'What "it" was'}).events
    assert event.title == "A"


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    content = make(tmp_path / "whole.parquet", plain(7000)).read_bytes()
    path = tmp_path / "cut-off.parquet"
    for length in (4, 100, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:length])
        with pytest.raises(ReadError, match="the Parquet file is damaged, or cut off") as refused:
            streamed(path)
        assert refused.value.place.file == str(path)


@pytest.mark.once
def test_a_damaged_file_is_refused_or_read(tmp_path: Path) -> None:
    # Of a file with few records most bytes tell what the others mean, so that few mutants damage much.
    content = make(tmp_path / "whole.parquet", plain(300)).read_bytes()
    path = tmp_path / "damaged.parquet"
    chance = random.Random(1)
    outcomes = []
    for _ in range(MUTANTS):
        mutant = bytearray(content)
        for _ in range(chance.choice((1, 3, 20))):
            mutant[chance.randrange(4, len(mutant))] = chance.randrange(256)
        path.write_bytes(mutant)
        outcomes.append(report_or_refusal(path))
    reports = [outcome for outcome in outcomes if isinstance(outcome, FileReport)]
    assert all(report.read == report.loaded + report.rejected for report in reports)
    assert {outcome.place.file for outcome in outcomes if isinstance(outcome, ReadError)} == {str(path)}
    assert 0 < len(reports) < MUTANTS


@pytest.mark.once
def test_a_file_that_unfolds_to_too_much_is_refused(tmp_path: Path) -> None:
    query = "SELECT repeat('x', 20_000_000) AS title, '2024' AS date"
    with pytest.raises(ReadError, match=r"a record holds 20,000,\d+ bytes; expected at most 16,777,216"):
        streamed(make(tmp_path / "bomb.parquet", query))
    query = "SELECT repeat('x', 1_000_000) AS title, '2024' AS date FROM range(300)"
    path = make(tmp_path / "many.parquet", query)
    assert path.stat().st_size < 100_000
    assert sum(len(batch.raw) > 80_000_000 for batch in streamed(path).batches) == 0


def test_a_file_that_changes_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "x.parquet", plain(300))
    chosen = choose(path).streaming
    assert chosen is not None
    stream = chosen.open(path, "x.parquet", {})
    make(path, "SELECT 'A' AS title, '2024' AS date")
    with pytest.raises(ReadError, match=r"x\.parquet: "):
        list(stream.batches())


def test_nothing_but_the_file_can_be_read(tmp_path: Path) -> None:
    other = make(tmp_path / "other.parquet", "SELECT 1")
    file = parquet_file.ParquetFile(make(tmp_path / "x.parquet", plain(7000)), "x.parquet")
    with file.connection() as connection:
        for query in (
            f"SELECT * FROM read_parquet('{other}')",
            "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
            "SET memory_limit = '64GB'",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(query).fetchall()
    assert not (tmp_path / "out.csv").exists()


def test_dates_in_any_order_and_missing_values(tmp_path: Path) -> None:
    rows = [("A", "03/04/2024", "NA", "NA"), ("B", "25/04/2024", "X; Y", "raid"), ("C", "9-12 March 1999", "Y", "-99")]
    path = make(tmp_path / "some.parquet", values(rows, "title, date, actors, type"))
    found = streamed(path)
    assert [event.when.text for event in found.events] == ["2024-04-03", "2024-04-25", "1999-03-09/1999-03-12"]
    assert [[actor.name for actor in event.actors] for event in found.events] == [[], ["X", "Y"], ["Y"]]
    assert [event.type for event in found.events] == ["", "raid", ""]
    mapped = read(path, mapping={"type": "=raid", "title": "title+type"})
    assert [event.title for event in mapped.events] == ["A NA", "B raid", "C -99"]
    assert {event.type for event in mapped.events} == {"raid"}


STRUCTURES = """
    SELECT * FROM (VALUES
        ('Raid', '2024-06-19', {'lat': 50.4, 'lon': 30.5, 'name': 'Kyiv'}, {'name': 'Russia', 'role': 'attacker'},
         {'title': 'A report', 'url': 'https://example.org/1'}),
        ('Siege', '2024-06-20', {'lat': 48.0, 'lon': 37.8, 'name': 'Donetsk'}, NULL, NULL),
        ('March', '2024-06-21', NULL, {'name': 'Ukraine', 'role': NULL}, {'title': NULL, 'url': 'https://example.org/2'})
    ) t(title, date, location, actor, source)
"""


def test_what_structures_hold_is_taken_as_from_nested_fields_in_json(tmp_path: Path) -> None:
    path = make(tmp_path / "structures.parquet", STRUCTURES)
    events = streamed(path).events
    assert [(one.place, one.location) for one in events] == [
        ("Kyiv", Location(50.4, 30.5)),
        ("Donetsk", Location(48.0, 37.8)),
        ("", None),
    ]
    assert [[(actor.name, actor.role) for actor in one.actors] for one in events] == [
        [("Russia", "attacker")],
        [],
        [("Ukraine", "")],
    ]
    assert [[(source.title, source.url) for source in one.own_sources] for one in events] == [
        [("A report", "https://example.org/1")],
        [],
        [("", "https://example.org/2")],
    ]
    assert [one.extra for one in events] == [{}, {}, {}]
    assert read(path, mapping=propose(path).mapping).events == read(path).events
    mapping = {"place": "=there", "title": "location.name"}
    assert [one.title for one in streamed(path, mapping=mapping).events] == ["Kyiv", "Donetsk"]


def test_what_of_a_structure_has_no_place_is_kept(tmp_path: Path) -> None:
    structure = """{'name': 'Kyiv', 'it''s "odd".': 1, 'deep': {'x': [1, 2], 'when': DATE '2024-06-19'}}"""
    query = f"""SELECT 'Raid' AS title, {structure} AS place, 5 AS "place.name (2)", 'A' AS "where" """
    (event,) = streamed(make(tmp_path / "odd.parquet", query), mapping={"when": "place.deep.when"}).events
    assert (event.when.text, event.place) == ("2024-06-19", "Kyiv")
    assert json.loads(str(event.extra["place"])) == {
        "name": "Kyiv",
        'it\'s "odd".': 1,
        "deep": {"x": [1, 2], "when": "2024-06-19"},
    }
    assert (event.extra["place.name (2)"], event.extra["where"]) == ("5", "A")


def test_a_title_within_a_structure_is_read_in_short(tmp_path: Path) -> None:
    texts = "array_to_string(list_transform(range(400), lambda n: md5((n * (i + 1))::VARCHAR)), ' ')"
    query = f"SELECT {{'name': 'Event ' || i}} AS event, '2024-06-19' AS date, {texts} AS summary FROM range(30) t(i)"
    path = make(tmp_path / "long.parquet", query)
    stream = parquet.open_short_stream(path, path.name, {})
    assert stream.layout[REST] == ["summary"]
    (batch,) = stream.batches()
    decode = parquet.decoder(stream.layout)
    raw = bytes(batch.raw[: int(batch.ends[0])])
    assert (decode.title(raw), decode(raw, Origin("long.parquet", 0, 1)).title) == ("Event 0", "Event 0")
