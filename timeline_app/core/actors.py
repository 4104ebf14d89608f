"""Who takes part in events, and which names mean the same actor."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from timeline_app.core.event import NOTHING
from timeline_app.core.memberships import Belonging, Membership, period_of
from timeline_app.core.when import FUTURE_S, PAST_S

DEFAULT_KIND = "actor"
GOVERNMENT_OF = "Government of "

# Letters whose mark is not apart in Unicode, and the apostrophes that transliterations use, which count as marks here.
_BARE_LETTERS = str.maketrans({**dict(zip("øłđħŧı", "oldhti", strict=True)), **dict.fromkeys("'’‘ʼʻʾʿ`", "")})

# Letters that most typefaces draw like a Latin one; a small part of the table of Unicode Technical Standard 39.
_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("АВЕЅІЈКМНОРСТУХҮԌԚԜаеѕіјорсухһԁԛԝүӏ", "ABESIJKMHOPCTYXYGQWaesijopcyxhdqwyl", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανικορυχγϲϳ", "ABEZHIKMNOPTYXavikopuxycj", strict=True)),
        "ё": "ë",
        "Ё": "Ë",
        "ї": "ï",
        "Ї": "Ï",
    }
)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor under its one canonical name, with everything else it is called; dates are EDTF, empty is unbounded.

    `part_of` are the wholes that it is or was a part of, mostly one, `members` those that belong to an organisation.
    """

    name: str
    kind: str = DEFAULT_KIND
    iso: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    part_of: tuple[Membership, ...] = ()
    members: tuple[Membership, ...] = ()
    note: str = ""
    extra: Mapping[str, object] = field(default_factory=lambda: NOTHING, hash=False)

    @property
    def other_names(self) -> tuple[str, ...]:
        """Everything that means this actor besides its name: aliases, then demonyms, then metonyms."""
        return self.aliases + self.demonyms + self.metonyms


@dataclass(frozen=True, slots=True)
class AliasConflict:
    """An alias that more than one actor claims; it means none of them, unless it is the very name of one."""

    alias: str
    claimants: tuple[str, ...]


