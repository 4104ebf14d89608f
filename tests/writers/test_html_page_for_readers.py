"""The HTML page for who hears it, holds it in a hand, or has thousands of events on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.chromium import PROGRAM, Browser, WebPage, chromium
from tests.helpers.opened_page import opened
from tests.helpers.page_events import page_table, small_war
from tests.helpers.tables import make_event
from timeline_app.core.table import EventTable

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(PROGRAM is None, reason="no chromium is installed, in which the page could be tried"),
]

PHONE_PX = (390, 844)
MANY = 1_200
# What a person can act on must say what it is.
CONTROLS = {"button", "link", "searchbox", "combobox", "checkbox", "radio", "tab", "tabpanel", "application", "table"}
TITLES_OUT_OF_VIEW = """(() => {
  const seen = document.getElementById("lanes").getBoundingClientRect();
  const titles = [...document.querySelectorAll("#ground .mark .title")].map((one) => one.getBoundingClientRect());
  return [titles.length, titles.filter((title) => title.left < seen.left - 1 || title.right > seen.right + 1).length];
})()"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run one browser for all tests of this module."""
    with chromium() as running:
        yield running


def many_events() -> EventTable:
    """Return more events than the list shows at once, with titles of a length that a phone has no room for."""
    return page_table(
        make_event(f"Shelling of a village {number}", f"{2000 + number // 50}-{1 + number // 5 % 12:02}")
        for number in range(MANY)
    )


def heard(page: WebPage) -> list[tuple[str, str, dict[str, Any]]]:
    """Return role, name and states of all that assistive technology is told of."""
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    return [
        (
            node["role"]["value"],
            node.get("name", {}).get("value", ""),
            {one["name"]: one["value"].get("value") for one in node.get("properties", [])},
        )
        for node in nodes
        if not node.get("ignored")
    ]


@pytest.mark.parametrize("tab", ["timeline", "list"])
def test_everything_that_can_be_used_has_a_role_and_a_name(browser: Browser, tmp_path: Path, tab: str) -> None:
    with opened(browser, tmp_path, small_war(), hash_="#deployment") as page:
        page.call("Accessibility.enable")
        page.click(f"#tab-{tab}")
        parts = heard(page)
        assert [role for role, name, _ in parts if role in CONTROLS and not name] == []
        roles = {role for role, _, _ in parts}
        assert {"banner", "search", "navigation", "main", "region", "article", "contentinfo"} <= roles
        assert [name for role, name, states in parts if role == "tab" and states.get("selected")] == [tab.capitalize()]
        if tab == "list":
            assert [name for role, name, _ in parts if role == "columnheader"] == ["Date", "Event", "Actors", "Type"]


def test_a_step_by_key_is_said_aloud(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, small_war()) as page:
        page.call("Accessibility.enable")
        page.evaluate("document.getElementById('timeline').focus()")
        page.press("ArrowRight")
        polite = [node for node in page.call("Accessibility.getFullAXTree")["nodes"] if is_polite(node)]
        assert len(polite) == 1
        title = page.evaluate('JSON.parse(document.getElementById("data").textContent).events[0].title')
        assert page.text("#spoken").startswith(f"{title}. ")


def is_polite(node: dict[str, Any]) -> bool:
    """Tell whether a node is the root of a part whose changes are said when there is a pause."""
    properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    return properties.get("live") == "polite" and node["role"]["value"] == "paragraph"


def test_a_long_list_is_filled_in_slices_until_all_are_there(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, many_events()) as page:
        page.evaluate("document.getElementById('tab-list').click()")
        page.wait_until("document.querySelector('#list tbody tr')")
        assert page.text("#list caption") == f"{MANY:,} events in the order of time"
        page.wait_until(f"document.querySelectorAll('#list tbody tr').length === {MANY}")
        rows = page.evaluate("[...document.querySelectorAll('#list tbody tr')].map((row) => Number(row.dataset.event))")
        assert rows == list(range(MANY))


def test_rows_that_come_later_are_marked_too(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, many_events()) as page:
        page.evaluate("document.getElementById('words').focus()")
        page.type("village 1199")
        page.evaluate("document.getElementById('tab-list').click()")
        page.wait_until(f"document.querySelectorAll('#list tbody tr').length === {MANY}")
        assert len(page.texts("#list tr.hit")) == 1


def test_another_filter_while_a_list_is_filled_shows_its_own_events_alone(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, small_war()) as page:
        page.evaluate("document.getElementById('tab-list').click()")
        page.evaluate("document.querySelector('#facet-lists input[type=checkbox]').click()")
        page.settle()
        shown = page.text("#count").split(" ")[0]
        assert str(len(page.texts("#list tbody tr"))) == shown


def test_on_a_phone_no_title_of_a_mark_leaves_the_view_of_everything(browser: Browser, tmp_path: Path) -> None:
    width_px, height_px = PHONE_PX
    with opened(browser, tmp_path, many_events(), width_px=width_px, height_px=height_px) as page:
        drawn, cut = page.evaluate(TITLES_OUT_OF_VIEW)
        assert drawn > 5
        assert cut == 0
