"""What stands beside the records of large JSON: kept, or told where it is too large."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.streamed import streamed
from tests.readers.timelines import write
from timeline_app.readers import json_lists
from timeline_app.readers.json_sections import listed_records, tree_beside
from timeline_app.readers.json_values import JsonFile
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.tree import raw

FEATURE = {"type": "Feature", "properties": {"title": "A", "date": "2024"}}
SLIDE = {"start_date": {"year": "2024"}, "text": {"headline": "A"}}
FILES: dict[str, dict[str, object]] = {
    "geojson": {"type": "FeatureCollection", "features": [FEATURE]},
    "vis-timeline": {"items": [{"content": "A", "start": "2024"}]},
    "timelinejs": {"events": [SLIDE]},
    "simile": {"events": [{"start": "2024", "title": "A"}]},
}


def test_a_file_falls_into_its_lists_and_what_stands_beside_them(tmp_path: Path) -> None:
    path = write(tmp_path, '{"a": {"b": [{"c": 1}, 2], "d": [3]}, "e": null, "f": {}}', "a.json")
    file = JsonFile(LineFile.at(path, str(path)))
    beside, left_out = tree_beside(file, [("a", "b"), ("g",)])
    assert (raw(beside), left_out) == ({"a": {"b": [], "d": ["3"]}, "e": "", "f": {}}, [])
    records = list(listed_records(file, {("a", "b"): {"kind": "x"}}))
    assert [(one.text, one.line, one.column, one.beside) for one in records] == [
        ('{"c": 1}', 1, 14, {"kind": "x"}),
        ("2", 1, 24, {"kind": "x"}),
    ]


@pytest.mark.parametrize("reader", FILES)
def test_what_is_too_large_to_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str) -> None:
    monkeypatch.setattr(json_lists, "_MOST_CHARACTERS_BESIDE", 20)
    path = write(tmp_path, json.dumps({"large": "x" * 30, "small": "y", **FILES[reader]}), "a.json")
    dataset = streamed(path, reader=reader)
    assert [problem.message for problem in dataset.problems] == [
        "“large” beside the records has more than 20 characters; left out"
    ]
    assert (len(dataset.events), dict(dataset.extra)) == (1, {"small": "y"})
