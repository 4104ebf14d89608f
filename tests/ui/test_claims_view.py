"""Competing claims stand side by side, each as it is written and with what supports it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_dataset, make_event
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.claim_figures import claim_groups
from timeline_app.core.event import Claim, Excerpt, Source
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.ui.look import Look
from timeline_app.ui.panels.claim_track import EDGE_PX, ClaimAxis, ClaimTrack
from timeline_app.ui.panels.claims_view import SHOWN_CLAIMS, ClaimsView
from timeline_app.ui.safe_widgets import PlainLabel

TROOPS = (
    Claim("troops sent", ("United States", "NATO"), value="10000", unit="people"),
    Claim("troops sent", ("Ukraine",), low="11000", high="13000", unit="people"),
    Claim("troops sent", ("South Korea",), high="19000", unit="people"),
    Claim("troops sent", (), low="8000", unit="people"),
)


def table_with(*claims: Claim) -> EventTable:
    event = make_event(
        "Troops", actors=["United States", "Ukraine", "South Korea"], excerpts=[Excerpt("sent 10,000 troops", "a")],
        claims=claims,
    )  # fmt: skip
    sources = [Source("a", title="Article"), Source("b", title="Book")]
    return build_table([make_dataset([event], sources=sources)], Gazetteer())


def view_of(qtbot: QtBot, *claims: Claim) -> ClaimsView:
    table = table_with(*claims)
    view = ClaimsView(table.event(0), table, Look(table, "light"))
    qtbot.addWidget(view)
    view.resize(300, 400)
    with qtbot.waitExposed(view):
        view.show()
    return view


def texts(view: ClaimsView) -> list[str]:
    return [label.text() for label in view.findChildren(PlainLabel)]


def test_one_row_a_speaker_and_one_scale(qtbot: QtBot) -> None:
    view = view_of(qtbot, *TROOPS)
    shown = texts(view)
    assert shown[:3] == ["Competing claims", "Troops sent", "8,000 to 19,000: 5 speakers, 4 figures"]
    for text in ("United States, NATO", "10,000 people", "11,000 to 13,000 people", "up to 19,000 people"):
        assert text in shown
    assert "not attributed" in shown
    assert len(view.findChildren(ClaimTrack)) == 4
    assert len(view.findChildren(ClaimAxis)) == 1


def test_a_long_name_leaves_what_is_said_its_room(qtbot: QtBot) -> None:
    long = "Ministry of Emergency Situations of the Russian Federation"
    plain, other = view_of(qtbot, *TROOPS[:2]), view_of(qtbot, replace(TROOPS[0], by=(long,)), TROOPS[1])
    for view in (plain, other):
        (track, *_) = view.findChildren(ClaimTrack)
        assert track.width() >= 170
    assert other.heightForWidth(300) < plain.heightForWidth(300) + 100


def test_each_row_has_a_name_for_screen_readers(qtbot: QtBot) -> None:
    view = view_of(qtbot, *TROOPS)
    assert "South Korea: up to 19,000 people" in [widget.accessibleName() for widget in view.findChildren(QWidget)]


def test_claims_about_dates_are_told_in_words(qtbot: QtBot) -> None:
    view = view_of(
        qtbot,
        Claim("date", ("Ukraine",), when=parse("2024-10-08")),
        Claim("date", ("Russia",), when=parse("2024-10")),
    )
    summary = "October 2024: 2 speakers, 2 dates"
    assert texts(view) == ["Competing claims", "Date", summary, "Ukraine", "8 October 2024", "Russia", "October 2024"]
    assert not view.findChildren(ClaimTrack)


def test_one_claim_alone_competes_with_nothing(qtbot: QtBot) -> None:
    view = view_of(qtbot, Claim("special forces", (), value="1500", unit="people"))
    assert texts(view) == ["Claims", "Special forces", "not attributed", "1,500 people"]


def test_a_claim_shows_what_supports_it_where_the_event_does_not(qtbot: QtBot) -> None:
    view = view_of(
        qtbot,
        Claim("a", ("X",), value="1", source="a", excerpt="10,000 troops"),
        Claim("a", ("Y",), value="2", source="b", excerpt="two of them", reported="2024-10"),
        Claim("a", ("Z",), value="3", source="unknown-key"),
    )
    shown = texts(view)
    assert "“10,000 troops”" not in shown
    assert "“two of them”" in shown
    assert "Book · reported October 2024" in shown
    assert "unknown-key" in shown


def test_too_many_claims_are_counted(qtbot: QtBot) -> None:
    view = view_of(qtbot, *(Claim("a", (f"P{number}",), value=str(number)) for number in range(75)))
    assert "and 15 more" in texts(view)


def track_picture(qtbot: QtBot, number: int) -> tuple[QImage, QColor]:
    table = table_with(*TROOPS)
    look = Look(table, "light")
    (group,) = claim_groups(TROOPS)
    assert group.axis is not None
    speaker = TROOPS[number].by[0] if TROOPS[number].by else ""
    track = ClaimTrack(group.rows[number], group.axis, speaker, look)
    qtbot.addWidget(track)
    track.resize(200 + 2 * EDGE_PX, 20)
    picture = track.grab().toImage()
    return picture, look.actor_colour(speaker)


@pytest.mark.parametrize(
    ("number", "inside", "outside"),
    [(0, 10_000, 14_000), (1, 12_000, 14_000), (2, 18_500, 500), (3, 8_500, 6_000)],
)
def test_figures_are_drawn_where_they_belong(qtbot: QtBot, number: int, inside: float, outside: float) -> None:
    picture, colour = track_picture(qtbot, number)
    (group,) = claim_groups(TROOPS)
    assert group.axis is not None
    for figure, drawn in ((inside, True), (outside, False)):
        x = EDGE_PX + round(group.axis.share(figure) * 200)
        pixel = picture.pixelColor(x, 8)
        distance = (
            abs(pixel.red() - colour.red()) + abs(pixel.green() - colour.green()) + abs(pixel.blue() - colour.blue())
        )
        assert (distance < 60) is drawn


def test_of_many_claims_the_first_are_listed_and_all_are_summed_up(qtbot: QtBot) -> None:
    many = tuple(Claim("troops sent", (f"Speaker {n}",), value=f"{n}000", unit="people") for n in range(1, 71))
    others = (Claim("guns sent", ("Iran",), value="7"), Claim("guns sent", ("China",), value="9"))
    view = view_of(qtbot, *many, *others)
    shown = texts(view)
    assert "1,000 to 70,000: 70 speakers, 70 figures" in shown
    assert len(view.findChildren(ClaimTrack)) == SHOWN_CLAIMS
    assert "and 10 more" in shown
    assert shown[-1] == "and 2 more about other things"
    (axis,) = view.findChildren(ClaimAxis)
    assert axis._axis == claim_groups(many)[0].axis
