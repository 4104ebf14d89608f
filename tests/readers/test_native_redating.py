"""Other dates are put into the text of a timeline, in which everything else stays to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.hanging import HANGING
from timeline_app.paths import bundled_timeline
from timeline_app.readers.native_redating import redated_text

WRITTEN = """\
# Mine: keep this.
timeline_format: 1
title:   'Own'    # spaces before, words behind
own_key: {box: 12}
sources:
  article:
    published: "2024-11-01"   # the masthead
    title: Article
events:
  # the first
  - title: Pact
    when: 2024-06  # "in June"
    note: |
      two
        lines
  - {when: 2024-10-31~, title: Raid, id: raid}
  - title: Truce
    when: {after: pact, before: raid}
"""


def test_only_the_dates_are_other_ones() -> None:
    told = redated_text(WRITTEN, {"article": "2025-11~"}, {"pact": "2025-06", "raid": "[2025-10-30,2025-10-31]"})
    expected = WRITTEN.replace('"2024-11-01"', '"2025-11~"').replace("when: 2024-06 ", "when: 2025-06 ")
    assert told == expected.replace("when: 2024-10-31~,", 'when: "[2025-10-30,2025-10-31]",')


def test_lines_may_end_as_on_windows() -> None:
    told = redated_text(WRITTEN.replace("\n", "\r\n"), {"article": "2025"}, {})
    assert told == WRITTEN.replace('"2024-11-01"', '"2025"').replace("\n", "\r\n")


def test_what_lay_between_events_may_get_a_date() -> None:
    told = redated_text(WRITTEN, {}, {"truce": "2024-06/2024-10"})
    assert told == WRITTEN.replace("{after: pact, before: raid}", "2024-06/2024-10")


@pytest.mark.parametrize(
    ("text", "published", "whens"),
    [
        (WRITTEN, {"nobody": "2024"}, {}),
        (WRITTEN, {}, {"nothing": "2024"}),
        (WRITTEN.replace("    when: 2024-06 ", "    when: >-\n      2024-06\n    #"), {}, {"pact": "2025-06"}),
        (WRITTEN.replace('"2024-11-01"', '"2024\\x2d11-01"'), {"article": "2025"}, {}),
        (WRITTEN.replace("{after: pact, before: raid}", "\n      after: pact"), {}, {"truce": "2025"}),
        ("- a list", {}, {}),
        ("title: [", {}, {}),
    ],
)
def test_what_cannot_be_replaced_by_itself_is_left_to_others(
    text: str, published: dict[str, str], whens: dict[str, str]
) -> None:
    assert redated_text(text, published, whens) is None


DATES = st.sampled_from(
    ["2024", "2023-06~", "2024-10-08T14:30Z", "[2024-10-08..]", "/2024-02", "Y-13000", "-0043?", "202X"]
)


@settings(max_examples=examples(20))
@given(DATES, DATES)
def test_the_bundled_timeline_differs_in_these_lines_alone(published: str, when: str) -> None:
    text = bundled_timeline().read_text(encoding="utf-8")
    told = redated_text(text, {"vandenbroeck-2024": published}, {"mutual-assistance-pact": when})
    assert told is not None
    pairs = zip(text.splitlines(), told.splitlines(), strict=True)
    differing = [after.strip().replace('"', "") for before, after in pairs if before != after]
    wanted = [line for line in (f"published: {published}", f"when: {when}") if line.split(": ")[1] != "2024-11-01~"]
    assert differing == wanted


def test_every_date_of_a_timeline_can_be_replaced() -> None:
    assert redated_text(HANGING, {"article": "2020", "other": "2021"}, {"vote": "2022", "truce": "2023"}) is not None
