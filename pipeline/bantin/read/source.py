"""What will be read: files and folders as the user named them become a list of `Source`, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bantin.errors import InputError

SourceKind = Literal["text", "html", "jsonl", "jsonl.gz", "csv", "parquet", "warc", "unsupported", "unreadable"]

KINDS: dict[str, SourceKind] = {
    ".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".jsonl.gz": "jsonl.gz",
    ".csv": "csv", ".parquet": "parquet", ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
"""The file types that `read` knows, by the end of the name in lower case."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `path` is as the user gave it (or the named folder with the way below it), `size` is bytes."""

    path: Path
    kind: SourceKind
    size: int

    @property
    def label(self) -> str:
        """The path as text; bytes of a file name that are not UTF-8 become U+FFFD."""
        return os.fsencode(self.path).decode("utf-8", "replace")


def plan(inputs: Sequence[Path], besides: Path | None = None) -> list[Source]:
    """Every file to read, each once, in the order of `inputs` and sorted by name within a folder.

    Folders are walked to the bottom. Hidden files are left out, and so is the folder `NAME_files` that a browser stores
    beside a saved `NAME.html`. A file of an unknown type is listed, so that it becomes a reject and is not lost.
    Nothing in the folder `besides`, whose path is resolved, is listed.
    Raises InputError for a path that does not exist and for a named folder that cannot be listed.
    """
    seen: set[str] = set()
    folders: dict[str, str] = {}
    sources = []
    for given in inputs:
        for source in _sources(Path(given)):
            key = _resolved(source.path, folders)
            if key not in seen and not (besides and key.startswith(f"{besides}{os.sep}")):
                seen.add(key)
                sources.append(source)
    return sources


def _resolved(path: Path, folders: dict[str, str]) -> str:
    """The path of a file without links. `folders` holds what folders are resolved already."""
    folder, name = os.path.split(path)
    if path.is_symlink():
        return os.path.realpath(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118 -- a thousand times a second


def _sources(given: Path) -> Iterator[Source]:
    try:
        info = given.stat()
    except FileNotFoundError:
        raise InputError(f"{given}: no such file or folder; check the path") from None
    except (OSError, ValueError) as e:
        raise InputError(f"{given}: cannot be read ({_why(e)}); check the path and its permissions") from None
    if not stat.S_ISDIR(info.st_mode):
        yield _source(given, info)
        return
    try:
        os.scandir(given).close()
    except OSError as e:
        raise InputError(f"{given}: the folder cannot be listed ({_why(e)}); check its permissions") from None
    failed: list[Path] = []
    for folder, folders, names in os.walk(given, onerror=lambda e: failed.append(Path(e.filename))):
        saved = {n.rsplit(".", 1)[0] + "_files" for n in names if n.lower().endswith((".html", ".htm"))}
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in saved)
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(folder, name)
                try:
                    yield _source(path, path.stat())
                except OSError:  # vanished since it was listed, or a link to nothing
                    yield Source(path, "unreadable", 0)
    for path in failed:
        yield Source(path, "unreadable", 0)


def _source(path: Path, info: os.stat_result) -> Source:
    if not stat.S_ISREG(info.st_mode):  # a pipe or a device would block or never end
        return Source(path, "unsupported", 0)
    name = path.name.lower()
    kinds: list[SourceKind] = [kind for end, kind in KINDS.items() if name.endswith(end)]
    return Source(path, kinds[0] if kinds else "unsupported", info.st_size)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
