"""The left panel shows who takes part and turns checks into the filter."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.small_conflict import small_table
from tests.helpers.tables import make_dataset, make_event, make_table
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.counts import ChoiceCounts, Companions, choice_counts
from timeline_app.core.errors import ReadError
from timeline_app.core.filter import Filter, Match
from timeline_app.core.memberships import Membership
from timeline_app.core.table import EventTable
from timeline_app.ui import filter_runner
from timeline_app.ui.look import Look
from timeline_app.ui.panels import choice_counter
from timeline_app.ui.panels.actor_list_model import ActorListModel
from timeline_app.ui.panels.actors_panel import MOST_CHECKED_AT_ONCE, ActorsPanel
from timeline_app.ui.panels.count_delegate import COUNTED_ROLE
from timeline_app.ui.panels.count_geometry import SIDE_PX, Counted, RowGeometry, RowMeasures
from timeline_app.ui.panels.facets import FOUND_AMONG
from timeline_app.ui.session import Session


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(small_table())


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> ActorsPanel:
    panel = ActorsPanel(session, Look(session.table, "light"))
    qtbot.addWidget(panel)
    panel.resize(260, 800)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def counted(index: QModelIndex) -> Counted:
    value = index.data(COUNTED_ROLE)
    assert isinstance(value, Counted)
    return value


def names(panel: ActorsPanel) -> list[str]:
    return list(panel.model.shown_names())


def click_row(qtbot: QtBot, panel: ActorsPanel, index: QModelIndex, x_px: float = 24) -> None:
    row = panel.tree.visualRect(index)
    place = QPoint(round(x_px), row.center().y())
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def open_row(qtbot: QtBot, panel: ActorsPanel, name: str) -> None:
    index = panel.model.index_of(name)
    row = QRectF(panel.tree.visualRect(index))
    look = Look(small_table(), "light")
    choice = counted(index)
    places = RowGeometry.of(row, panel.tree.width() - SIDE_PX, choice, RowMeasures.of(choice.most, look))
    click_row(qtbot, panel, index, places.arrow.center().x())


def test_actors_stand_by_their_number_of_events(panel: ActorsPanel) -> None:
    assert names(panel)[:2] == ["Russia", "North Korea"]
    russia = counted(panel.model.index_of("Russia"))
    assert (russia.count, russia.total, russia.most) == (4, 4, 4)
    assert russia.words == "Russia, 4 events"


def test_a_click_checks_an_actor_and_another_unchecks_it(qtbot: QtBot, panel: ActorsPanel, session: Session) -> None:
    click_row(qtbot, panel, panel.model.index_of("Russia"))
    click_row(qtbot, panel, panel.model.index_of("Ukraine"), 60)
    assert session.wanted == Filter(actors=("Russia", "Ukraine"))
    assert counted(panel.model.index_of("Ukraine")).checked
    click_row(qtbot, panel, panel.model.index_of("Russia"))
    assert session.wanted == Filter(actors=("Ukraine",))


def test_the_keyboard_goes_from_the_field_to_the_list_and_checks(
    qtbot: QtBot, panel: ActorsPanel, session: Session
) -> None:
    panel.find_field.setFocus()
    qtbot.keyClick(panel.find_field, Qt.Key.Key_Down)
    qtbot.waitUntil(panel.tree.hasFocus)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Space)
    assert session.wanted == Filter(actors=("North Korea",))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Right)
    assert panel.tree.isExpanded(panel.model.index_of("North Korea"))


def test_counts_follow_the_other_filters_and_nothing_moves(panel: ActorsPanel, session: Session) -> None:
    order = names(panel)
    session.set_filter(Filter(actors=("Russia",), types=("deployment",)))
    assert names(panel) == order
    assert counted(panel.model.index_of("Russia")).count == 1
    assert counted(panel.model.index_of("Storm Corps")).count == 2
    assert counted(panel.model.index_of("Ukraine")).count == 0
    assert counted(panel.model.index_of("Ukraine")).total == 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nor", ["North Korea"]),
        ("corps", ["Storm Corps"]),
        ("DPRK", ["North Korea"]),
        ("pyong", ["North Korea"]),
        ("cote d'iv", ["Ivory Coast"]),
        ("kra", ["Ukraine"]),
        ("nobody", []),
    ],
)
def test_typing_finds_actors_by_any_name(qtbot: QtBot, panel: ActorsPanel, typed: str, found: list[str]) -> None:
    qtbot.keyClicks(panel.find_field, typed)
    assert names(panel) == found
    assert panel.nobody.isVisible() is (not found)
    qtbot.keyClick(panel.find_field, Qt.Key.Key_Escape)
    assert len(names(panel)) == 7
    assert panel.nobody.isHidden()


def test_enter_checks_the_first_actor_found(qtbot: QtBot, panel: ActorsPanel, session: Session) -> None:
    qtbot.keyClicks(panel.find_field, "ukr")
    qtbot.keyClick(panel.find_field, Qt.Key.Key_Return)
    assert session.wanted == Filter(actors=("Ukraine",))
    qtbot.keyClick(panel.find_field, Qt.Key.Key_Return)
    assert session.wanted.is_empty


def test_an_alias_in_the_filter_checks_its_actor_and_goes_with_it(
    qtbot: QtBot, panel: ActorsPanel, session: Session
) -> None:
    session.set_filter(Filter(actors=("DPRK",)))
    assert counted(panel.model.index_of("North Korea")).checked
    click_row(qtbot, panel, panel.model.index_of("North Korea"))
    assert session.wanted.is_empty


def test_an_organisation_opens_into_its_members(qtbot: QtBot, panel: ActorsPanel, session: Session) -> None:
    nato = panel.model.index_of("NATO")
    assert panel.model.rowCount(nato) == 1
    height_px = panel.tree.maximumHeight()
    open_row(qtbot, panel, "NATO")
    assert panel.tree.isExpanded(nato)
    assert counted(nato).is_open
    assert panel.tree.maximumHeight() > height_px
    member = panel.model.index(0, 0, nato)
    qtbot.waitUntil(lambda: panel.tree.viewport().rect().contains(panel.tree.visualRect(member)))
    click_row(qtbot, panel, member, 50)
    assert session.wanted == Filter(actors=("United States",))
    assert counted(panel.model.index(0, 0, nato)).checked
    open_row(qtbot, panel, "NATO")
    assert not panel.tree.isExpanded(nato)


def test_the_menu_of_an_actor(panel: ActorsPanel, session: Session) -> None:
    def choose(name: str, words: str) -> None:
        menu = panel.menu_for(panel.model.index_of(name))
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()

    choose("Russia", "Hide")
    assert session.wanted == Filter(not_actors=("Russia",))
    assert counted(panel.model.index_of("Russia")).excluded
    choose("Russia", "Show again")
    assert session.wanted.is_empty
    choose("Russia", "Hide")
    choose("Russia", "Only this")
    assert session.wanted == Filter(actors=("Russia",))
    choose("Ukraine", "Only this")
    assert session.wanted == Filter(actors=("Ukraine",))
    choose("Russia", "Clear")
    assert session.wanted.is_empty


def test_all_takes_what_is_listed_and_none_clears(qtbot: QtBot, panel: ActorsPanel, session: Session) -> None:
    assert not panel.none_button.isEnabled()
    qtbot.keyClicks(panel.find_field, "n")
    listed = tuple(names(panel))
    assert 0 < len(listed) < 7
    qtbot.mouseClick(panel.all_button, Qt.MouseButton.LeftButton)
    assert session.wanted == Filter(actors=listed)
    qtbot.mouseClick(panel.none_button, Qt.MouseButton.LeftButton)
    assert session.wanted.is_empty


def test_any_all_and_members_stand_in_one_menu(panel: ActorsPanel, session: Session) -> None:
    button = panel.match_button
    assert button.text() == "any of these"
    button.all_action.trigger()
    assert session.wanted.match is Match.ALL
    assert button.text() == "all of these"
    button.members_action.trigger()
    assert session.wanted.members
    session.set_filter(Filter())
    assert button.any_action.isChecked()
    assert not button.members_action.isChecked()


def test_facets_unfold_and_filter(qtbot: QtBot, panel: ActorsPanel, session: Session) -> None:
    types, roles, tags, sources, importance, doubt, notes = panel.sections
    for section in panel.sections:
        assert section.list.isHidden()
        section.heading.setFocus()
        qtbot.keyClick(section.heading, Qt.Key.Key_Space)
        assert section.list.isVisible()
    rows = [counted(types.model.index(row)).name for row in range(types.model.rowCount())]
    assert rows[0] == "deployment"
    wanted = Filter()
    for section, change in (
        (types, {"types": ("deployment",)}),
        (roles, {"roles": (counted(roles.model.index(0)).name,)}),
        (tags, {"tags": ("troops",)}),
        (sources, {"sources": ("article",)}),
        (importance, {"min_importance": 5}),
        (doubt, {"certain": True}),
        (notes, {"starred": True}),
    ):
        wanted = replace(wanted, **change)
        place = section.list.visualRect(section.model.index(0)).center()
        qtbot.mouseClick(section.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert session.wanted == wanted
        assert counted(section.model.index(0)).checked
    section = importance
    place = section.list.visualRect(section.model.index(0)).center()
    qtbot.mouseClick(section.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.wanted.min_importance == 1


def test_a_role_leaves_the_events_in_which_a_checked_actor_has_it(
    qtbot: QtBot, panel: ActorsPanel, session: Session
) -> None:
    roles = panel.sections[1]
    roles.heading.click()
    shown = [counted(roles.model.index(row)) for row in range(roles.model.rowCount())]
    assert [one.count for one in shown] == sorted((one.count for one in shown), reverse=True)
    session.set_filter(Filter(actors=("Russia",)))
    signatory = next(row for row, one in enumerate(shown) if one.name == "signatory")
    place = roles.list.visualRect(roles.model.index(signatory)).center()
    expected = counted(roles.model.index(signatory)).count
    qtbot.mouseClick(roles.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.wanted == Filter(actors=("Russia",), roles=("signatory",))
    assert 0 < session.result.shown == expected


def test_tags_of_the_file_are_choices_with_counts_that_follow_the_other_filters(
    qtbot: QtBot, panel: ActorsPanel, session: Session
) -> None:
    tags = (("Talks", "arms"), ("talks",), ("arms",), ())
    session.set_table(make_table(make_event(actors=[f"Actor {place % 2}"], tags=own) for place, own in enumerate(tags)))
    section = panel.sections[2]
    assert section.isVisible()
    section.heading.click()
    assert not section.find_field.isVisible()  # Two are seen at a glance.
    shown = {one.name.casefold(): one.count for one in map(counted, map(section.model.index, range(2)))}
    assert shown == {"talks": 2, "arms": 2}
    session.set_filter(Filter(actors=("Actor 1",)))
    places = {counted(section.model.index(row)).name.casefold(): row for row in range(2)}
    assert [counted(section.model.index(places[tag])).count for tag in ("talks", "arms")] == [1, 0]
    place = section.list.visualRect(section.model.index(places["talks"])).center()
    qtbot.mouseClick(section.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [tag.casefold() for tag in session.wanted.tags] == ["talks"]
    assert session.result.shown == 1
    assert counted(section.model.index(places["talks"])).checked
    qtbot.mouseClick(section.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.wanted == Filter(actors=("Actor 1",))


def test_among_many_choices_some_are_found_by_what_is_typed(qtbot: QtBot, panel: ActorsPanel, session: Session) -> None:
    names = [f"tag {number}" for number in range(FOUND_AMONG)] + ["Élection", "élection locale"]
    session.set_table(make_table(make_event(tags=(name,)) for name in names))
    section = panel.sections[2]
    section.heading.click()
    assert section.find_field.isVisible()
    section.find_field.setFocus()
    qtbot.keyClicks(section.find_field, "ELECT")
    assert sorted(counted(section.model.index(row)).name for row in range(section.model.rowCount())) == sorted(
        ["Élection", "élection locale"]
    )
    qtbot.keyClick(section.find_field, Qt.Key.Key_Down)
    first = counted(section.model.index(0)).name
    qtbot.keyClick(section.list, Qt.Key.Key_Space)
    assert session.wanted == Filter(tags=(first,))
    qtbot.keyClicks(section.find_field, "x")
    assert section.nothing.isVisible()
    qtbot.keyClick(section.find_field, Qt.Key.Key_Escape)
    assert not section.nothing.isVisible()
    assert section.model.rowCount() == len(names)
    qtbot.keyClicks(section.find_field, "elect")
    session.set_table(make_table(make_event(tags=(name,)) for name in names[:3]))
    assert section.find_field.text() == ""
    assert (section.model.rowCount(), section.find_field.isVisible()) == (3, False)


def test_another_table_brings_other_actors(panel: ActorsPanel, session: Session) -> None:
    session.set_filter(Filter(actors=("Russia",)))
    panel.tree.expand(panel.model.index_of("NATO"))
    session.set_table(make_table([make_event(actors=["Chile"], type_="statement")]))
    assert names(panel) == ["Chile"]
    assert counted(panel.model.index_of("Chile")).count == 1
    panel.sections[0].heading.click()
    assert panel.sections[0].model.rowCount() == 1
    session.set_table(make_table([make_event(type_="statement"), make_event(type_="attack")]))
    assert panel.sections[0].model.rowCount() == 2
    assert panel.tree.isHidden()


@pytest.mark.parametrize("by_key", [False, True])
def test_a_group_that_no_event_names_offers_its_members(
    qtbot: QtBot, panel: ActorsPanel, session: Session, by_key: bool
) -> None:
    members = (Membership("Finland", since="2023-04-04"),)
    known = Gazetteer((ActorEntry("NATO", aliases=("OTAN",), members=members), ActorEntry("Finland")))
    events = [make_event(f"In {year}", year, actors=["Finland"]) for year in ("2022", "2024")]
    session.set_table(build_table([make_dataset(events)], known))
    assert (panel.nobody.isVisible(), panel.members_button.isVisible()) == (False, False)
    qtbot.keyClicks(panel.find_field, "ota")
    assert (panel.nobody.text(), panel.members_button.isVisible()) == ("No event names NATO", True)
    if by_key:
        qtbot.keyClick(panel.find_field, Qt.Key.Key_Return)
    else:
        qtbot.mouseClick(panel.members_button, Qt.MouseButton.LeftButton)
    assert session.wanted == Filter(actors=("NATO",), members=True)
    assert [session.table.event(row).title for row in session.result.rows.tolist()] == ["In 2024"]
    qtbot.keyClicks(panel.find_field, "x")
    assert (panel.nobody.text(), panel.members_button.isVisible()) == ("No actor of this name", False)
    qtbot.keyClick(panel.find_field, Qt.Key.Key_Return)
    assert session.wanted == Filter(actors=("NATO",), members=True)
    panel.find_field.clear()
    assert (names(panel), panel.members_button.isVisible()) == (["Finland"], False)


def test_without_actors_there_is_nothing_to_choose_them_with(panel: ActorsPanel, session: Session) -> None:
    controls = (panel.match_button, panel.find_field, panel.all_button, panel.none_button)
    assert all(control.isVisible() for control in controls)
    entries: list[QWidget] = [panel.entry]
    session.set_table(make_table([make_event("A storm", "2024-06-19")]))
    assert not any(control.isVisible() for control in controls)
    assert panel.nobody.isVisible()
    assert [section.isVisible() for section in panel.sections] == [False] * 4 + [True] * 3
    entries.append(panel.entry)
    session.set_table(make_table([make_event("A storm", "2024-06-19", type_="storm")]))
    entries.append(panel.entry)
    assert entries == [panel.find_field, panel.sections[4].heading, panel.sections[0].heading]
    assert panel.entry.isVisible()


def test_a_folded_list_is_filled_when_it_is_unfolded(panel: ActorsPanel, session: Session) -> None:
    types = panel.sections[0]
    session.set_filter(Filter(actors=("Russia",)))
    assert types.model.rowCount() == 0
    types.heading.click()
    by_name = {
        one.name: (one.count, one.total) for one in map(counted, map(types.model.index, range(types.model.rowCount())))
    }
    table = session.table
    russian = table.type_codes[table.actors.rows_of("Russia")]
    for code, name in enumerate(table.types):
        assert by_name[name] == ((russian == code).sum().item(), (table.type_codes == code).sum().item())


def test_ten_thousand_actors_are_listed_and_counted_in_the_background(
    qtbot: QtBot, panel: ActorsPanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice_counter, "LARGE", 100)
    table = make_table(make_event(actors=[f"Actor {number}", f"Actor {number % 50}"]) for number in range(10_000))
    counted: list[Filter] = []

    def count_and_note(table: EventTable, wanted: Filter, companions: Companions) -> ChoiceCounts:
        counted.append(wanted)
        return choice_counts(table, wanted, companions)

    monkeypatch.setattr(choice_counter, "choice_counts", count_and_note)
    with qtbot.waitSignals([panel.counter.totals_changed, panel.counter.counts_changed]):
        session.set_table(table)
    assert counted == [Filter()]
    assert len(names(panel)) == 10_000
    assert not panel.all_button.isEnabled()
    assert len(names(panel)) > MOST_CHECKED_AT_ONCE
    qtbot.keyClicks(panel.find_field, "9999")
    assert names(panel) == ["Actor 9999"]


def test_counts_of_an_earlier_filter_are_faint_once_that_is_noticed(
    qtbot: QtBot, panel: ActorsPanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_count = threading.Event()

    def count_slowly(*arguments: Any) -> ChoiceCounts:
        may_count.wait(10)
        return choice_counts(*arguments)

    monkeypatch.setattr(choice_counter, "LARGE", 3)
    monkeypatch.setattr(choice_counter, "choice_counts", count_slowly)
    old: list[bool] = []
    panel.counter.waiting_changed.connect(old.append)
    session.set_filter(Filter(types=("attack",)))
    panel.sections[0].heading.click()
    russia, types = panel.model.index_of("Russia"), panel.sections[0].model
    assert (counted(russia).count, counted(russia).is_old) == (4, False), "what is short is not noticed"
    qtbot.waitUntil(lambda: counted(russia).is_old)
    assert types.index(0).data(COUNTED_ROLE).is_old
    may_count.set()
    qtbot.waitUntil(lambda: not counted(russia).is_old)
    assert counted(russia).count == 1
    assert not types.index(0).data(COUNTED_ROLE).is_old
    assert old == [True, False]


def test_counts_of_the_filter_in_force_are_not_faint_after_one_that_could_not_be_found_out(
    qtbot: QtBot, panel: ActorsPanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> object:
        raise ReadError("records.bin is damaged", "war.csv")

    monkeypatch.setattr(choice_counter, "LARGE", 3)
    monkeypatch.setattr(filter_runner, "let_pass", refuse)
    panel.counter.waiting_changed.emit(True)
    session.set_filter(Filter(find=("Kursk",)))
    qtbot.waitUntil(lambda: panel.counter.is_settled)
    russia = panel.model.index_of("Russia")
    assert (counted(russia).count, counted(russia).is_old) == (4, False)


def test_counts_that_come_at_once_are_never_faint(panel: ActorsPanel, session: Session) -> None:
    old: list[bool] = []
    panel.counter.waiting_changed.connect(old.append)
    session.set_filter(Filter(types=("attack",)))
    assert True not in old
    assert not panel.counter._noticed.isActive()


def test_where_the_panel_is_narrow_names_come_before_bars(qapp: object) -> None:
    look = Look(small_table(), "light", 2.0)
    choice = Counted("Russia", 5, 70_000, 100_000)
    measures = RowMeasures.of(choice.most, look)
    wide = RowGeometry.of(QRectF(0, 0, 500, 50), 480, choice, measures)
    narrow = RowGeometry.of(QRectF(0, 0, 240, 50), 230, choice, measures)
    assert wide.total_bar.width() > 0
    assert narrow.total_bar.width() == narrow.bar.width() == 0
    assert narrow.name != "…"


def test_names_cannot_deceive_the_eye(qtbot: QtBot) -> None:
    session = Session(make_table([make_event(actors=["abc\u202edef <b>" + "x" * 1000])]))
    panel = ActorsPanel(session, Look(session.table, "dark"))
    qtbot.addWidget(panel)
    index = panel.model.index(0, 0)
    assert counted(index).name.startswith("abc⟦202E⟧def <b>")
    assert len(counted(index).name) <= 500
    assert "&lt;b&gt;" in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_the_models_keep_qts_rules(qtmodeltester: ModelTester, session: Session, panel: ActorsPanel) -> None:
    qtmodeltester.check(ActorListModel(session.table, Look(session.table)))
    for section in panel.sections:
        section.heading.click()
        qtmodeltester.check(section.model)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("name", ["NATO", "Collective Security Treaty Organisation of very many states"])
def test_the_parts_of_a_row_never_overlap(qapp: object, scale: float, name: str) -> None:
    look = Look(small_table(), "light", scale)
    row = QRectF(0, 0, 228 * scale, 25 * scale)
    choice = Counted(name, 5, 70_000, 100_000, opens=True, depth=1)
    places = RowGeometry.of(row, row.right() - SIDE_PX, choice, RowMeasures.of(choice.most, look))
    ends = [places.box.right(), places.name_room.left(), places.arrow.left(), places.arrow.right()]
    ends += [places.total_bar.left(), places.total_bar.right(), places.figure.left(), places.figure.right()]
    assert ends == sorted(ends)
    assert places.bar.right() == places.total_bar.right()
    assert places.arrow.width() >= 24


def test_the_panel_itself_does_not_take_the_keyboard(panel: ActorsPanel) -> None:
    panel.match_button.setFocus()
    stops: list[QWidget | None] = []
    while (stop := panel.window().focusWidget()) not in stops:
        stops.append(stop)
        panel.focusNextChild()
    assert panel.find_field in stops
    assert panel not in stops


def test_every_control_has_a_name(panel: ActorsPanel) -> None:
    controls = (panel, panel.tree, panel.find_field, panel.all_button, panel.none_button)
    assert all(control.accessibleName() for control in controls)
    assert panel.model.index_of("Russia").data(Qt.ItemDataRole.AccessibleTextRole) == "Russia, 4 events"
    for button in (panel.match_button, panel.all_button, *(section.heading for section in panel.sections)):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.height() >= 24
