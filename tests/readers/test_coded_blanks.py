"""Coded datasets that R, pandas or a database wrote again: NA in a cell is what an empty cell is."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.event import Event
from timeline_app.readers.delimited import table_head
from timeline_app.readers.hxl_tags import are_hxl_tags

SAMPLES = (
    *("sample.acled.csv", "sample.gtd.csv", "ged.csv", "sample.ucdp-prio.csv", "ucdp-prio-2016.csv", "sample.scad.csv"),
    *("sample.icews.tab", "sample.cow.csv", "sample.polecat.txt", "sample.ucdp-yearly.csv", "sample.ucdp-onesided.csv"),
    *("sample.phoenix.csv", "gdelt-semicolon.csv"),
)


def plain(events: list[Event]) -> list[Event]:
    return [replace(event, origin=replace(event.origin, line=0, file="")) for event in events]


@pytest.mark.parametrize("nothing", ["NA", "nan", "NULL"])
@pytest.mark.parametrize("name", SAMPLES)
def test_what_stands_for_nothing_is_nothing(tmp_path: Path, name: str, nothing: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8-sig")
    head = table_head(text)
    assert head is not None
    table = csv.reader(io.StringIO(text), delimiter=head[0])
    rows = [row for row in table if len(row) == len(head[1][0]) and any(map(str.strip, row)) and not are_hxl_tags(row)]
    files = []
    for number, blank in enumerate(("", nothing)):
        out = io.StringIO()
        csv.writer(out, delimiter=head[0]).writerows([rows[0], *([cell or blank for cell in row] for row in rows[1:])])
        files.append(write(tmp_path, out.getvalue(), f"{number}-{name}"))
    empty, written = map(streamed, files)
    assert empty.events
    assert plain(written.events) == plain(empty.events)
    assert written.rejected == empty.rejected
