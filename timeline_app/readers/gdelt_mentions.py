"""Read the mentions of GDELT 2.0: one row for each time that an article mentions an event.

The table stands beside the events since February 2015, 16 columns between tabs without a header, of which the last
two, about translation, are nearly always empty. An event has a mention for each article, so its number is no id here;
each mention is an event of its own kind. EventTimeDate is when GDELT first knew of the event, MentionTimeDate when of
the article, both in UTC: the one is the date, the other the time at which the source was retrieved, and published as
far as anybody knows. Confidence, from 10 to 100, tells how surely the text speaks of the event; importance follows it:
a fifth of it, from 1 to 5.

Beside an export of events, its mentions are sources of these (readers/gdelt_mention_sources.py). Written by the
codebook of version 2.0.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from timeline_app.core.event import Event, Source
from timeline_app.core.known import Known, known_from
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.gdelt_columns import MENTIONS, gdelt_head, mentions_shape
from timeline_app.readers.gdelt_when import known_second, second_text
from timeline_app.readers.graded_importance import importance_of_count
from timeline_app.readers.source_book import site_of

_SUMMARY = "Articles that mention events of the GDELT Project, https://www.gdeltproject.org."
_KINDS = {
    "1": "web page",
    "2": "citation",
    "3": "core of a publication",
    "4": "collection of dissertations",
    "5": "JSTOR",
    "6": "nontextual source",
}
_WEB_PAGE = "1"
_CONFIDENCE_OF_IMPORTANCE = (30, 50, 70, 90)
_CITED = ("MentionType", "MentionSourceName", "MentionIdentifier")
_TAKEN = frozenset({"EventTimeDate", "MentionTimeDate", "MentionSourceName", "MentionIdentifier", "MentionType"})


def _title(number: str, source: str) -> str:
    return f"Event {number.strip()} mentioned by {source.strip() or 'an unnamed source'}"


def _sources(kind: str, name: str, identifier: str) -> tuple[Source, ...]:
    """Return the article: by its address where it is a page on the web, else by what identifies it."""
    publisher, written = name.strip(), identifier.strip()
    if not (publisher or written):
        return ()
    is_page = kind.strip() == _WEB_PAGE
    return (
        Source(
            publisher or written,
            title="" if is_page else written,
            url=written if is_page else "",
        ),
    )


def mention_source(
    kind: str, name: str, identifier: str, *, published: str, confidence: str, tone: str
) -> Source | None:
    """Return the article of a mention as a source of the event that it mentions, named as exports of events name it."""
    found = _sources(kind, name, identifier)
    if not found:
        return None
    site = site_of(found[0].url) or found[0].key
    told = {
        "MentionSourceName": name.strip() if name.strip() != site else "",
        "Confidence": confidence,
        "MentionDocTone": tone,
    }
    extra = {column: text for column, text in told.items() if text}
    return replace(found[0], key=site, publisher=site, published=published, retrieved=published, extra=extra)


def _finish(event: Event, cells: Cells) -> Event:
    cell = stripped(cells)
    confidence, sentence = cell("Confidence"), cell("SentenceID")
    parts = [f"Sentence {sentence}." if sentence else "", f"Confidence {confidence} %." if confidence else ""]
    taken = _TAKEN if cell("MentionType") in _KINDS else _TAKEN - {"MentionType"}
    known = known_second(cell("MentionTimeDate"))
    taken = taken if known else taken - {"MentionTimeDate"}
    return replace(
        event,
        summary=" ".join(filter(None, parts)),
        own_sources=tuple(replace(one, published=known, retrieved=known) for one in event.own_sources),
        extra=others(cells, taken),
    )


def _known(kind: str, name: str, identifier: str, time: str) -> Known | None:
    return known_from((known_second(time.strip()),)) if _sources(kind, name, identifier) else None


_RULES = EventRules(
    id=Rule((), str),
    title=Rule(("GLOBALEVENTID", "MentionSourceName"), _title),
    when=Rule(("EventTimeDate",), second_text),
    type=Rule((), lambda: "mention"),
    place=Rule((), str),
    actors=Rule((), tuple),
    sources=Rule(_CITED, _sources),
    tags=Rule(("MentionType",), lambda kind: tuple(filter(None, (_KINDS.get(kind.strip(), ""),)))),
    importance=Rule(("Confidence",), partial(importance_of_count, least=_CONFIDENCE_OF_IMPORTANCE)),
    known=Rule((*_CITED, "MentionTimeDate"), _known),
    finish=_finish,
)


TABLE = CodedTable(
    name="gdelt-mentions",
    endings=(".csv", ".txt"),
    description="Mentions of GDELT 2.0: which article mentions which event",
    recognised_by="the columns of the mentions of GDELT",
    title="GDELT mentions",
    summary=_SUMMARY,
    shape_of=mentions_shape,
    head_of=gdelt_head,
    rules_of=always(_RULES),
    whole_numbers=frozenset(MENTIONS) - {"MentionDocTone"},
)
READER = TABLE.reader()
