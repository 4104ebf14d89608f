"""Which columns of a table mean which field of an event: by their names, and by what the user says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from timeline_app.core.errors import ReadError
from timeline_app.readers.column_names import SYNONYMS
from timeline_app.readers.date_numbers import DateNumbers
from timeline_app.readers.day_order import DayOrder
from timeline_app.readers.named_fields import DERIVED, Fitness, named_fields
from timeline_app.readers.reader import ReaderOption
from timeline_app.readers.table_settings import DATE_FIELDS, SETTINGS, TableSettings, is_setting, table_settings
from timeline_app.readers.tree import listed, shortened

MAP_OPTION = ReaderOption(
    "map",
    "the column of a field, as in --map title=Headline, several as in when=Year+Month+Day, or a text as in"
    " type==attack; may be given several times",
)
FIELDS = tuple(SYNONYMS)
CONSTANT = "="
_AND = "+"

_OTHER_FIELD_NAMES = {"date": "when", "latitude": "lat", "longitude": "lon", "actor": "actors", "tag": "tags"}

# Columns by which this program's own exports are known.
_OWN_MARKS = (
    frozenset({"when", "start_earliest", "end_latest", "excerpt_sources", "match"}),
    frozenset({"when", "start", "end", "precision", "match", "origin"}),
    frozenset({"when", "start_earliest", "end_latest", "zoned", "sources", "match"}),
)
# What tells of the sources in its CSV, all that is there of it.
_OWN_SOURCES = ("sources", "excerpt_sources", "citations")
# What lines of JSON tell only of events that have it: the first ones may well have none.
_TOLD_KEYS = (
    *("basis_note", "phrase", "anchor", "summary", "location", "location.lat", "location.lon", "links", "sources"),
    "extra",
)
# Fields in several columns whose words stay apart all the same.
_JOINED_APART = frozenset({*DATE_FIELDS, "actors"})


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Where a table has the fields of an event.

    `fields` has the column of each field that stands in one, `joined` the columns of each that stands in several,
    `constants` the text of each that is the same in all records. `orders` tells the order of day and month of those
    dates of which it is known. `is_own` tells that this program wrote the table, `is_title_made` that several columns
    make the title that are other fields by themselves, such as who and where, if need be behind one that is none.
    `linked` are the columns of which cells are links by formulas: they stand for their words, for the field “url” for
    their address. `midnights` are those dates in which midnight is no time.
    """

    columns: tuple[str, ...]
    fields: Mapping[str, str]
    is_own: bool = False
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, DayOrder] = field(default_factory=dict)
    numbers: DateNumbers | None = None
    separator: str = ""
    linked: frozenset[str] = frozenset()
    midnights: frozenset[str] = frozenset()
    is_title_made: bool = field(init=False, default=False, compare=False)

    def __post_init__(self) -> None:
        # Asked of every record, and the same for all of them.
        others = {name for known in FIELDS if known != "title" for name in self.parts(known)}
        first, *rest = self.joined.get("title", ("",))
        object.__setattr__(self, "is_title_made", others.issuperset(rest or (first,)))

    @property
    def ignored(self) -> frozenset[str]:
        """The columns that tell nothing that others do not."""
        return DERIVED if self.is_own else frozenset()

    @property
    def used(self) -> frozenset[str]:
        """The columns that a field is taken from."""
        return frozenset(self.fields.values()).union(*self.joined.values())

    @property
    def shown(self) -> frozenset[str]:
        """The columns that a field other than the address is taken from."""
        return frozenset(name for known in FIELDS if known != "url" for name in self.parts(known))

    @property
    def is_literal(self) -> bool:
        """Whether each word of an event stands so in its record, see core.batches.LiteralDecoder.

        Of cells that are joined, words may run into each other; constants stand in no record.
        """
        return not self.constants and self.joined.keys() <= _JOINED_APART

    @property
    def is_plain(self) -> bool:
        """Whether each field is what stands in its column."""
        is_read_otherwise = self.orders or self.separator or self.numbers or self.linked or self.midnights
        return not (self.joined or self.constants or is_read_otherwise)

    def parts(self, of_field: str) -> tuple[str, ...]:
        """Return the columns of a field, none for one that has none."""
        single = self.fields.get(of_field)
        return (single,) if single is not None else self.joined.get(of_field, ())

    def gives(self, of_field: str) -> bool:
        """Return whether a column or a constant says anything of a field."""
        return of_field in self.fields or of_field in self.joined or of_field in self.constants

    def as_layout(self) -> dict[str, object]:
        """Return it as plain values."""
        return {
            "columns": list(self.columns),
            "fields": dict(self.fields),
            "is_own": self.is_own,
            "joined": {key: list(parts) for key, parts in self.joined.items()},
            "constants": dict(self.constants),
            "orders": {key: str(order) for key, order in self.orders.items()},
            "numbers": str(self.numbers or ""),
            "separator": self.separator,
            "linked": sorted(self.linked),
            "midnights": sorted(self.midnights),
            "mapping": {} if self.is_own else self.mapping,
        }

    @property
    def is_own_csv(self) -> bool:
        """Whether this program wrote the table as CSV, with its marks against formulas and within lists."""
        return self.is_own and _OWN_MARKS[0] <= set(self.columns)

    @property
    def mapping(self) -> dict[str, str]:
        """The mapping that gives just these fields, whatever the columns are called."""
        written = {key: self.written(key) for key in FIELDS if key in self.constants or self.parts(key)}
        written |= {f"date_order.{key}": str(order) for key, order in self.orders.items()}
        if self.numbers is not None:
            written["date_numbers"] = str(self.numbers)
        return written | ({"separator": self.separator} if self.separator else {})

    def written(self, of_field: str) -> str:
        """Return the columns of a field, or its constant, as a mapping has them."""
        constant = self.constants.get(of_field)
        return _AND.join(self.parts(of_field)) if constant is None else f"{CONSTANT}{constant}"

    @classmethod
    def of_layout(cls, layout: Mapping[str, object]) -> EventColumns:
        """Return what `as_layout` gave."""
        columns = layout["columns"]
        if not isinstance(columns, list | tuple):
            raise TypeError("the layout of a table names its columns")
        orders = {key: DayOrder(order) for key, order in _texts(layout["orders"]).items()}
        numbers = str(layout["numbers"])
        joined, linked, midnights = layout["joined"], layout.get("linked", ()), layout.get("midnights", ())
        if not isinstance(linked, list | tuple) or not isinstance(midnights, list | tuple):
            raise TypeError("the layout of a table names the columns of links, and the dates without times")
        if not isinstance(joined, Mapping):
            raise TypeError("the layout of a table tells which columns are joined")
        return cls(
            tuple(map(str, columns)),
            _texts(layout["fields"]),
            bool(layout["is_own"]),
            {str(key): tuple(map(str, parts)) for key, parts in joined.items()},
            _texts(layout["constants"]),
            orders,
            DateNumbers(numbers) if numbers else None,
            str(layout["separator"]),
            frozenset(map(str, linked)),
            frozenset(map(str, midnights)),
        )


