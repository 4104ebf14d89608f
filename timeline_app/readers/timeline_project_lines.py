r"""Read the files of The Timeline Project before its version 0.10 of 2010: `.timeline`, lines of text.

`EVENT:start;end;text;category;description:…;icon:…`, of which all behind the text may be missing, beside `CATEGORY`,
`PREFERRED-PERIOD` and comments behind `#`, of which the first names the version and the last, `# END`, tells since 0.3
that the file is whole. A semicolon, a backslash or a line end within a text is written `\;`, `\\` or `\n`. Times and
what they mean are those of the XML that came later (`timeline_project.py`). There are neither containers, doubtful ends
nor addresses yet. Written by real files of 0.1, 0.3, 0.7 and 0.9, one of them broken on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from timeline_app.core.dataset import Dataset
from timeline_app.readers.foreign_record import Draft, finished_dataset
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.timeline_project_events import EventName, EventReader
from timeline_app.readers.tree import shortened
from timeline_app.readers.xml_tree import Element

_NAME = "timeline-project-lines"
_LARGEST_BYTES = 16 * MEGABYTE
_EVENT, _PERIOD, _CATEGORY = "EVENT", "PREFERRED-PERIOD", "CATEGORY"
_FEWEST_PARTS = 3
_IN_HEAD = re.compile(
    rb"(?:\xEF\xBB\xBF)?\s*(?:# Written by Timeline \d|(?:#[^\r\n]*\s+)*"
    rb"(?:PREFERRED-PERIOD|CATEGORY|EVENT):[^\r\n;]*;)"
)
_LINE = re.compile(r"[^\r\n]+")
_PARTS = re.compile(r"(?:\\.|[^;\\])*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NAMED = re.compile(r"(description|icon):(.*)", re.DOTALL)


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is an early one of The Timeline Project, from its first line or what its lines are."""
    del name
    return 0.95 if _IN_HEAD.match(head) else 0.0


def read_lines(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a whole file, of which every line that says EVENT is a record; raises ReadError when it is not in UTF-8."""
    del mapping
    text = decode_text(source)
    problems = ProblemLog(text)
    reader = EventReader(problems, MappingProxyType({}), MappingProxyType({}), source.path.name)
    drafts: list[Draft | None] = []
    offsets: list[int] = []
    categories: dict[str, object] = {}
    periods: list[str] = []
    for line in _LINE.finditer(text.text):
        kind, colon, value = line[0].lstrip().partition(":")
        if not kind.strip() or kind.startswith("#"):
            continue
        if kind == _EVENT and colon:
            offsets.append(line.start())
            drafts.append(_draft(line, value, reader, problems, len(offsets)))
        elif kind == _CATEGORY and colon:
            name, *others = _parts(value)
            categories[name] = "; ".join(others)
        elif kind == _PERIOD and colon:
            periods.append(value)
        else:
            expected = f"expected a line that begins with {_EVENT}:, {_CATEGORY}:, {_PERIOD}: or #"
            problems.warning(f'{expected}; found "{shortened(line[0])}"; the line is left out', line.start())
    _tell_of_missing_end(text, problems)
    told: dict[str, object] = {"categories": categories, "preferred-period": periods[0] if periods else ""}
    extra = {name: value for name, value in told.items() if value}
    return finished_dataset(source, _NAME, drafts, offsets, problems, sources=reader.book.by_key, extra=extra)


def _draft(line: re.Match[str], value: str, reader: EventReader, problems: ProblemLog, number: int) -> Draft | None:
    """Return the event of a line; why there is none is told."""
    start, *others = _parts(value)
    if len(others) + 1 < _FEWEST_PARTS:
        message = "expected a start, an end and a text with semicolons between them"
        problems.error(f'{message}; found "{shortened(value)}"; the event is left out', line.start())
        return None
    end, title, *rest = others
    at = line.start() + line[0].index(":") + 1
    fields = {"start": start, "end": end, "text": title}
    if rest and not _NAMED.fullmatch(rest[0]):
        fields["category"] = rest.pop(0)
    for part in rest:
        named = _NAMED.fullmatch(part)
        if named is None:
            problems.warning(f'expected description: or icon:; found "{shortened(part)}"; left out', line.start())
        else:
            fields[named[1]] = named[2]
    children = [Element(name, at, pieces=[text]) for name, text in fields.items()]
    record = Element("event", line.start(), children=children)
    # Its bracket would make a text a container, of which there were none yet.
    event = reader.event(record, EventName.of(title, is_era=True), "", number, is_era=False)
    return None if event is None else Draft(event)


def _parts(value: str) -> list[str]:
    """Return what stands between semicolons, each part as it was before its special characters were escaped."""
    parts = [""]
    at = 0
    while True:
        found = _PARTS.match(value, at)
        end = at if found is None else found.end()
        # A backslash that ends the line stands for itself.
        parts[-1] += _ESCAPED.sub(_unescaped, value[at:end]) + (value[end:] if value[end : end + 1] == "\\" else "")
        if value[end : end + 1] != ";":
            return parts
        parts.append("")
        at = end + 1


def _unescaped(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] == "n" else escaped[1]


def _tell_of_missing_end(text: SourceText, problems: ProblemLog) -> None:
    """Tell of a file that lacks its last line, which is cut off unless it is older than that line."""
    version = re.match(r"\ufeff?\s*# Written by Timeline 0\.(\d+)", text.text)
    if version is not None and int(version[1]) >= 3 and not re.search(r"(?m)^# END\s*\Z", text.text):
        end = len(text.text.rstrip())
        problems.warning("expected # END as the last line; found none: the file may be cut off", max(end - 1, 0))


READER = Reader(
    name=_NAME,
    endings=(".timeline",),
    description="Timelines of The Timeline Project before its version 0.10, lines of text",
    recognised_by="an early timeline of The Timeline Project",
    score=score,
    read=read_lines,
    largest_bytes=_LARGEST_BYTES,
)
