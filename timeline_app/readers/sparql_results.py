"""Read the result of a SPARQL query in any of its forms as the tree that its JSON would be.

SPARQL 1.1 defines four: JSON, XML (`<result><binding name="item"><uri>…`), CSV with plain values, and tables between
tabs, whose variables begin with a question mark and whose values are written as in a query: `<http://…>`, `"words"@en`,
`"1815-06-18T00:00:00Z"^^<…dateTime>`, `_:b0`. Nodes without a name, by which Wikidata says that a value is not known,
are called `_:…` in all of them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from timeline_app.readers.delimited import column_names, table_head
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.placed_cells import filled_rows, placed_row
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, Tree
from timeline_app.readers.xml_tree import Element, read_xml

_XML_IN_HEAD = re.compile(
    rb"""\A(?:\xEF\xBB\xBF)?\s*+(?:<\?xml[^<>]{0,200}\?>\s*+)?(?:<[!?][^<>]{0,2000}>\s*+){0,9}<(?:\w{1,20}:)?sparql[\s>]"""
)
# What leads to the rows, whatever stands for the namespace.
ROW_ELEMENTS: dict[tuple[str, ...], Mapping[str, str]] = {("sparql", "results", "result"): MappingProxyType({})}
_JSON_BEGINS = ("{", "[")
_ENTITY = re.compile(r"<?https?://www\.wikidata\.org/entity/[QLP]\d{1,20}>?", re.ASCII)
_DATE = re.compile(r'"?[+-]?\d{4,16}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?:["^]\S*)?', re.ASCII)
_TERM = re.compile(r'<([^<>]*)>|"(.*)"(?:@[A-Za-z0-9-]+|\^\^\S+)?', re.DOTALL)
_ESCAPED = re.compile(r"""\\([tnr"'\\])""")
_MEANT = {"t": "\t", "n": "\n", "r": "\r"}
_BLANK = "bnode"
_TAB = "\t"
_LONGEST_HEADER, _MOST_ROWS = 20_000, 30
_LONGEST_SPACE = 1_000


@dataclass(frozen=True, slots=True)
class ResultTable:
    """How a result is laid out as a table: what stands between its fields, its columns, and whether they are terms."""

    delimiter: str
    columns: tuple[str, ...]
    of_terms: bool

    @staticmethod
    def form_of(text: SourceText) -> tuple[str, bool]:
        """Return the delimiter of a table by its beginning, and whether its values are terms; raises ReadError."""
        if _is_of_terms(text.text):
            return _TAB, True
        found = table_head(text.text)
        if found is None:
            raise text.error("expected the result of a query as JSON, XML or a table; found none of these", 0)
        return found[0], False

    @classmethod
    def of(cls, header: Sequence[TextNode], delimiter: str, *, of_terms: bool) -> ResultTable:
        """Return the table that a header begins."""
        return cls(delimiter, column_names([cell.text for cell in header]), of_terms)

    def row(self, cells: Sequence[TextNode]) -> Node:
        """Return a row by its cells; what has no place in the table is a text that says why."""
        placed = placed_row(cells, self.columns)
        if placed.fault:
            return TextNode(placed.fault, placed.offset)
        entries: dict[str, tuple[int, Node]] = {}
        for column, cell in placed.cells.items():
            value = TextNode(_plain(cell.text) if self.of_terms else cell.text, cell.offset)
            entries[column.removeprefix("?")] = (cell.offset, value)
        return MappingNode(placed.offset, entries)

    def result(self, rows: list[Node], end_offset: int = 0) -> Node:
        """Return the result with its rows, which end at the latest at `end_offset`."""
        variables = [TextNode(column.removeprefix("?"), 0) for column in self.columns]
        return _result(variables, ListNode(0, rows, end_offset=end_offset))


def is_xml_result(head: bytes) -> bool:
    """Tell whether a file begins as the result of a query in XML."""
    return _XML_IN_HEAD.match(head) is not None


def is_json_result(text: str) -> bool:
    """Tell whether a text begins as JSON."""
    return text[:_LONGEST_SPACE].lstrip().startswith(_JSON_BEGINS)


def is_table_result(head: bytes) -> bool:
    """Tell whether a file begins as a table that Wikidata answers with: a row names an entity and a date."""
    if b"/entity/" not in head:
        return False
    return any(
        any(map(_ENTITY.fullmatch, row)) and any(map(_DATE.fullmatch, row))
        for row in _first_rows(head.decode("utf-8", "replace").removeprefix("\ufeff"))
    )


def result_tree(text: SourceText) -> Tree:
    """Return the rows of a result with its variables; raises ReadError for what is in none of the forms."""
    if is_json_result(text.text):
        return read_json(text)
    if text.text[:_LONGEST_SPACE].lstrip().startswith("<"):
        return Tree(xml_result(read_xml(text), len(text.text)))
    return Tree(_of_table(text))


def xml_result(root: Element, end_offset: int) -> Node:
    """Return the result that an XML file is; `end_offset` is where its rows end at the latest."""
    variables = [
        TextNode(variable.attributes.get("name", ""), variable.offset)
        for head in _called(root, "head")
        for variable in _called(head, "variable")
    ]
    rows = ListNode(root.offset, end_offset=end_offset)
    for results in _called(root, "results"):
        rows.offset = results.offset
        rows.items += [row_of_xml(result) for result in _called(results, "result")]
    return _result(variables, rows)


def row_of_xml(result: Element) -> MappingNode:
    """Return a row by its element."""
    row = MappingNode(result.offset)
    for binding in _called(result, "binding"):
        value = next(iter(binding.children), None)
        if value is not None:
            is_blank = _local(value.name) == _BLANK
            node = TextNode(f"_:{value.text}" if is_blank else value.text, value.offset)
            row.entries.setdefault(binding.attributes.get("name", ""), (binding.offset, node))
    return row


def _of_table(text: SourceText) -> Node:
    delimiter, of_terms = ResultTable.form_of(text)
    header, *rows = filled_rows(text.text, delimiter) or [[]]
    table = ResultTable.of(header, delimiter, of_terms=of_terms)
    return table.result([table.row(cells) for cells in rows], len(text.text))


def _is_of_terms(text: str) -> bool:
    """Tell whether a text begins with the variables of a table between tabs, as they stand in a query."""
    return all(name.startswith("?") for name in text[:_LONGEST_HEADER].partition("\n")[0].split(_TAB))


def _first_rows(text: str) -> list[list[str]]:
    """Return the first rows of a table below its header; terms with marks of their own are no CSV."""
    if _is_of_terms(text):
        return [line.split(_TAB) for line in text.splitlines()[1:_MOST_ROWS]]
    found = table_head(text)
    return [] if found is None else found[1][1:]


def _plain(term: str) -> str:
    """Return a value without what a query puts around it."""
    match = _TERM.fullmatch(term.strip())
    if match is not None and match[1] is not None:
        return match[1]
    words = term if match is None else match[2]
    return _ESCAPED.sub(lambda one: _MEANT.get(one[1], one[1]), words)


def _result(variables: list[TextNode], rows: ListNode) -> MappingNode:
    head = MappingNode(0, {"vars": (0, ListNode(0, list(variables)))})
    return MappingNode(0, {"head": (0, head), "results": (0, MappingNode(0, {"bindings": (rows.offset, rows)}))})


def _called(element: Element, name: str) -> Iterator[Element]:
    """Give the children of a name, whatever stands for its namespace."""
    return (child for child in element.children if _local(child.name) == name)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
