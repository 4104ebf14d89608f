"""Markup becomes plain words, and nothing that is none is lost."""

from __future__ import annotations

import time

import pytest

from timeline_app.readers.plain_words import plain_words


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("<unknown> stays", "<unknown> stays"),
        ("one<br>two<p>three</p>", "one\ntwo\nthree"),
        ("<b>bold</b> &amp; <i>thin</i>", "bold & thin"),
        ("before<script>alert('x')</script>after", "beforeafter"),
        ("<style>p {}", ""),
        ("<!-- note -->shown", "shown"),
        ("  plain\n  lines ", "plain\n  lines"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_words(written: str, text: str) -> None:
    assert plain_words(written).text == text


def test_addresses_of_the_web_are_kept_and_no_others() -> None:
    found = plain_words(
        "<a href=\"https://a.example/?x=1&amp;y\">a</a><a href=javascript:x>b</a><img src='http://b.example/'>"
    )
    assert found.addresses == ("https://a.example/?x=1&y", "http://b.example/")


@pytest.mark.parametrize(
    "bomb", ["<b>" * 100_000, "<!--" * 100_000, "<a href=" * 50_000, "<" * 300_000, "&amp;" * 90_000]
)
def test_bombs_are_cut_in_time(bomb: str) -> None:
    begin = time.process_time()
    assert len(plain_words(bomb).text) < 210_000
    assert time.process_time() - begin < 2
