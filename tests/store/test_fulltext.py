"""Words are found in the index as it says, and an index that is not whole is never used."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.stored import some_events, table_in_folder, table_in_memory
from tests.helpers.tables import make_event, make_table
from timeline_app.core.errors import Cancelled, StoreError
from timeline_app.core.event import Event, Excerpt, Link
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.search import is_indexed
from timeline_app.core.table import EventTable
from timeline_app.store.fulltext import WordIndex, build_word_index, open_word_index
from timeline_app.store.records import StoredRecords

ROOT = Path(__file__).parent.parent.parent
WORDS = ["Kursk", "Kyiv", "kur", "Zürich", "zur", "北京", "don't", "x-ray", "a"]


def indexed(folder: Path, events: list[Event]) -> EventTable:
    """Keep events in memory, with an index of their words in a folder."""
    table = table_in_memory(events)
    assert isinstance(table.records, StoredRecords)
    table.records.word_index = build_word_index(table.records, folder)
    return table


def found(table: EventTable, *words: str) -> list[int]:
    """Find words, as they are typed."""
    return list(table.records.rows_with([word.casefold() for word in words], range(len(table))))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> EventTable:
    """Make an index of a few texts."""
    texts = [
        "Ukrainian troops crossed into Kursk oblast",
        "Fighting near the city of Kursk; Zürich talks fail",
        "STRASSE und Straße",
        "他说北京会谈已经结束",
        'He said "don\'t" and left\0the x-ray room',
    ]
    events = [make_event(f"E{number}", f"200{number}", summary=text) for number, text in enumerate(texts)]
    events[1] = make_event("E1", "2001", summary=texts[1], links=[Link("e0", "follows")])
    return indexed(tmp_path_factory.mktemp("index"), events)


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (["Kursk"], [0, 1]),
        (["kur"], [0, 1]),
        (["ursk"], []),
        (["kur", "zur"], [1]),
        (["zür"], [1]),
        (["troops crossed in"], [0]),
        (["crossed troops"], []),
        (["city of kursk zurich"], [1]),
        (["strasse"], [2]),
        (["straße"], [2]),
        (["北京"], [3]),
        (["京会谈"], [3]),
        (["don't"], [4]),
        (["the x"], [4]),
        (["e"], [0, 1, 2, 3, 4]),
        (['"'], []),
        (["*"], []),
        (["kursk", "—"], []),
        (['kursk" OR "e'], []),
        (["\ud800"], []),
        (["nothing"], []),
    ],
)
def test_words_are_found(table: EventTable, words: list[str], rows: list[int]) -> None:
    assert found(table, *words) == rows


def test_only_candidates_are_found(table: EventTable) -> None:
    assert list(table.records.rows_with(["e"], iter([4, 1]))) == [4, 1]


def test_a_filter_uses_the_index(table: EventTable) -> None:
    assert is_indexed(table)
    mask = evaluate(Filter(find=("KURSK",)), table).mask
    assert mask.tolist() == [True, True, False, False, False]


def test_links_are_known_by_the_index(table: EventTable) -> None:
    assert table.linking_rows("e0") == (1,)
    assert table.linking_rows("e1") == ()


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=4), max_size=6), st.sampled_from(WORDS))
def test_what_the_index_finds_reading_finds_too(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], word: str
) -> None:
    events = [
        make_event("T", event_id=str(number), excerpts=[Excerpt(" ".join(text))]) for number, text in enumerate(texts)
    ]
    by_index = found(indexed(tmp_path_factory.mktemp("index"), events), word)
    assert set(by_index) >= {row for row, text in enumerate(texts) if word in text}
    if word.isascii() and not any("ü" in one for text in texts for one in text):
        assert set(by_index) <= set(found(make_table(events), word))


def test_an_index_is_found_again(tmp_path: Path) -> None:
    table = table_in_folder(tmp_path, some_events(50))
    assert open_word_index(tmp_path) is None
    build_word_index(table.records, tmp_path).close()
    index = open_word_index(tmp_path)
    assert index is not None
    assert len(index.rows_with(["title"])) == 50
    assert list(tmp_path.glob("making-*")) == []


@pytest.mark.parametrize("cut", [False, True])
def test_a_damaged_index_is_removed(tmp_path: Path, cut: bool) -> None:
    table = table_in_folder(tmp_path, some_events(50))
    build_word_index(table.records, tmp_path).close()
    (path,) = tmp_path.glob("words-*.sqlite")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content[:-100] if cut else content)
    assert open_word_index(tmp_path) is None
    assert not path.exists()


def test_without_a_sound_index_the_records_are_read(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite"
    sqlite3.connect(path).close()
    for look in (
        lambda records: list(records.rows_with(["title 1"], range(3))),
        lambda records: records.linking_rows("id-0"),
    ):
        records = table_in_memory(some_events(3)).records
        assert isinstance(records, StoredRecords)
        records.word_index = WordIndex(path)
        assert look(records) in ([1], [0], [2], ())
        assert not records.is_indexed


def test_progress_is_told_and_may_stop_it(tmp_path: Path) -> None:
    table = table_in_memory(some_events(30))
    told: list[tuple[int, int]] = []

    def stop(done: int, everything: int) -> bool:
        told.append((done, everything))
        return False

    with pytest.raises(Cancelled):
        build_word_index(table.records, tmp_path, stop)
    assert told == [(30, 30)]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        build_word_index(table_in_memory(some_events(3)).records, tmp_path / "missing")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_program_that_is_killed_leaves_no_index(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.helpers.stored import some_events, table_in_memory\n"
        "from timeline_app.store.fulltext import build_word_index\n"
        "kill = lambda done, everything: os.kill(os.getpid(), signal.SIGKILL)\n"
        "build_word_index(table_in_memory(some_events(50)).records, Path(sys.argv[1]), kill)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert open_word_index(tmp_path) is None
    os.utime(left, (0, 0))
    build_word_index(table_in_memory(some_events(50)).records, tmp_path).close()
    assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite"]
