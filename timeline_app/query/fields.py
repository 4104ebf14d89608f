"""The fields of the search language, in one table for the parser, the completion, the help page and the guide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field, written `name:value`; any of its names will do, in any case.

    `choices` are the only values that it takes, empty where it takes any text. A field that does not take many takes
    one value, and a comma is then part of it.
    """

    name: str
    meaning: str
    example: str
    synonyms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    takes_many: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its synonyms."""
        return (self.name, *self.synonyms)


# Every filter option of the command line is a field under the same name.
FIELDS = (
    Field("actor", "takes part; aliases are understood, and an actor's parts come along", 'actor:"North Korea"'),
    Field(
        "match", "whether any of the actors is enough, or all must take part", "match:all", (), ("any", "all"), False
    ),
    Field("members", "whether an organisation stands for its members too", "members:yes", (), ("yes", "no"), False),
    Field("not", "does not take part; -actor: means the same", 'not:"United States"', ("not-actor",)),
    Field("role", "an actor's part in the event, of the chosen actors where there are any", "role:signatory"),
    Field("pair", "who does something to whom, as the roles of an event tell it", 'pair:"Russia>Ukraine"'),
    Field("type", "what kind of event it is", "type:deployment,attack"),
    Field("tag", "a tag of the event", "tag:sanctions"),
    Field("source", "the key of a source of its excerpts and claims", "source:some-key"),
    Field("place", "words of the place's name", "place:Kursk"),
    Field(
        "from", "touches this date or anything after it, its first day included", "from:2024-06", ("after",), (), False
    ),
    Field("to", "touches this date or anything before it, its last day included", "to:2024-10", ("before",), (), False),
    Field(
        "known",
        "could be known at the end of this date; what was published or reported later is left out",
        "known:2024-10",
        ("as-of",),
        (),
        False,
    ),
    Field(
        "certain",
        "only events whose dates surely lie within from and to, and surely known, instead of possibly",
        "is:certain",
        ("is",),
        ("certain", "yes", "no"),
        False,
    ),
    Field(
        "disputed",
        "whether only events count about which different speakers claim something different",
        "disputed:yes",
        (),
        ("yes", "no"),
        False,
    ),
    Field(
        "importance",
        "at least this important, from 1 to 5",
        "importance:>=3",
        ("min-importance",),
        ("1", "2", "3", "4", "5"),
        False,
    ),
    Field("star", "whether only events count that you gave a star", "star:yes", ("starred",), ("yes", "no"), False),
    Field("note", "words of your own note on it; note:* takes every note", 'note:"ask again"'),
    Field("mytag", "a tag of your own", "mytag:checked", ("my-tag",)),
    Field("find", "words that must all occur, the same as words and quoted phrases without a field", 'find:"Kursk"'),
)

_FIELD_BY_NAME = {name: field for field in FIELDS for name in field.names}


def field_named(name: str) -> Field | None:
    """Return the field that goes by a name, in any case."""
    return _FIELD_BY_NAME.get(name.lower())


def closest_name(name: str) -> str | None:
    """Return the name of a field that somebody who wrote this may have meant."""
    from difflib import get_close_matches  # only for what is not known

    matches = get_close_matches(name.lower(), _FIELD_BY_NAME, n=1)
    return matches[0] if matches else None
