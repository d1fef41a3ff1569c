"""The last line of defence of the command line: every fault is one line on stderr and a documented exit code."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from bantin.errors import BantinError

MISUSE = 2
INTERRUPTED = 130
TERMINATED = 143


def guarded(command: Callable[[], object]) -> NoReturn:
    """Runs a command and ends the process: 0, what the command says, 2 for a fault, 130 for Ctrl-C.

    In Python's development mode (`python -X dev -m bantin`) faults of bantin itself keep their traceback.
    """
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminated)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Vietnamese letters is no fault
    try:
        command()
        sys.stdout.flush()
        code = 0
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 0 if e.code is None else MISUSE
        if code == INTERRUPTED:
            _say("interrupted; nothing was written")
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


def _terminated(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)  # unwinds, so that temporary folders are removed
