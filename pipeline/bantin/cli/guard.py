"""The last line of defence of the command line: every fault is one line on stderr and a documented exit code."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import weakref
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

from bantin.errors import BantinError

MISUSE = 2
INTERRUPTED = 130
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
SECONDS_TO_UNWIND = 1.0


def guarded(command: Callable[[], object]) -> NoReturn:
    """Runs a command and ends the process: 0, what the command says, 2 for a fault, 130 for Ctrl-C.

    In Python's development mode (`python -X dev -m bantin`) faults of bantin itself keep their traceback.
    """
    end = _Ending()
    end.begin()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Vietnamese letters is no fault
    try:
        command()
        sys.stdout.flush()
        code = 0
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 0 if e.code is None else MISUSE
        if isinstance(e, _Ended) or code == INTERRUPTED:
            _say(f"{'interrupted' if code == INTERRUPTED else 'terminated'}; nothing was written")
    except KeyboardInterrupt:
        _say("interrupted; nothing was written")
        code = INTERRUPTED
    except BantinError as e:
        _say(str(e))
        code = MISUSE
    except BrokenPipeError:
        code = 1
    except OSError as e:
        full = e.errno in (errno.ENOSPC, errno.EDQUOT)
        hint = "; free some space and try again" if full else ""
        _say(f"{e.filename or 'system'}: {e.strerror or e}{hint}")
        code = MISUSE
    except Exception as e:
        if sys.flags.dev_mode:
            raise
        _say(f"a fault of bantin itself: {type(e).__name__}: {e}; please report it with the command you gave")
        code = MISUSE
    end.done()
    _leave(code)


def _leave(code: int) -> NoReturn:
    try:
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        # Whoever read the results has closed the pipe; the interpreter must not complain about it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = code or 1
    except OSError as e:
        _say(f"the results cannot be written: {e.strerror or e}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = MISUSE
    sys.exit(code)


def _say(message: str) -> None:
    print(f"bantin: {' '.join(message.split())}", file=sys.stderr)


class _Ended(SystemExit):
    """A signal asks the process to end: unwinds, so that temporary folders are removed."""


class _Ending:
    """Answers the signals that end a process, once each run, and makes sure that the answer is heard.

    What a signal raises may be lost where a library catches everything (`except:` around an import does). An exception
    that is lost is gone from memory, so it is looked for a second later, and raised again if it is not there. While it
    is there the process is unwinding, and further signals change nothing.
    """

    def __init__(self) -> None:
        self._raised: weakref.ref[_Ended] | None = None
        self._code = 0
        self._before: dict[int, Any] = {}
        self._unraisable = sys.unraisablehook

    def begin(self) -> None:
        for name in SIGNALS:
            number = getattr(signal, name)
            self._before[number] = signal.signal(number, self._answer)
        self._before[signal.SIGALRM] = signal.signal(signal.SIGALRM, self._answer)
        self._unraisable, sys.unraisablehook = sys.unraisablehook, self._lost

    def done(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, before in self._before.items():
            signal.signal(number, before)
        sys.unraisablehook = self._unraisable

    def _lost(self, lost: sys.UnraisableHookArgs) -> None:
        """Python reports what was raised while it cleared memory away; ours is raised again and needs no report."""
        if not isinstance(lost.exc_value, _Ended):
            self._unraisable(lost)

    def _answer(self, number: int, frame: FrameType | None) -> None:
        if number != signal.SIGALRM and not self._code:
            self._code = 128 + number
        if not self._code:
            return
        signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_UNWIND)
        if self._raised is not None and self._raised() is not None:
            return
        ended = _Ended(self._code)
        self._raised = weakref.ref(ended)
        try:
            raise ended
        finally:
            del ended  # a frame of its own traceback that names it would keep it in memory
