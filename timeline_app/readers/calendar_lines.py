"""Read the lines of iCalendar into components: unfolded, split into name, parameters and value, each with its place.

What is broken costs its line alone, and is told: RFC 5545 is strict, the calendars that people keep are not. Values in
the quoted-printable of vCalendar 1.0 (1996) are decoded, and a zone with a colon in its name, as Outlook has them,
needs no quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from sys import intern
from types import MappingProxyType

from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import shortened
from timeline_app.readers.tree_builder import DEEPEST

MOST_LINES = 1_000_000

_LINE = re.compile(r"[^\r\n]*")
_BREAK = re.compile(r"\r\n?|\n")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]*)(?:=((?:"[^"]*"|[^";:])*))?')
_NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})
_ZONE_WITH_COLON = re.compile(r"(\d\d\)[^:]*):(\d{8}(?:T\d{4,6}Z?)?)\s*", re.ASCII)
_ENCODING, _QUOTED_PRINTABLE = "ENCODING", "QUOTED-PRINTABLE"
_QUOTED_LINE = re.compile(r"[A-Za-z0-9-]+;[^:]*\bQUOTED-PRINTABLE\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class Property:
    """One line: its name in capitals, its parameters, and its value as it is written."""

    name: str
    value: str
    offset: int
    parameters: Mapping[str, str]

    @property
    def text(self) -> str:
        """The value as a text, without its escapes."""
        return unescaped(self.value)

    @property
    def texts(self) -> list[str]:
        """The value as a list of texts with commas between them, or semicolons, as in vCalendar 1.0."""
        return [unescaped(part).strip() for part in _list_parts(self.value)]


@dataclass(slots=True)
class Component:
    """What stands between a BEGIN and its END."""

    name: str
    offset: int
    properties: list[Property] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Property]:
        """Give the properties of a name."""
        return (one for one in self.properties if one.name == name)

    def first(self, *names: str) -> Property | None:
        """Return the first property that has one of these names and says something, in the order of the names."""
        return next((one for name in names for one in self.all(name) if one.value.strip()), None)

    def text_of(self, *names: str) -> str:
        """Return the text of that property, empty when there is none."""
        found = self.first(*names)
        return "" if found is None else found.text.strip()

    def within(self) -> Iterator[Component]:
        """Give all components inside, in the order of the file."""
        for child in self.children:
            yield child
            yield from child.within()


def read_components(problems: ProblemLog, *, end: str = "the end of the file") -> Component:
    """Return a component without a name that holds all of a file, or of a part of it, whose end is called so.

    Raises ReadError for what nests too deeply or has too many lines.
    """
    source = problems.source
    whole = Component("", 0)
    open_ones = [whole]
    for number, (line, offset) in enumerate(_unfolded(source.text), start=1):
        if number > MOST_LINES:
            raise source.error(f"more than {MOST_LINES:,} lines in one file", offset)
        found = read_property(line, offset, problems)
        if found is None:
            continue
        if found.name == "BEGIN":
            if len(open_ones) == DEEPEST:
                raise source.error(f"nested deeper than {DEEPEST} levels; expected a calendar", offset)
            component = Component(found.value.strip().upper(), offset)
            open_ones[-1].children.append(component)
            open_ones.append(component)
        elif found.name == "END":
            _close(open_ones, found, problems)
        else:
            open_ones[-1].properties.append(found)
    for component in reversed(open_ones[1:]):
        problems.warning(f"expected END:{shortened(component.name)}; found {end}", component.offset)
    return whole


def _close(open_ones: list[Component], end: Property, problems: ProblemLog) -> None:
    """End a component, and with it those inside that have no end of their own."""
    name = end.value.strip().upper()
    if name not in (component.name for component in open_ones[1:]):
        problems.warning(f"END:{shortened(name)} ends nothing that begins before it", end.offset)
        return
    while (component := open_ones.pop()).name != name:
        problems.warning(f"expected END:{shortened(component.name)}; found END:{shortened(name)}", component.offset)


def _unfolded(text: str) -> Iterator[tuple[str, int]]:
    """Give every line with those that continue it, which begin with a blank."""
    position = 0
    pieces: list[str] = []
    begin = 0
    while position < len(text):
        match = _LINE.match(text, position)
        line = match[0] if match is not None else ""
        if pieces and pieces[-1].endswith("=") and _QUOTED_LINE.match(pieces[0]):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif pieces and line[:1] in {" ", "\t"}:
            pieces.append(line[1:])
        else:
            if pieces and pieces != [""]:
                yield "".join(pieces), begin
            pieces, begin = [line], position
        position += len(line)
        line_break = _BREAK.match(text, position)
        position = position if line_break is None else line_break.end()
    if pieces and pieces != [""]:
        yield "".join(pieces), begin


def read_property(line: str, offset: int, problems: ProblemLog) -> Property | None:
    """Return a line as a property; one that is none is reported."""
    name = _NAME.match(line)
    position = 0 if name is None else name.end()
    parameters: dict[str, str] = {}
    while parameter := _PARAMETER.match(line, position):
        if not parameter[1]:
            problems.warning("expected the name of a parameter between “;” and “;”; found nothing", offset)
        else:
            parameters[parameter[1].upper()] = (parameter[2] or "").replace('"', "")
        position = parameter.end()
    if name is None or not line.startswith(":", position):
        if line.strip():
            problems.warning(f'expected NAME:value; found "{shortened(line)}"; the line is left out', offset)
        return None
    value = line[position + 1 :]
    if parameters:
        value = _mended_value(value, parameters, problems, offset)
    # Names come again in every event; one copy of each is enough.
    return Property(intern(name[0].upper()), value, offset, parameters or _NO_PARAMETERS)


def _mended_value(value: str, parameters: dict[str, str], problems: ProblemLog, offset: int) -> str:
    """Return a value as the format has it, what belongs to its parameters taken there."""
    zone = parameters.get("TZID", "")
    split = _ZONE_WITH_COLON.fullmatch(value) if zone.startswith("(") else None
    if split is not None:
        parameters["TZID"] = f"{zone}:{split[1]}"
        return split[2]
    if parameters.get(_ENCODING, "").upper() != _QUOTED_PRINTABLE:
        return value
    # Imported on use: hardly any calendar is that old.
    from quopri import decodestring

    try:
        text = decodestring(value.encode()).decode(parameters.get("CHARSET") or "utf-8")
    except (LookupError, ValueError):
        problems.warning("expected quoted-printable in the CHARSET that is named; shown as it is written", offset)
        return value
    return text.replace("\r\n", "\n").replace("\\", "\\\\")


def unescaped(value: str) -> str:
    """Return a value without its escapes."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _list_parts(value: str) -> list[str]:
    """Return the parts of a value between commas and semicolons that are not escaped."""
    parts, begin, position = [], 0, 0
    while position < len(value):
        if value[position] == "\\":
            position += 1
        elif value[position] in {",", ";"}:
            parts.append(value[begin:position])
            begin = position + 1
        position += 1
    return [*parts, value[begin:]]
