"""The output folder: built beside its place under a temporary name, and put there in one step when it is whole."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from bantin.errors import OutputError

DESCRIPTOR = "datapackage.json"
GENERATOR = "bantin"
"""Key of the descriptor under which a dataset says who made it."""

_HARMLESS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def dataset_files(folder: Path) -> frozenset[str] | None:
    """The names of the files of the dataset in `folder`, or None if there is no whole dataset of bantin."""
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        if GENERATOR not in descriptor:
            return None
        return frozenset({DESCRIPTOR, *(str(resource["path"]) for resource in descriptor["resources"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def sync(path: Path) -> None:
    """Waits until a file or folder is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def output_error(error: OSError, out: Path) -> OutputError:
    """What to tell the user about a write that failed: nothing is left behind, and what to do."""
    why = error.strerror or str(error)
    if error.errno in _FULL:
        return OutputError(
            f"{out}: no space left while writing ({why}); nothing was written. "
            f"Free space on the disk that holds {out.parent}, or choose another --out"
        )
    return OutputError(f"{out}: cannot be written ({why}); nothing was written. Choose another --out")


class OutputFolder:
    """A folder that appears whole or not at all.

    Entering makes sure that `out` is free and makes `work`, a hidden folder beside it; `publish` moves the folder that
    was built there to its place. Leaving removes `work`, whatever happened; what a killed run left behind is removed by
    the next one. Raises OutputError if `out` holds anything but a dataset of bantin, or one and `replace` is false.
    """

    def __init__(self, out: Path, replace: bool) -> None:
        self.out = Path(os.path.realpath(out))
        self._given = out
        self._replace = replace
        self._lock: int | None = None
        self.work = self.out

    def __enter__(self) -> OutputFolder:
        self.check()
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self._sweep()
            self.work = Path(tempfile.mkdtemp(prefix=self._prefix, dir=self.out.parent))
            self._lock = os.open(self.work / "lock", os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            raise output_error(e, self._given) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)

    def publish(self, built: Path) -> None:
        """Puts the folder `built`, a child of `work`, in the place of `out`."""
        for file in sorted(built.iterdir()):
            sync(file)
        sync(built)
        self.check()  # somebody else may have written there meanwhile
        if self.out.exists():
            previous = self.work / "previous"
            self.out.rename(previous)
            try:
                built.rename(self.out)
            except OSError:
                previous.rename(self.out)
                raise
        else:
            built.rename(self.out)
        sync(self.out.parent)

    @property
    def _prefix(self) -> str:
        return f".{self.out.name}.bantin-"

    def check(self) -> None:
        """Raises OutputError unless `out` is free, or holds a dataset that may be replaced."""
        if not self.out.exists():
            return
        if not self.out.is_dir():
            raise OutputError(f"{self._given}: is a file; --out names the folder to make")
        there = {p.name for p in self.out.iterdir()} - _HARMLESS
        if not there:
            return
        known = dataset_files(self.out)
        if known is None:
            some = ", ".join(sorted(there)[:3]) + (" ..." if len(there) > 3 else "")
            raise OutputError(
                f"{self._given}: holds something that is not a bantin dataset ({some}); "
                "choose a new folder, or empty this one yourself"
            )
        if not self._replace:
            raise OutputError(f"{self._given}: holds a dataset already; say --replace to put the new one in its place")
        if foreign := sorted(there - known):
            raise OutputError(
                f"{self._given}: holds a dataset and {', '.join(foreign[:3])}, which --replace would delete; "
                "move that away first"
            )

    def _sweep(self) -> None:
        """Removes what killed runs left; if one was killed between its last two steps, its old dataset returns."""
        for left in sorted(self.out.parent.glob(f"{_escape(self._prefix)}*")):
            with suppress(OSError):
                lock = os.open(left / "lock", os.O_RDWR)
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    previous = left / "previous"
                    if not self.out.exists() and dataset_files(previous) is not None:
                        previous.rename(self.out)
                    shutil.rmtree(left, ignore_errors=True)
                finally:
                    os.close(lock)


def _escape(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
