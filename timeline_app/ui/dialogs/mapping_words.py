"""What the parts of a mapping are called in the dialog: fields of events, and how a table is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

# The fields in the order of the dialog; those of this program's own exports alone, which it knows itself, are not here.
FIELD_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "Title",
        "when": "Date",
        "start": "From",
        "end": "To",
        "actors": "Actors",
        "type": "Type",
        "place": "Place",
        "lat": "Latitude",
        "lon": "Longitude",
        "summary": "Summary",
        "excerpt": "Excerpt",
        "source": "Source",
        "url": "Web address",
        "publisher": "Publisher",
        "published": "Published",
        "tags": "Tags",
        "importance": "Importance",
        "roles": "Roles",
        "id": "Id",
    }
)


@dataclass(frozen=True, slots=True)
class SettingWords:
    """A key that says how a table is read: its name, and the words for its values; none where it takes any text."""

    key: str
    label: str
    values: Mapping[str, str] = field(default_factory=dict)


ENCODINGS: Final = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "cp1252": "Western European (Windows-1252)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8-u": "Cyrillic (KOI8-U)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "gb18030": "Chinese, simplified (GB 18030)",
    "big5": "Chinese, traditional (Big5)",
    "cp949": "Korean (UHC)",
    "cp932": "Japanese (Shift JIS)",
}
DAY_ORDERS: Final = {"dmy": "Day, month, year", "mdy": "Month, day, year", "ymd": "Year, month, day"}
SETTING_WORDS: Final = (
    SettingWords("encoding", "Encoding", ENCODINGS),
    SettingWords(
        "delimiter",
        "Between columns",
        {"comma": "Commas", "semicolon": "Semicolons", "tab": "Tabs", "bar": "Bars"},
    ),
    SettingWords("header", "First row", {"yes": "Names the columns", "no": "Is a record like the others"}),
    SettingWords("sheet", "Sheet"),
    SettingWords("records", "Records in"),
    SettingWords(
        "separator",
        "Between values",
        {"semicolon": "Semicolons", "comma": "Commas", "bar": "Bars", "slash": "Slashes", "newline": "Line ends"},
    ),
    SettingWords("date_order", "Order in dates", DAY_ORDERS),
    SettingWords(
        "date_numbers",
        "Numbers as dates",
        {
            "excel-1900": "Days of a spreadsheet, since 1900",
            "excel-1904": "Days of a spreadsheet, since 1904",
            "seconds": "Seconds since 1970",
            "milliseconds": "Milliseconds since 1970",
            "microseconds": "Microseconds since 1970",
        },
    ),
)
# What else changes with these is which columns there are.
LAYOUT_KEYS: Final = frozenset({"encoding", "delimiter", "header", "sheet", "records"})


def key_words(key: str) -> str:
    """Return what a key of a mapping is called: a field, or how the table is read, if need be of one field."""
    whole, _, of_field = key.partition(".")
    for one in SETTING_WORDS:
        if one.key == whole:
            return f"{one.label}: {key_words(of_field)}" if of_field else one.label
    return FIELD_WORDS.get(key, key.replace("_", " ").capitalize())


def value_words(key: str, value: str) -> str:
    """Return the words for a value of a key, the value itself where there are none."""
    whole = key.partition(".")[0]
    for one in SETTING_WORDS:
        if one.key == whole:
            return one.values.get(value, value)
    return value