def event_columns(
    columns: Sequence[str],
    mapping: Mapping[str, str],
    file: str,
    line: int = 0,
    is_fit: Fitness = lambda _field, _column: True,
) -> EventColumns:
    """Return which field each column is; raises ReadError where a date or a title is missing, with what would help."""
    found = recognised_columns(columns, mapping, file, is_fit)
    check_needed(found, file, line)
    return found


def recognised_columns(
    columns: Sequence[str], mapping: Mapping[str, str], file: str, is_fit: Fitness = lambda _field, _column: True
) -> EventColumns:
    """Return which field each column is, as far as that is known; raises ReadError for a wrong mapping.

    `is_fit` tells of a field and a column that is called like it whether what stands there can be that.
    """
    settings = table_settings(mapping, file)
    is_own = any(marks <= set(columns) for marks in _OWN_MARKS)
    parts: dict[str, tuple[str, ...]] = named_fields(columns, is_own=is_own, is_fit=is_fit)
    if _OWN_MARKS[0] <= set(columns):
        parts["source"] = tuple(name for name in _OWN_SOURCES if name in columns)
    constants: dict[str, str] = {}
    asked = _asked_fields(mapping, file)
    for known, value in asked.items():
        parts.pop(known, None)
        named = _columns_named(value, columns, file)
        if named is None:
            constants[known] = value.removeprefix(CONSTANT)
        else:
            parts[known] = named
    if "when" in asked:
        parts = {known: named for known, named in parts.items() if known not in {"start", "end"} - asked.keys()}
    elif "start" in asked:
        parts.pop("when", None)
    if "end" in parts and "when" in parts and "start" not in parts and not is_own:
        # A date with an end beside it is a start.
        parts["start"] = parts.pop("when")
    return _with_settings(columns, parts, constants, settings, is_own=is_own)


