"""Save events that a person made of a document's words, in a file of their own, and open it beside the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from pathlib import Path

from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.errors import WriteError
from timeline_app.core.event import Event, Source
from timeline_app.core.event_proposal import notes_of
from timeline_app.core.filter import Filter
from timeline_app.core.recorded_hash import united_source, with_hash
from timeline_app.readers.native_ids import free_id, slug
from timeline_app.writers import export

YAML_ENDINGS = (".yaml", ".yml")


class NewEvents:
    """What was saved in this session, by file; a file is only ever written again while it holds just that.

    A file that was there before is never replaced.
    """

    def __init__(self) -> None:
        self._saved: dict[Path, tuple[tuple[Event, ...], dict[str, Source], str]] = {}

    @property
    def last_path(self) -> Path | None:
        """The file that was written last, which the next event may be added to."""
        return next(reversed(self._saved), None)

    def save(
        self, event: Event, source: Source, path: Path, is_taken: Callable[[str], bool] = lambda _id: False
    ) -> Event:
        """Write an event to a new file, or with those that were saved to it before; return it with its id.

        An event that has none yet gets one that is not taken, by these or where `is_taken` says so.
        With the first excerpt from a document whose hash nobody recorded, that is recorded. Raises WriteError when the
        file was there before or is not as it was written, and when it cannot be written.
        """
        events, sources, sha256 = self._saved.get(path, ((), {}, ""))
        if sha256 and _sha256(path) != sha256:
            raise WriteError(f"{path} was changed since; choose another name, which is opened beside it")
        taken = _TakenIds(frozenset(one.id for one in events), is_taken)
        named = event if event.id else replace(event, id=free_id(slug(event.title) or "event", taken, {}))
        told = source_beside(source, path)
        # What was recorded with the first excerpt holds for the next ones, too.
        known = with_hash(united_source(told, sources.get(source.key, told)) or told)
        events, sources = (*events, named), {**sources, source.key: known}
        table = build_table([notes_of(events, sources, path.stem)], Gazetteer())
        export(table, Filter(), path, name="yaml", force=bool(sha256))
        self._saved.pop(path, None)
        self._saved[path] = (events, sources, _sha256(path))
        return named


@dataclass(frozen=True, slots=True)
class _TakenIds(Container[str]):
    own: frozenset[str]
    is_taken: Callable[[str], bool]

    def __contains__(self, event_id: object) -> bool:
        return isinstance(event_id, str) and (event_id in self.own or self.is_taken(event_id))


def source_beside(source: Source, path: Path) -> Source:
    """Return a source as a file may name it: with its document only where that lies below the file's folder."""
    document = source.document
    if document is None or Path(document.folder).resolve() == path.parent.resolve():
        return source
    return replace(source, file="", sha256="", document=None)


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def save_and_open(
    event: Event,
    source: Source,
    saved: NewEvents,
    ask_path: Callable[[Path], Path | None],
    open_beside: Callable[[Event, Path], None],
    is_taken: Callable[[str], bool] = lambda _id: False,
) -> Path | None:
    """Ask for a file, save the event to it and open it; None when the person gave up.

    `is_taken` tells which ids other events have. Raises WriteError as `save`.
    """
    folder = Path(source.document.folder) if source.document else Path.home()
    path = ask_path(saved.last_path or folder / "new-events.yaml")
    if path is None:
        return None
    path = path if path.suffix.lower() in YAML_ENDINGS else path.with_name(f"{path.name}.yaml")
    open_beside(saved.save(event, source, path, is_taken), path)
    return path
