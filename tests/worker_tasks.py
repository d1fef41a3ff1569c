"""What worker processes do in test_workers; found there by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from typing import Any

from bantin.workers import Begin, Left, Step


def double(task: int, left: Mapping[Step, Left], begin: Begin) -> int:
    begin((0, 0))
    return 2 * task


def slow_double(task: int, left: Mapping[Step, Left], begin: Begin) -> tuple[int, int]:
    begin((0, 0))
    time.sleep(0.02)
    return 2 * task, os.getpid()


def three_steps(task: str, left: Mapping[Step, Left], begin: Begin) -> dict[Any, Left]:
    """The middle step of a "deadly" task ends the process, that of a "still" one never ends."""
    for step in ((0, 0), (0, 1), (0, 2)):
        if step in left:
            continue
        begin(step)
        if step == (0, 1) and task == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        while step == (0, 1) and task == "still":
            time.sleep(0.05)
    return dict(left)


def full_disk(task: int, left: Mapping[Step, Left], begin: Begin) -> None:
    raise OSError(28, "No space left on device")


def divide(task: int, left: Mapping[Step, Left], begin: Begin) -> float:
    return 1 / task


def dies_before_any_step(task: int, left: Mapping[Step, Left], begin: Begin) -> None:
    os._exit(3)


def holds_ctrl_c(task: int, left: Mapping[Step, Left], begin: Begin) -> tuple[int, bool]:
    """The process that did the task, and whether Ctrl-C waits in it."""
    time.sleep(0.05)
    return os.getpid(), signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
