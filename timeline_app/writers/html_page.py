"""One HTML page that holds its events, draws them and asks no network for anything.

Made for readers of an article: the page is opened from a disk or put on a server as it is. All of it stands in one
file, the events as JSON beside the script. A Content Security Policy allows the two inline blocks by their hashes and
nothing else, so that neither a text of the events nor a fault of the script can run or fetch anything. The parts of the
page lie in `page/` beside this module; the order of its scripts is that of `_SCRIPTS`.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterator
from importlib.resources import files
from string import Template

from timeline_app.core.errors import WriteError
from timeline_app.core.filter import Filter, FilterResult, evaluate
from timeline_app.core.palette import DARK, LIGHT, Theme
from timeline_app.core.table import EventTable
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.page_data import page_data

MOST_EVENTS = 5_000

_SCRIPTS = (
    "elements.js",
    "calendar.js",
    "axis.js",
    "events.js",
    "rows.js",
    "lanes.js",
    "marks.js",
    "timeline.js",
    "overview.js",
    "story.js",
    "tale.js",
    "facets.js",
    "list.js",
    "pointed.js",
    "sight.js",
    "choices.js",
    "hands.js",
    "keys.js",
    "paper.js",
    "page.js",
)
_THEME_COLOURS = (
    *("background", "panel", "field", "ink", "muted", "rule", "grid", "accent", "accent_tint", "link"),
    *("good", "warning", "bar", "bar_passing", "neutral"),
)


def render_html(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give the page of the events that pass; raises WriteError where there are more than MOST_EVENTS."""
    result = evaluate(wanted, table)
    check_size(result)
    tree = page_data(table, wanted, result, options.story)
    style, script = _style(), _script()
    yield Template(_part("page.html")).substitute(
        policy=_policy(style, script),
        title=html.escape(tree["title"]),
        style=style,
        data=_inert(json.dumps(tree, ensure_ascii=False, separators=(",", ":"))),
        script=script,
    )


def check_size(result: FilterResult) -> None:
    """Raise WriteError where more events pass than a page holds."""
    if result.shown > MOST_EVENTS:
        raise WriteError(
            f"an HTML page holds {MOST_EVENTS:,} events at most, and {result.shown:,} pass the filter: "
            "narrow it by actor, type, dates or importance, or choose another format"
        )


def _part(name: str) -> str:
    return files("timeline_app.writers").joinpath("page", name).read_text(encoding="utf-8")


def _script() -> str:
    """Return all scripts as one, in a scope of their own."""
    return "\n".join(['(() => {\n"use strict";', *map(_part, _SCRIPTS), "})();\n"])


def _style() -> str:
    """Return the rules of the page behind the colours of both themes."""
    light, dark = _colours(LIGHT), _colours(DARK)
    classes = "".join(f".actor-{number}{{--own:var(--actor-{number})}}" for number in range(len(LIGHT.actors)))
    return (
        f":root{{{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}"
        f"{classes}\n{_part('page.css')}"
    )


def _colours(theme: Theme) -> str:
    """Return the colours of a theme as custom properties."""
    named = {name.replace("_", "-"): getattr(theme, name) for name in _THEME_COLOURS}
    named |= {f"actor-{number}": colour for number, colour in enumerate(theme.actors)}
    return f"color-scheme:{theme.name};" + "".join(f"--{name}:{colour};" for name, colour in named.items())


def _policy(style: str, script: str) -> str:
    """Return the Content Security Policy: these two blocks, an empty icon, and nothing from anywhere."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _inert(text: str) -> str:
    """Return JSON that says the same and that HTML cannot take for the end of its block or for a comment."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
