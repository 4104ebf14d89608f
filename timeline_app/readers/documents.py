"""Look excerpts up in the documents that they are taken from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from timeline_app.core.errors import ReadError
from timeline_app.core.event import Source, Verified
from timeline_app.core.found_words import change_words
from timeline_app.core.looked_up import LookedUp
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_file import MEGABYTE, read_source_file
from timeline_app.readers.source_text import decode_text
from timeline_app.readers.tree import MappingNode, Node, shortened

if TYPE_CHECKING:
    from timeline_app.core.excerpt_match import SearchedText

TEXT_ENDINGS = (".txt", ".md")
LARGEST_BYTES = 50 * MEGABYTE
# About five seconds of looking up; ten thousand excerpts of a book take less.
MOST_CHARACTERS_SEARCHED = 5_000_000_000
# About five seconds of comparing words with documents that do not have them.
MOST_STEPS = 1_000_000_000
_TOLD_CHANGES = 3
_NO_DOCUMENT = LookedUp(Verified.NO_DOCUMENT)


class Documents:
    """The documents of a timeline's sources, each opened once; of a source without one nothing can be verified.

    A document is opened only when it is a text file in the folder of its timeline or below, so that opening a timeline
    never reads what its folder does not hold.
    """

    def __init__(self, folder: Path, sources: Mapping[str, Source], node: Node | None, problems: ProblemLog) -> None:
        self._folder = folder
        self._problems = problems
        self._left_bytes = LARGEST_BYTES
        self._left_characters = MOST_CHARACTERS_SEARCHED
        self._left_steps = MOST_STEPS
        self._by_file: dict[str, tuple[SearchedText, str] | None] = {}
        self._by_key: dict[str, SearchedText] = {}
        entries = node.entries if isinstance(node, MappingNode) else {}
        for key, source in sources.items():
            definition = entries[key][1]
            if source.file and isinstance(definition, MappingNode):
                self._add(source, definition)

    def look_up(self, key: str, excerpt: str, offset: int) -> LookedUp:
        """Find an excerpt in the document of a source; report at `offset` what does not stand there word for word."""
        document = self._by_key.get(key)
        if document is None or self._left_characters < 0:
            return _NO_DOCUMENT
        looked_up = document.look_up(excerpt, most_steps=self._left_steps)
        self._left_characters -= len(document.text)
        self._left_steps -= looked_up.steps
        self._report(looked_up, offset)
        if self._left_characters < 0:
            self._problems.warning(
                "from here on excerpts are not looked up: documents and excerpts are too many", offset
            )
        return looked_up

    def _report(self, looked_up: LookedUp, offset: int) -> None:
        expected = "text: expected words that stand in the document of the source"
        if looked_up.verified is Verified.MISSING:
            self._problems.warning(f"{expected}; not found", offset)
        elif looked_up.verified is Verified.NEAR and looked_up.found is not None:
            changes = looked_up.found.changes
            told = ", ".join(shortened(change_words(change), 120) for change in changes[:_TOLD_CHANGES])
            more = f", and {len(changes) - _TOLD_CHANGES:,} more" if len(changes) > _TOLD_CHANGES else ""
            self._problems.warning(f"{expected}; found nearly the same: {told}{more}", offset)

    def _add(self, source: Source, definition: MappingNode) -> None:
        offset = definition.entries["file"][1].offset
        if source.file not in self._by_file:
            self._by_file[source.file] = self._open(source.file, offset)
        opened = self._by_file[source.file]
        if opened is None:
            return
        document, sha256 = opened
        self._by_key[source.key] = document
        if source.sha256 and source.sha256.lower() != sha256:
            message = f"sha256: {shortened(source.file)} has changed; expected the hash {sha256} that it has now"
            self._problems.warning(message, definition.entries["sha256"][1].offset)

    def _open(self, file: str, offset: int) -> tuple[SearchedText, str] | None:
        """Return a document with its hash, None when it may or can not be read."""
        if not _stays_below(file):
            self._problems.warning(
                f'file: expected a path below the timeline\'s folder; found "{shortened(file)}"', offset
            )
            return None
        if not file.lower().endswith(TEXT_ENDINGS):
            expected = f"expected a text ending in {' or '.join(TEXT_ENDINGS)}"
            self._problems.note(
                f'file: {expected}; found "{shortened(file)}", in which excerpts are not looked up', offset
            )
            return None
        try:
            path = (self._folder / file).resolve()
            if not path.is_relative_to(self._folder.resolve()):
                message = f'file: "{shortened(file)}" leads out of the timeline\'s folder; expected a file inside it'
                self._problems.warning(message, offset)
                return None
            content = read_source_file(path, largest_bytes=self._left_bytes, name=file)
            text = decode_text(content).text
        except ReadError as error:
            self._problems.warning(f"file: {error}", offset)
            return None
        except (OSError, RuntimeError, ValueError) as error:
            # Names that the system refuses, and symbolic links that go round in circles.
            self._problems.warning(f'file: "{shortened(file)}" cannot be opened: {error}', offset)
            return None
        self._left_bytes -= len(content.content)
        # Imported on use: most timelines name no document, and the first picture waits for what is imported.
        from timeline_app.core.excerpt_match import SearchedText

        return SearchedText(text), content.sha256


def _stays_below(file: str) -> bool:
    """Tell whether a path is relative and goes nowhere up, on any system."""
    windows = PureWindowsPath(file)
    return not (windows.drive or windows.root or PurePosixPath(file).is_absolute() or ".." in windows.parts)
