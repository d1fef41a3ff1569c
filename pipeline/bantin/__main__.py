"""`python -m bantin` is `bantin`, and this is where both begin."""

from __future__ import annotations

import signal


def main() -> None:
    """The command `bantin`. Until it has begun, Ctrl-C ends it as it ends any program: at once and without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bantin.cli import main as command

    command()


if __name__ == "__main__":
    main()
