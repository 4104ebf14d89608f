"""The native format as YAML, laid out as a person would: long parts in blocks, short ones on a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import yaml

from timeline_app.core.filter import Filter
from timeline_app.core.table import EventTable
from timeline_app.writers.native_tree import NativeTimeline, Tree
from timeline_app.writers.options import WriteOptions

_WIDTH = 120

# How many levels below these keys stand in blocks; all else stands on a line as [a, b] and {key: value}.
_BLOCK_LEVELS_OF_HEAD: Mapping[str, int] = MappingProxyType({"sources": 2, "actors": 1})
_BLOCK_LEVELS_OF_EVENT: Mapping[str, int] = MappingProxyType({"excerpts": 2, "claims": 2})
_NO_KEYS: Mapping[str, int] = MappingProxyType({})

# Line breaks beside "\n" are folded by readers of YAML 1.1 unless they are escaped, and so are blanks at line ends;
# several line breaks at the end would run into the empty line before the next event.
_NEEDS_ESCAPES = re.compile("[\r\x85\u2028\u2029\ufeff]|[ \t]\n|\n[ \t]|^[ \t\n]|[ \t]$|\n\n\\Z")


def render_yaml(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give the events that pass in the order of their files, after what they need of sources and actors."""
    del options  # Nothing can be chosen for this format.
    timeline = NativeTimeline(table, wanted)
    yield _yaml_text(_node(timeline.head, 1, _BLOCK_LEVELS_OF_HEAD))
    yield "\nevents:\n" if len(timeline) else "\nevents: []\n"
    for number, event in enumerate(timeline.events()):
        yield ("\n" if number else "") + _indented(_yaml_text(_listed(event)))


def _yaml_text(content: Iterable[yaml.Event]) -> str:
    events = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False), *content]
    events += [yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()]
    text = yaml.emit(events, Dumper=yaml.CDumper, allow_unicode=True, width=_WIDTH)
    return str(text)


def _listed(event: Tree) -> Iterator[yaml.Event]:
    yield yaml.SequenceStartEvent(None, None, True, flow_style=False)
    yield from _node(event, 1, _BLOCK_LEVELS_OF_EVENT)
    yield yaml.SequenceEndEvent()


def _node(value: object, block_levels: int, levels_of: Mapping[str, int] = _NO_KEYS) -> Iterator[yaml.Event]:
    """Give the YAML events of a value whose outermost `block_levels` levels stand in blocks."""
    on_a_line = block_levels <= 0
    if isinstance(value, Mapping):
        yield yaml.MappingStartEvent(None, None, True, flow_style=on_a_line)
        for key, part in value.items():
            yield _scalar(str(key))
            yield from _node(part, levels_of.get(key, block_levels - 1))
        yield yaml.MappingEndEvent()
    elif isinstance(value, list | tuple):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=on_a_line)
        for part in value:
            yield from _node(part, block_levels - 1)
        yield yaml.SequenceEndEvent()
    else:
        yield _scalar(str(value))


def _scalar(text: str) -> yaml.Event:
    """Write a text plainly where that reads back as the same text; the emitter adds quotes where it must."""
    return yaml.ScalarEvent(None, None, (True, True), text, style=_style(text))


def _style(text: str) -> str | None:
    if not text or _NEEDS_ESCAPES.search(text):
        return '"'
    return "|" if "\n" in text else None


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.removesuffix("\n").split("\n"))
