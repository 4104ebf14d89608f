"""Excerpts are found in documents: the same, the same but for typesetting, or with just the words that differ."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.core.event import Verified
from timeline_app.core.excerpt_match import SearchedText
from timeline_app.core.found_words import FoundWords, WordChange, change_words
from timeline_app.core.near_words import LONGEST_WORDS

ARTICLE = (
    "“We won’t go,” he said — twice.\n\nThen  he\u00a0went to Ke\u0301pi. The ﬁrst exam-\nple of well-\nknown "
    "sol\u00adu\u00ad\ntions cost −5 dollars, 10–20 of 한국 \u1112\u1161\u11ab. “He lied—twice”, wrote co-\r\nworkers…"
)


@pytest.mark.parametrize(
    ("excerpt", "there"),
    [
        ('"We won\'t go," he said - twice.', "“We won’t go,” he said — twice."),
        ("«We won`t go,» he said -- twice.", "“We won’t go,” he said — twice."),
        ("twice.\nThen he went", "twice.\n\nThen  he\u00a0went"),
        ("to K\u00e9pi.", "to Ke\u0301pi."),
        ("The first example", "The ﬁrst exam-\nple"),
        ("of wellknown solutions", "of well-\nknown sol\u00adu\u00ad\ntions"),
        ("of well-known solutions", "of well-\nknown sol\u00adu\u00ad\ntions"),
        ("-5 dollars,   10-20", "−5 dollars, 10–20"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8 한.", "한국 \u1112\u1161\u11ab."),
        ("He lied — twice", "He lied—twice"),
        ("coworkers...", "co-\r\nworkers…"),
        ("exam-\nple of", "exam-\nple of"),
        ("he said", "he said"),
        ("  he said\n", "he said"),
        ("rst exam", "rst exam"),
        ("he first exam", "he ﬁrst exam"),
    ],
)
def test_words_are_found_whatever_typesetting_made_of_them(excerpt: str, there: str) -> None:
    looked_up = SearchedText(ARTICLE).look_up(excerpt)
    assert looked_up.found is not None
    assert ARTICLE[looked_up.found.start : looked_up.found.end] == there
    is_exact = excerpt.strip() in ARTICLE
    assert looked_up.verified is (Verified.EXACT if is_exact else Verified.NORMALISED)


@pytest.mark.parametrize(
    ("excerpt", "there"),
    [
        ("lifted in September 2024.", "lifted in **September 2024**."),
        ("It was never his idea", "It was *never* _his_ idea"),
        ("as the ministry said", "as [the ministry](https://example.org/a_b) said"),
        ("lifted in **September 2024**", "lifted in **September 2024**"),
        ("the snake_case of 5 * 3", "the snake_case of 5 * 3"),
        ("note [1] below", "note [1] below"),
    ],
)
def test_words_are_found_in_markdown_without_its_marks(excerpt: str, there: str) -> None:
    document = (
        "# Embargo\n\nIt was lifted in **September 2024**. It was *never* _his_ idea, as [the ministry](https://example.org/a_b)"
        " said; the snake_case of 5 * 3, see note [1] below."
    )
    looked_up = SearchedText(document).look_up(excerpt)
    assert looked_up.found is not None
    assert document[looked_up.found.start : looked_up.found.end].strip("*") == there.strip("*")
    assert looked_up.verified is (Verified.EXACT if excerpt in document else Verified.NORMALISED)


@pytest.mark.parametrize("excerpt", ["We will not go", "he Said", "-10 dollars", "—", "…", "a b c d e f"])
def test_words_that_stand_nowhere_are_missing(excerpt: str) -> None:
    looked_up = SearchedText("We won't go, he said 10 dollars").look_up(excerpt)
    assert (looked_up.verified, looked_up.found) == (Verified.MISSING, None)


@pytest.mark.parametrize(
    ("excerpt", "changes"),
    [
        ("They sent 12,000 troops in June.", [("12,000", "10,000")]),
        ("They sent some 10,000 troops in June.", [("some", "")]),
        ("They 10,000 troops in June.", [("", "sent")]),
        ("They sent 10,000 troops in July", [("July", "June")]),
        ("they sent 10,000 troops in June 2024.", [("they", "They"), ("2024", "")]),
        ("sent 10,000 troops - in June", [("-", "")]),
        ("to the well known North", [("", "-")]),
    ],
)
def test_the_words_that_differ_are_told(excerpt: str, changes: list[tuple[str, str]]) -> None:
    text = "Nobody knew. They sent 10,000\ntroops in June. They came to the well-known North."
    looked_up = SearchedText(text).look_up(excerpt)
    assert looked_up.verified is Verified.NEAR
    assert looked_up.found is not None
    assert [(change.excerpt, change.document) for change in looked_up.found.changes] == changes
    assert all(text[one.start : one.end].strip() == one.document for one in looked_up.found.changes)


def test_a_change_is_told_in_words() -> None:
    told = [change_words(WordChange(*words, 0, 0)) for words in (("a", "b"), ("a", ""), ("", "b"))]
    assert told == [
        "“a” is “b” in the document",
        "“a” is not in the document",
        "“b” of the document was left out",
    ]


def test_the_nearest_place_is_looked_for_in_bounded_steps() -> None:
    document = SearchedText(" ".join(["so it goes on and on"] * 50_000))
    looked_up = document.look_up("so it went on and on and went on")
    assert 0 < looked_up.steps <= 4_100_000
    assert document.look_up("so it went on and on", most_steps=0).verified is Verified.MISSING
    too_long = document.look_up("so it went on and on " * (LONGEST_WORDS // 6 + 1))
    assert (too_long.verified, too_long.steps) == (Verified.MISSING, 0)


# Words of letters that no typesetting changes, each of them different, so that there is one way to align two texts.
WORDS = st.lists(st.text("abcdefghijklmnop", min_size=1, max_size=7), min_size=12, max_size=40, unique=True)
SPACES = st.sampled_from([" ", "\n", "  ", "\u00a0", "\t\n", " \u200b", "\u2009", "\r\n"])
TYPOGRAPHY = (("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"))


@given(WORDS, st.data())
def test_a_text_that_is_set_anew_has_the_same_words(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 4))
    last = data.draw(st.integers(first + 3, len(words)))
    set_words = []
    for word in words:
        cut = data.draw(st.integers(0, len(word)))
        hyphen = data.draw(st.sampled_from(["", "\u00ad", "-\n", "\u2010\r\n  ", "\u00ad\n", "\u200d"]))
        letters = word[:cut] + hyphen + word[cut:] if 0 < cut < len(word) else word
        for plain, ligature in TYPOGRAPHY:
            letters = letters.replace(plain, ligature)
        set_words.append(letters)
    spaces = [data.draw(SPACES) for _ in words]
    text = "".join(f"{word}{space}" for word, space in zip(set_words, spaces, strict=True))
    looked_up = SearchedText(text).look_up(" ".join(words[first:last]))
    assert looked_up.verified in {Verified.EXACT, Verified.NORMALISED}
    assert looked_up.found is not None
    there = text[looked_up.found.start : looked_up.found.end]
    assert SearchedText(" ".join(words[first:last])).look_up(there).verified in {Verified.EXACT, Verified.NORMALISED}


@example("À\u00ad\na")
@given(st.text("aÀé\u0301ﬁ\u00ad-–— \n\u200b한\u1112\u1161\u11ab…", max_size=40))
def test_a_text_holds_itself_in_each_form_of_unicode(text: str) -> None:
    for form in ("NFC", "NFD"):
        looked_up = SearchedText(unicodedata.normalize(form, text)).look_up(text)
        letters = SearchedText(text).typography.letters
        assert (looked_up.verified in {Verified.EXACT, Verified.NORMALISED}) or not letters.strip()


@given(st.data())
def test_words_that_were_edited_are_the_ones_that_are_told(data: st.DataObject) -> None:
    words = [f"w{number}" for number in range(data.draw(st.integers(30, 80)))]
    first = data.draw(st.integers(0, len(words) - 30))
    excerpt = list(words[first : first + 24])
    # At every eighth word one edit, and no edit at either end: so there is one shortest way from one to the other.
    edits = data.draw(st.lists(st.sampled_from(["added", "dropped", "changed", ""]), min_size=3, max_size=3))
    expected = []
    for number, edit in reversed(list(enumerate(edits))):
        at = 2 + 8 * number
        if edit == "added":
            excerpt.insert(at, f"x{at}")
            expected.append((f"x{at}", ""))
        elif edit:
            expected.append((f"x{at}" if edit == "changed" else "", excerpt[at]))
            excerpt[at : at + 1] = [f"x{at}"] if edit == "changed" else []
    document = " ".join(words)
    looked_up = SearchedText(document).look_up(" ".join(excerpt))
    assert looked_up.verified is (Verified.NEAR if expected else Verified.EXACT)
    assert looked_up.found is not None
    assert [(one.excerpt, one.document) for one in looked_up.found.changes] == expected[::-1]
    assert document[looked_up.found.start : looked_up.found.end].split() == words[first : first + 24]


def test_a_document_is_not_gone_through_when_the_words_stand_in_it() -> None:
    document = SearchedText(ARTICLE)
    assert document.look_up("he said").found == FoundWords(ARTICLE.index("he said"), ARTICLE.index(" — "))
    assert "typography" not in vars(document)
    document.look_up("He lied - twice")
    assert "words" not in vars(document)
