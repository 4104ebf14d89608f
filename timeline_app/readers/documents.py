"""Look excerpts up in the documents that they are taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.core.errors import ReadError
from timeline_app.core.event import Source, Verified
from timeline_app.core.found_words import change_words
from timeline_app.core.looked_up import LookedUp
from timeline_app.core.source_document import DocumentState, SourceDocument
from timeline_app.readers.document_file import (
    LARGEST_BYTES,
    document_endings,
    document_text,
    is_document,
    open_document,
)
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.tree import MappingNode, Node, shortened

if TYPE_CHECKING:
    from timeline_app.core.excerpt_match import SearchedText

# About five seconds of looking up; ten thousand excerpts of a book take less.
MOST_CHARACTERS_SEARCHED = 5_000_000_000
# About five seconds of comparing words with documents that do not have them.
MOST_STEPS = 1_000_000_000
_TOLD_CHANGES = 3
_NO_DOCUMENT = LookedUp(Verified.NO_DOCUMENT)


@dataclass(slots=True)
class _Opened:
    """A document whose bytes were read; its text is made when an excerpt first asks, `why` says that it has none."""

    source: SourceFile
    offset: int
    text: SearchedText | None = None
    why: str = ""


class Documents:
    """The documents of a timeline's sources, each opened once; of a source without one nothing can be verified.

    A document is opened only when it lies in the folder of its timeline or below, so that opening a timeline never
    reads what its folder does not hold.
    """

    def __init__(self, folder: Path, sources: Mapping[str, Source], node: Node | None, problems: ProblemLog) -> None:
        self._folder = folder
        self._problems = problems
        self._left_bytes = LARGEST_BYTES
        self._left_characters = MOST_CHARACTERS_SEARCHED
        self._left_steps = MOST_STEPS
        self._by_file: dict[str, _Opened | str] = {}
        self._by_key: dict[str, _Opened] = {}
        entries = node.entries if isinstance(node, MappingNode) else {}
        for key, source in sources.items():
            definition = entries[key][1]
            if source.file and isinstance(definition, MappingNode):
                self._add(source, definition)

    def look_up(self, key: str, excerpt: str, field: str, offset: int) -> LookedUp:
        """Find words in the document of a source; report a field at `offset` that is not word for word."""
        opened = self._by_key.get(key)
        document = self._text(opened) if opened is not None and self._left_characters >= 0 else None
        if document is None:
            return _NO_DOCUMENT
        looked_up = document.look_up(excerpt, most_steps=self._left_steps)
        self._left_characters -= len(document.text)
        self._left_steps -= looked_up.steps
        self._report(looked_up, field, offset)
        if self._left_characters < 0:
            self._problems.warning(
                "from here on excerpts are not looked up: documents and excerpts are too many", offset
            )
        return looked_up

    def with_documents(self, sources: Mapping[str, Source]) -> dict[str, Source]:
        """Return the sources, each with what became of the document that it names."""
        return {key: replace(source, document=self._state(source)) for key, source in sources.items()}

    def _report(self, looked_up: LookedUp, field: str, offset: int) -> None:
        expected = f"{field}: expected words that stand in the document of the source"
        if looked_up.verified is Verified.MISSING:
            self._problems.warning(f"{expected}; not found", offset)
        elif looked_up.verified is Verified.NEAR and looked_up.found is not None:
            changes = looked_up.found.changes
            told = ", ".join(shortened(change_words(change), 120) for change in changes[:_TOLD_CHANGES])
            more = f", and {len(changes) - _TOLD_CHANGES:,} more" if len(changes) > _TOLD_CHANGES else ""
            self._problems.warning(f"{expected}; found nearly the same: {told}{more}", offset)

    def _state(self, source: Source) -> SourceDocument | None:
        opened = self._by_file.get(source.file) if source.file else None
        if opened is None:
            return None
        place = (str(self._folder), source.file)
        if isinstance(opened, str) or opened.why:
            why = opened if isinstance(opened, str) else opened.why
            return SourceDocument(*place, DocumentState.UNREADABLE, why=why)
        sha256 = opened.source.sha256
        if not source.sha256:
            return SourceDocument(*place, DocumentState.NO_HASH, sha256)
        is_same = source.sha256.lower() == sha256
        return SourceDocument(*place, DocumentState.UNCHANGED if is_same else DocumentState.CHANGED, sha256)

    def _add(self, source: Source, definition: MappingNode) -> None:
        offset = definition.entries["file"][1].offset
        if source.file not in self._by_file:
            self._by_file[source.file] = self._open(source.file, offset)
        opened = self._by_file[source.file]
        if isinstance(opened, str):
            return
        self._by_key[source.key] = opened
        sha256 = opened.source.sha256
        if source.sha256 and source.sha256.lower() != sha256:
            message = f"sha256: {shortened(source.file)} has changed since this hash was recorded; it has {sha256} now"
            self._problems.warning(message, definition.entries["sha256"][1].offset)

    def _open(self, file: str, offset: int) -> _Opened | str:
        """Return a document, or why it may or can not be read."""
        if not is_document(file):
            why = f'expected a document ending in {document_endings()}; found "{shortened(file)}"'
            self._problems.note(f"file: {why}, in which excerpts are not looked up", offset)
            return why
        try:
            source = open_document(self._folder, file, self._left_bytes)
        except ReadError as error:
            self._problems.warning(f"file: {error}", offset)
            return str(error)
        self._left_bytes -= len(source.content)
        return _Opened(source, offset)

    def _text(self, opened: _Opened) -> SearchedText | None:
        """Return the text of a document, None when there is none to read, which is reported once."""
        if opened.text is None and not opened.why:
            # Imported on use: most timelines name no document, and the first picture waits for what is imported.
            from timeline_app.core.excerpt_match import SearchedText

            try:
                opened.text = SearchedText(document_text(opened.source))
            except ReadError as error:
                opened.why = str(error)
                self._problems.warning(f"file: {error}", opened.offset)
        return opened.text
