"""Timelines in Markwhen, written as text: an event a line, what else is told of it below.

A date that is no single day, month or year stands as the range of what it may mean, and `edtf` below it has it as it
is. The format has no way to write its own marks as plain characters: where words hold what would be taken for one,
such as `#` before a word, that character is written in its full-width form (＃). Lines that would begin an event or a
section stand behind a hyphen. Below the title stand, as properties, what kind of event it is, where and who, and the
addresses of its sources, and as JSON what the format has no place for, as writers/told_beside.py has it. What lies
within the dates that were asked for only possibly has the tag `#possible`, behind all others, and `match` below it.
There are no years before 1 or after 9999.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline_app.core.calendar import DAY_S, civil_from_seconds, days_from_civil
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.shown_digest import BESIDE
from timeline_app.core.table import EventTable
from timeline_app.writers.civil_span import CivilDate, CivilSpan, civil_span
from timeline_app.writers.event_words import linked_sources, one_line, told_lines
from timeline_app.writers.limits import FOUR_DIGIT_YEARS_S, Limits
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import Record, json_text, match_word
from timeline_app.writers.told_beside import told_beside

LIMITS = Limits(*FOUR_DIGIT_YEARS_S, "Markwhen has no years before 1 or after 9999")

_DAY_PARTS, _MINUTE_PARTS, _SECOND_PARTS = 3, 5, 6
_GOES_ON = "now"
# A tag, an id, a link, a comment, emphasis: the characters that make them where they do.
_MARKS = re.compile(r"(?:(?<=\s)|^)[#!](?=[\w-])|(?:(?<=\s)|^)//(?=\s|$)|\]\(|\*\*|__|`|[<>]")
_FULL_WIDTH = str.maketrans("#!/](*_`<>", "＃！／］（＊＿｀＜＞")
# What may stand at the beginning of a line of text: anything but a date, a heading, a section, a property.
_ACTS = re.compile(r"\s*(?:[^:]{0,170}:|#|section\b|group\b|end|_-_|//)", re.IGNORECASE)
# What the fields are called that properties have other names for.
_FIELDS = {"source": "sources", "coordinates": "location"}
_COMMENT, _ODD_SPACE = re.compile("(?<= )//"), re.compile(r"[^\S ]")
_NO_TAG = re.compile(r"[^\w-]+")


def render_markwhen(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give the events that pass and lie within the years of the format, in time order."""
    del options  # Nothing can be chosen for this format.
    for key, text in (("title", table.title), ("description", table.summary)):
        if text.strip():
            yield f"{key}: {_quoted(plain_words(text))}\n"
    result = evaluate(wanted, table)
    for row in LIMITS.keep(table, result).tolist():
        lines = _event_lines(table.event(row), table, certain=bool(result.certain_if_passing[row]))
        yield "\n" + "".join(f"{line}\n" for line in lines)


def plain_words(text: str) -> str:
    """Return a text on one line in which nothing is a mark of the format."""
    return _MARKS.sub(lambda match: match[0].translate(_FULL_WIDTH), one_line(text))


def date_range(span: CivilSpan, *, goes_on: bool = False) -> str:
    """Return a date, or a range of two, as Markwhen reads it; one that goes on ends `now`.

    It knows times with a zone in UTC alone, to the second, and others to the minute behind a blank.
    """
    ends = [span.known] if span.start is None or span.end is None or goes_on else [span.start, span.end]
    is_zoned = any(one.offset_minutes is not None for one in ends)
    texts = [(_instant if is_zoned else _date)(one, is_last=number > 0) for number, one in enumerate(ends)]
    separator = " - " if is_zoned else " / " if any(one.clock for one in ends) else "/"
    return separator.join([*dict.fromkeys(texts), *([_GOES_ON] if goes_on else [])])


