"""Words are found by the bytes of records as they are by whole events, names of actors in whatever form among them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.parquet import values, write_parquet
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.batches import LiteralDecoder
from timeline_app.core.records import searchable
from timeline_app.core.table import EventTable
from timeline_app.opening import open_file
from timeline_app.readers import parquet
from timeline_app.store.cache import FileCache
from timeline_app.store.raw_words import RawWords

KNOWN = Gazetteer(
    [
        ActorEntry("North Korea", aliases=("DPRK", "КНДР", "Korea  (North)")),
        ActorEntry("Côte d'Ivoire", aliases=("Ivory Coast", "RCI")),
    ]
)
TEXTS = st.one_of(
    st.sampled_from(
        ["Kursk", "ﬁre in Łódź", "STRAẞE", "a;b", '["x\\u0041bc", "d"]', "DPRK; Russia", "КНДР", "Government of DPRK"]
    ),
    st.sampled_from(["Cote d’Ivoire", "Co\u0302te d'Ivoire", "RCI", "Korea (North)", 'say "north"', "İstanbul", "NA"]),
    st.text(st.sampled_from('abK ,;"\\|_ẞﬁ\n'), max_size=12),
)
WORDS = st.one_of(
    st.sampled_from(["korea", "north korea", "ivoire", "coast", "fire", "strasse", "łódź", "istanbul", "xabc", "na"]),
    st.text(st.sampled_from("abk ;ßfi"), min_size=1, max_size=6),
)


COLUMNS = ("title", "date", "summary", "actors", "n", "more")


def as_csv(rows: list[tuple[str, ...]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([COLUMNS, *rows])
    return written.getvalue()


def as_lines(rows: list[tuple[str, ...]]) -> str:
    """Return rows as JSON Lines, every other one without escapes, with a number, a truth and what is nested."""
    records = [{**dict(zip(COLUMNS, row, strict=True)), "n": 1.50, "more": {"of": [True, row[2]]}} for row in rows]
    return "".join(json.dumps(one, ensure_ascii=number % 2 > 0) + "\n" for number, one in enumerate(records))


TEXT_FORMS = {"csv": as_csv, "jsonl": as_lines}
PARQUET = "parquet"


def table_of(folder: Path, rows: list[tuple[str, ...]], ending: str) -> EventTable:
    """Open a table of a title, a summary and actors, kept in a cache."""
    whole: list[tuple[str, ...]] = [(f"T{a}", "2024", b, c, "1.50", "True") for a, b, c in rows]
    path = folder / f"events.{ending}"
    if ending == PARQUET:
        nested = f"SELECT * REPLACE ({{'of': [summary]}} AS more) FROM ({values(whole, ', '.join(COLUMNS))})"
        write_parquet(path, nested)
    else:
        path.write_text(TEXT_FORMS[ending](whole), encoding="utf-8", newline="")
    table = open_file(path, gazetteer=KNOWN, cache=FileCache(folder / "cache"))
    assert isinstance(table, EventTable)
    return table


ROWS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6)
WANTED = st.lists(WORDS | st.sampled_from(["1.5", "true"]), min_size=1, max_size=2)


@settings(max_examples=80)
@given(ROWS, WANTED, st.sampled_from(sorted(TEXT_FORMS)))
def test_records_are_told_by_their_bytes_as_by_their_events(
    rows: list[tuple[str, ...]], words: list[str], ending: str
) -> None:
    check_words(rows, words, ending)


@settings(max_examples=20)
@given(ROWS, WANTED)
def test_records_of_parquet_are_told_by_their_bytes_too(rows: list[tuple[str, ...]], words: list[str]) -> None:
    pytest.importorskip("duckdb")
    check_words(rows, words, PARQUET)


def test_records_of_parquet_are_literal(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    path = write_parquet(
        tmp_path / "events.parquet", values([("Raid", "2024", "Troops near Kursk")], "title,date,summary")
    )
    stream = parquet.open_stream(path, path.name, {})
    decode = parquet.decoder(stream.layout)
    assert isinstance(decode, LiteralDecoder)
    assert decode.is_literal


def check_words(rows: list[tuple[str, ...]], words: list[str], ending: str) -> None:
    """Hold what the bytes of kept records tell of words to what their events hold."""
    with TemporaryDirectory() as folder:
        table = table_of(Path(folder), rows, ending)
        texts = [searchable(event).casefold() for event in table]
        wanted = [word.casefold() for word in words]
        expected = [row for row, text in enumerate(texts) if all(word in text for word in wanted)]
        assert list(table.records.rows_with(wanted, range(len(table)))) == expected


@pytest.mark.parametrize(
    ("raw", "words", "may_be"),
    [
        ("Troops near Kursk", ["kursk"], True),
        ("Troops near Kursk", ["kyiv"], False),
        ("Troops near Kursk", ["kursk", "summit"], False),
        ("DPRK sends troops", ["korea"], True),
        ("КНДР", ["korea"], True),
        ("Russia", ["korea"], False),
        ("an escape: \\u0041", ["kursk"], True),
        ("short", ["of"], True),
    ],
)
def test_what_may_hold_words(raw: str, words: list[str], may_be: bool) -> None:
    assert RawWords(words, KNOWN).may_be_in(raw.encode()) is may_be
