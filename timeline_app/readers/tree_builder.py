"""Build the tree of a structured text file from its tokens, within fixed bounds and without recursion."""

from __future__ import annotations

from timeline_app.core.errors import ReadError, TooManyValues
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, Tree, shortened

DEEPEST = 64
MOST_NODES = 2_000_000


class TreeBuilder:
    """Takes texts, beginnings and ends in the order of the file; raises ReadError where a bound is passed."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._open: list[ListNode | MappingNode] = []
        self._inside: ListNode | MappingNode | None = None
        self._key: str | None = None
        self._key_offset = 0
        self._root: Node | None = None
        self._nodes = 0
        self._faults: list[tuple[str, int]] = []

    @property
    def inside(self) -> ListNode | MappingNode | None:
        """The innermost list or mapping that is not yet closed."""
        return self._inside

    @property
    def expects_key(self) -> bool:
        """Whether the next text is the key of a mapping."""
        return self._key is None and type(self._inside) is MappingNode

    def add_text(self, text: str, offset: int) -> None:
        """Take a text: a key where one is due, a value everywhere else."""
        if self._key is None and type(self._inside) is MappingNode:
            self._key = text
            self._key_offset = offset
        else:
            self._attach(TextNode(text, offset))

    def open(self, node: ListNode | MappingNode) -> None:
        """Begin a list or a mapping."""
        if len(self._open) == DEEPEST:
            raise self._source.error(
                f"nested deeper than {DEEPEST} levels; a timeline needs no more than six", node.offset
            )
        self._attach(node)
        self._open.append(node)
        self._inside = node

    def close(self, offset: int) -> None:
        """End the innermost list or mapping; `offset` is just past it."""
        node = self._open.pop()
        if isinstance(node, ListNode):
            node.end_offset = offset
        self._inside = self._open[-1] if self._open else None

    def fault(self, message: str, offset: int) -> None:
        """Note something that is wrong without making the file unreadable."""
        self._faults.append((message, offset))

    def finish(self) -> Tree:
        """Return the tree; of a file without any value it is a text that says nothing."""
        return Tree(self._root or TextNode("", 0), self._faults)

    def _attach(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._source.error(f"more than {MOST_NODES:,} values in one file", node.offset, TooManyValues)
        inside = self._inside
        if inside is None:
            self._root = node
        elif isinstance(inside, ListNode):
            inside.items.append(node)
        else:
            self._attach_to_mapping(inside, node)

    def _attach_to_mapping(self, mapping: MappingNode, node: Node) -> None:
        key = self._key
        if key is None:
            raise self._key_error(node)
        self._key = None
        if key in mapping.entries:
            line = self._source.line(mapping.entries[key][0])
            message = f'"{shortened(key)}" is given twice here; the first, on line {line}, is used'
            self._faults.append((message, self._key_offset))
        else:
            mapping.entries[key] = (self._key_offset, node)

    def _key_error(self, node: Node) -> ReadError:
        kind = "a list" if isinstance(node, ListNode) else "a mapping"
        return self._source.error(f"expected the name of a field; found {kind}", node.offset)
