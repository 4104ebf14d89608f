"""The HTML page in a real browser: clicked, filtered, searched, walked by key, printed, and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.chromium import PROGRAM, Browser, WebPage, chromium, web_page
from tests.helpers.opened_page import opened
from tests.helpers.page_events import HOSTILE_TITLE, crowd, deep_time, hostile_table, page_table, small_war
from tests.helpers.tables import make_event, make_table
from timeline_app.core.calendar import civil_from_days
from timeline_app.core.event import Claim, Excerpt, Source
from timeline_app.core.filter import Filter
from timeline_app.core.palette import DARK, LIGHT
from timeline_app.core.range_words import range_in_words
from timeline_app.core.story import Story, StoryStep
from timeline_app.query.story import told_story
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.writers.html_page import MOST_EVENTS

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(PROGRAM is None, reason="no chromium is installed, in which the page could be tried"),
]

# How many titles and counts are drawn, and how many pairs of them run into each other where they are seen.
OVERLAPS = """(() => {
  const drawn = [...document.querySelectorAll("#lanes .title, #lanes .count")];
  const boxes = drawn.map((one) => one.getBoundingClientRect());
  const seen = document.getElementById("lanes").getBoundingClientRect();
  let found = 0;
  boxes.forEach((one, place) => boxes.slice(place + 1).forEach((other) => {
    const x = Math.min(one.right, other.right, seen.right) - Math.max(one.left, other.left, seen.left);
    const y = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (x > 1 && y > 4) found += 1;
  }));
  return [boxes.length, found];
})()"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run one browser for all tests of this module."""
    with chromium() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder that pages are written to."""
    return tmp_path


def number_of(page: WebPage, event_id: str) -> int:
    """Return the number that an event has on the page."""
    events = (
        f'JSON.parse(document.getElementById("data").textContent).events.findIndex((one) => one.id === "{event_id}")'
    )
    return int(page.evaluate(events))


def mark(page: WebPage, event_id: str) -> str:
    """Return the selector of an event in the first lane that has it."""
    return f'.event[data-event="{number_of(page, event_id)}"]'


def count(page: WebPage) -> str:
    """Return what the status line says of how many events there are."""
    return page.text("#count")


def computed(browser: Browser, folder: Path, expression: str) -> Any:
    """Return what an expression gives in which the page's own calendar can be called."""
    parts = files("timeline_app.writers").joinpath("page")
    scripts = "".join(parts.joinpath(name).read_text(encoding="utf-8") for name in ("elements.js", "calendar.js"))
    (folder / "empty.html").write_text("<!DOCTYPE html>", encoding="utf-8")
    with web_page(browser, folder / "empty.html") as page:
        return page.evaluate(f"(() => {{ {scripts}; return {expression}; }})()")


def test_the_calendar_of_the_page_is_that_of_the_program(browser: Browser, folder: Path) -> None:
    days = [*range(-800_000, 800_000, 3_331), *range(-719_600, -719_300), 10**9, -(10**9), 25 * 10**12, -25 * 10**12]
    found = computed(browser, folder, f"{days}.map(civilFromDays).map(({{year, month, day}}) => [year, month, day])")
    assert list(map(tuple, found)) == [civil_from_days(day) for day in days]
    back = computed(browser, folder, f"{days}.map(civilFromDays).map((c) => daysFromCivil(c.year, c.month, c.day))")
    assert back == days


def test_the_page_writes_years_as_the_axis_of_the_window_does(browser: Browser, folder: Path) -> None:
    years = [2024, 1, 0, -43, 499, 500, 9_999, 10_000, -9_998, -9_999, -10_000, -12_345, -66_000_000, -13_800_000_000]
    assert computed(browser, folder, f"{years}.map(yearWords)") == [EnglishWords().year(year) for year in years]


