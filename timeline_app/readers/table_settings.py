"""How a table is read, as the user says it: the keys of a mapping that are no fields of an event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from timeline_app.core.errors import ReadError
from timeline_app.readers.date_numbers import DateNumbers
from timeline_app.readers.day_order import DayOrder
from timeline_app.readers.encodings import told_encoding
from timeline_app.readers.parsed_rows import DELIMITERS
from timeline_app.readers.tree import listed, shortened
from timeline_app.readers.unquoted_lists import BRACKETS

DATE_FIELDS = ("when", "start", "end")
# The keys, and what each says.
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "encoding": "the encoding of a text, such as cp1251, cp1252 or utf-16",
        "delimiter": "what separates the fields of a row: comma, tab, semicolon or bar",
        "header": "whether the first row names the columns: yes or no",
        "sheet": "the name of the sheet in a spreadsheet",
        "records": "where in JSON the list of records stands, as in data.events or countries[].events",
        "separator": "what parts values in a cell: semicolon, comma, bar, slash, newline, brackets or any text",
        "date_order": "what stands first in dates such as 03/04/2024: dmy, mdy or ymd; date_order.end is for one field",
        "date_numbers": f"what bare numbers count that are dates: {listed(DateNumbers)}",
    }
)

Word = TypeVar("Word", bound=StrEnum)

_DELIMITERS = {name: sign for sign, name in DELIMITERS.items()} | {sign: sign for sign in DELIMITERS}
_SEPARATORS = {"semicolon": ";", "comma": ",", "bar": "|", "slash": "/", "newline": "\n", "brackets": BRACKETS}
_YES_OR_NO = {"yes": True, "no": False}
_LONGEST_SEPARATOR = 20


@dataclass(frozen=True, slots=True)
class TableSettings:
    """How a table is read; what is empty or None is found out from the file."""

    encoding: str = ""
    delimiter: str = ""
    has_header: bool | None = None
    sheet: str = ""
    records: str = ""
    separator: str = ""
    orders: Mapping[str, DayOrder] = field(default_factory=dict)
    numbers: DateNumbers | None = None


def is_setting(key: str) -> bool:
    """Tell whether a key of a mapping says how the table is read, and is no field."""
    return key.partition(".")[0] in SETTINGS


def table_settings(mapping: Mapping[str, str], file: str) -> TableSettings:
    """Return what a mapping says of how a table is read; raises ReadError for what is none of the choices."""
    return TableSettings(
        encoding=told_encoding(mapping, file),
        delimiter=_one_of(mapping, "delimiter", _DELIMITERS, tuple(DELIMITERS.values()), file) or "",
        has_header=_one_of(mapping, "header", _YES_OR_NO, tuple(_YES_OR_NO), file),
        sheet=mapping.get("sheet", ""),
        records=mapping.get("records", ""),
        separator=_separator(mapping.get("separator", ""), file),
        orders=_orders(mapping, file),
        numbers=_word(mapping, "date_numbers", DateNumbers, file),
    )


def _separator(written: str, file: str) -> str:
    if len(written) > _LONGEST_SEPARATOR:
        raise ReadError(f"--map separator: expected at most {_LONGEST_SEPARATOR} characters", file)
    return _SEPARATORS.get(written.casefold(), written.strip(" ") or written)


def _orders(mapping: Mapping[str, str], file: str) -> dict[str, DayOrder]:
    """Return the order of the dates of each field that one is given for."""
    orders: dict[str, DayOrder] = {}
    whole = _word(mapping, "date_order", DayOrder, file)
    if whole is not None:
        orders = dict.fromkeys(DATE_FIELDS, whole)
    for key in mapping:
        name, dot, of_field = key.partition(".")
        if not dot or name not in SETTINGS:
            continue
        if name != "date_order" or of_field not in DATE_FIELDS:
            raise ReadError(
                f'--map: there is no setting "{shortened(key)}"; expected date_order.{"|".join(DATE_FIELDS)}', file
            )
        order = _word(mapping, key, DayOrder, file)
        if order is not None:
            orders[of_field] = order
    return orders


def _word(mapping: Mapping[str, str], key: str, words: Callable[[str], Word], file: str) -> Word | None:
    written = mapping.get(key, "")
    if not written:
        return None
    try:
        return words(written.casefold())
    except ValueError as error:
        choices = listed(DayOrder) if key.startswith("date_order") else listed(DateNumbers)
        raise ReadError(f'--map {key}: expected one of {choices}; found "{shortened(written)}"', file) from error


Value = TypeVar("Value")


def _one_of(
    mapping: Mapping[str, str], key: str, choices: Mapping[str, Value], names: tuple[str, ...], file: str
) -> Value | None:
    written = mapping.get(key, "")
    if not written:
        return None
    found = choices.get(written if written in choices else written.casefold())
    if found is None:
        raise ReadError(f'--map {key}: expected one of {listed(names)}; found "{shortened(written)}"', file)
    return found
