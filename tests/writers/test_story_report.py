"""A story is told in Markdown, and on the HTML page, with what each step shows."""

from __future__ import annotations

import pytest

from tests.helpers.tables import make_event, make_table
from timeline_app.core.errors import FilterError
from timeline_app.core.event import Excerpt
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.story import Story, StoryStep
from timeline_app.query.story import told_story
from timeline_app.writers.page_data import page_data
from timeline_app.writers.page_tale import tale_tree
from timeline_app.writers.story_report import MOST_LISTED, render_story

TABLE = make_table(
    [
        make_event("Early", "2020", type_="attack"),
        make_event("Pact", "2024-06", type_="summit", excerpts=[Excerpt("They signed.", "paper")]),
        make_event("Raid *bold*", "2024-06-20", type_="attack"),
        make_event("Late", "2025", type_="attack"),
    ]
)
STORY = told_story(
    Story(
        "How <it> came",
        (
            StoryStep("First\n\n*so*", "type:attack,summit", "type", "2024-05", "2024-07", ("gone", "pact")),
            StoryStep("", "type:attack", "", "2024", "2025"),
            StoryStep(),
        ),
    )
)


def test_a_step_tells_its_paragraph_what_it_shows_and_the_words_of_what_is_selected() -> None:
    text = "".join(render_story(TABLE, STORY))
    first, second, third = text.split("\n## ")[1:4]
    assert text.startswith("# How \\<it\\> came\n")
    assert first.startswith("1. Pact\n\nFirst\n\n\\*so\\*\n\n*1 May to 31 July 2024")
    assert "of the type attack or summit" in first
    assert "4 of 4 events*" in first
    assert "> They signed.[^1]" in first
    assert "- 20 June 2024: Raid \\*bold\\*\n" in first
    assert "Early" not in first
    assert second.startswith("2. 1 January 2024 to 31 December 2025\n")
    assert "Late" in second
    assert third.startswith("3. Everything\n\n*4 of 4 events*\n")
    assert "Pact" not in third.partition("Sources")[0], "what shows everything lists nothing"
    assert text.count("[^1]:") == 1


def test_a_long_list_is_cut_and_says_so() -> None:
    table = make_table([make_event(f"E{number}", "2024", type_="attack") for number in range(MOST_LISTED + 3)])
    text = "".join(render_story(table, told_story(Story("T", (StoryStep(query="type:attack"),)))))
    assert text.count("\n- 2024: E") == MOST_LISTED
    assert "- and 3 more\n" in text


def test_a_filter_that_makes_no_sense_is_refused_with_its_step() -> None:
    with pytest.raises(FilterError, match="step 2 of “T”: there is no field"):
        told_story(Story("T", (StoryStep(), StoryStep(query="x:y"))))
    with pytest.raises(FilterError, match="step 1 of “T”: the range ends before it begins"):
        told_story(Story("T", (StoryStep(query="from:2024 to:2020"),)))


def test_the_page_knows_the_steps_by_the_numbers_of_its_events() -> None:
    on_page = evaluate(Filter(since="2024"), TABLE)
    first, second, third = tale_tree(STORY, TABLE, on_page)["steps"]
    assert first["only"] == [0, 1, 2]
    assert first["selected"] == 0
    assert first["view"] == STORY.steps[0].step.view_s
    assert second["only"] == [1, 2]
    assert third == {}
    assert "tale" not in page_data(TABLE, Filter(), evaluate(Filter(), TABLE))
