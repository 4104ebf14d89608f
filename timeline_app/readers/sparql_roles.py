"""Tell what the variables of a query hold, from their names and from one value of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

_ITEMS = ("event", "item", "battle", "war", "conflict", "subject", "entity", "x", "s")
_TITLES = ("label", "name", "title", "eventlabel", "itemlabel", "headline")
_DESCRIPTIONS = ("description", "itemdescription", "eventdescription", "abstract", "comment", "summary")
_DATES = ("date", "pointintime", "time", "when", "datetime", "timevalue", "eventdate", "day", "year", "p585")
_STARTS = ("start", "starttime", "startdate", "begin", "begintime", "begindate", "from", "inception", "p580")
_ENDS = ("end", "endtime", "enddate", "until", "to", "finish", "dissolved", "p582")
_PLACES = ("place", "location", "where", "city", "country", "venue", "region")
_TYPES = ("type", "instance", "instanceof", "class", "kind", "eventtype", "category")
_ACTORS = (
    *("participant", "participants", "actor", "actors", "belligerent", "belligerents", "combatant", "combatants"),
    *("party", "parties", "side", "person", "organisation", "organization", "organizer", "commander", "perpetrator"),
)
_TAGS = ("partof", "conflict", "war", "tag", "tags", "subjectof", "series", "campaign")
_COORDINATES = ("coordinates", "coordinate", "coord", "coords", "coordinatelocation", "geo", "point", "wkt", "p625")
_LATITUDES, _LONGITUDES = ("lat", "latitude"), ("lon", "long", "lng", "longitude")
_ARTICLES = ("article", "sitelink", "wikipedia", "articleurl", "url", "link")
_PRECISION_ENDINGS = ("precision", "timeprecision", "prec")

_SEPARATORS = re.compile(r"[\W_]+")
_ENTITY = re.compile(r"https?://\S+/entity/[QLP]\d+", re.ASCII)
_ADDRESS = re.compile(r"https?://\S+", re.ASCII)
_INSTANT = re.compile(r"[+-]?\d{4,16}-\d\d-\d\d(?:T\S*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Roles:
    """The variables that hold each thing, "" for none; `precisions` gives that of a date."""

    item: str = ""
    title: str = ""
    description: str = ""
    date: str = ""
    start: str = ""
    end: str = ""
    coordinates: str = ""
    latitude: str = ""
    longitude: str = ""
    precisions: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    @classmethod
    def of_layout(cls, layout: Mapping[str, object]) -> Roles:
        """Return what a layout says."""

        def several(name: str) -> tuple[str, ...]:
            found = layout[name]
            return tuple(map(str, found)) if isinstance(found, list) else ()

        precisions = layout["precisions"]
        return cls(
            item=str(layout["item"]),
            title=str(layout["title"]),
            description=str(layout["description"]),
            date=str(layout["date"]),
            start=str(layout["start"]),
            end=str(layout["end"]),
            coordinates=str(layout["coordinates"]),
            latitude=str(layout["latitude"]),
            longitude=str(layout["longitude"]),
            precisions=dict(precisions) if isinstance(precisions, Mapping) else {},
            places=several("places"),
            types=several("types"),
            actors=several("actors"),
            tags=several("tags"),
            articles=several("articles"),
        )

    def as_layout(self) -> dict[str, object]:
        """Return the same as plain values."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @property
    def has_date(self) -> bool:
        """Whether a variable says when something was."""
        return bool(self.date or self.start)

    @property
    def deciding(self) -> tuple[str, ...]:
        """The variables in which the rows of one event are alike."""
        return self.item, self.date, self.start, self.end

    @property
    def taken(self) -> frozenset[str]:
        """The variables whose content has a place in an event."""
        dates = (*self.deciding, *self.precisions.values(), self.title, self.description)
        where = (self.coordinates, self.latitude, self.longitude)
        return frozenset({*dates, *where, *self.places, *self.types, *self.actors, *self.tags, *self.articles})


def roles_of(samples: Mapping[str, str]) -> Roles:
    """Return what variables hold; `samples` has a value of each, "" where none has any."""
    names = _Names(samples)
    item = _item(names)
    # What a query calls “itemLabel” is the words for “item”.
    by_ending = sorted(samples, key=lambda name: names.simple(name).endswith("label"))
    labels = {names.simple(name).removesuffix("label"): name for name in by_ending}
    title = names.first((f"{names.simple(item)}label", *_TITLES) if item else _TITLES)
    start, end = names.first(_STARTS), names.first(_ENDS)
    date = names.first(_DATES)
    if not (date or start):
        date = next((name for name, text in samples.items() if name != end and _INSTANT.fullmatch(text)), "")
    return Roles(
        item=item,
        title=title,
        description=names.first((f"{names.simple(item)}description", *_DESCRIPTIONS) if item else _DESCRIPTIONS),
        date=date,
        start=start,
        end=end,
        coordinates=names.first(_COORDINATES),
        latitude=names.first(_LATITUDES),
        longitude=names.first(_LONGITUDES),
        precisions=_precisions(names, date, start, end),
        places=_worded(_PLACES, labels, samples, title),
        types=_worded(_TYPES, labels, samples, title),
        actors=_worded(_ACTORS, labels, samples, title),
        tags=_worded(_TAGS, labels, samples, title),
        articles=tuple(name for name in samples if names.simple(name) in _ARTICLES),
    )


def is_address(text: str) -> bool:
    """Tell whether a value is the address of a thing, and no words."""
    return _ADDRESS.match(text) is not None


class _Names:
    """The variables of a query by their names in lower case, without what separates words."""

    def __init__(self, samples: Mapping[str, str]) -> None:
        self.samples = samples
        self._by_simple: dict[str, str] = {}
        for name in samples:
            self._by_simple.setdefault(self.simple(name), name)

    def simple(self, name: str) -> str:
        """Return a name as it is compared."""
        return _SEPARATORS.sub("", name.casefold())

    def first(self, wanted: Iterable[str]) -> str:
        """Return the first variable that is called so, "" where none is."""
        return next((self._by_simple[name] for name in wanted if name in self._by_simple), "")


def _item(names: _Names) -> str:
    """Return the variable that holds the events themselves: by its name, else the first of all that hold entities."""
    named = names.first(_ITEMS)
    if named:
        return named
    return next((name for name, text in names.samples.items() if _ENTITY.fullmatch(text)), "")


def _precisions(names: _Names, date: str, start: str, end: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, stems in ((date, ("date", "time", "")), (start, ("start",)), (end, ("end",))):
        own = [f"{stem}{ending}" for stem in (names.simple(name), *stems) for ending in _PRECISION_ENDINGS]
        precision = names.first(own) if name else ""
        if precision:
            found[name] = precision
    return found


def _worded(
    wanted: Iterable[str], labels: Mapping[str, str], samples: Mapping[str, str], title: str
) -> tuple[str, ...]:
    """Return the variables of some names that hold words: their labels, or themselves where they are no address."""
    found = (labels.get(name, "") for name in wanted)
    return tuple(name for name in found if name and name != title and not is_address(samples[name]))
