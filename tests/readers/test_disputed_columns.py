"""Events about which claims compete are told from the columns of a file as from its records, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fuzz.files import originals
from timeline_app.core.disputes import disputed_rows
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.table import EventTable
from timeline_app.loading import load_table

EVENTS: tuple[tuple[str, str, list[tuple[str, str, str]]], ...] = (
    ("Quiet", "2024-01-01", []),
    ("Counted", "2024-02-01", [("dead", "10", "Russia"), ("dead", "25", "Ukraine")]),
    ("Agreed", "2024-03-01", [("dead", "10", "Russia"), ("dead", "10", "Ukraine")]),
    ("Dated", "2023-12-01", [("hurt", "7", ""), ("hurt", "8", "NATO")]),
)


def titles(table: EventTable, wanted: Filter) -> list[str]:
    return [table.event(row).title for row in evaluate(wanted, table).rows.tolist()]


@pytest.mark.parametrize("ending", sorted(originals()))
def test_columns_tell_disputes_as_records_do(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"sample.{ending}"
    path.write_bytes(originals()[ending])
    table = load_table([path])
    assert table.disputed.tolist() == disputed_rows(list(table)).tolist()


def test_only_what_is_disputed_passes(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    records = [
        {
            "title": title,
            "when": when,
            "claims": [{"about": a, "value": v, "by": [by] if by else []} for a, v, by in said],
        }
        for title, when, said in EVENTS
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    table = load_table([path])
    assert titles(table, Filter(disputed=True)) == ["Dated", "Counted"]
    assert titles(table, Filter(disputed=True, since="2024")) == ["Counted"]
    assert evaluate(Filter(disputed=True), table).surely is None


def test_what_two_files_tell_differently_is_disputed(tmp_path: Path) -> None:
    rows = "id,title,date,place,source\na,Attack,2024-05-01,{},Agency\nb,Vote,2024-06-01,Kyiv,Agency\n"
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path, place in zip(paths, ("Kursk", "Belgorod"), strict=True):
        path.write_text(rows.format(place), encoding="utf-8")
    table = load_table(paths, joins=True)
    assert len(table) == 2
    assert titles(table, Filter(disputed=True)) == ["Attack"]
    assert table.disputed.tolist() == disputed_rows(list(table)).tolist()
