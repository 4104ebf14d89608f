"""Who takes part in what a record of a calendar tells: who called people together, and who was called."""

from __future__ import annotations

from timeline_app.core.event import ActorRef
from timeline_app.readers.calendar_lines import Component, Property

# Rooms and projectors, which calendars invite as they do people.
_THINGS = frozenset({"ROOM", "RESOURCE"})
_ROLES = {"CHAIR": "chair", "OPT-PARTICIPANT": "optional attendee", "NON-PARTICIPANT": "informed"}
_MAIL = "mailto:"


def actors_of(record: Component) -> tuple[ActorRef, ...]:
    """Return the people of a record with their roles, by name, or else by address."""
    found: dict[str, ActorRef] = {}
    for person in _invited(record, are_things=False):
        usual = "organiser" if person.name == "ORGANIZER" else "attendee"
        role = _ROLES.get(person.parameters.get("ROLE", "").upper(), usual)
        if person.parameters.get("PARTSTAT", "").upper() == "DECLINED":
            role = "declined"
        name = _name_of(person)
        if name:
            found.setdefault(name, ActorRef(name, role, name))
    return tuple(found.values())


def kept_of_people(record: Component) -> dict[str, object]:
    """Return what is said of people beside their names, and the things that were called with them."""
    named = [one for one in _invited(record, are_things=False) if one.parameters.get("CN", "").strip()]
    kept = {
        "addresses": list(dict.fromkeys(one.value.strip() for one in named)),
        "resources": list(dict.fromkeys(map(_name_of, _invited(record, are_things=True)))),
    }
    return {name: values for name, values in kept.items() if values}


def _invited(record: Component, *, are_things: bool) -> list[Property]:
    everyone = (*record.all("ORGANIZER"), *record.all("ATTENDEE"))
    return [one for one in everyone if (one.parameters.get("CUTYPE", "").upper() in _THINGS) == are_things]


def _name_of(person: Property) -> str:
    address = person.value.strip()
    address = address[len(_MAIL) :] if address.lower().startswith(_MAIL) else address
    return person.parameters.get("CN", "").strip() or address
