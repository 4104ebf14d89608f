"""Records of a coded dataset give the same events as CSV, spreadsheet, JSON, JSON Lines, Parquet and Arrow."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.books import row, write_book
from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.event import Event, Origin
from timeline_app.readers import choose, nearly_as_likely, read
from timeline_app.readers.gdelt_columns import EVENTS_2, MENTIONS, gdelt_head
from timeline_app.readers.propose import propose

Table = tuple[Sequence[str], list[list[str]]]

GED = (
    *("id", "year", "active_year", "code_status", "type_of_violence", "conflict_name", "dyad_name", "side_a", "side_b"),
    *("source_article", "source_office", "source_date", "source_headline", "where_prec", "where_coordinates"),
    *("country", "latitude", "longitude", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a"),
    *("best", "high", "low"),
)
GED_ROWS = [
    [
        *("412700", "2022", "1", "Clear", "1", "Utopia: Government", "Government of Utopia - RF"),
        *("Government of Utopia", "RF", '"Wire,2022-03-02,Two die in Town"', "Wire", "2022-03-02", "Two die in Town"),
        *("1", "Town", "Utopia", "10.25", "-3", "1", "1", "2022-03-01", "2022-03-01", "1", "2", "4", "2"),
    ],
    [
        *("412701", "2022", "0", "Clear", "3", "", "RF - Civilians", "RF", "Civilians", "", "", "", "", "6", ""),
        *("Utopia", "", "", "1", "4", "2022-04-01", "2022-04-30", "0", "120", "150", "100"),
    ],
    [
        *("412702", "2022", "0", "Clear", "2", "", "", "A", "B", "", "", "", "", "1", "", "Utopia", "", "", "1", "1"),
        *("2022-02-30", "2022-02-30", "0", "0", "0", "0"),
    ],
]


def of_csv(name: str) -> Table:
    head, *rows = list(csv.reader((DATA / name).read_text(encoding="utf-8").splitlines()))
    return head, [cells for cells in rows if len(cells) == len(head)]


def of_gdelt(name: str, columns: Sequence[str] = ()) -> Table:
    """Return a table of GDELT, with the header that it has where no columns are told."""
    found = gdelt_head((DATA / name).read_text(encoding="utf-8") + "\n")
    assert found is not None
    rows = found[1] if columns else found[1][1:]
    columns = columns or found[1][0]
    return columns, [cells for cells in rows if len(cells) == len(columns)]


TABLES: dict[str, Table] = {
    "acled": of_csv("sample.acled.csv"),
    "ucdp-prio": of_csv("sample.ucdp-prio.csv"),
    "ucdp-ged": (GED, GED_ROWS),
    "gdelt": of_gdelt("sample.gdelt.CSV", EVENTS_2),
    "gdelt-mentions": of_gdelt("sample.gdelt-mentions.CSV", MENTIONS),
    "gdelt-reduced": of_gdelt("sample.gdelt-reduced.txt"),
    "gtd": of_csv("sample.gtd.csv"),
    "cow": of_csv("sample.cow.csv"),
    "ucdp-yearly": of_csv("sample.ucdp-yearly.csv"),
    "scad": of_csv("sample.scad.csv"),
    "phoenix": of_csv("sample.phoenix.csv"),
    "timesketch": of_csv("sample.timesketch.csv"),
}


def as_csv(path: Path, columns: Sequence[str], rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def as_book(path: Path, columns: Sequence[str], rows: list[list[str]]) -> Path:
    return write_book(path, {"Data": row(*columns) + "".join(row(*cells) for cells in rows)})


def as_json(path: Path, columns: Sequence[str], rows: list[list[str]]) -> Path:
    records = [dict(zip(columns, cells, strict=True)) for cells in rows]
    path.write_text(json.dumps({"data": records}, indent=0), encoding="utf-8")
    return path


def as_lines(path: Path, columns: Sequence[str], rows: list[list[str]]) -> Path:
    records = (json.dumps(dict(zip(columns, cells, strict=True))) for cells in rows)
    path.write_text("\n".join(records) + "\n", encoding="utf-8")
    return path


def as_parquet(path: Path, columns: Sequence[str], rows: list[list[str]]) -> Path:
    duckdb = pytest.importorskip("duckdb", reason="Parquet needs DuckDB, an extra that is not installed")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE cells ({})".format(", ".join(f'"{name}" VARCHAR' for name in columns)))
        connection.executemany(f"INSERT INTO cells VALUES ({', '.join('?' * len(columns))})", rows)
        connection.execute(f"COPY cells TO '{path}' (FORMAT parquet)")
    return path


def as_arrow(path: Path, columns: Sequence[str], rows: list[list[str]]) -> Path:
    arrow = pytest.importorskip("pyarrow", reason="Arrow needs pyarrow, an extra that is not installed")
    table = arrow.table(dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)))
    with arrow.OSFile(str(path), "wb") as file, arrow.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    return path


WRITERS: dict[str, Callable[[Path, Sequence[str], list[list[str]]], Path]] = {
    "xlsx": as_book,
    "json": as_json,
    "jsonl": as_lines,
    "parquet": as_parquet,
    "arrow": as_arrow,
}


def events_of(path: Path) -> list[Event]:
    """Read a file in batches, whose columns must say the same; where an event stands is left out."""
    return [replace(event, origin=Origin()) for event in streamed(path).events]


@pytest.mark.parametrize("dataset", TABLES)
@pytest.mark.parametrize("ending", WRITERS)
def test_each_container_gives_the_same_events(tmp_path: Path, dataset: str, ending: str) -> None:
    columns, rows = TABLES[dataset]
    table = as_csv(tmp_path / "table.csv", columns, rows)
    assert choose(table).name == dataset
    expected = events_of(table)
    assert 0 < len(expected) <= len(rows)
    path = WRITERS[ending](tmp_path / f"table.{ending}", columns, rows)
    assert events_of(path) == expected
    one, other = read(path), read(table)
    assert (one.title, one.summary) == (other.title, other.summary)
    assert (one.report.read, one.report.rejected) == (len(rows), len(rows) - len(expected))
    assert not nearly_as_likely(path, choose(path).name)
    assert choose(path).table is None or propose(path).is_sure


def test_whole_numbers_of_data_frames_with_gaps_are_understood(tmp_path: Path) -> None:
    columns, rows = TABLES["acled"]
    whole = {"time_precision", "fatalities", "timestamp", "year", "iso"}
    frame = [
        [f"{cell}.0" if name in whole and cell.isdigit() else cell for name, cell in zip(columns, cells, strict=True)]
        for cells in rows
    ]
    expected = events_of(as_csv(tmp_path / "table.csv", columns, rows))
    for ending, writer in WRITERS.items():
        assert events_of(writer(tmp_path / f"table.{ending}", columns, frame)) == expected


def test_typed_columns_are_read_as_texts_are(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="Parquet needs DuckDB, an extra that is not installed")
    as_parquet(tmp_path / "texts.parquet", GED, GED_ROWS[:2])
    typed = {"id": "BIGINT", "best": "DOUBLE", "latitude": "DOUBLE", "date_start": "TIMESTAMP", "date_end": "DATE"}
    casts = ", ".join(f"nullif({name}, '')::{kind} AS {name}" for name, kind in typed.items())
    with duckdb.connect() as connection:
        texts = f"SELECT * REPLACE ({casts}) FROM '{tmp_path / 'texts.parquet'}'"
        connection.execute(f"COPY ({texts}) TO '{tmp_path / 'typed.parquet'}' (FORMAT parquet)")
    assert events_of(tmp_path / "typed.parquet") == events_of(as_csv(tmp_path / "table.csv", GED, GED_ROWS[:2]))


def test_what_is_remarked_is_told_once(tmp_path: Path) -> None:
    columns, rows = TABLES["gdelt"]
    artefact = [next(cells for cells in rows if cells[0] == "900000002")] * 3
    for ending, writer in WRITERS.items():
        path = writer(tmp_path / f"table.{ending}", columns, artefact)
        told = [one.message for one in read(path).problems if "a known artefact" in one.message]
        assert len(told) == 1


def test_only_settings_are_told_to_a_coded_dataset(tmp_path: Path) -> None:
    columns, rows = TABLES["ucdp-ged"]
    path = as_lines(tmp_path / "table.jsonl", columns, rows[:2])
    mapped = read(path, mapping={"title": "side_a", "when": "date_start"})
    assert [event.title for event in mapped.events] == ["Government of Utopia", "RF"]


CELLS = st.fixed_dictionaries(
    {
        "EventCode": st.sampled_from(["193", "043", "010", "43", "", "---"]),
        "SQLDATE": st.sampled_from(["20240516", "20230516", "20240230", ""]),
        "DATEADDED": st.sampled_from(["20240516143000", "20240516", ""]),
        "Actor1CountryCode": st.sampled_from(["RUS", "UKR", ""]),
        "Actor1Name": st.sampled_from(["RUSSIA", "POLICE", ""]),
        "ActionGeo_FullName": st.sampled_from(["Kharkiv, Ukraine", "", "Ünïcode; \"x\", 'y'"]),
        "ActionGeo_Lat": st.sampled_from(["50", "50.25", "", "x"]),
        "NumMentions": st.sampled_from(["1", "12", "300", ""]),
        "SOURCEURL": st.sampled_from(["https://a.example/1?b=c", "BBC Monitoring", ""]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(CELLS, min_size=1, max_size=6))
def test_any_records_give_the_same_events(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    rows = [
        [{"GLOBALEVENTID": str(number), **record}.get(name, "") for name in EVENTS_2]
        for number, record in enumerate(records, start=1)
    ]
    expected = events_of(as_csv(folder / "table.csv", EVENTS_2, rows))
    for ending, writer in WRITERS.items():
        assert events_of(writer(folder / f"table.{ending}", EVENTS_2, rows)) == expected


def test_a_wrong_record_is_told_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, "", "table.jsonl")
    as_lines(path, GED, [GED_ROWS[0], GED_ROWS[2], ["", *GED_ROWS[1][1:]]])
    assert [(one.line, one.record, one.message) for one in read(path).problems] == [
        (2, 2, "when: 30 is not a day: February 2022 has 28 days; the record is left out"),
        (3, 3, "id: expected a number; found nothing; the record is left out"),
    ]
