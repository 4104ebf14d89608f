"""Names that may be one actor are noted, unless both are known to be two."""

from __future__ import annotations

import pytest

from timeline_app.core import look_alikes
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.dataset import Level
from timeline_app.core.look_alikes import look_alike_notes

KNOWN = Gazetteer((ActorEntry("Ivory Coast"), ActorEntry("IVORY COAST")))


def test_names_that_look_alike_are_noted() -> None:
    (note,) = look_alike_notes(["wagner", "Hezbollah", "Wagner", "wagner"], KNOWN)
    assert note.message == "“Wagner” and “wagner” look alike and may be the same actor"
    assert note.level is Level.NOTE


def test_actors_that_are_known_apart_are_not_noted() -> None:
    assert look_alike_notes(["Ivory Coast", "IVORY COAST"], KNOWN) == []


def test_of_too_many_names_none_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_alikes, "MOST_COMPARED", 2)
    assert look_alike_notes(["Wagner", "wagner"], KNOWN)
    assert look_alike_notes(["Wagner", "wagner", "Hezbollah"], KNOWN) == []
