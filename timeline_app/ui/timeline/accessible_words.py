"""What a screen reader says of the timeline, its events and its counts."""

from __future__ import annotations

from timeline_app.core.calendar import DAY_S, FUTURE_S, PAST_S
from timeline_app.core.date_words import civil_pieces, joined
from timeline_app.core.doubt_words import counted_in_doubt
from timeline_app.core.range_words import range_in_words
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.core.when import Precision, in_words
from timeline_app.scene.clusters import Cluster
from timeline_app.ui.session import Session
from timeline_app.ui.wrapped_text import shortened

EXCERPT_CHARACTERS = 160
CLUSTER_TITLES = 3
MINUTES_BELOW_S = 3 * DAY_S
DAYS_BELOW_S = 28 * DAY_S
MONTHS_BELOW_S = 20 * 366 * DAY_S


def event_name(session: Session, row: int) -> str:
    """Say title and date of an event, then what its mark shows besides: a star, that it only possibly passes."""
    event = session.table.brief(row)
    result = session.result
    doubt = "" if result.certain_if_passing[row] or not result.has(row) else "only possibly within the filter"
    told = (shortened(event.title), in_words(event.when), "starred" if session.notes.of(row).starred else "", doubt)
    return safe_text(shortened(", ".join(filter(None, told))))


def event_description(session: Session, row: int) -> str:
    """Say who takes part in an event, the user's own note and tags, then the first words of its first excerpt."""
    table, note = session.known_table, session.notes.of(row)
    event = table.event(row)
    words = event.excerpts[0].text if event.excerpts else ""
    parts = (
        ", ".join(table.actor_names(row)),
        f"Your note: {shortened(' '.join(note.text.split()), EXCERPT_CHARACTERS)}" if note.text else "",
        f"Your tags: {', '.join(note.tags)}" if note.tags else "",
        f"“{shortened(words, EXCERPT_CHARACTERS)}”" if words else "",
    )
    return safe_text(shortened(". ".join(filter(None, parts))))


def cluster_name(table: EventTable, cluster: Cluster) -> str:
    """Say how many events a count stands for, and from when to when they last as far as that is known."""
    bounds = table.extent_of(cluster.rows)
    counted = counted_events(cluster.count)
    return counted if bounds is None else f"{counted}, {period_words(*bounds)}"


def cluster_description(table: EventTable, cluster: Cluster, lane_title: str) -> str:
    """Say which lane a count stands in, how many of it only possibly pass, and the titles of its first events."""
    titles = table.titles_of(cluster.rows[:CLUSTER_TITLES].tolist())
    more = cluster.count - len(titles)
    listed = "; ".join(shortened(title, EXCERPT_CHARACTERS) for title in titles)
    doubt = f"{counted_in_doubt(cluster.count, cluster.possible)}. " if cluster.possible else ""
    return safe_text(shortened(f"{lane_title}. {doubt}{listed}{f' and {more:,} more' if more else ''}"))


def view_name(session: Session) -> str:
    """Say how many events that pass the filter lie in the time on screen, and which time that is."""
    return f"{counted_events(count_in_view(session))}, {_view_period(session)}"


def view_words(session: Session) -> str:
    """Say the same as a share of all events that are open."""
    return f"{count_in_view(session):,} of {counted_events(len(session.table))}, {_view_period(session)}"


def selection_words(session: Session) -> str:
    """Say the title and date of the event that is shown, and how many are selected if it is not the only one."""
    if session.current is None:
        return "Nothing selected"
    name = event_name(session, session.current)
    count = len(session.selection)
    return name if count == 1 else f"{name}, {count:,} selected"


def count_in_view(session: Session) -> int:
    """Count the events that pass the filter and may lie in the time on screen, shown or merged."""
    view = session.viewport
    return session.lanes.passing.touching(view.left_s, view.right_s)


def counted_events(count: int) -> str:
    """Say a number of events."""
    return "1 event" if count == 1 else f"{count:,} events"


def period_words(first_s: int, last_s: int) -> str:
    """Say from when to when, in minutes, days, months or years as the length makes sensible."""
    first_s, last_s = max(first_s, PAST_S + 1), min(last_s, FUTURE_S - 1)
    length_s = last_s - first_s
    of_whole_days = first_s % DAY_S == 0 and (last_s + 1) % DAY_S == 0
    if length_s < MINUTES_BELOW_S and not of_whole_days:
        return range_in_words(first_s, last_s)
    precision = Precision.YEAR
    if length_s < MONTHS_BELOW_S:
        precision = Precision.DAY if length_s < DAYS_BELOW_S else Precision.MONTH
    first, last = civil_pieces(first_s, precision), civil_pieces(last_s, precision)
    return " ".join(first) if first == last else joined([first, last], "", " to ")


def _view_period(session: Session) -> str:
    view = session.viewport
    return period_words(view.left_s, view.right_s - 1)
