"""One record of a file that holds many: an article, or a reject that names it, so that the others are still read."""

from __future__ import annotations

from collections.abc import Callable

from bantin.errors import DataFileError, ReadError
from bantin.read.build import Origin
from bantin.types import Article, Reject


def attempt(read_one: Callable[[], Article], origin: Origin) -> Article | Reject:
    """The article that `read_one` gives, or its fault. Raises DataFileError, which is no fault of the record."""
    try:
        return read_one()
    except ReadError as e:
        return Reject(origin.label, origin.record, "read", e.reason, e.detail)
    except DataFileError:
        raise
    except Exception as e:  # noqa: BLE001 -- one record must never end the file
        return Reject(origin.label, origin.record, "read", "internal", f"{type(e).__name__}: {e}"[:500])
