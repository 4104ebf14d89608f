"""A page of HTML becomes its words, in a time that grows with the page, whatever it is made to be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.errors import ReadError
from timeline_app.readers import document_html
from timeline_app.readers.document_html import html_text, words_of_html
from timeline_app.readers.source_file import SourceFile

PAGE = """<!DOCTYPE html><html><head><title>Not shown</title><style>p { color: red }</style></head>
<body onload="alert('a > b')"><h1>Troops &amp; talks</h1>
<p>Some 10,000
  tro<b>ops</b>&nbsp;left<br>in June.</p><script>if (a < b) document.write("</p>hidden")</script>
<!-- <p>a comment > here</p> --><table><tr><td>one<td>two<tr><td>three</table>
<pre>line
  two</pre><ul><li>first<li>second</ul> 5 < 6 <svg><text>drawn</text></svg><a href="javascript:x">link</a> end</body>"""


def source(content: bytes) -> SourceFile:
    return SourceFile("page.html", Path("page.html"), content)


def test_a_page_is_its_words_in_paragraphs() -> None:
    assert words_of_html(PAGE) == (
        "Troops & talks\n\nSome 10,000 troops\u00a0left\nin June.\n\none two\nthree\n\nline\ntwo\n\nfirst\n\nsecond"
        "\n\n5 < 6 link end"
    )


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("", ""),
        ("no markup at all", "no markup at all"),
        ("<head><title>t</title><p>shown", "shown"),
        ("<head><script>hidden</script></head>shown", "shown"),
        ("<svg><svg>x</svg>y</svg>shown", "shown"),
        ("<script>never closed <p>hidden", ""),
        ("shown<!-- never closed", "shown"),
        ("shown <b never closed", "shown"),
        ("a&lt;b&gt; &#x41;&#0065; &#99999999999;", "a<b> AA \ufffd"),
        ("<SCRIPT>x</ScRiPt >shown", "shown"),
        ('<p title="a > b">shown', "shown"),
        ("<svg/>shown", "shown"),
    ],
)
def test_odd_pages(page: str, words: str) -> None:
    assert words_of_html(page) == words


@given(st.text("<>/!-&;#ab \n\"'=scriptpdv", max_size=200))
def test_whatever_a_page_is_its_words_are_found(page: str) -> None:
    assert "<script" not in words_of_html(page.replace("&", ""))


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<a b='", "&", "</", "<!D ", "<script>", "<div>", "&#", "<svg>", "<title></titlex", "<br> ", "<a<"],
)
def test_a_page_made_to_take_for_ever_is_read_at_once(piece: str) -> None:
    # A parser that goes back over what it has read would take hours, and the test its time limit.
    words_of_html(piece * 100_000)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<p>Képi".encode(), "Képi"),
        (b"\xef\xbb\xbf<p>" + "Képi".encode(), "Képi"),
        (b'<meta charset="windows-1251"><p>' + "Киев".encode("cp1251"), "Киев"),
        (b'<meta http-equiv=x content="text/html; charset=iso-8859-1">' + "“é”".encode("cp1252"), "“é”"),
        ("<p>Képi".encode("utf-16"), "Képi"),
    ],
)
def test_the_encoding_is_the_one_that_the_page_tells(content: bytes, words: str) -> None:
    assert html_text(source(content)) == words


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<p>\xff", r"byte 4 \(0xFF\) is not UTF-8"),
        (b"<meta charset=utf-8><p>\xff", 'the page says that it is in "utf-8", but cannot be read so'),
        (b"<meta charset=klingon><p>", 'the page says that it is in "klingon", but cannot be read so'),
        (b"<meta charset=base64><p>", 'the page says that it is in "base64", but cannot be read so'),
    ],
)
def test_a_page_in_another_encoding_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        html_text(source(content))


def test_a_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_html, "LARGEST_BYTES", 10)
    with pytest.raises(ReadError, match=r"page.html: the file is too large; expected at most 10 bytes"):
        html_text(source(b"<p>" + b"a" * 8))
