"""Files of The Timeline Project before 0.10: lines of text, escaped parts, and what is told of broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.timelines import DATA, event_of, in_short, read_text
from timeline_app.core.dataset import Dataset
from timeline_app.readers import choose, read

SAMPLE = DATA / "sample.lines.timeline"


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(SAMPLE)


def test_every_line_of_an_event_is_accounted_for(sample: Dataset) -> None:
    assert choose(SAMPLE).name == "timeline-project-lines"
    assert (sample.report.read, sample.report.loaded, sample.report.rejected) == (6, 4, 2)
    assert {event.title: event.when.text for event in sample.events} == {
        "Fort taken": "1914-11-04T22:52",
        "[1] Conference": "1915-05-05/1915-05-08",
        "Note handed over": "1916-02-03T09:00",
        "Too much": "1918-01-01/1918-01-02",
    }
    month, parts, line, behind = (in_short(problem) for problem in sample.problems)
    assert month.startswith("10:7 4 error: start: 13 is not a month: ")
    assert parts.startswith("11:1 5 error: expected a start, an end and a text with semicolons between them; found ")
    assert line.startswith("12:1 5 warning: expected a line that begins with EVENT:, CATEGORY:, PREFERRED-PERIOD: or")
    assert behind == '13:1 6 warning: expected description: or icon:; found "Talks"; left out'


def test_what_stands_behind_a_text_is_read_without_its_escapes(sample: Dataset) -> None:
    fort, talks = event_of(sample, "Fort taken"), event_of(sample, "[1] Conference")
    assert (fort.type, fort.summary) == ("Siege; relief", "First line\nsecond; C:\\maps")
    assert (fort.extra, fort.origin.line) == ({"icon": "iVBORw0KGgo="}, 5)
    assert (talks.type, talks.links) == ("", ())
    assert sample.extra == {
        "categories": {"Siege; relief": "255,0,0; True", "Talks": "0,0,255; False"},
        "preferred-period": "1914-1-1 0:0:0;1919-1-1 0:0:0",
    }


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("# Written by Timeline 0.1.0 on 2009-5-1 10:15:54\n", False),
        ("# Written by Timeline 0.9.0 on 2010-5-1 10:15:54\n", True),
        ("", False),
    ],
)
def test_a_file_that_lacks_its_last_line_may_be_cut_off(tmp_path: Path, first: str, *, told: bool) -> None:
    dataset = read_text(tmp_path, f"{first}EVENT:1916-2-3 9:0:0;1916-2-3 9:0:0;Note\\", "old.timeline")
    assert [event.title for event in dataset.events] == ["Note\\"]
    assert [problem.message for problem in dataset.problems] == [
        "expected # END as the last line; found none: the file may be cut off"
    ] * told
