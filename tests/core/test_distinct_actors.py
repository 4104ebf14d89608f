"""Actors are counted from the posting lists, whatever rows are asked about."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_event, make_table
from timeline_app.core.distinct_actors import distinct_actors

ACTORS = st.lists(st.sets(st.sampled_from("ABCDEFGH"), max_size=4), max_size=30)


@given(ACTORS, st.data())
def test_the_count_is_that_of_the_events_themselves(actors: list[set[str]], data: st.DataObject) -> None:
    table = make_table(make_event(str(n), event_id=str(n), actors=sorted(names)) for n, names in enumerate(actors))
    chosen = data.draw(st.lists(st.booleans(), min_size=len(actors), max_size=len(actors)))
    rows = np.flatnonzero(chosen).astype(np.int32)
    expected = {actor.name for row in rows.tolist() for actor in table.event(row).actors}
    assert distinct_actors(table, rows) == len(expected)


def test_no_events_and_no_actors() -> None:
    nobody = make_table([make_event("Storm")])
    assert distinct_actors(nobody, np.zeros(1, np.int32)) == 0
    assert distinct_actors(nobody, np.zeros(0, np.int32)) == 0
