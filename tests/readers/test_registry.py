"""What is asked before a file is read is no more than it takes to know its reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from timeline_app.core.errors import ReadError
from timeline_app.readers import choose, read, readers, registry
from timeline_app.readers.reader import Reader


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which readers are asked how sure they are."""
    names = list[str]()

    def noting(reader: Reader) -> Reader:
        def score(head: bytes, name: str) -> float:
            names.append(reader.name)
            return reader.score(head, name)

        return replace(reader, score=score)

    tables, timelines = registry._table_readers(), registry._timeline_readers()
    monkeypatch.setattr(registry, "_table_readers", lambda: tuple(map(noting, tables)))
    monkeypatch.setattr(registry, "_timeline_readers", lambda: tuple(map(noting, timelines)))
    return names


def test_no_reader_is_asked_after_one_of_tables_that_is_sure(tmp_path: Path, asked: list[str]) -> None:
    path = tmp_path / "ged.csv"
    columns = "id,type_of_violence,side_a,side_b,dyad_name,date_start,date_end,date_prec,best"
    row = "7,1,Government of Iran,PJAK,Government of Iran - PJAK,2011-07-16,2011-07-17,1,4"
    path.write_text(f"{columns}\n{row}\n", encoding="utf-8")
    assert choose(path).name == "ucdp-ged"
    assert asked == ["ucdp-ged"]


def test_each_reader_is_asked_once_where_none_is_sure(tmp_path: Path, asked: list[str]) -> None:
    path = tmp_path / "table.csv"
    path.write_text("title,date\nA pact,2024-06-19\n", encoding="utf-8")
    assert choose(path).name == "csv"
    assert len(asked) == len(set(asked)) == len(readers()) - 1, "all but that of native timelines, which are told apart"


@pytest.mark.parametrize("asked", ["is_dir", "iterdir"])
def test_a_folder_that_may_not_be_looked_into_is_a_clear_error(tmp_path: Path, asked: str) -> None:
    with (
        mock.patch.object(Path, asked, side_effect=PermissionError(13, "Permission denied")),
        pytest.raises(ReadError, match="cannot be read: Permission denied") as caught,
    ):
        read(tmp_path)
    assert str(tmp_path) in str(caught.value)