def _event_lines(event: Event, table: EventTable, *, certain: bool) -> Iterator[str]:
    span = civil_span(event.when)
    goes_on = event.when.open_end and span.start is not None
    marks = () if certain else (match_word(certain=False),)
    title, tags = plain_words(event.title), "".join(f" #{tag}" for tag in map(_tag, event.tags) if tag)
    yield f"{date_range(span, goes_on=goes_on)}: {title}{tags}{''.join(f' #{mark}' for mark in marks)}"
    yield f"id: {one_line(event.id)}"
    if not (span.is_exact and _is_shown_whole(span.known) and _is_shown_whole(span.end or span.known)):
        yield f"edtf: {event.when.text}"
    if not certain:
        yield f"match: {match_word(certain=False)}"
        if match_word(certain=False) in event.tags:
            # Else it would be taken for the mark alone.
            yield f"tags: {match_word(certain=False)}"
    properties = {
        "type": event.type,
        "place": event.place,
        "actors": "; ".join(actor.name.replace(";", ",") for actor in event.actors),
        "source": " ".join(address for _, address in linked_sources(event, table)),
    }
    properties = {key: plain_words(value) for key, value in properties.items()}
    if event.location is not None:
        properties["coordinates"] = f"{event.location.lat}, {event.location.lon}"
    yield from (f"{key}: {value}" for key, value in properties.items() if value)
    text = list(_text_lines(event, table, span))
    shown = {_FIELDS.get(key, key): value for key, value in properties.items()}
    shown |= {"title": f"{title}{tags}", "tags": f"{title}{tags}", "summary": "\n".join(text)}
    beside = told_beside(event, table, shown, summary=event.summary)
    if beside:
        yield f"{BESIDE}: {_property(beside)}"
    yield from text


def _text_lines(event: Event, table: EventTable, span: CivilSpan) -> Iterator[str]:
    for told in told_lines(event, table, span):
        for line in told.splitlines():
            words = plain_words(line)
            if words:
                is_item = words.startswith("- ")  # which does nothing but stand there
                yield f"- {words}" if _ACTS.match(words) and not is_item else words


def _property(value: Record) -> str:
    """Return a value as JSON on one line, in which nothing is a comment."""
    words = _ODD_SPACE.sub(lambda match: f"\\u{ord(match[0]):04x}", json_text(value))
    return _COMMENT.sub(r"\\/\\/", words)


def _is_shown_whole(date: CivilDate) -> bool:
    """Tell whether the format can say all of a date: times to the minute, or in UTC to the second."""
    if not date.clock:
        return True
    return len(date.parts) == (_SECOND_PARTS if date.offset_minutes == 0 else _MINUTE_PARTS) and not date.offset_minutes


def _date(date: CivilDate, *, is_last: bool) -> str:
    del is_last  # A day says by itself where it ends.
    day = "-".join(f"{part:0{2 if place else 4}}" for place, part in enumerate(date.parts[:_DAY_PARTS]))
    hour, minute = (*date.clock, 0, 0)[:2]
    return f"{day} {hour:02}:{minute:02}" if date.clock else day


def _instant(date: CivilDate, *, is_last: bool) -> str:
    """Return a time in UTC; of a day without one where it begins, or for the end where it ends."""
    year, month, day = (*date.parts, 1, 1)[:_DAY_PARTS]
    hour, minute, second = (*date.clock, 0, 0)[:3] if date.clock else (23, 59, 59) if is_last else (0, 0, 0)
    seconds = (
        days_from_civil(year, month, day) * DAY_S + (hour * 60 + minute - (date.offset_minutes or 0)) * 60 + second
    )
    year, month, day, hour, minute, second = civil_from_seconds(seconds)
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"


def _tag(text: str) -> str:
    """Return a tag in one word; one of digits alone would be none."""
    tag = _NO_TAG.sub("-", text).strip("-")
    return f"{tag}-" if tag.isdigit() else tag


def _quoted(text: str) -> str:
    """Return a value of the header, in quotes where YAML would take it for something else."""
    needs = ": " in text or " #" in text or text[:1] in "'\"[]{}&*!|>%@`-?#," or text.endswith(":")
    return '"' + text.replace("\\", "＼").replace('"', "”") + '"' if needs else text
