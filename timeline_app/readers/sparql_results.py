"""Read the result of a SPARQL query in any of its forms as the tree that its JSON would be.

SPARQL 1.1 defines four: JSON, XML (`<result><binding name="item"><uri>…`), CSV with plain values, and tables between
tabs, whose variables begin with a question mark and whose values are written as in a query: `<http://…>`, `"words"@en`,
`"1815-06-18T00:00:00Z"^^<…dateTime>`, `_:b0`. Nodes without a name, by which Wikidata says that a value is not known,
are called `_:…` in all of them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from timeline_app.readers.delimited import table_head
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.placed_cells import placed_table
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


def is_xml_result(head: bytes) -> bool:
    """Tell whether a file begins as the result of a query in XML."""
    return _XML_IN_HEAD.match(head) is not None


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
    beginning = text.text[:1000].lstrip()
    if beginning.startswith(_JSON_BEGINS):
        return read_json(text)
    if beginning.startswith("<"):
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
    is_of_terms = _is_of_terms(text.text)
    found = (_TAB, []) if is_of_terms else table_head(text.text)
    if found is None:
        raise text.error("expected the result of a query as JSON, XML or a table; found none of these", 0)
    columns, placed = placed_table(text.text, found[0])
    rows = ListNode(0, end_offset=len(text.text))
    for row in placed:
        entries: dict[str, tuple[int, Node]] = {}
        for column, cell in row.cells.items():
            value = TextNode(_plain(cell.text) if is_of_terms else cell.text, cell.offset)
            entries[column.removeprefix("?")] = (cell.offset, value)
        rows.items.append(TextNode(row.fault, row.offset) if row.fault else MappingNode(row.offset, entries))
    return _result([TextNode(column.removeprefix("?"), 0) for column in columns], rows)


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
