"""Understand the columns of a table: by what is asked for, by names, by what stands in them, by all their dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.errors import ReadError
from timeline_app.readers.blank_cells import filled
from timeline_app.readers.clock_columns import with_clocks, with_midnights
from timeline_app.readers.column_fitness import is_fit
from timeline_app.readers.column_kinds import ColumnKind, kind_of
from timeline_app.readers.column_names import simple_name
from timeline_app.readers.comma_lists import with_comma_lists
from timeline_app.readers.date_orders import with_orders
from timeline_app.readers.event_columns import EventColumns, check_needed, known_fields, recognised_columns
from timeline_app.readers.formula_links import formula_link, words_shown
from timeline_app.readers.orders_by_header import order_by_header
from timeline_app.readers.proposal import ColumnSample, FieldProposal, Proposal, Reason
from timeline_app.readers.question import Choice, Question
from timeline_app.readers.table_settings import DATE_FIELDS, table_settings
from timeline_app.readers.table_source import TableSource, UnknownEncoding
from timeline_app.readers.title_columns import with_title
from timeline_app.readers.tree import listed, shortened
from timeline_app.readers.whole_cells import whole_sources
from timeline_app.readers.years_beside import with_years

_MOST_VALUES = 5
_LONGEST_VALUE = 200
_MOST_CHOICES = 12
_PLAIN_TEXTS = frozenset({"title", "type", "place", "summary", "source", "publisher", "url", "excerpt"})
_COORDINATES = {"lat": ("lat", "latitude"), "lon": ("lon", "lng", "long", "longitude")}
_NAMES_WITHIN = ("name", "title", "text", "label", "display_name", "address", "city", "en")
# Of these the first whose cells lead to the web says where the event is told.
_LINKED_FIELDS = ("url", "source", "publisher", "excerpt", "title")
_TITLE_KINDS = (ColumnKind.NAME, ColumnKind.TEXT, ColumnKind.WORDS)


@dataclass(frozen=True, slots=True)
class Understanding:
    """The columns as far as they are understood, the fields that their cells tell, and what is left to be asked.

    `is_title_made` tells that no column is called a title, and what others hold is taken for one.
    """

    columns: EventColumns
    by_kind: Mapping[str, ColumnKind]
    questions: tuple[Question, ...]
    is_title_made: bool = False


def found_columns(table: TableSource, mapping: Mapping[str, str], file: str) -> EventColumns:
    """Return which field each column is; raises ReadError for the first question that is left, with what answers it."""
    found = understood(table, mapping, file)
    if table.encoding is not None and "encoding" not in mapping:
        place = table.encoding
        raise ReadError(answered(found.questions[0]), file, place.line, place.column)
    suggestions = {
        one.key: one.choices[0].value for one in found.questions if one.key in {"title", "when"} and one.choices
    }
    check_needed(found.columns, file, table.line, suggestions)
    for question in found.questions:
        raise ReadError(answered(question), file, table.line)
    return found.columns


def answered(question: Question) -> str:
    """Return a question with what answers it where nobody can be asked."""
    options = " or ".join(f"--map {question.key}={choice.value}" for choice in question.choices)
    return f"{question.text}; {options} tells it"


def understood(table: TableSource, mapping: Mapping[str, str], file: str) -> Understanding:
    """Return what is known of the columns of a table; raises ReadError for a wrong mapping, and as the table does."""
    if table.questions is not None:
        return Understanding(EventColumns(table.columns, {}), {}, table.questions)
    columns = recognised_columns(table.columns, mapping, file, lambda field, name: is_fit(field, table.cells(name)))
    if table.encoding is not None and "encoding" not in mapping:
        # What the columns are called, and what they hold, is known only once this is.
        return Understanding(columns, {}, (question_of_encoding(table.encoding),))
    if columns.is_own:
        return Understanding(columns, {}, ())
    columns = replace(columns, linked=_linked_columns(table))
    kinds = _kinds(table)
    columns = _without_objects(_with_tagged(columns, table, mapping), table, mapping)
    unlinked = {name: kind for name, kind in kinds.items() if name not in table.linked.values()}
    columns, by_kind = _by_kind(with_clocks(columns, table, mapping, kinds), unlinked)
    columns = with_years(columns, table, mapping)
    columns, by_kind = _with_linked(columns, table, mapping, by_kind, kinds)
    columns = with_comma_lists(columns, table, mapping)
    titled = columns if "title" in mapping else with_title(columns, table, kinds)
    is_title_made, columns = titled is not columns, titled
    known = order_by_header(table.columns)
    orders = {
        **(dict.fromkeys(DATE_FIELDS, known) if known is not None else {}),
        **table_settings(mapping, file).orders,
    }
    columns = replace(columns, orders={field: order for field, order in orders.items() if columns.parts(field)})
    columns, questions = with_orders(columns, table, kinds)
    columns = with_midnights(columns, table)
    return Understanding(columns, by_kind, (*questions, *_missing(columns, table, kinds)), is_title_made)


def question_of_encoding(encoding: UnknownEncoding) -> Question:
    """Return what is asked of a text that is not UTF-8."""
    what = (
        f"byte 0x{encoding.byte:02X} is not UTF-8, and nothing"
        if encoding.byte
        else "the file is in UTF-16, and no mark"
    )
    choices = tuple(Choice(name, sample) for name, sample in encoding.choices)
    return Question("encoding", f"{what} tells what the text is in", choices)


def proposal(table: TableSource, mapping: Mapping[str, str], file: str, reader: str, signature: str) -> Proposal:
    """Return what is proposed for a table; raises ReadError as `understood` does."""
    found = understood(table, mapping, file)
    kinds = _kinds(table)
    columns = found.columns
    fields = tuple(
        FieldProposal(field, columns.written(field), *_reason(field, found, mapping, columns, table.tagged))
        for field in columns.mapping
        if columns.parts(field) or field in columns.constants
    )
    is_fixed = table.questions is not None
    asked = {
        key: value
        for key, value in mapping.items()
        if is_fixed or key in {"encoding", "delimiter", "header", "sheet", "records"}
    }
    return Proposal(
        reader=reader,
        signature=signature,
        columns=tuple(ColumnSample(name, kinds[name], _values(table.cells(name))) for name in table.columns),
        fields=fields,
        mapping={**table.settings, **asked, **columns.mapping},
        questions=found.questions,
        has_fixed_columns=is_fixed,
        choices=table.choices,
    )


def _reason(
    field: str, found: Understanding, mapping: Mapping[str, str], columns: EventColumns, tagged: Mapping[str, str]
) -> tuple[Reason, str]:
    names = listed(f"“{shortened(part, 40)}”" for part in columns.parts(field))
    if field in mapping or field in columns.constants:
        return Reason.ASKED, "chosen by you"
    if field == "title" and found.is_title_made:
        return (
            Reason.MADE,
            f"{names} tell{'s' if len(columns.parts(field)) == 1 else ''} what happened; none is a title",
        )
    if columns.parts(field) == (tagged.get(field),) and not known_fields((tagged[field],)):
        return Reason.NAME, f"the HXL tag of {names} says so"
    if field in found.by_kind:
        return Reason.KIND, f"{names} holds {found.by_kind[field]}"
    return Reason.NAME, f"{names} {'is a usual name' if len(columns.parts(field)) == 1 else 'are usual names'} for it"


def _without_objects(columns: EventColumns, table: TableSource, mapping: Mapping[str, str]) -> EventColumns:
    """Return the columns with what is nested where a text is meant: its name, and of a place its coordinates."""
    nested = {
        field: name
        for field, name in columns.fields.items()
        if field in _PLAIN_TEXTS
        and field not in mapping
        and _is_object(name, table)
        and not _is_whole(field, name, table)
    }
    fields = {field: name for field, name in columns.fields.items() if field not in nested}
    for field, name in nested.items():
        within = {field: _NAMES_WITHIN} | (_COORDINATES if field == "place" else {})
        for inner, keys in within.items():
            found = next((f"{name}.{key}" for key in keys if f"{name}.{key}" in table.columns), None)
            if found is not None and inner not in columns.constants:
                fields.setdefault(inner, found)
    return replace(columns, fields=fields)


def _is_object(name: str, table: TableSource) -> bool:
    """Tell whether a column holds objects, whose keys are columns too; names of data frames have points as well."""
    if not any(one.startswith(f"{name}.") for one in table.columns):
        return False
    return all(text.startswith("{") for cell in table.cells(name) if (text := filled(cell).strip()))


def _is_whole(field: str, name: str, table: TableSource) -> bool:
    """Tell whether the objects of a column are sources that are told whole, with titles, addresses or publishers."""
    cells = (text for cell in table.cells(name) if (text := filled(cell).strip()))
    return field == "source" and all(whole_sources(cell) is not None for cell in cells)


def _with_tagged(columns: EventColumns, table: TableSource, mapping: Mapping[str, str]) -> EventColumns:
    """Return the columns with those that tags of HXL tell, where neither names nor the user do."""
    has_date = any(columns.parts(field) or field in columns.constants for field in DATE_FIELDS)
    told = {
        field: name
        for field, name in table.tagged.items()
        if not (columns.gives(field) or field in mapping or name in columns.used or (has_date and field in DATE_FIELDS))
    }
    return replace(columns, fields={**columns.fields, **told}) if told else columns


def _by_kind(columns: EventColumns, kinds: Mapping[str, ColumnKind]) -> tuple[EventColumns, dict[str, ColumnKind]]:
    """Return the columns with those fields that only one column can be by what stands in it."""
    told: dict[str, ColumnKind] = {}
    fields = dict(columns.fields)
    if kinds.get(fields.get("links", "")) is ColumnKind.ADDRESS and not columns.gives("url"):
        # What leads to the web is no link to another event.
        fields["url"], told["url"] = fields.pop("links"), ColumnKind.ADDRESS
    left = [name for name in kinds if name not in columns.used]
    has_date = any(columns.parts(field) or field in columns.constants for field in DATE_FIELDS)
    wanted = [("url", ColumnKind.ADDRESS, True), ("when", ColumnKind.DATE, not has_date)]
    wanted.append(("when", ColumnKind.YEAR, not has_date and ColumnKind.DATE not in kinds.values()))
    for field, kind, is_wanted in wanted:
        fitting = [name for name in left if kinds[name] is kind]
        if is_wanted and len(fitting) == 1 and field not in fields and field not in columns.constants:
            fields[field], told[field] = fitting[0], kind
    points = [name for name in left if kinds[name] is ColumnKind.POINT]
    if len(points) == 1 and not {"lat", "lon"} & (fields.keys() | columns.constants.keys()):
        fields |= {"lat": points[0], "lon": points[0]}
        told |= {"lat": ColumnKind.POINT, "lon": ColumnKind.POINT}
    return replace(columns, fields=fields), told


def _with_linked(
    columns: EventColumns,
    table: TableSource,
    mapping: Mapping[str, str],
    by_kind: dict[str, ColumnKind],
    kinds: Mapping[str, ColumnKind],
) -> tuple[EventColumns, dict[str, ColumnKind]]:
    """Return the columns with where the cells of the source lead, or else of the title, as the address.

    The words of addresses that are links by formulas are the source where no other column is.
    """
    shown = columns.fields.get("url", "")
    leading = {**{name: name for name in columns.linked}, **table.linked}
    is_told = columns.gives("url") and (shown not in table.linked or kinds[shown] is ColumnKind.ADDRESS)
    if is_told and shown in columns.linked and not columns.gives("source") and "source" not in mapping:
        columns = replace(columns, fields={**columns.fields, "source": shown})
    named = (name for field in _LINKED_FIELDS for name in columns.parts(field))
    found = next((leading[name] for name in named if name in leading), None)
    if is_told or found is None or "url" in mapping:
        return columns, by_kind
    return replace(columns, fields={**columns.fields, "url": found}), {**by_kind, "url": ColumnKind.ADDRESS}


def _kinds(table: TableSource) -> dict[str, ColumnKind]:
    return {name: kind_of(list(map(words_shown, table.cells(name)))) for name in table.columns}


def _linked_columns(table: TableSource) -> frozenset[str]:
    """Return the columns of which cells are links by formulas, in the first records or in any."""
    first = {name for name in table.columns if any(map(formula_link, table.cells(name)))}
    return frozenset(first.union(table.formula_columns()))


def _missing(columns: EventColumns, table: TableSource, kinds: Mapping[str, ColumnKind]) -> tuple[Question, ...]:
    """Return the questions for what an event needs, and no column is known to hold."""
    left = [name for name in table.columns if name not in columns.used and kinds[name] is not ColumnKind.NOTHING]
    questions: list[Question] = []
    if not columns.parts("title") and not columns.constants.get("title"):
        named = [name for name in left if kinds[name] in _TITLE_KINDS]
        likely = sorted(named, key=lambda name: _title_rank(name, kinds[name], table))
        described = [name for name in columns.parts("summary")[:1] if kinds[name] in _TITLE_KINDS]
        # What describes says more than names do, of which none is called a title.
        is_named = any(simple_name(name).endswith(("name", "title")) for name in likely[:1])
        likely = [*likely, *described] if is_named else [*described, *likely]
        questions.append(Question("title", "no column is known to hold a title", _choices(likely, table)))
    if not any(columns.parts(field) or columns.constants.get(field) for field in DATE_FIELDS):
        dated = [name for name in left if kinds[name] in {ColumnKind.DATE, ColumnKind.YEAR}]
        questions.append(Question("when", "no column is known to hold a date", _choices(dated, table)))
    return tuple(questions)


def _title_rank(name: str, kind: ColumnKind, table: TableSource) -> tuple[int, bool, float]:
    """Return how late a column comes as a title: names before texts, and what is called a name before others."""
    cells = table.cells(name)
    is_called_so = simple_name(name).endswith(("name", "title"))
    return _TITLE_KINDS.index(kind), not is_called_so, -len(set(cells)) / max(len(cells), 1)


def _choices(names: Sequence[str], table: TableSource) -> tuple[Choice, ...]:
    return tuple(Choice(name, " · ".join(_values(table.cells(name))[:3])) for name in names[:_MOST_CHOICES])


def _values(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the first few cells that say something, each once."""
    found = dict.fromkeys(shortened(cell.strip(), _LONGEST_VALUE) for cell in cells if filled(cell).strip())
    return tuple(found)[:_MOST_VALUES]
