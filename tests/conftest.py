"""What every test may use: the repository's folders, and the five real bulletins where they are present."""

from __future__ import annotations

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
