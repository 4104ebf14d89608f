"""Another dateline moves what hangs on it, by the rule that it hangs by, and tells what would be impossible."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.hanging import HANGING
from tests.helpers.tables import make_dataset
from timeline_app.core.actors import Gazetteer
from timeline_app.core.between import between_edtf
from timeline_app.core.build import build_table
from timeline_app.core.dateline_change import DatelineChange, change_dateline, changed_table
from timeline_app.core.errors import Cancelled, UsageError
from timeline_app.core.event import Source
from timeline_app.core.relative_date import supporting
from timeline_app.core.table import EventTable
from timeline_app.core.when import When, parse
from timeline_app.readers import read


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> EventTable:
    path = tmp_path_factory.mktemp("hanging") / "hanging.yaml"
    path.write_text(HANGING, encoding="utf-8")
    return build_table([read(path)], Gazetteer())


def moves(found: DatelineChange) -> dict[str, str]:
    return {one.event.id: one.when.text for one in found.moved}


def test_dates_move_by_their_rules_and_what_stands_between_them_follows(table: EventTable) -> None:
    found = change_dateline(table, "article", "2024-08-15")
    assert moves(found) == {"raid": "2024-08-14~"}
    assert found.stays == 2
    assert [(one.event.id, one.why) for one in found.impossible] == [
        ("vote", "it would begin only after the source that it is quoted from appeared")
    ]
    assert found.changed_source.published == "2024-08-15"
    a_year_before = change_dateline(table, "article", "2023-11-01")
    assert moves(a_year_before) == {
        "pact": "2023-06",
        "talks": "2023-05",
        "truce": "[2023-06-01..2024-09-05]",
        "calm": "[2023-06-01..]",
        "raid": "2023-10-31~",
    }
    assert [one.why for one in a_year_before.moved if one.event.id == "pact"] == ["“in June”: the last June up to then"]
    assert [one.why for one in a_year_before.moved if one.event.id == "truce"] == ["after “pact”, before “vote”"]


def test_where_nothing_lies_between_any_more_that_is_told(table: EventTable) -> None:
    found = change_dateline(table, "article", "2025-11-01")
    assert moves(found) == {"pact": "2025-06", "talks": "2025-05", "raid": "2025-10-31~"}
    assert [one.event.id for one in found.impossible] == ["truce"]
    assert "nothing would lie between its events" in found.impossible[0].why


def test_what_is_to_be_written_stands_between_its_events_but_where_nothing_lies_there_any_more(
    table: EventTable,
) -> None:
    changed = changed_table(table, change_dateline(table, "article", "2025-11-01"))
    before, after = ({event.id: event for event in one} for one in (table, changed))
    assert (after["truce"].between, after["truce"].when) == (None, before["truce"].when)
    assert after["pact"].when.text == "2025-06"
    assert after["calm"].between == before["calm"].between is not None


def test_a_dateline_from_which_no_date_is_counted_is_told(table: EventTable) -> None:
    found = change_dateline(table, "article", "2024/..")
    assert moves(found) == {}
    assert {one.event.id for one in found.impossible} == {"pact", "raid", "talks"}
    assert "“in June” means no date that is counted from 2024/.." in [one.why for one in found.impossible]


@pytest.mark.parametrize(
    ("key", "published", "words"), [("none", "2024", "there is no source “none”"), ("article", "soon", "not a date")]
)
def test_what_cannot_be_asked_is_refused(table: EventTable, key: str, published: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        change_dateline(table, key, published)


def test_of_very_many_sources_the_first_are_named() -> None:
    many = build_table([make_dataset(sources=[Source(f"s{number}") for number in range(10)])], Gazetteer())
    with pytest.raises(UsageError, match=r"“s0”, .*“s7” and 2 more$"):
        change_dateline(many, "none", "2024")


def test_it_ends_when_it_is_not_wanted_any_more(table: EventTable) -> None:
    with pytest.raises(Cancelled):
        change_dateline(table, "article", "2023", lambda: False)


@given(st.integers(-2_000, 2_000))
def test_every_date_that_moves_rests_on_the_new_dateline(table: EventTable, by_days: int) -> None:
    published = (date(2024, 11, 1) + timedelta(by_days)).isoformat()
    found = change_dateline(table, "article", published)
    moved = [one for one in found.moved if one.event.phrase]
    lost = [one for one in found.impossible if one.event.phrase]
    assert len(moved) + len(lost) + found.stays == 3
    for one in found.moved:
        assert one.when.text != one.event.when.text
        if one.event.phrase:
            assert supporting(one.event.phrase, parse(published), one.when) is not None
    if not by_days:
        assert not found.moved


def test_a_date_that_hangs_on_another_source_may_become_impossible(tmp_path: Path) -> None:
    path = tmp_path / "quoted.yaml"
    dated = "when: 2024-11, phrase: this month, anchor: other, excerpts: [{text: x, source: article}]"
    path.write_text(f"{HANGING}- {{id: quoted, title: Quoted, {dated}}}\n", encoding="utf-8")
    found = change_dateline(build_table([read(path)], Gazetteer()), "article", "2024-10-01")
    assert [one.event.id for one in found.impossible] == ["quoted"]


def test_of_events_that_stand_between_each_other_each_is_placed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = range(1, 41)
    lines = [f"- {{id: {side}0, title: E, when: 2024-06, phrase: in June, anchor: article}}" for side in "ef"]
    for step in steps:
        between = f"{{after: e{step - 1}, before: f{step - 1}}}"
        lines += [f"- {{id: {side}{step}, title: E, when: {between}}}" for side in "ef"]
    path = tmp_path / "ladder.yaml"
    path.write_text("\n".join([HANGING, *lines]), encoding="utf-8")
    table = build_table([read(path)], Gazetteer())
    placed: list[str] = []

    def placed_by(after: When | None, before: When | None) -> str:
        placed.append(between_edtf(after, before))
        return placed[-1]

    monkeypatch.setattr("timeline_app.core.dateline_change.between_edtf", placed_by)
    found = moves(change_dateline(table, "article", "2023-11-01"))
    assert {found[f"{side}{step}"] for side in "ef" for step in steps} == {"[2023-06-01..2023-06-30]"}
    assert len(placed) == 2 * len(steps) + len(("truce", "calm"))


def test_the_file_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "hanging.yaml"
    path.write_text(HANGING, encoding="utf-8")
    change_dateline(build_table([read(path)], Gazetteer()), "article", "2023")
    assert path.read_text(encoding="utf-8") == HANGING
