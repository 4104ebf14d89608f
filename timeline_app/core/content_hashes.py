"""What the columns of a table say of each event, as one number by which events that say the same are found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from timeline_app.core.arrays import NDArray
from timeline_app.core.table import NO_CODE, EventTable
from timeline_app.core.text_column import TextColumn

# Odd numbers by which columns are told apart that have the same values.
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xFF51AFD7ED558CCD)
_TYPE, _PLACE, _ACTOR = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5, 0xA0761D6478BD642F
_IMPORTANCE = 0xE7037ED1A0B428DB


def content_hashes(table: EventTable) -> NDArray[np.uint64]:
    """Return 64 bits of what the columns say of each event, shape (rows,): date, type, place, importance and actors."""
    hashes = table.importance.astype(np.uint64) * np.uint64(_IMPORTANCE)
    for bound, multiplier in zip(table.times.at(slice(None)), _MULTIPLIERS, strict=True):
        hashes ^= _mixed(bound.view(np.uint64), multiplier)
    for names, codes, multiplier in (
        (table.types, table.type_codes, _TYPE),
        (table.places, table.place_codes, _PLACE),
    ):
        of_names = np.append(name_hashes(names, multiplier), np.uint64(0))
        hashes ^= of_names[np.where(codes == NO_CODE, len(names), codes)]
    actors = table.actors
    sums = np.zeros(len(table), np.uint64)
    np.add.at(sums, actors.rows, np.repeat(name_hashes(actors.names, _ACTOR), actors.counts))
    hashes ^= _mixed(sums, _ACTOR)
    return hashes


def name_hashes(names: Sequence[str], multiplier: int) -> NDArray[np.uint64]:
    """Return 64 bits of each name, however it is spaced or capitalised; `multiplier` is an odd number."""
    folded = TextColumn.of(" ".join(name.split()).casefold() for name in names)
    return _mixed(folded.hashes(), multiplier)


def _mixed(values: NDArray[np.uint64], multiplier: int) -> NDArray[np.uint64]:
    mixed = values * np.uint64(multiplier)
    mixed ^= mixed >> np.uint64(29)
    return mixed
