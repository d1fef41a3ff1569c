"""The supervisor of worker processes: nothing lost, nothing twice, whatever ends a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # workers find `work` by its name
import worker_tasks as tasks
from bantin.errors import BantinError
from bantin.workers import map_tasks


def done(work: Any, given: list[Any], workers: int = 2, seconds: float = 20.0) -> dict[int, Any]:
    receipts = list(map_tasks(work, given, workers, seconds, lambda _: None))
    assert len(receipts) == len(given), "a task was lost or done twice"
    return dict(receipts)


def test_every_task_once() -> None:
    assert done(tasks.double, list(range(20))) == {i: 2 * i for i in range(20)}


def test_a_step_that_ends_its_worker_twice_is_left_out() -> None:
    receipts = done(tasks.three_steps, ["fine", "deadly", "fine", "deadly", "fine"])
    assert receipts[0] == {}
    assert list(receipts[1]) == [(0, 1)]
    assert receipts[1][0, 1].reason == "internal"
    assert "SIGKILL" in receipts[1][0, 1].detail


def test_a_step_that_stands_still_is_left_out() -> None:
    receipts = done(tasks.three_steps, ["fine", "still", "fine"], seconds=1.5)
    assert receipts[0] == receipts[2] == {}
    assert receipts[1][0, 1].reason == "budget"


def test_workers_killed_from_outside_lose_nothing() -> None:
    receipts: dict[int, int] = {}
    kills = 0
    for index, (value, pid) in map_tasks(tasks.slow_double, list(range(40)), 2, 20.0, lambda _: None):
        assert index not in receipts
        receipts[index] = value
        if index % 5 == 0:
            os.kill(pid, signal.SIGKILL)
            kills += 1
    assert receipts == {i: 2 * i for i in range(40)}
    assert kills == 8


def test_a_write_error_ends_the_run_as_oserror() -> None:
    with pytest.raises(OSError, match="No space") as caught:
        done(tasks.full_disk, [1, 2, 3])
    assert caught.value.errno == 28


def test_any_other_fault_ends_the_run() -> None:
    with pytest.raises(BantinError, match="ZeroDivisionError"):
        done(tasks.divide, [1, 0, 1])


def test_workers_that_never_start_are_told() -> None:
    with pytest.raises(BantinError, match="end before they begin"):
        done(tasks.dies_before_any_step, [1, 2])


def test_workers_end_when_the_caller_stops_listening() -> None:
    receipts = map_tasks(tasks.slow_double, list(range(100)), 2, 20.0, lambda _: None)
    _, (_, pid) = next(receipts)
    receipts.close()  # type: ignore[attr-defined]
    for _ in range(50):
        if not _alive(pid):
            return
        time.sleep(0.1)
    pytest.fail("the worker is still there")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_waits_in_every_worker_even_the_first_of_a_process() -> None:
    """In a process of its own, for the first worker of a process is another case: it brings the resource tracker."""
    here = Path(__file__).parent
    script = f"""
import sys
sys.path.insert(0, {str(here)!r})
import worker_tasks
from bantin.workers import map_tasks
if __name__ == "__main__":
    told = dict(r for _, r in map_tasks(worker_tasks.holds_ctrl_c, list(range(20)), 2, 20.0, lambda _: None))
    print(len(told), all(told.values()))
"""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(script)
        file.flush()
        told = subprocess.run([sys.executable, file.name], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.split() == ["2", "True"], told