def own_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that lines of JSON of this program may have beside these, none for any other table."""
    return _TOLD_KEYS if _OWN_MARKS[1] <= set(columns) else ()


def is_event_table(columns: Sequence[str]) -> bool:
    """Tell whether columns are enough to make events of without being told more."""
    fields = named_fields(columns, is_own=False)
    return "title" in fields and ("when" in fields or "start" in fields)


def known_fields(columns: Sequence[str], is_fit: Fitness = lambda _field, _column: True) -> dict[str, str]:
    """Return the column of each field that is known by its name, can be that, and stands in one column."""
    found = named_fields(columns, is_own=False, is_fit=is_fit)
    return {known: parts[0] for known, parts in found.items() if len(parts) == 1}


def check_needed(
    found: EventColumns, file: str, line: int, suggestions: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Raise ReadError where a title or a date is missing; `suggestions` are columns that it may well be."""
    missing = [] if _is_given(found, "title") else ["title"]
    if not any(_is_given(found, known) for known in DATE_FIELDS):
        missing.append("when")
    if missing:
        options = " ".join(f"--map {_quoted(known, suggestions.get(known, 'COLUMN'))}" for known in missing)
        what = " and ".join("a date" if known == "when" else f"a {known}" for known in missing)
        message = f"no column is known to hold {what}; there are {_in_words(found.columns)}; {options} tells which does"
        raise ReadError(message, file, line)


def _quoted(known: str, column: str) -> str:
    """Return an option as it is typed."""
    return f"{known}={column}" if column.isidentifier() else f'"{known}={column}"'


def _is_given(found: EventColumns, known: str) -> bool:
    return bool(found.parts(known)) or bool(found.constants.get(known))


def _with_settings(
    columns: Sequence[str],
    parts: Mapping[str, tuple[str, ...]],
    constants: Mapping[str, str],
    settings: TableSettings,
    *,
    is_own: bool,
) -> EventColumns:
    dated = {known for known in DATE_FIELDS if known in parts}
    return EventColumns(
        columns=tuple(columns),
        fields={known: named[0] for known, named in parts.items() if len(named) == 1},
        is_own=is_own,
        joined={known: named for known, named in parts.items() if len(named) > 1},
        constants=constants,
        orders={known: order for known, order in settings.orders.items() if known in dated},
        numbers=settings.numbers,
        separator=settings.separator,
    )


def _asked_fields(mapping: Mapping[str, str], file: str) -> dict[str, str]:
    """Return what a mapping says of fields, by the names that they have here; raises ReadError for others."""
    asked: dict[str, str] = {}
    for key, value in mapping.items():
        known = _OTHER_FIELD_NAMES.get(key, key)
        if known in SYNONYMS:
            asked[known] = value
        elif not is_setting(key):
            message = f'--map: there is no field "{shortened(key)}"; there are {listed(SYNONYMS)}'
            raise ReadError(f"{message}; and of settings {listed(SETTINGS)}", file)
    return asked


def _columns_named(value: str, columns: Sequence[str], file: str) -> tuple[str, ...] | None:
    """Return the columns that a value of a mapping names, None for a constant; raises ReadError."""
    if value in columns:
        return (value,)
    if value.startswith(CONSTANT):
        return None
    single = _same_column(value, columns)
    if single is not None:
        return (single,)
    parts = [_same_column(part, columns) for part in value.split(_AND)]
    whole = tuple(part for part in parts if part is not None)
    if len(parts) > 1 and len(whole) == len(parts):
        return whole
    wrong = next(part for part, name in zip(value.split(_AND), parts, strict=True) if name is None)
    raise ReadError(f'--map: there is no column "{shortened(wrong.strip())}"; there are {_in_words(columns)}', file)


def _same_column(wanted: str, columns: Sequence[str]) -> str | None:
    """Return the column that the user means: by its very name, else whatever its case."""
    if wanted.strip() in columns:
        return wanted.strip()
    same = [column for column in columns if column.casefold() == wanted.strip().casefold()]
    return same[0] if len(same) == 1 else None


def _in_words(columns: Sequence[str]) -> str:
    return shortened(listed(f'"{shortened(column, 40)}"' for column in columns), 1_000)


def _texts(written: object) -> dict[str, str]:
    if not isinstance(written, Mapping):
        raise TypeError("the layout of a table has texts by their names")
    return {str(key): str(one) for key, one in written.items()}
