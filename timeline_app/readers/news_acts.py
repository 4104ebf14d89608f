"""What tables of coded news have in common: titles of acts, days, and words for what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_app.core.errors import WhenError
from timeline_app.core.event import ActorRef
from timeline_app.core.when import parse
from timeline_app.readers.gdelt_actors import INITIATOR
from timeline_app.readers.ucdp_ged_when import plain_day

# What stands in cells that say nothing.
NOBODY = frozenset({"", "NULL", "None", "NA", "nan", "NaN"})
_UNNAMED = "Someone"


def said(cell: str) -> str:
    """Return what a cell says, "" for what stands for nothing."""
    text = cell.strip()
    return "" if text in NOBODY else text


def title_of_act(actors: Sequence[ActorRef], act: str, place: str) -> str:
    """Return who does what to whom, and where, in words: “Army → Rebels: assault, Kyiv”."""
    names = [actor.name for actor in actors]
    sides = [_UNNAMED, *names] if names and actors[0].role != INITIATOR else names
    done = f"{act[:1].lower()}{act[1:]}" if sides else f"{act[:1].upper()}{act[1:]}"
    return ", ".join(filter(None, (": ".join(filter(None, (" → ".join(sides), done))), place)))


def fault_of_day(column: str, cell: str) -> str:
    """Return why the cell of a column is no day, "" for one."""
    day = plain_day(cell)
    if not said(day):
        return f"{column}: expected a day such as 2024-06-19; found nothing"
    try:
        parse(day)
    except WhenError as error:
        return f"{column}: {error}"
    return ""
