"""Write the tables of the guide that follow from tables of the program: python -m tests.helpers.guide_tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.helpers.markdown import stretch
from timeline_app.core.marks import Shape, shape_of
from timeline_app.query import FIELDS
from timeline_app.ui.action_spec import Group
from timeline_app.ui.action_table import ACTIONS, GESTURES
from timeline_app.ui.settings_table import SETTINGS, AnySetting, Section

GUIDE: Final = Path(__file__).parents[2] / "docs" / "guide.md"
KEY_SYMBOLS: Final = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgUp": "Page up", "PgDown": "Page down"}
# The types that the file format calls usual.
USUAL_TYPES: Final = (
    *("agreement", "summit", "deployment", "attack", "battle", "election", "inauguration", "statement", "sanction"),
    *("supply", "seizure", "casualties", "other"),
)


def table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    lines = [head, ["--"] * len(head), *body]
    return "\n".join(f"|{'|'.join(line)}|" if line[0] == "--" else f"| {' | '.join(line)} |" for line in lines)


def shown_key(shortcut: str) -> str:
    """Write a key or a gesture as the guide does."""
    return "`" + "+".join(KEY_SYMBOLS.get(part, part) for part in re.split(r"(?<=.)\+(?=.)", shortcut)) + "`"


def key_tables() -> str:
    """Write the table of every action and gesture, a heading for each group."""
    parts = []
    for group in Group:
        body = [
            (", ".join(map(shown_key, spec.shortcuts)) or f"menu {spec.menu_path}", spec.text.rstrip("…"), spec.help)
            for spec in ACTIONS
            if spec.group is group
        ]
        body += [(", ".join(map(shown_key, one.inputs)), "", one.help) for one in GESTURES if one.group is group]
        parts.append(f"#### {group}\n\n{table(('Keys', 'Action', 'What it does'), body)}")
    return "\n\n".join(parts)


def field_table() -> str:
    """Write the table of the fields of the search language."""
    body = (
        (
            ", ".join(f"`{name}:`" for name in field.names),
            field.meaning,
            ", ".join(f"`{choice}`" for choice in field.choices) or ("any" if field.takes_many else "one"),
            f"`{field.example}`",
        )
        for field in FIELDS
    )
    return table(("Field", "Means", "Values", "Example"), body)


def setting_values(setting: AnySetting) -> str:
    """Say which values a setting may have."""
    if setting.span is not None:
        span = setting.span
        numbers = f"{span.lowest + bool(span.lowest_word)} to {span.highest}{f' {span.unit}' if span.unit else ''}"
        return f"{span.lowest_word}, {numbers}" if span.lowest_word else numbers
    if isinstance(setting.default, bool):
        return "on, off"
    choices = setting.choices() if setting.choices else ()
    return "any zone that the system knows" if setting.is_searchable else ", ".join(one.text for one in choices)


def setting_default(setting: AnySetting) -> str:
    """Say which value a setting has at first."""
    if isinstance(setting.default, bool):
        return "on" if setting.default else "off"
    if setting.span is not None and setting.span.lowest_word and setting.default == setting.span.lowest:
        return setting.span.lowest_word
    texts = {one.value: one.text for one in setting.choices()} if setting.choices else {}
    return texts.get(str(setting.default), str(setting.default))


def settings_table() -> str:
    """Write the table of the settings."""
    body = (
        (str(part), setting.label, setting_values(setting), setting_default(setting), setting.help)
        for part in Section
        for setting in SETTINGS
        if setting.section is part
    )
    return table(("Section", "Setting", "Values", "At first", ""), body)


def mark_table() -> str:
    """Write which of the usual types have which mark."""
    names = {shape: [one for one in USUAL_TYPES if shape_of(one) is shape] for shape in Shape}
    names[shape_of("any other")].append("every other")
    return table(("Mark", "Types"), ((str(shape), ", ".join(named)) for shape, named in names.items()))


TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "keys": key_tables,
    "fields": field_table,
    "settings": settings_table,
    "marks": mark_table,
}


def main() -> None:
    """Bring the guide up to date."""
    text = GUIDE.read_text(encoding="utf-8")
    for name, make in TABLES.items():
        text = stretch(name).sub(make().replace("\\", "\\\\"), text)
    GUIDE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
