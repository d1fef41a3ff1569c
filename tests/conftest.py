"""What every test may use: the repository's folders, and the five real bulletins where they are present."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

settings.register_profile("bantin", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bantin")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the five real bulletins and their gold, which never enter the repository."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the five real bulletins (../shared) are not present; nothing was measured on them")
    return SHARED


@pytest.fixture
def own_heap() -> Iterator[None]:
    """For tests that take the time: the collector does not look through what other tests of this process have left."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
