"""Mentions of GDELT beside an export are sources of its events; what they are not is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.readers.timelines import DATA
from timeline_app.core.dataset import Level
from timeline_app.core.event import Source, source_names
from timeline_app.core.table import EventTable
from timeline_app.loading import loader_from_resources
from timeline_app.readers.gdelt_mention_sources import LARGEST_MENTIONS_BYTES
from timeline_app.readers.table_companions import TableCompanions, read_table_companions

EXPORT = "20240516143000.export.CSV"
SITE = "https://news.example/articles"


def mention(event: str, address: str, name: str = "news.example", confidence: int = 80, kind: int = 1) -> str:
    """Return a row of the mentions of a quarter of an hour."""
    cells = (event, "20240516143000", "20240516143000", kind, name, address, 4, 812, 790, 846, 1, confidence, 3120)
    return "\t".join(map(str, (*cells, -3.5, "", ""))) + "\n"


def beside(folder: Path, *rows: str) -> Path:
    """Write mentions beside an export of events; return the export."""
    (folder / "20240516143000.mentions.CSV").write_text("".join(rows), encoding="utf-8")
    export = folder / EXPORT
    export.write_bytes((DATA / "sample.gdelt.CSV").read_bytes())
    return export


def told(found: TableCompanions) -> list[str]:
    assert {problem.level for problem in found.problems} <= {Level.WARNING}
    return [f"{Path(problem.file).name}:{problem.line}: {problem.message}" for problem in found.problems]


def table_of(path: Path, *, is_kept: bool = True) -> EventTable:
    loader = loader_from_resources()
    table = (loader if is_kept else replace(loader, cache=lambda: None))([path]).table
    assert table is not None
    return table


@pytest.mark.parametrize("is_kept", [True, False])
def test_articles_that_mention_an_event_are_its_sources(tmp_path: Path, *, is_kept: bool) -> None:
    export = beside(
        tmp_path,
        mention("900000001", f"{SITE}/1?page=2", confidence=60),
        mention("900000001", "https://www.paper.example/2", "paper.example"),
        mention("900000001", f"{SITE}/3"),
        mention("900000004", "Radio Utopia 16 May", "BBC Monitoring", kind=2),
        mention("899999999", f"{SITE}/4"),
    )
    for _ in range(2):  # anew, and from what was kept
        table = table_of(export, is_kept=is_kept)
        row = table.row_of("900000001")
        assert row is not None
        known = "2024-05-16T14:30:00Z"
        assert table.event(row).own_sources == tuple(
            Source(key, publisher=publisher, url=url, published=known, retrieved=known, extra=extra)
            for key, publisher, url, extra in (
                ("news.example", "", f"{SITE}/1?page=2", {"Confidence": "60", "MentionDocTone": "-3.5"}),
                (
                    "www.paper.example",
                    "www.paper.example",
                    "https://www.paper.example/2",
                    {"MentionSourceName": "paper.example", "Confidence": "80", "MentionDocTone": "-3.5"},
                ),
                (
                    "news.example-2",
                    "news.example",
                    f"{SITE}/3",
                    {"Confidence": "80", "MentionDocTone": "-3.5"},
                ),
            )
        )
        assert [problem.message for problem in table.problems if problem.level is Level.NOTE][-2:] == [
            "4 of 5 mentions are of its events, the others of those in other exports",
            "read together with 20240516143000.mentions.CSV, beside it",
        ]


def test_events_are_found_by_the_sources_that_mention_them(tmp_path: Path) -> None:
    table = table_of(
        beside(tmp_path, mention("900000004", f"{SITE}/9"), mention("900000001", "https://other.example/"))
    )
    by_columns = [{name for name in table.sources.names if row in table.sources.rows_of(name)} for row in range(4)]
    assert by_columns == [set(source_names(event)) for event in table]
    assert len(table.sources.rows_of("other.example")) == 1


def test_an_export_and_its_mentions_opened_together_are_one_file(tmp_path: Path) -> None:
    export = beside(tmp_path, mention("900000001", f"{SITE}/3"))
    opened = loader_from_resources()([export, tmp_path / "20240516143000.mentions.CSV"])
    assert opened.table is not None
    assert [file.path for file in opened.table.files] == [str(export)]
    assert opened.messages == (f"{EXPORT} is read together with 20240516143000.mentions.CSV, beside it",)


def test_of_an_article_the_surest_mention_is_taken(tmp_path: Path) -> None:
    rows = [mention("1", f"{SITE}/1", confidence=confidence) for confidence in (20, 100, 40)]
    (source,) = read_table_companions(beside(tmp_path, *rows)).mentions["1"]
    assert source.extra["Confidence"] == "100"


def test_bad_rows_cost_themselves_alone(tmp_path: Path) -> None:
    rows = [mention("1", f"{SITE}/{number}") for number in range(3)]
    undated = rows[1].replace("\t20240516143000\t1\t", "\t20241316143000\t1\t")
    found = read_table_companions(beside(tmp_path, rows[0], undated, "1\t2\n", rows[2]))
    assert [source.published for source in found.mentions["1"]] == ["2024-05-16T14:30:00Z", "", "2024-05-16T14:30:00Z"]
    (line,) = told(found)
    assert line.startswith("20240516143000.mentions.CSV:3: expected 16 fields")


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda path: path.write_text("title,date\nOne,2024\n"), "expected the columns of the mentions of GDELT"),
        (lambda path: path.write_text(""), "expected the columns of the mentions of GDELT"),
        (lambda path: path.write_bytes(b"1\t" * LARGEST_MENTIONS_BYTES), "the file is too large"),
        (lambda path: (path.unlink(), path.symlink_to("../elsewhere.CSV")), "a link that leads out of the folder"),
    ],
)
def test_mentions_that_cannot_be_read_are_told(tmp_path: Path, write: Callable[[Path], object], words: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (tmp_path / "elsewhere.CSV").write_text(mention("1", f"{SITE}/1"))
    export = beside(folder, "")
    write(folder / "20240516143000.mentions.CSV")
    found = read_table_companions(export)
    (line,) = told(found)
    assert words in line
    assert line.endswith("; the file is not read")
    assert (found.mentions, found.files) == ({}, ())
