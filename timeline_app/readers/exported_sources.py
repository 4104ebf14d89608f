"""Tell the sources of an event that this program wrote as CSV: by their names, and what is said of each in words.

The names stand in `sources` and `excerpt_sources`, the words in `citations`: author, “title”, publisher, when it was
published and retrieved, address, as far as these are known. Which words are whose is told by the name, which is that of
the publisher, or else the key. Words that could be those of several names are nobody's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from timeline_app.core.errors import WhenError
from timeline_app.core.when import in_words, parse
from timeline_app.readers.list_cells import entries, text_of
from timeline_app.readers.written_dates import edtf_of

_BETWEEN = ", "
_TITLE = re.compile(r"(?:(?P<author>.+?), )?“(?P<title>.+)”(?:, (?P<rest>.*))?", re.DOTALL)
_ADDRESS = re.compile(r"(?:(?P<before>.*), )?(?P<url>https?://\S+)", re.DOTALL)
_LAST_FIELD = re.compile(r"(?:(?P<before>.*), )?(?P<is_retrieved>retrieved )?(?P<date>[^,]+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Cited:
    """What the words of a source say; `others` are its publisher, behind its author where it has no title."""

    others: str
    fields: Mapping[str, str]

    def is_of(self, name: str) -> bool:
        """Tell whether these are the words of a source of this name."""
        return self.others == name or self.others.endswith(f"{_BETWEEN}{name}")

    def record(self, key: str, name: str) -> dict[str, str]:
        """Return the source of a name as a record with a key."""
        if not self.is_of(name):
            return {"key": key, **self.fields, **({"publisher": self.others} if self.others else {})}
        author = self.others.removesuffix(name).removesuffix(_BETWEEN)
        told = {**self.fields, **({"author": author} if author else {})}
        return {"key": key, "publisher": name, **told} if told else {"key": key}


def exported_sources(sources: str, excerpt_sources: str = "", citations: str = "") -> str:
    """Return the sources of an event as a list of records in JSON, "" for none; the cells are lists of texts."""
    names = dict.fromkeys(filter(None, (*_texts(sources), *_texts(excerpt_sources))))
    words = [_cited(one) for one in dict.fromkeys(_texts(citations))]
    found = [(name, [one for one in words if one.is_of(name)]) for name in names]
    left = [one for one in words if not any(one in own for _, own in found)]
    nameless = [name for name, own in found if not own]
    if len(left) == len(nameless) == 1:
        # The key of the one source that is told of without it.
        found = [(name, own or left) for name, own in found]
    records: dict[str, dict[str, str]] = {}
    for name, own in found:
        for one in own or [_Cited(name, {})]:
            key = name if name not in records else one.fields.get("url", "")
            if key:
                records.setdefault(key, one.record(key, name))
    return json.dumps(list(records.values()), ensure_ascii=False) if records else ""


def _texts(cell: str) -> Iterable[str]:
    return map(text_of, entries(cell))


def _cited(words: str) -> _Cited:
    """Take the words of a source apart."""
    titled = _TITLE.fullmatch(words)
    fields = {key: titled[key] for key in ("title", "author") if titled[key]} if titled is not None else {}
    rest = words if titled is None else titled["rest"] or ""
    address = _ADDRESS.fullmatch(rest)
    if address is not None:
        fields["url"], rest = address["url"], address["before"] or ""
    for is_retrieved, key in ((True, "retrieved"), (False, "published")):
        last = _LAST_FIELD.fullmatch(rest)
        date = _date(last["date"]) if last is not None and bool(last["is_retrieved"]) is is_retrieved else ""
        if last is not None and date:
            fields[key], rest = date, last["before"] or ""
    return _Cited(rest, fields)


def _date(words: str) -> str:
    """Return the EDTF of a date in words as this program words it, "" for anything else."""
    try:
        found = edtf_of(words)
        return found if in_words(parse(found)) == words else ""
    except WhenError:
        return ""
