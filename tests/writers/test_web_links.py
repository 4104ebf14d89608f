"""Only plain addresses of the web become links, written so that they cannot deceive."""

from __future__ import annotations

import pytest

from timeline_app.writers.web_links import web_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("  http://example.org  ", "http://example.org"),
        ("https://example.org:8080/%20", "https://example.org:8080/%20"),
        ("http://пример.example/путь", "http://xn--e1afmkfd.example/%D0%BF%D1%83%D1%82%D1%8C"),
        ("http://[2001:db8::1]:80/", "http://[2001:db8::1]:80/"),
        ('https://example.org/"><b>', "https://example.org/%22%3E%3Cb%3E"),
    ],
)
def test_an_address_of_the_web_is_written_as_it_goes_over_the_wire(text: str, link: str) -> None:
    assert web_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "data:text/html,<b>",
        "file:///etc/passwd",
        "ftp://example.org",
        "http://",
        "http:/example.org",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.example",
        "https://example.org/a b",
        "https://example.org/\u202egro",
        "http://example.org:port/",
        "http://[::1/",
        "http://" + "a" * 70 + ".example",
        "https://example.org/" + "a" * 2_000,
    ],
)
def test_anything_else_is_no_link(text: str) -> None:
    assert web_link(text) is None
