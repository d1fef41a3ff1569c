"""The README's commands and code run; every command and public name is documented."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import bantin

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
SHELL = [
    line.split("  #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("bantin ")
]
COMMANDS = ("scrape", "run", "show", "explain", "query", "export", "evaluate", "check", "models")


def _bantin(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bantin", *args], cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def workplace(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with corpus and models in it, as a reader of the README has it, and the dataset already written."""
    folder = tmp_path_factory.mktemp("reader")
    for name in ("corpus", "models"):
        (folder / name).symlink_to(root / name)
    done = _bantin("run", "corpus/archive", "--out", "dataset", cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return folder


def test_the_two_commands_stand_at_the_top() -> None:
    top = README[:1500]
    assert top.index("make dataset") < top.index("make test")


@pytest.mark.parametrize("code", PYTHON, ids=range(len(PYTHON)))
def test_python_block(code: str, workplace: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workplace, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    expected = re.findall(r"^# -> (.*)$", code, re.MULTILINE)
    for line in expected:
        assert line in done.stdout


@pytest.mark.parametrize("command", SHELL)
def test_shell_line(command: str, workplace: Path) -> None:
    done = _bantin(*shlex.split(command)[1:], cwd=workplace)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr


def test_blocks_were_found() -> None:
    assert PYTHON and len(SHELL) >= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_and_shows_an_example(command: str, tmp_path: Path) -> None:
    assert f"bantin {command}" in README
    if command != "models":
        assert "Example" in _bantin(command, "--help", cwd=tmp_path).stdout


@pytest.mark.parametrize("name", bantin.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert getattr(bantin, name).__doc__
