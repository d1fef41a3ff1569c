"""The command line as a user meets it: real processes, exit codes, one line a fault, no traceback."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
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


DEAF = """
import sys, time
from bantin.cli.guard import guarded

class Cleared:
    def __del__(self):
        print("ready", flush=True)
        time.sleep(0.5)

def hears():
    print("ready", flush=True)
    time.sleep(60)

def catches():
    print("ready", flush=True)
    try:
        time.sleep(0.5)
    except:
        pass
    time.sleep(60)

def clears():
    Cleared()
    time.sleep(60)

def command():
    try:
        try:
            globals()[sys.argv[1]]()
        finally:
            time.sleep(1.5)  # longer than a second: what is raised again must not disturb the unwinding
            print("unwound", flush=True)
    finally:
        print("left", flush=True)

guarded(command)
"""


@pytest.mark.parametrize(
    ("number", "code", "says"),
    [
        (signal.SIGINT, 130, "bantin: interrupted; nothing was written"),
        (signal.SIGTERM, 143, "bantin: terminated; nothing was written"),
        (signal.SIGHUP, 129, "bantin: terminated; nothing was written"),
    ],
)
@pytest.mark.parametrize("command", ["hears", "catches", "clears"])
def test_a_signal_ends_a_command_that_does_not_hear_it(
    command: str, number: signal.Signals, code: int, says: str
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", DEAF, command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PIPELINE)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    output, errors = process.communicate(timeout=20)
    assert (process.returncode, errors.strip()) == (code, says)
    assert output == "unwound\nleft\n"


def test_the_process_keeps_its_own_answers_to_signals() -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)
    before = [signal.getsignal(n) for n in numbers]
    with pytest.raises(SystemExit):
        guarded(lambda: None)
    assert [signal.getsignal(n) for n in numbers] == before


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.1, 0.2, 0.3, 0.5])
def test_ctrl_c_while_it_starts_shows_no_traceback(archive: Path, tmp_path: Path, delay: float) -> None:
    """From the first line of bantin on: before that Python itself is starting."""
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_DFL); import bantin.__main__ as m; "
        "print('ready', flush=True); m.main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "run", str(archive), "--out", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PIPELINE)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (-signal.SIGINT, 130), errors
    assert errors in ("", "bantin: interrupted; nothing was written\n")
    assert list(tmp_path.iterdir()) == []


LOCKED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
"""Root may read everything; without these two capabilities it may not."""


def test_what_may_not_be_read(tmp_path: Path) -> None:
    """For real: a folder and a file without permissions, named, and inside a named folder; and where to write."""
    before = LOCKED if os.geteuid() == 0 else []
    if before and (shutil.which("setpriv") is None or subprocess.run([*LOCKED, "true"], check=False).returncode != 0):
        pytest.skip("this root cannot give up its right to read everything")
    inside = tmp_path / "in"
    (inside / "locked").mkdir(parents=True)
    text = stand_in.BULLETIN.format(year=2020, number=7, place=3)
    for name in ("good.txt", "secret.txt"):
        (inside / name).write_text(text, encoding="utf-8")
    (inside / "secret.txt").chmod(0)
    (inside / "locked").chmod(0)
    (tmp_path / "closed").mkdir(mode=0o555)

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        result = subprocess.run(
            [*before, sys.executable, "-m", "bantin", "run", *map(str, arguments)],
            capture_output=True,
            check=False,
            text=True,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(PIPELINE)},
        )
        assert "Traceback" not in result.stderr
        return result

    named = run(inside / "locked", "--out", tmp_path / "a")
    assert named.returncode == 2
    assert "locked: the folder cannot be listed (Permission denied); check its permissions" in named.stderr
    assert not (tmp_path / "a").exists()
    mixed = run(inside, "--out", tmp_path / "b")
    assert mixed.returncode == 1
    assert "2 rejects: 2 unreadable" in mixed.stdout
    closed = run(inside / "good.txt", "--out", tmp_path / "closed" / "out")
    assert closed.returncode == 2
    assert "cannot be written (Permission denied); nothing was written" in closed.stderr
    assert list((tmp_path / "closed").iterdir()) == []
    (inside / "locked").chmod(0o700)


def test_every_kind_of_bad_input_in_one_folder(tmp_path: Path) -> None:
    """Each becomes a row of rejects with its reason, the good ones articles, the same on two workers."""
    text = stand_in.BULLETIN.format(year=2020, number=7, place=3)
    folder = tmp_path / "in"
    folder.mkdir()
    line = "Đảng ủy xã họp. ".encode() * 2_200_000  # 52 MB
    cut = text.encode().rstrip()[:-1] + "ệ".encode()[:2]
    cases = {
        "good.txt": (text.encode(), None),
        "cut.txt": (cut, None),  # the last letter of its file is half there
        "empty.txt": (b"", "empty"),
        "blank.txt": (b" \n\t\n", "empty"),
        "binary.txt": (bytes(range(256)) * 50, "binary"),
        "zip.html": (b"PK\x03\x04" + bytes(100), "binary"),
        "english.txt": (
            b"The committee met on Monday to discuss the annual report of the district. " * 9,
            "not_vietnamese",
        ),
        "line.txt": (line, "too_large"),
        "broken.txt": (text.encode() + bytes(range(128, 256)) * 20, "undecodable"),
        "latin.txt": ("Le comité a été élu à l'unanimité, très tôt. ".encode("latin-1") * 9, "undecodable"),
        "lost.txt": (re.sub("[Ā-ỿ]", "?", text).encode(), "undecodable"),
        "rows.jsonl": (b'{"text": 5}', "malformed"),
        "torn.jsonl.gz": (b"hello", "unreadable"),
        "photo.jpg": (b"\xff\xd8\xff", "unsupported"),
    }
    for name, (data, _) in cases.items():
        (folder / name).write_bytes(data)
    (folder / "dangling.txt").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.txt")
    expected = {name: reason for name, (_, reason) in cases.items() if reason}
    expected |= {"dangling.txt": "unreadable", "pipe.txt": "unsupported"}
    for workers in ("1", "2"):
        out = tmp_path / f"out{workers}"
        result = bantin("run", folder, "--out", out, "--workers", workers)
        assert result.returncode == 1
        assert result.stderr == ""
        assert "2 articles" in result.stdout
        rows = bantin("query", out, "SELECT source_path, reason FROM rejects", "--format", "csv").stdout.splitlines()[
            1:
        ]
        assert {Path(path).name: reason for path, reason in (row.split(",") for row in rows)} == expected