class Gazetteer:
    """The actors that are known, and the names that mean them; never changes once made.

    Definitions come in layers: the one that is shipped, then each file's own. In a later layer a name or an alias
    takes precedence over an alias of an earlier one. A canonical name always means its own actor.
    """

    def __init__(self, entries: Iterable[ActorEntry] = ()) -> None:
        layer = tuple(entries)
        self._layers: tuple[tuple[ActorEntry, ...], ...] = (layer,)
        self._entries = {entry.name: entry for entry in layer}
        if len(self._entries) != len(layer):
            names = [entry.name for entry in layer]
            raise ValueError(f"two entries are named {next(name for name in names if names.count(name) > 1)!r}")

    @property
    def entries(self) -> tuple[ActorEntry, ...]:
        """All actors, in the order of their definition."""
        return tuple(self._entries.values())

    @property
    def conflicts(self) -> tuple[AliasConflict, ...]:
        """The aliases that are claimed twice, in the order of their definition."""
        return tuple(self._meanings_and_conflicts[1].values())

    @property
    def later_layers(self) -> tuple[ActorEntry, ...]:
        """The definitions of later layers, of two of a name the last: for a table those of its files, if any."""
        return tuple({entry.name: entry for layer in self._layers[1:] for entry in layer}.values())

    def get(self, name: str) -> ActorEntry | None:
        """Return the entry of a canonical name."""
        return self._entries.get(name)

    def resolve(self, text: str) -> str | None:
        """Return the canonical name that a text in a file means, exact in case; None when unknown or ambiguous.

        The government of a state is that state, as coded datasets name it: “Government of X”, with what X was called
        before in parentheses.
        """
        written = text.strip()
        if written in self._entries:
            return written
        meaning = self._meanings_and_conflicts[0].get(_spelling(written))
        if meaning is None and written.startswith(GOVERNMENT_OF):
            state = written.removeprefix(GOVERNMENT_OF)
            return self.resolve(state) or self._meanings_and_conflicts[0].get(_spelling(state.partition(" (")[0]))
        return meaning

    def canonical(self, text: str) -> str:
        """Return the canonical name that a text in a file means, or the text itself, stripped, for a new actor."""
        return self.resolve(text) or text.strip()

    def resolve_query(self, text: str) -> tuple[str, ...]:
        """Return the canonical names that a typed text may mean, whatever its case and marks."""
        exact = self.resolve(text)
        if exact is not None:
            return (exact,)
        folded = without_case_or_marks(text)
        return self._folded.get(folded) or self._folded.get(folded.removeprefix("the "), ())

    def extended(self, entries: Iterable[ActorEntry]) -> Gazetteer:
        """Return a gazetteer with a further layer, whose entries add actors or amend those of the same name.

        An amended actor gains the other names and takes every other field that is given; the rest stays.
        """
        layer = tuple(entries)
        extended = Gazetteer()
        extended._layers = (*self._layers, layer)
        extended._entries = dict(self._entries)
        for entry in layer:
            known = extended._entries.get(entry.name)
            extended._entries[entry.name] = _amended(known, entry) if known else entry
        return extended

    def parts_of(self, name: str) -> frozenset[str]:
        """Return the canonical names of everything that is part of an actor, and of its parts in turn."""
        return frozenset(one.name for one in self.taken_along(name)) - {self.canonical(name)}

    def taken_along(self, name: str, *, members: bool = False) -> tuple[Belonging, ...]:
        """Return an actor with all its parts, those in turn, and with `members` its members with theirs.

        Each is told with when it belongs; one that comes and goes is there for every time. What belongs always is there
        once, and first of all the actor itself.
        """
        own = Belonging(self.canonical(name))
        waiting = [own]
        entry = self._entries.get(own.name) if members else None
        for one in map(period_of, entry.members if entry else ()):
            waiting += [replace(one, name=self.canonical(one.name))]
        found: dict[Belonging, None] = {}
        while waiting:
            whole = waiting.pop(0)
            if not whole.is_possible or whole in found or (whole.name == own.name and found):
                continue
            found[whole] = None
            waiting += [part.within(whole) for part in self._parts.get(whole.name, ())]
        always = {one.name for one in found if not one.is_dated}
        return tuple(one for one in found if not one.is_dated or one.name not in always)

    def has_members(self, name: str) -> bool:
        """Return whether anybody ever belongs to a canonical name as a member."""
        entry = self._entries.get(name)
        return entry is not None and bool(entry.members)

    @property
    def wholes(self) -> tuple[str, ...]:
        """The canonical names of which anybody is ever a part."""
        return tuple(self._parts)

    def has_parts(self, name: str) -> bool:
        """Return whether anybody is ever a part of a canonical name."""
        return name in self._parts

    def circle_through(self, name: str) -> tuple[str, ...]:
        """Return the actors of a circle in which one is part of itself, from it to it again, or none."""
        own = Belonging(self.canonical(name))
        waiting: list[tuple[Belonging, tuple[str, ...]]] = [(own, (own.name,))]
        seen = {own}
        while waiting:
            whole, path = waiting.pop(0)
            for part in self._parts.get(whole.name, ()):
                below = part.within(whole)
                if below.is_possible and below.name == own.name:
                    return (own.name, *reversed(path))
                if below.is_possible and below not in seen:
                    seen.add(below)
                    waiting.append((below, (*path, below.name)))
        return ()

    def members_of(self, name: str, at_s: tuple[int, int] | None = None) -> frozenset[str]:
        """Return the canonical names of an organisation's members, of any time or at some time within `at_s`.

        `at_s` is the first and the last second, both included. Where a date of joining or leaving is imprecise, who
        may have been a member counts.
        """
        entry = self._entries.get(self.canonical(name))
        periods = map(period_of, entry.members if entry else ())
        first_s, last_s = at_s or (PAST_S, FUTURE_S)
        return frozenset(self.canonical(one.name) for one in periods if one.first_s <= last_s and first_s <= one.last_s)

    @cached_property
    def _meanings_and_conflicts(self) -> tuple[dict[str, str], dict[str, AliasConflict]]:
        """What each spelling means, and the spellings that mean too much."""
        names: dict[str, str] = {}
        meanings: dict[str, str] = {}
        conflicts: dict[str, AliasConflict] = {}
        for layer in self._layers:
            names.update((_spelling(entry.name), entry.name) for entry in layer)
            meanings.update(names)
            for alias, claimants in _claims(layer).items():
                named = (names[alias],) if alias in names else ()
                possible = tuple(dict.fromkeys(named + claimants))
                if len(possible) > 1:
                    conflicts[alias] = AliasConflict(alias, possible)
                    if not named:
                        meanings.pop(alias, None)
                else:
                    conflicts.pop(alias, None)
                    meanings[alias] = possible[0]
        return meanings, conflicts

    @cached_property
    def _folded(self) -> dict[str, tuple[str, ...]]:
        """The canonical names that each spelling may mean once case and marks are taken away."""
        meanings, conflicts = self._meanings_and_conflicts
        candidates: dict[str, dict[str, None]] = {}
        for spelling, name in meanings.items():
            candidates.setdefault(without_case_or_marks(spelling), {})[name] = None
        for spelling, conflict in conflicts.items():
            candidates.setdefault(without_case_or_marks(spelling), {}).update(dict.fromkeys(conflict.claimants))
        return {folded: tuple(names) for folded, names in candidates.items()}

    @cached_property
    def _parts(self) -> dict[str, list[Belonging]]:
        """The direct parts of each actor that has any, each with when it is one."""
        parts: dict[str, list[Belonging]] = {}
        for entry in self._entries.values():
            for whole in entry.part_of:
                part = replace(period_of(whole), name=entry.name)
                parts.setdefault(self.canonical(whole.name), []).append(part)
        return parts


