"""The command line as a user meets it: real processes, exit codes, one line a fault, no traceback."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bantin.cli import app
from bantin.cli.guard import guarded

sys.path.insert(0, str(Path(__file__).parents[1] / "dataset"))
import stand_in

PIPELINE = Path(__file__).parents[2] / "pipeline"


def bantin(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        [sys.executable, "-m", "bantin", *map(str, arguments)],
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
        **{"env": {**os.environ, "PYTHONPATH": str(PIPELINE), "NO_COLOR": "1"}, **options},  # type: ignore[call-overload]
    )
    assert "Traceback" not in result.stderr
    return result


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stand_in.write_archive(tmp_path_factory.mktemp("cli") / "archive", 4)


def test_a_clean_run_is_0_and_says_what_was_written(tmp_path: Path) -> None:
    only = tmp_path / "only"
    only.mkdir()
    (only / "one.txt").write_text(stand_in.BULLETIN.format(year=2020, number=7, place=3), encoding="utf-8")
    result = bantin("run", only, "--out", tmp_path / "out")
    assert (result.returncode, result.stderr) == (0, "")
    assert "1 article" in result.stdout
    assert f"bantin query {tmp_path / 'out'}" in result.stdout
    assert (tmp_path / "out" / "datapackage.json").exists()


def test_rejects_are_findings(archive: Path, tmp_path: Path) -> None:
    result = bantin("run", archive, "--out", tmp_path / "out", "--workers", "2")
    assert result.returncode == 1
    assert "3 rejects: 1 empty, 1 malformed, 1 unsupported" in result.stdout
    again = bantin("run", archive, "--out", tmp_path / "out")
    assert again.returncode == 2
    assert "--replace" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run", "nowhere", "--out", "out"), "nowhere: no such file"),
        (("run", "nowhere"), "--out"),
        (("run", ".", "--out", "out", "--workers", "0"), "--workers"),
        (("query", "nowhere", "SELECT 1"), "nowhere: no such folder"),
        (("query", ".", "SELECT 1"), "bantin run"),
        (("nonsense",), "nonsense"),
        (("--nonsense",), "--nonsense"),
    ],
)
def test_misuse_is_2_and_one_message(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    result = bantin(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert says in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_no_progress_bar_without_a_terminal(archive: Path, tmp_path: Path) -> None:
    assert bantin("run", archive, "--out", tmp_path / "out").stderr == ""


def test_a_progress_bar_on_a_terminal(archive: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bantin", "run", str(archive), "--out", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(PIPELINE), "TERM": "xterm"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment)
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        seen += piece
    assert process.wait(timeout=60) == 1
    assert b"writing tables" in seen
    os.close(ours)


def test_a_closed_pipe_is_quiet(archive: Path, tmp_path: Path) -> None:
    bantin("run", archive, "--out", tmp_path / "out")
    query = f"{sys.executable} -m bantin query {tmp_path / 'out'}"
    sql = "SELECT a.text FROM articles a, indicators, indicators"
    environment = {**os.environ, "PYTHONPATH": str(PIPELINE)}
    result = subprocess.run(
        f"{query} '{sql}' -f csv | head -n 1",
        shell=True,
        capture_output=True,
        check=False,
        text=True,
        env=environment,
        timeout=60,
    )
    assert result.stdout.startswith("text")
    assert result.stderr == ""


@pytest.mark.parametrize("command", ["run", "query"])
def test_help_shows_an_example_and_exit_codes(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"Example: bantin {command} " in result.stdout
    assert "Exit" in result.stdout


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, bantin.cli; print(sorted(set(sys.modules) & set(sys.argv[1:])))"
    heavy = ["pandas", "pyarrow", "numpy", "spacy", "underthesea", "lxml", "trafilatura", "rich", "regex"]
    result = subprocess.run(
        [sys.executable, "-c", code, *heavy],
        capture_output=True,
        check=False,
        text=True,
        env={"PYTHONPATH": str(PIPELINE)},
        timeout=60,
    )
    assert result.stdout.strip() == "[]", result.stderr


def test_help_starts_at_once() -> None:
    """Seconds of the processor, which do not depend on what else the machine does."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert bantin("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.3


def test_a_terminal_without_vietnamese_letters(archive: Path, tmp_path: Path) -> None:
    bantin("run", archive, "--out", tmp_path / "out")
    environment = {**os.environ, "PYTHONPATH": str(PIPELINE), "PYTHONIOENCODING": "latin-1"}
    result = bantin("query", tmp_path / "out", "SELECT 'Đảng ủy' AS a", env=environment)
    assert result.returncode == 0
    assert "\\u1ee7y" in result.stdout


def test_version() -> None:
    assert bantin("--version").stdout.startswith("bantin 0.")


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        (RuntimeError("two\nlines"), 2, "bantin: a fault of bantin itself: RuntimeError: two lines"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(28, "No space left on device", "x"), 2, "free some space"),
        (PermissionError(13, "Permission denied", "/srv/x"), 2, "/srv/x: Permission denied"),
        (BrokenPipeError(), 1, ""),
        (SystemExit(7), 7, ""),
        (SystemExit(None), 0, ""),
    ],
)
def test_every_fault_is_one_line(
    fault: BaseException, code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> None:
        raise fault

    with pytest.raises(SystemExit) as ended:
        guarded(command)
    assert ended.value.code == code
    errors = capsys.readouterr().err
    assert says in errors
    assert errors.count("\n") <= 1
