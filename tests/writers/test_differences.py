"""What a field said and says now is told by the words about what differs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.differences import FieldChange
from timeline_app.writers.differences import change_words, value_words

LONG = "Troops were seen near the village of Tha Song Yang before the rains began, and left the camp in March."
WORDS = st.lists(st.sampled_from(["a", "camp", "of", "soldiers", "¶", "März", "…"]), max_size=40).map(" ".join)


def told(before: str, after: str) -> tuple[str, str]:
    (one,), (other,) = change_words(FieldChange("summary", (before,), (after,)))
    return one, other


def test_of_a_long_text_the_words_about_the_change_are_told() -> None:
    assert told(LONG, LONG.replace("rains", "floods")) == (
        "…Tha Song Yang before the rains began, and left the camp…",
        "…Tha Song Yang before the floods began, and left the camp…",
    )
    assert told(LONG, f"{LONG} Nobody died.")[1] == "…and left the camp in March. Nobody died."
    assert told(f"Many {LONG}", LONG) == (
        "Many Troops were seen near the…",
        "Troops were seen near the…",
    )


def test_a_short_text_and_several_texts_are_told_whole() -> None:
    assert told("Treaty", "Pact") == ("Treaty", "Pact")
    assert told("One.\nTwo.", "One.") == ("One. ¶ Two.", "One.")
    change = FieldChange("claims", (LONG,), (LONG, LONG))
    assert change_words(change) == ((LONG,), (LONG, LONG))


@given(WORDS, WORDS, WORDS, WORDS)
def test_what_differs_is_always_told(before: str, one: str, other: str, after: str) -> None:
    texts = f"{before} {one} {after}", f"{before} {other} {after}"
    shown = told(*texts)
    assert (shown[0] == shown[1]) == (texts[0] == texts[1])
    for text, whole in zip(shown, texts, strict=True):
        assert text.removeprefix("…").removesuffix("…").strip(" …") in value_words(whole)
