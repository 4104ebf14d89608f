"""A timeline with another dateline is written as its file stands, and anew only where that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.hanging import HANGING
from timeline_app.core.dateline_change import change_dateline
from timeline_app.loading import load_table
from timeline_app.ui.dateline_saves import write_with_dateline

COMMENTED = (
    HANGING.replace("sources:", "sources:  # both are on paper")
    + "- {id: draft, title: No date yet, when: soon}\n# Last words.\n"
)
LATER = (
    COMMENTED.replace("published: 2024-11-01", "published: 2025-11-01")
    .replace("when: 2024-06,", "when: 2025-06,")
    .replace("when: 2024-10-31~", "when: 2025-10-31~")
    .replace("when: 2024,", "when: 2025-05,")
    .replace("{after: pact, before: vote}", '"[2024-06-01..2024-09-05]"')
)


def saved(path: Path, to: Path, *others: Path) -> str:
    """Return the text of a timeline that is saved with another dateline of its article."""
    table = load_table([path, *others])
    write_with_dateline(table, change_dateline(table, "article", "2025-11-01"), to)
    return to.read_bytes().decode()


@pytest.mark.parametrize("begins", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_all_but_the_dates_stays_to_the_letter(tmp_path: Path, begins: str, ends: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes((begins + COMMENTED.replace("\n", ends)).encode())
    # An event without a date that can be read is not on the timeline, and is in the file all the same.
    assert saved(path, tmp_path / "later.yaml") == begins + LATER.replace("\n", ends)


def test_a_document_is_named_where_it_still_is_beside_the_file(tmp_path: Path) -> None:
    path, folder = tmp_path / "own.yaml", tmp_path / "elsewhere"
    path.write_text(COMMENTED.replace("title: Article,", "title: Article, file: article.txt,"), encoding="utf-8")
    (tmp_path / "article.txt").write_text("in June", encoding="utf-8")
    folder.mkdir()
    beside, away = saved(path, tmp_path / "later.yaml"), saved(path, folder / "later.yaml")
    assert beside == LATER.replace("title: Article,", "title: Article, file: article.txt,")
    assert "article.txt" not in away
    assert "when: 2025-06" in away


def test_what_is_not_one_yaml_file_as_it_was_read_is_written_anew(tmp_path: Path) -> None:
    path, other, changed = (tmp_path / name for name in ("own.yaml", "other.yaml", "changed.yaml"))
    path.write_text(COMMENTED, encoding="utf-8")
    other.write_text("timeline_format: 1\nevents: [{title: Other, when: 2024}]\n", encoding="utf-8")
    both = saved(path, tmp_path / "both.yaml", other)
    assert "title: Other" in both
    assert "# Last words." not in both
    changed.write_text(COMMENTED, encoding="utf-8")
    table = load_table([changed])
    changed.write_text(COMMENTED.replace("Last words", "Words"), encoding="utf-8")
    write_with_dateline(table, change_dateline(table, "article", "2025-11-01"), tmp_path / "later.yaml")
    assert "ords." not in (tmp_path / "later.yaml").read_text(encoding="utf-8")
    assert load_table([tmp_path / "later.yaml"]).source_by_key["article"].published == "2025-11-01"
