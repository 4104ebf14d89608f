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


def dates(folder: Path, *events: str) -> tuple[dict[str, str], list[str]]:
    told = problems(folder, *events)
    return {event.id: event.when.text for event in read(folder / "dates.yaml").events}, told


def test_a_date_between_events_is_worked_out_whatever_their_order(tmp_path: Path) -> None:
    found, told = dates(
        tmp_path,
        "id: c, when: {after: b, before: d}",
        "id: b, when: {after: a}",
        "id: a, when: 2024-06-19",
        "id: d, when: 2024-11-05",
    )
    assert told == []
    assert found == {"c": "[2024-06-19..2024-11-05]", "b": "[2024-06-19..]", "a": "2024-06-19", "d": "2024-11-05"}


def test_a_date_between_events_moves_with_them(tmp_path: Path) -> None:
    for day in ("2024-06-19", "2024-07-01"):
        found, _ = dates(tmp_path, f"id: a, when: {day}", "id: b, when: {after: a, before: c}", "id: c, when: 2025")
        assert found["b"] == f"[{day}..2025-12-31]"


def test_what_cannot_be_placed_is_left_out_and_told(tmp_path: Path) -> None:
    found, told = dates(
        tmp_path,
        "id: a, when: {after: b}",
        "id: b, when: {before: a}",
        "id: c, when: {after: nowhere}",
        "id: d, when: {}",
        "id: e, when: {after: g, before: f}",
        "id: f, when: 2024-01-01",
        "id: g, when: 2024-05-01",
        "id: h, when: {after: e}",
        "id: i, when: {after: i}",
    )
    assert set(found) == {"f", "g"}
    circle = "when: expected events whose dates do not hang on this one; found events that hang on each other"
    nothing = "when: nothing lies between these events"
    assert told == [
        f"6: {circle}: “a” on “b” on “a”; the event is left out",
        f"7: {circle}: “b” on “a” on “b”; the event is left out",
        '8: after: expected the id of an event of this file; found "nowhere"; the event is left out',
        "9: when: expected a date such as 2024-06-19, or {after, before} with ids of events; the event is left out",
        f"10: {nothing}: the one ends on 2024-05-01, and the other begins on 2024-01-01; the event is left out",
        '13: after: expected an event whose date can be read; found "e"; the event is left out',
        f"14: {circle}: “i” on “i”; the event is left out",
    ]


def test_a_circle_is_named_by_what_hangs_on_it_and_one_of_very_many_is_not(tmp_path: Path) -> None:
    ring = [f"id: r{number}, when: {{after: r{(number + 1) % 20}}}" for number in range(20)]
    _, told = dates(tmp_path, "id: a, when: {after: b}", "id: b, when: {after: c}", "id: c, when: {before: b}", *ring)
    assert "each other: “b” on “c” on “b”; the event" in told[0]
    assert all(said.endswith("events that hang on each other; the event is left out") for said in told[3:])
    assert len(told) == 23


def test_a_long_chain_of_events_is_placed_in_time(tmp_path: Path) -> None:
    chain = [f"id: e{number}, when: {{after: e{number - 1}}}" for number in range(1, 5_000)]
    found, told = dates(tmp_path, "id: e0, when: 2024-06-19", *chain)
    assert told == []
    assert set(found.values()) == {"2024-06-19", "[2024-06-19..]"}
