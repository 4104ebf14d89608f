"""Read the date in EDTF that this program writes beside one that another program's format can say only in part."""

from __future__ import annotations

from timeline_app.core.calendar import DAY_S
from timeline_app.core.errors import WhenError
from timeline_app.core.when import FUTURE_S, PAST_S, When, parse


def date_beside(written: str, shown: When) -> When | None:
    """Return the date that is written beside the one that is shown, None where the two are not the same any more.

    Whoever moves an event in another program changes only what that program shows.
    """
    try:
        whole = parse(written)
    except WhenError:
        return None
    firsts = (whole.start_earliest_s, whole.end_earliest_s)
    lasts = (whole.end_latest_s, whole.start_latest_s)
    # A time of day is shown as one moment of its hour, and here and there without its zone.
    slack_s = DAY_S if "T" in whole.text else 0
    starts, ends = (shown.start_earliest_s, shown.start_latest_s), (shown.end_earliest_s, shown.end_latest_s)
    begins = _holds(starts, firsts, PAST_S, slack_s)
    is_open = shown.end_latest_s == FUTURE_S == whole.end_latest_s
    return whole if begins and (is_open or _holds(ends, lasts, FUTURE_S, slack_s)) else None


def _holds(shown_s: tuple[int, int], written_s: tuple[int, int], unbounded_s: int, slack_s: int) -> bool:
    """Return whether an end is shown about where it is written, or the other end where that one has no bound."""
    outer_s, inner_s = written_s
    bound_s = inner_s if outer_s == unbounded_s else outer_s
    return bound_s in {PAST_S, FUTURE_S} or shown_s[0] - slack_s <= bound_s <= shown_s[1] + slack_s
