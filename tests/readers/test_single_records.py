"""Files of every format that is read record by record when it is large: the same as when it is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streamed import assert_streamed_as_whole
from tests.readers.timelines import DATA
from timeline_app.readers import choose, line_file, readers

SAMPLES = (
    *(
        "sample.geojson",
        "sample.geojsonl",
        "sample.ics",
        "sample.ftm.json",
        "sample.vis.json",
        "sample.timelinejs.json",
        "sample.timemap.json",
    ),
    *(
        "sample.simile.xml",
        "sample.timeline",
        "sample.timeflow.time",
        "sample.mw",
        "sample.sparql.json",
        "sample.sparql.srx",
    ),
)
FEW_BYTES = 97


def test_every_format_that_is_read_so_has_a_sample() -> None:
    by_records = {one.name for one in readers() if one.streaming is not None and one.streaming.from_bytes}
    assert {choose(DATA / name).name for name in SAMPLES} == by_records


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_is_read_record_by_record_as_it_is_whole(name: str) -> None:
    assert_streamed_as_whole(DATA / name)


@pytest.mark.parametrize("name", SAMPLES)
def test_records_are_found_wherever_blocks_of_the_file_end(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", FEW_BYTES)
    assert_streamed_as_whole(DATA / name)


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize("name", SAMPLES)
def test_records_are_found_whatever_ends_their_lines(tmp_path: Path, name: str, line_end: str) -> None:
    path = tmp_path / name
    path.write_bytes((DATA / name).read_bytes().replace(b"\n", line_end.encode()))
    assert_streamed_as_whole(path)
