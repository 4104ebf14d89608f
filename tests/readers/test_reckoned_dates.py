"""Relative dates of a native timeline are checked against their words and their dateline."""

from __future__ import annotations

from pathlib import Path

from timeline_app.readers import read

HEAD = """timeline_format: 1
sources:
  article: {published: 2024-11-01}
  undated: {title: No date}
events:
"""


def problems(folder: Path, *events: str) -> list[str]:
    path = folder / "dates.yaml"
    path.write_text(HEAD + "".join(f"  - {{title: T, {event}}}\n" for event in events), encoding="utf-8")
    return [f"{problem.line}: {problem.message}" for problem in read(path).problems]


def test_a_date_that_its_words_mean_is_taken_as_it_is(tmp_path: Path) -> None:
    assert problems(tmp_path, "when: 2024-06, phrase: in June, anchor: article", "when: 2024, phrase: recently") == []


def test_a_date_that_its_words_cannot_mean_is_a_warning(tmp_path: Path) -> None:
    assert problems(tmp_path, "when: 2024-07, phrase: in June, anchor: article") == [
        '6: phrase: "in June" means 2024-06 or 2025-06 by its dateline; expected when to hold that; found 2024-07'
    ]


def test_an_anchor_that_is_no_dateline_is_a_warning(tmp_path: Path) -> None:
    expected = "expected the key of a source that has a date, or a date such as 2024-11-01"
    assert problems(tmp_path, "when: 2024-06, anchor: undated", "when: 2024-06, anchor: soon") == [
        f'6: anchor: {expected}; found "undated"',
        f'7: anchor: {expected}; found "soon"',
    ]
