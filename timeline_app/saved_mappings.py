"""Which column of a table is which field, as the user once said, found again by the table's header."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from timeline_app.core.errors import WorkspaceError, WriteError

MAPPING_FORMAT = 1
LARGEST_BYTES = 1_000_000

_KEY_LENGTH = 32
_ENTRY = re.compile(r"[0-9a-f]{32}\.json")
_LEFTOVER = re.compile(r"\..*\.part")


class SavedMappings:
    """One small file a header, in a folder of the user's; each is written whole, and a damaged one is moved aside.

    May be used on any thread, and by several programs at once. What the disk refuses raises WorkspaceError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, signature: str) -> Mapping[str, str] | None:
        """Return the mapping that was saved for a header, None for none; raises WorkspaceError for a damaged one."""
        path = self._path(signature)
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise WorkspaceError(f"the columns saved in {path} cannot be read: {error.strerror}") from error
        mapping = _mapping_of(content, signature, path)
        if mapping is None:
            aside = _moved_aside(path)
            raise WorkspaceError(f"the columns saved for this header are damaged; they were kept as {aside.name}")
        return mapping

    def save(self, signature: str, mapping: Mapping[str, str]) -> None:
        """Keep a mapping for a header, in place of the one before; safe on the disk when this returns."""
        # Not for every file that is opened: all export formats are loaded with it.
        from timeline_app.writers.atomic import write_file

        tree = {"mapping_format": MAPPING_FORMAT, "header": signature, "mapping": dict(mapping)}
        content = json.dumps(tree, indent=2).encode()
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            write_file(self._path(signature), [content, b"\n"], force=True)
        except (OSError, WriteError) as error:
            raise WorkspaceError(f"the columns could not be saved: {error}") from error

    def forget_all(self) -> None:
        """Leave no mapping, nor what a program that was ended left of one; what was moved aside stays."""
        try:
            for path in self._files():
                if _ENTRY.fullmatch(path.name) or _LEFTOVER.fullmatch(path.name):
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise WorkspaceError(f"the saved columns could not be forgotten: {error.strerror}") from error

    def count(self) -> int:
        """Return for how many headers a mapping is saved."""
        try:
            return sum(_ENTRY.fullmatch(path.name) is not None for path in self._files())
        except OSError as error:
            raise WorkspaceError(f"the saved columns cannot be looked at: {error.strerror}") from error

    def _files(self) -> list[Path]:
        return sorted(self.folder.iterdir()) if self.folder.is_dir() else []

    def _path(self, signature: str) -> Path:
        digest = hashlib.sha256(signature.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / f"{digest[:_KEY_LENGTH]}.json"


def _mapping_of(content: bytes, signature: str, path: Path) -> Mapping[str, str] | None:
    """Return the mapping that a file holds, None when it is damaged; raises WorkspaceError for a newer program's."""
    if len(content) > LARGEST_BYTES:
        return None
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(tree, dict):
        return None
    number = tree.get("mapping_format")
    if type(number) is int and number > MAPPING_FORMAT:
        raise WorkspaceError(f"the columns saved in {path} are of a newer version of the program; they were left alone")
    mapping = tree.get("mapping")
    if number != MAPPING_FORMAT or tree.get("header") != signature or not isinstance(mapping, dict):
        return None
    if not all(isinstance(column, str) for column in mapping.values()):
        return None
    return MappingProxyType(mapping)


def _moved_aside(path: Path) -> Path:
    """Give a damaged file another name, the first that is free."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise WorkspaceError(f"the damaged {path} cannot be moved aside: {error.strerror}") from error
    return aside