def without_case_or_marks(text: str) -> str:
    """Return a key that is equal for names that differ only in case, diacritics, apostrophes, width or white space."""
    if text.isascii():
        # Most names are, and have no marks but apostrophes.
        return " ".join(text.lower().replace("'", "").replace("`", "").split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_BARE_LETTERS)
    return " ".join("".join(character for character in folded if not unicodedata.combining(character)).split())


def look_alike_skeleton(text: str) -> str:
    """Return a key that is equal for names that look the same: invisible characters gone, look-alikes made Latin."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = "".join(character for character in text if unicodedata.category(character) not in {"Cf", "Cc"})
    return " ".join(unicodedata.normalize("NFKC", visible).translate(_LOOK_ALIKES).split())


def same_but_for_case_or_marks(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of different names that differ only in case or diacritics, to be proposed as one."""
    return _groups(names, without_case_or_marks)


def same_to_the_eye(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of different names that a reader could not tell apart, to be warned of."""
    return _groups(names, look_alike_skeleton)


def _groups(names: Iterable[str], key_of: Callable[[str], str]) -> tuple[tuple[str, ...], ...]:
    distinct = tuple(dict.fromkeys(names))
    keys = list(map(key_of, distinct))
    if len(set(keys)) == len(keys):  # As nearly always.
        return ()
    groups: dict[str, list[str]] = {}
    for key, name in zip(keys, distinct, strict=True):
        groups.setdefault(key, []).append(name)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _spelling(text: str) -> str:
    """Return a text as aliases are compared: composed, single spaces, one kind of apostrophe."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(plain.split())


def _claims(layer: Iterable[ActorEntry]) -> dict[str, tuple[str, ...]]:
    """Return who claims each spelling as another name, in order."""
    claims: dict[str, tuple[str, ...]] = {}
    for entry in layer:
        for alias in entry.other_names:
            spelling = _spelling(alias)
            claimants = claims.get(spelling, ())
            if entry.name not in claimants:
                claims[spelling] = (*claimants, entry.name)
    return claims


def _amended(known: ActorEntry, given: ActorEntry) -> ActorEntry:
    """Return an entry with what a later definition says of it."""
    return replace(
        known,
        kind=given.kind if given.kind != DEFAULT_KIND else known.kind,
        iso=given.iso or known.iso,
        aliases=_united(known.aliases, given.aliases),
        demonyms=_united(known.demonyms, given.demonyms),
        metonyms=_united(known.metonyms, given.metonyms),
        since=given.since or known.since,
        until=given.until or known.until,
        part_of=given.part_of or known.part_of,
        members=given.members or known.members,
        note=given.note or known.note,
        extra={**known.extra, **given.extra},
    )


def _united(known: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known + given))
