"""Tasks on processes of this machine: one process and one private pipe a worker, receipts back, never rows.

A pool whose workers share a pipe hangs or loses tasks when one of them dies while writing. Here a worker that dies or
stands still is replaced and its task done again. Before each step (one article) a worker says which one it begins: so a
step that ends its worker twice, or takes too long, is known, left out, and reported by the task itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from bantin.errors import BantinError

T = TypeVar("T")
R = TypeVar("R")
Step = tuple[int, int]
Begin = Callable[[Step], None]

DEATHS_A_STEP = 2
"""A first death may come from outside (killed by hand, or for the memory of others): once more, then out."""
DEATHS_A_START = 3
"""A worker that dies before its first step was never able to work."""
SECONDS_TO_START = 60.0
"""Until its first step a worker imports and loads; on a busy machine that takes longer than a step may."""


@dataclass(frozen=True, slots=True)
class Left:
    """Why a step is left out: a reason of `REJECT_REASONS` and what happened."""

    reason: str
    detail: str


Work = Callable[[T, Mapping[Step, Left], Begin], R]
"""Does one task. Calls its third argument before each step; skips the steps of its second, and accounts for them."""


@dataclass(slots=True)
class _Job(Generic[T]):
    index: int
    task: T
    left: dict[Step, Left] = field(default_factory=dict)
    deaths: dict[Step | None, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    pipe: Connection
    heard: float
    job: _Job[T] | None = None
    step: Step | None = None


def map_tasks(
    work: Work[T, R], tasks: Sequence[T], workers: int, seconds_per_step: float, begun: Begin
) -> Iterator[tuple[int, R]]:
    """Yields (index, receipt) of every task as they are done, in no certain order; tells `begun` each step.

    `work` is found by its name in the worker, so it is a function of a module. Raises an OSError that `work` raises (a
    full disk), and BantinError for any other fault of it, or if workers cannot be started.
    """
    queue = deque(_Job(i, task) for i, task in enumerate(tasks))
    crew: list[_Worker[T]] = []
    try:
        crew += [_start(work) for _ in range(min(workers, len(tasks)))]
        while queue or any(w.job for w in crew):
            for i, worker in enumerate(crew):
                if worker.job is not None or not queue:
                    continue
                if _give(worker, queue[0]):
                    queue.popleft()
                else:  # it died while it had nothing to do
                    _end(worker)
                    crew[i] = _start(work)
            ready = set(wait([w.pipe for w in crew if w.job], timeout=min(1.0, seconds_per_step / 4)))
            for i, worker in enumerate(crew):
                if (job := worker.job) is None:
                    continue
                patience = seconds_per_step if worker.step else max(seconds_per_step, SECONDS_TO_START)
                late = time.monotonic() - worker.heard > patience
                alive = True
                if worker.pipe in ready:
                    alive, receipts = _hear(worker, begun)
                    for receipt in receipts:
                        yield job.index, receipt
                if not alive or (late and worker.pipe not in ready):
                    _end(worker)
                    _judge(job, worker, f"took over {seconds_per_step:g} s" if alive else None)
                    queue.appendleft(job)
                    crew[i] = _start(work)
    finally:
        for worker in crew:
            _end(worker)


def _start(work: Work[T, R]) -> _Worker[T]:
    context = multiprocessing.get_context("spawn")  # a forked sibling would hold this pipe open as well
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
    # Ctrl-C reaches the whole process group; only the parent shall answer it. The mask is inherited from the start on.
    # The tracker that the first process starts would lift the mask before that process is there: it comes before.
    resource_tracker.ensure_running()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    except RuntimeError as e:
        raise BantinError(
            "workers cannot be started from a script that starts them while it is imported; "
            'put the call under `if __name__ == "__main__":`'
        ) from e
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        theirs.close()
    return _Worker(process, ours, time.monotonic())


def _give(worker: _Worker[T], job: _Job[T]) -> bool:
    """Hands a job to an idle worker; False if the worker is gone."""
    try:
        worker.pipe.send((job.task, job.left))
    except OSError:
        return False
    worker.job, worker.step, worker.heard = job, None, time.monotonic()
    return True


def _hear(worker: _Worker[T], begun: Begin) -> tuple[bool, list[Any]]:
    """What a worker has said since it was last heard: whether it lives, and the receipt of a task it has done."""
    receipts = []
    try:
        while worker.pipe.poll():
            kind, said = worker.pipe.recv()
            worker.heard = time.monotonic()
            if kind == "step":
                worker.step = said
                begun(said)
            elif kind == "done":
                worker.job = None
                receipts.append(said)
            elif kind == "write":
                raise WorkerWriteError(*said)
            else:
                raise BantinError(said)
    except WorkerWriteError:
        raise
    except (EOFError, OSError):
        return worker.job is None, receipts  # one that dies after its receipt is found out by the next job
    return True, receipts


class WorkerWriteError(OSError):
    """A worker could not write what it made: errno and message as it met them."""


def _judge(job: _Job[Any], worker: _Worker[Any], late: str | None) -> None:
    """Notes a worker that ended or stood still; leaves its step out if the step is to blame. Raises if none is."""
    step = worker.step
    deaths = job.deaths[step] = job.deaths.get(step, 0) + 1
    if step is None:
        if deaths >= DEATHS_A_START:
            raise BantinError(f"workers end before they begin ({_ending(worker)}); try --workers 1 to see why")
    elif late is not None:
        job.left[step] = Left("budget", f"{late} and was ended")
    elif deaths >= DEATHS_A_STEP:
        job.left[step] = Left("internal", f"ended its worker process {deaths} times ({_ending(worker)})")


def _ending(worker: _Worker[Any]) -> str:
    code = worker.process.exitcode
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


def _end(worker: _Worker[Any]) -> None:
    worker.pipe.close()
    if worker.job is None:
        worker.process.join(0.5)  # an idle worker leaves by itself when its pipe closes
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join()


def _serve(pipe: Connection, work: Work[Any, Any]) -> None:
    """The life of a worker: one task after the other, until the pipe closes or the parent is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        while True:
            task, left = pipe.recv()
            try:
                receipt = work(task, left, lambda step: pipe.send(("step", step)))
            except (BrokenPipeError, EOFError):
                raise
            except OSError as e:
                pipe.send(("write", (e.errno, e.strerror or str(e))))
            except Exception as e:  # noqa: BLE001 -- whatever it is, the parent reports it and the run ends
                pipe.send(("fault", str(e) if isinstance(e, BantinError) else f"{type(e).__name__}: {e}"))
            else:
                pipe.send(("done", receipt))
    except (EOFError, OSError):
        return  # the parent closed the pipe or is gone


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
