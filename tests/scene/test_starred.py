"""Stars stand at the corners of the events that were given one, as many as stand by themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.helpers.scenes import make_scene
from tests.helpers.tables import make_event
from timeline_app.core.arrays import Int32Array
from timeline_app.core.when import parse
from timeline_app.scene.frame import FramePart
from timeline_app.scene.rows import MARK_PX, TitlePlace
from timeline_app.scene.starred import star_places
from timeline_app.scene.viewport import Viewport

SCENE = make_scene(
    [
        make_event("War", "2022-02-24/..", actors=["Russia"]),
        make_event("Pact", "2024-06-01", actors=["Russia", "Ukraine"]),
        make_event("Raid", "2024-06-20", actors=["Ukraine"]),
    ]
)
FRAME = SCENE.frame(Viewport.fit(parse("2024-05").start_earliest_s, parse("2024-07").end_latest_s, 800), height_px=400)


def rows(*numbers: int) -> Int32Array:
    return np.array(numbers, np.int32)


def test_a_star_stands_at_every_copy_of_its_event() -> None:
    pact = SCENE.table.row_of("pact")
    assert pact is not None
    places = star_places(FRAME, rows(pact))
    singles = FRAME.singles
    copies = np.flatnonzero(singles.rows == pact)
    assert len(copies) == 2
    assert places.shape == (2, 2)
    assert (places[:, 0] < singles.middle_px[copies]).all()
    assert (places[:, 1] < singles.y_px[copies]).all()


def test_the_star_of_what_began_before_the_view_is_at_its_edge() -> None:
    war = SCENE.table.row_of("war")
    assert war is not None
    assert 0 <= star_places(FRAME, rows(war))[0, 0] < 5


def test_the_star_of_a_mark_that_has_left_the_view_leaves_with_it() -> None:
    pact = SCENE.table.row_of("pact")
    assert pact is not None
    view = FRAME.viewport.panned(float(FRAME.viewport.x_of(parse("2024-06-01").start_earliest_s)) + 20)
    frame = SCENE.frame(view, height_px=400)
    marks = frame.singles.middle_px[frame.singles.rows == pact]
    assert (marks < 0).all()
    assert star_places(frame, rows(pact))[:, 0].tolist() == (marks - MARK_PX / 2).tolist()


def test_of_a_part_that_is_moved_no_star_is_at_an_edge() -> None:
    war = SCENE.table.row_of("war")
    assert war is not None
    singles = FRAME.singles
    untitled = replace(singles, title_place=np.full_like(singles.title_place, TitlePlace.NONE))
    of_war = singles.rows == war
    assert (singles.title_place[of_war] == TitlePlace.INSIDE).all()
    assert len(star_places(replace(FRAME, part=FramePart.MOVED), rows(war))) == 0, "it is held, as its title is"
    moved = star_places(replace(FRAME, part=FramePart.MOVED, singles=untitled), rows(war))
    assert moved[:, 0].tolist() == singles.start_px[of_war].tolist()


def test_without_stars_there_is_none() -> None:
    assert star_places(FRAME, rows()).shape == (0, 2)