def test_the_page_says_a_stretch_of_time_as_the_program_does(browser: Browser, folder: Path) -> None:
    day_s = 86_400
    lengths_s = (0, 60, day_s, 5 * day_s, 20 * day_s, 400 * day_s, 300 * 366 * day_s, 5_000 * 366 * day_s)
    begins_s = (1_718_807_400, -62_135_596_800 - 60 * day_s, -30_000_000_000, -400_000_000_000)
    stretches = [[begin_s, begin_s + length_s] for begin_s in begins_s for length_s in lengths_s]
    found = computed(browser, folder, f"{stretches}.map(([first, last]) => rangeWords(first, last))")
    assert found == [range_in_words(*stretch) for stretch in stretches]


def test_every_event_is_drawn_and_counted(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        assert count(page) == "6 of 6 events"
        assert page.text("#title") == "A small war"
        assert set(page.texts("#lanes .title")) == {"Pact", "Raid", "Training", "Summit", "Rumour", "Election"}
        assert page.texts(".lane-head") == [
            "Russia · 3",
            "Ukraine · 2",
            "North Korea · 1",
            "Storm Corps · 1",
            "Others · 1",
        ]
        assert "July 2024" in page.texts("#axis .greater")


def test_a_story_is_stepped_through_with_clicks_and_arrow_keys(browser: Browser, folder: Path) -> None:
    steps = (
        StoryStep("First & <b>words</b>", "type:attack,summit", "type", "2024-08", "2024-10", ("raid",)),
        StoryStep("Second", "", "actor"),
    )
    with opened(browser, folder, small_war(), story=told_story(Story("How it came", steps))) as page:
        assert page.text("#tale h2") == "How it came"
        assert page.text("#tale .summary") == "First & <b>words</b>"
        assert count(page).startswith("2 of 6 events")
        assert page.text("#range") == "1 August to 31 October 2024"
        assert page.text("#story h2") == "Raid"
        assert page.texts(".lane-head") == ["Attack · 1", "Summit · 1"]
        page.click("#tale [aria-label='Next step']")
        page.settle()
        assert page.text("#tale .quiet") == "2 of 2"
        assert count(page) == "6 of 6 events"
        assert page.texts(".lane-head")[0] == "Russia · 3"
        # The button is off at the last step; the keys still step through the story, and not through events.
        page.press("ArrowLeft")
        page.settle()
        assert count(page).startswith("2 of 6 events")
        page.press("?")
        assert page.texts("#keys tr")[0] == "← → in the storyprevious, next step"
        page.press("Escape")
        page.click("#chips .link")
        page.settle()
        assert count(page).startswith("6 of 6 events")
        assert page.text("#tale .summary") == "First & <b>words</b>"


def test_the_arrow_keys_step_through_a_story_as_soon_as_its_page_is_open(browser: Browser, folder: Path) -> None:
    story = told_story(Story("How it came", tuple(StoryStep(words) for words in ("First", "Second", "Third"))))
    with opened(browser, folder, small_war(), story=story) as page:
        for key, words in (("ArrowRight", "Second"), ("ArrowRight", "Third"), ("ArrowRight", "Third")):
            page.press(key)
            page.settle()
            assert page.text("#tale .summary") == words
        page.press("ArrowLeft")
        page.settle()
        assert page.text("#tale .summary") == "Second"


def test_a_page_without_a_story_has_no_bar_for_one(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        assert page.evaluate("document.getElementById('tale').hidden")


def test_a_page_without_events_is_empty_and_whole(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war(), wanted=Filter(types=("no such type",))) as page:
        assert count(page) == "0 of 0 events"
        page.press("ArrowRight")
        page.click("#tab-list")
        assert page.texts(".events tbody tr") == []


def test_a_click_on_a_mark_shows_the_exact_words_and_their_source(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.click(mark(page, "pact"))
        assert page.text("#story h2") == "Pact"
        assert page.text("#story blockquote") == "In June the two signed a pact & “more”."
        assert page.text("#story blockquote mark") == "In June"
        assert page.text("#story .dating") == "June 2024 to the month, as the source states"
        assert "A. Author" in page.text("#story .source")
        assert page.evaluate("document.querySelectorAll('.event.selected').length") == 2
        link = "document.querySelector('#story a')"
        assert page.evaluate(f"[{link}.href, {link}.textContent, {link}.rel]") == [
            *("https://example.org/troops", "https://example.org/troops", "noopener noreferrer")
        ]
        page.click_at(700, 700)
        assert page.texts("#story h2") == ["A small war"]


def test_a_citation_is_copied_whole(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.permit("clipboardReadWrite", "clipboardSanitizedWrite")
        page.click(mark(page, "pact"))
        page.click(".check .link")
        page.wait_until("document.querySelector('.check .link').textContent === 'Copied'")
        assert page.evaluate("navigator.clipboard.readText()") == (
            "A. Author, “Troops on the move”, A Paper, around 1 November 2024, https://example.org/troops, par. 2: "
            "“In June the two signed a pact & “more”.”"
        )
        page.press("ArrowRight")
        assert page.text("#story h2") == "Raid"


def test_claims_stand_side_by_side(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.click(mark(page, "training"))
        assert page.texts(".claims tbody th")[:2] == ["Ukraine", "Russia"]
        assert page.texts(".claims td > span") == ["10,000 people", "2,000 to 3,000 people"]
        page.click("#story .rows .link")
        assert page.text("#story h2") == "Pact"
        assert page.text("#story .rows .link") == "Training"


def test_what_competes_is_summed_up_wherever_its_event_is_named(browser: Browser, folder: Path) -> None:
    claims = [Claim("troops", (name,), value=value, unit="people") for name, value in (("A", "10"), ("B", "12"))]
    sources = [Source("wire"), Source("first", origin="wire")]
    quoted = [Excerpt("So it was.", source.key) for source in sources]
    raid = make_event("Raid", "2024-06-01", claims=claims, own_sources=sources, excerpts=quoted)
    told = "troops 10 to 12: 2 speakers, 2 figures"
    with opened(browser, folder, make_table([raid, make_event("Calm", "2024-07-01")])) as page:
        page.mouse("mouseMoved", *page.middle_of(mark(page, "raid")))
        page.settle()
        assert page.texts("#pointed .disputed") == [told]
        page.click(mark(page, "raid"))
        assert page.text("#story .independence") == "2 sources, 1 origin"
        page.click("#tab-list")
        assert page.texts(".events tbody .disputed") == [told]
        assert told in page.text(".events tbody tr:nth-child(1)")


def test_an_address_that_is_none_of_the_web_is_no_link(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.click(mark(page, "training"))
        assert page.evaluate("document.querySelectorAll('#story a').length") == 0
        assert page.text("#story .address") == "javascript:alert(1)"


def test_choosing_actors_filters_and_counts(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        names = page.texts(".facet .name")
        assert dict(zip(names, page.texts(".facet .figure"), strict=True)) | {
            "Russia": "3",
            "North Korea": "2",
        } == dict(zip(names, page.texts(".facet .figure"), strict=True))
        page.click(f".facet li:nth-child({names.index('Russia') + 1}) input")
        assert count(page) == "3 of 6 events"
        assert page.texts("#chips .chip span:first-of-type") == ["Russia"]
        page.click(f".facet li:nth-child({names.index('Ukraine') + 1}) input")
        assert count(page) == "4 of 6 events"
        page.click("input[value=all]")
        assert count(page) == "1 of 6 events"
        assert page.texts("#lanes .title") == ["Raid", "Raid"]
        page.click("#chips .link")
        assert count(page) == "6 of 6 events"


def test_an_actor_takes_its_parts_along(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.click(mark(page, "pact"))
        page.click("#story .chips li:last-child .chip")
        assert page.texts("#chips .chip span:first-of-type") == ["North Korea"]
        assert count(page) == "2 of 6 events"


def test_the_search_finds_words_of_excerpts_and_other_names(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.press("/")
        page.type("SIGNED pact")
        assert page.text("#hits") == "1 hit"
        page.press("Enter")
        assert page.text("#story h2") == "Pact"
        page.evaluate("document.getElementById('words').select()")
        page.type("dprk")
        assert page.text("#hits") == "1 hit"
        page.press("Escape")
        assert page.text("#hits") == ""
        assert page.text("#story h2") == "Pact"
        page.press("Escape")
        assert page.text("#story h2") == "A small war"


def test_the_keyboard_walks_in_time(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        told = []
        for key in ("ArrowRight", "ArrowRight", "End", "ArrowLeft", "Home"):
            page.press(key)
            told.append(page.text("#story h2"))
        assert told == ["Pact", "Raid", "Election", "Summit", "Pact"]
        assert page.text("#spoken") == "Pact. June 2024. Russia, North Korea. 1 of 6"
        page.press("ArrowDown")
        assert page.text("#story h2") == "Raid"
        before = page.text("#range")
        page.press("+")
        assert page.text("#range") != before
        page.press("0")
        assert page.text("#range") == before
        page.press("?")
        assert page.evaluate("document.getElementById('keys').open")
        page.press("Escape")
        assert not page.evaluate("document.getElementById('keys').open")


def test_the_keyboard_walks_along_an_actor_and_from_lane_to_lane(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.click(mark(page, "pact"))
        told = []
        for key in (".", ".", ".", ",", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
            page.press(key)
            told.append(page.text("#story h2"))
        assert told == ["Raid", "Summit", "Summit", "Raid", "Raid", "Pact", "Training", "Pact"]


def test_arrows_in_a_field_stay_in_it(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.press("/")
        for key in ("?", "ArrowRight", "0"):
            page.press(key)
        assert page.evaluate("document.getElementById('words').value") == "?0"
        assert page.text("#story h2") == "A small war"


def test_wheel_and_drag_move_the_view_and_no_row(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        x_px, y_px = page.middle_of(f"{mark(page, 'summit')} .body")
        page.mouse("mouseWheel", x_px, y_px, deltaX=0, deltaY=-240)
        page.settle()
        assert page.middle_of(f"{mark(page, 'summit')} .body")[0] == pytest.approx(x_px, abs=3)
        tops = "[...document.querySelectorAll('.event')].map((one) => one.style.transform.split(',')[1])"
        rows = page.evaluate(tops)
        page.mouse("mousePressed", x_px, y_px + 60, button="left", clickCount=1)
        for step in range(1, 6):
            page.mouse("mouseMoved", x_px - 6 * step, y_px + 60, button="left", buttons=1)
        page.mouse("mouseReleased", x_px - 30, y_px + 60, button="left", clickCount=1)
        page.settle()
        assert page.middle_of(f"{mark(page, 'summit')} .body")[0] == pytest.approx(x_px - 30, abs=3)
        assert page.evaluate(tops) == rows


def test_the_brush_moves_the_view(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.click("#zoom-in")
        page.click("#zoom-in")
        before = page.text("#range")
        x_px, y_px = page.middle_of("#brush")
        page.mouse("mousePressed", x_px, y_px, button="left", clickCount=1)
        page.mouse("mouseMoved", x_px + 60, y_px, button="left", buttons=1)
        page.mouse("mouseReleased", x_px + 60, y_px, button="left", clickCount=1)
        page.settle()
        assert page.text("#range") != before
        assert page.middle_of("#brush")[0] == pytest.approx(x_px + 60, abs=2)


def test_a_crowd_is_merged_into_exact_counts_and_no_title_overlaps(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, crowd(600)) as page:
        for lane, events in (("Ukraine", 600), ("Russia", 300)):
            counted = (
                f"[...document.querySelectorAll('.lane')].filter((one) => one.textContent.startsWith('{lane}'))"
                ".flatMap((one) => [...one.querySelectorAll('.event, .count')])"
                ".reduce((sum, one) => sum + (one.matches('.count') ? Number(one.textContent) : 1), 0)"
            )
            assert page.evaluate(counted) == events
        for _ in range(4):
            boxes, overlaps = page.evaluate(OVERLAPS)
            assert boxes > 10
            assert overlaps == 0
            page.click("#zoom-in")


def test_the_title_of_a_bar_goes_out_of_view_with_its_end(browser: Browser, folder: Path) -> None:
    months = [f"2024-{month:02}" for month in range(1, 13)]
    events = [make_event(f"All of the month of {month}", f"{month}-01/{month}-28") for month in months]
    events += [
        make_event(f"Half of the month of {month}, with a longer title", f"{month}-05/{month}-20") for month in months
    ]
    with opened(browser, folder, page_table(events), width_px=2560) as page:
        page.click("#zoom-in")
        for _ in range(40):
            page.evaluate(
                "document.getElementById('lanes').dispatchEvent("
                "new WheelEvent('wheel', {deltaX: 23, bubbles: true, cancelable: true}))"
            )
            page.settle()
            assert page.evaluate(OVERLAPS)[1] == 0


def test_a_count_tells_its_events_and_opens(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, crowd(600)) as page:
        number = page.text(".count")
        page.click(".count")
        assert page.text("#story h2") == f"{number} events merged here"
        assert len(page.texts("#story .rows li")) == int(number)
        before = page.text("#range")
        page.click(".count", count=2)
        assert page.text("#range") != before


def test_the_list_has_the_same_events_for_screen_readers(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war()) as page:
        page.click("#tab-list")
        assert page.texts(".events tbody .link") == ["Pact", "Raid", "Training", "Rumour", "Summit", "Election"]
        page.click(".events tbody tr:nth-child(2) .link")
        assert page.text("#story h2") == "Raid"
        page.call("Accessibility.enable")
        nodes = page.call("Accessibility.getFullAXTree")["nodes"]
        roles = [node["role"]["value"] for node in nodes if not node.get("ignored")]
        assert roles.count("row") == 7
        assert {"tablist", "table", "searchbox", "article", "main", "contentinfo"} <= set(roles)
        nameless = [
            node["role"]["value"]
            for node in nodes
            if node["role"]["value"] in {"button", "checkbox", "searchbox", "combobox", "link", "radio"}
            and not node.get("ignored")
            and not node.get("name", {}).get("value")
        ]
        assert nameless == []


@pytest.mark.parametrize(("dark", "theme", "other"), [(False, LIGHT, DARK), (True, DARK, LIGHT)], ids=["light", "dark"])
def test_the_page_follows_the_theme_of_the_system_and_can_change_it(
    browser: Browser, folder: Path, dark: bool, theme: Any, other: Any
) -> None:
    colour = "getComputedStyle(document.body).getPropertyValue('--background').trim()"
    with opened(browser, folder, small_war(), dark=dark) as page:
        assert page.evaluate(colour) == theme.background
        page.click("#theme")
        assert page.evaluate(colour) == other.background


def test_on_paper_stand_all_excerpts_with_their_sources(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war(), dark=True) as page:
        page.evaluate(
            "addEventListener('beforeprint', () => "
            "{ window.printed = document.getElementById('paper').cloneNode(true); })"
        )
        assert page.pdf().startswith(b"%PDF")
        text = page.evaluate("window.printed.textContent")
        assert "In June the two signed a pact & “more”.”1, par. 2" in text
        assert "They trained in the east." in text
        notes = page.evaluate("[...window.printed.querySelectorAll('.notes li')].map((one) => one.textContent)")
        assert notes == [
            "A. AuthorTroops on the moveA Paper · around 1 November 2024https://example.org/troops",
            "wirejavascript:alert(1)",
        ]
        assert page.evaluate("window.printed.querySelectorAll('.paper-picture .event').length") == 8
        assert page.text("#paper") == ""


def test_as_many_events_as_a_page_may_have_are_printed(browser: Browser, folder: Path) -> None:
    pypdf = pytest.importorskip("pypdf", reason="what is printed is read by pypdf, an extra that is not installed")
    with opened(browser, folder, crowd(MOST_EVENTS)) as page:
        printed = pypdf.PdfReader(BytesIO(page.pdf()))
    words = " ".join(printed.pages[-1].extract_text().split())
    assert 200 < len(printed.pages) < 1_000
    assert words.endswith("28 December 2023 to the day, as the source states Ukraine")


def test_hostile_texts_are_shown_and_do_nothing(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, hostile_table()) as page:
        page.click(mark(page, "hostile"))
        assert page.text("#story h2") == HOSTILE_TITLE
        assert page.text("#story .summary") == "<!--<script>alert(1)</script>"
        assert page.text("#story blockquote") == '"><svg onload=alert(1)>'
        assert page.evaluate("document.querySelectorAll('img, #story svg, #story b').length") == 0
        page.press("ArrowRight")
        assert page.text("#story h2") == "⟦202E⟧gnp.exe"
        page.press("ArrowRight")
        assert len(page.text("#story h2")) == 100_000
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_years_before_our_era_and_beyond(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, deep_time()) as page:
        assert page.text("#range").endswith(" bn BC to 300,000,000")
        assert any(label.endswith(" bn BC") for label in page.texts("#axis .greater"))
        page.press("End")
        assert page.text("#story .dating").startswith("19 June 2024, 14:30")
        page.click(mark(page, "a-minute"), count=2)
        assert page.text("#range").startswith("19 June 2024, 14:")
        page.press("ArrowLeft")
        assert page.text("#story .dating").startswith("15 March 44 BC")
        page.press("f")
        assert "BC" in page.text("#range")


def test_an_address_that_names_an_event_opens_it(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war(), hash_="#summit") as page:
        assert page.text("#story h2") == "Summit"
        page.press("ArrowRight")
        assert page.evaluate("location.hash") == "#election"


def test_what_was_filtered_out_before_is_said(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war(), wanted=Filter(actors=("Russia",))) as page:
        assert page.text("#scope") == "Only events with Russia (3 other events not on this page)"
        assert count(page) == "3 of 3 events"


def test_two_fingers_zoom_and_one_pans_on_a_phone(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war(), width_px=360, height_px=720) as page:
        page.resize(360, 720, scale=2, touch=True)
        page.settle()
        assert page.evaluate("document.documentElement.scrollWidth <= 360")
        whole = page.text("#range")
        x_px, y_px = page.middle_of("#lanes")

        def touch(kind: str, *places: tuple[float, float]) -> None:
            points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
            page.call("Input.dispatchTouchEvent", type=kind, touchPoints=points)

        touch("touchStart", (x_px - 30, y_px), (x_px + 30, y_px))
        for step in range(1, 6):
            touch("touchMove", (x_px - 30 - 12 * step, y_px), (x_px + 30 + 12 * step, y_px))
        touch("touchEnd")
        page.settle()
        zoomed = page.text("#range")
        assert zoomed != whole
        touch("touchStart", (x_px, y_px))
        for step in range(1, 6):
            touch("touchMove", (x_px - 15 * step, y_px))
        touch("touchEnd")
        page.settle()
        assert page.text("#range") != zoomed


def test_on_a_phone_the_words_of_an_event_come_from_below_and_go(browser: Browser, folder: Path) -> None:
    with opened(browser, folder, small_war(), width_px=360, height_px=720) as page:
        assert page.evaluate("document.getElementById('story').offsetHeight") == 0
        page.click(mark(page, "pact"))
        assert page.evaluate("document.getElementById('story').offsetHeight") > 100
        page.click(".close")
        assert page.evaluate("document.getElementById('story').offsetHeight") == 0
