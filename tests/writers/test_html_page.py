"""The HTML page stands alone: two inline blocks allowed by their hashes, and data that nothing can leave."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.page_events import HOSTILE_TITLE, crowd, hostile_table, small_war
from tests.helpers.small_conflict import small_table
from tests.helpers.tables import make_event, make_table
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.errors import WriteError
from timeline_app.core.event import Claim, Excerpt, Source
from timeline_app.core.filter import Filter, Match
from timeline_app.core.memberships import Membership
from timeline_app.core.table import EventTable
from timeline_app.writers import choose_writer, export
from timeline_app.writers.html_page import MOST_EVENTS, render_html
from timeline_app.writers.options import WriteOptions

LARGEST_PAGE = 150_000
BLOCK = re.compile(r"<(script|style)([^>]*)>(.*?)</\1>", re.DOTALL)


def page_of(table: EventTable, wanted: Filter | None = None) -> str:
    """Write a page."""
    return "".join(render_html(table, wanted or Filter(), WriteOptions()))


def data_of(page: str) -> dict[str, Any]:
    """Read the events of a page."""
    (data,) = (text for _, kind, text in BLOCK.findall(page) if "application/json" in kind)
    read: dict[str, Any] = json.loads(data)
    return read


def event_of(data: dict[str, Any], title: str) -> dict[str, Any]:
    """Return the event of this title."""
    return next(event for event in data["events"] if event["title"] == title)


def test_a_page_without_its_events_is_small() -> None:
    page = page_of(small_war())
    assert len(page.encode()) < LARGEST_PAGE


def test_the_policy_allows_the_two_inline_blocks_and_nothing_else() -> None:
    page = page_of(hostile_table())
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none';")
    for kind, attributes, text in BLOCK.findall(page):
        if "application/json" not in attributes:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_the_parts_name_no_address_and_ask_for_nothing() -> None:
    parts = {
        part.name: part.read_text(encoding="utf-8") for part in files("timeline_app.writers").joinpath("page").iterdir()
    }
    assert {"page.html", "page.css", "page.js"} <= parts.keys()
    for name, text in parts.items():
        assert not re.search(
            r"https?:|//\w|url\(|@import|\bfetch\b|XMLHttp|sendBeacon|\beval\b|innerHTML|outerHTML", text
        ), name
        assert "insertAdjacentHTML" not in text, name


def test_actors_of_equally_many_events_stand_as_they_come_so_that_a_page_is_the_same_each_time() -> None:
    names = [f"Actor {letter}" for letter in "QWERTYUIOPASDFGHJKL"]
    table = make_table(
        [make_event("Summit", "2024-06", actors=names), make_event("Talks", "2024-07", actors=["Z"] * 2)]
    )
    assert [actor["name"] for actor in data_of(page_of(table))["actors"]] == [*names, "Z"]


def test_every_script_of_the_folder_is_part_of_the_page() -> None:
    page = page_of(small_war())
    for part in files("timeline_app.writers").joinpath("page").iterdir():
        if part.name.endswith(".js"):
            assert part.read_text(encoding="utf-8") in page, part.name


def test_hostile_texts_stay_in_the_data() -> None:
    page = page_of(hostile_table())
    assert HOSTILE_TITLE not in page
    assert "<!--<script" not in page
    assert page.count("</script>") == 2
    assert "\u202e" not in page
    assert event_of(data_of(page), HOSTILE_TITLE)["summary"] == "<!--<script>alert(1)</script>"


def test_a_title_of_markup_is_escaped_in_the_head(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    table = small_table()
    object.__setattr__(table, "title", "<b>&amp;</b>")
    assert "<title>&lt;b&gt;&amp;amp;&lt;/b&gt;</title>" in page_of(table)
    assert not path.exists()


def test_an_event_is_told_in_the_words_of_the_program() -> None:
    event = event_of(data_of(page_of(small_war())), "Pact")
    assert event["when"] == "June 2024"
    assert event["known"] == "to the month, as the source states"
    assert event["shape"] == "diamond"
    assert event["place"] == "Pyongyang"
    assert event["excerpts"][0]["words"] == [["In June"], " the two signed a pact & “more”."]
    assert event["excerpts"][0]["check"] == "– no document to check against"


def test_bounds_are_seconds_and_open_ends_are_named() -> None:
    data = data_of(page_of(small_war()))
    assert event_of(data, "Pact")["bounds"] == [1717200000, 1719791999, 1717200000, 1719791999]
    raid = event_of(data, "Raid")
    assert raid["bounds"][2:] == ["future", "future"]
    assert raid["open"] == "end"


def test_claims_have_shares_of_their_scale() -> None:
    (group,) = event_of(data_of(page_of(small_war())), "Training")["claims"]
    assert [row["words"] for row in group["rows"]] == ["10,000 people", "2,000 to 3,000 people"]
    (value, *_), (_, low, high) = (row["figures"] for row in group["rows"])
    assert 0 < low < high < value <= 1


def test_what_competes_is_summed_up_and_sources_of_one_origin_are_counted() -> None:
    claims = [Claim("troops", (name,), value=value, unit="people") for name, value in (("A", "10"), ("B", "12"))]
    sources = [Source("wire"), Source("first", origin="wire"), Source("second", origin="wire")]
    quoted = [Excerpt("So it was.", source.key) for source in sources]
    table = make_table([make_event("Raid", claims=claims, own_sources=sources, excerpts=quoted), make_event("Calm")])
    data = data_of(page_of(table))
    raid, calm = event_of(data, "Raid"), event_of(data, "Calm")
    assert raid["disputed"] == ["troops 10 to 12: 2 speakers, 2 figures"]
    assert raid["independence"] == "3 sources, 1 origin"
    assert not {"disputed", "independence"} & set(calm)


def test_actors_know_their_parts_and_other_names() -> None:
    data = data_of(page_of(small_war()))
    names = [actor["name"] for actor in data["actors"]]
    korea = data["actors"][names.index("North Korea")]
    assert korea["parts"] == [names.index("Storm Corps")]
    assert korea["also"] == ["DPRK"]
    assert korea["colour"] == data["actors"][names.index("Storm Corps")]["colour"]
    assert names[0] == "Russia"


def test_a_part_for_a_time_only_counts_for_its_whole_in_that_time() -> None:
    wholes = (Membership("UK", until="1997-06-30"), Membership("China", since="1997-07-01"))
    known = Gazetteer((ActorEntry("UK"), ActorEntry("China"), ActorEntry("Hong Kong", part_of=wholes)))
    events = [make_event(date, date, actors=["Hong Kong"]) for date in ("1989", "1997", "2019")]
    data = data_of(page_of(make_table([*events, make_event("treaty", "1984", actors=["UK", "China"])], known)))
    names = [actor["name"] for actor in data["actors"]]
    assert not any("parts" in actor for actor in data["actors"])
    along = {
        title: {names[whole] for whole in event_of(data, title).get("along", ())} for title in ("1989", "1997", "2019")
    }
    assert along == {"1989": {"UK"}, "1997": {"UK", "China"}, "2019": {"China"}}


def test_sources_stand_once_and_only_web_addresses_are_links() -> None:
    sources = data_of(page_of(small_war()))["sources"]
    assert [source["title"] for source in sources] == ["Troops on the move", "wire"]
    assert sources[0]["link"] == "https://example.org/troops"
    assert sources[0]["details"] == "A Paper · around 1 November 2024"
    assert "link" not in sources[1]


def test_an_address_that_may_look_like_another_is_shown_as_it_goes_over_the_wire() -> None:
    source = Source("s", url="https://exаmple.org/")  # the third letter is Cyrillic
    event = make_event(excerpts=[Excerpt("words", "s")], own_sources=[source])
    (shown,) = data_of(page_of(make_table([event])))["sources"]
    assert shown["url"] == shown["link"] == "https://xn--exmple-4nf.org/"


def test_other_formats_load_nothing_of_the_page() -> None:
    question = "import sys, timeline_app.writers; print([name for name in sys.modules if 'page' in name])"
    done = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_filter_is_obeyed_and_told() -> None:
    wanted = Filter(actors=("Russia", "Ukraine"), match=Match.ALL, since="2024-08")
    data = data_of(page_of(small_war(), wanted))
    assert [event["title"] for event in data["events"]] == ["Raid"]
    assert data["filter"] == "with Russia and Ukraine, from August 2024"
    assert data["loaded"] == 6


def test_what_only_possibly_passes_is_marked() -> None:
    data = data_of(page_of(small_war(), Filter(since="2024-06-15", until="2024-07")))
    assert event_of(data, "Pact")["possible"] is True


def test_links_to_events_that_are_not_on_the_page_are_left_out() -> None:
    assert event_of(data_of(page_of(small_war())), "Training")["links"] == [[0, "follows"]]
    filtered = data_of(page_of(small_war(), Filter(types=("deployment",))))
    assert "links" not in event_of(filtered, "Training")


def test_the_same_events_give_the_same_page() -> None:
    assert page_of(small_war()) == page_of(small_war())


def test_more_events_than_a_page_holds_are_refused_with_what_to_do(tmp_path: Path) -> None:
    table = crowd(MOST_EVENTS + 1)
    path = tmp_path / "page.html"
    with pytest.raises(WriteError, match=r"5,000 events at most, and 5,001 pass the filter: narrow it by actor"):
        export(table, Filter(), path)
    assert not path.exists()
    export(table, Filter(actors=("Russia",)), path)
    assert len(data_of(path.read_text(encoding="utf-8"))["events"]) == 2_501


@pytest.mark.parametrize("name", ["page.html", "page.HTM"])
def test_the_ending_tells_the_format(name: str) -> None:
    writer = choose_writer(Path(name))
    assert writer is not None
    assert writer.name == "html"
