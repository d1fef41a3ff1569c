"""What the tests of the scraper share: servers that are closed at the end, runs into the test's own folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .runs import begin, finish


@pytest.fixture
def servers() -> Iterator[list[Any]]:
    """What is put in here is closed at the end."""
    opened: list[Any] = []
    yield opened
    for server in opened:
        server.close()


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """A whole run; keywords are the runner's CONFIG."""

    def whole(**config: Any) -> dict[str, Any]:
        return finish(begin(tmp_path, config))

    return whole
