"""Kills a crawler again and again at moments it cannot know, and starts it anew. Shared with benchmarks/scrape.py."""

from __future__ import annotations

import random
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any


def kill_often(start: Callable[[], subprocess.Popen[str]], server: Any, kills: int, most: int, seed: int) -> int:
    """SIGKILL after 1 to `most` answers and up to 30 ms, `kills` times; how many met a process that still ran."""
    chance, hit = random.Random(seed), 0
    for _ in range(kills):
        reached, wanted = threading.Event(), len(server.log) + chance.randint(1, most)

        def count(_: object, reached: threading.Event = reached, wanted: int = wanted) -> None:
            if len(server.log) >= wanted:
                reached.set()

        server.on_hit = count
        process = start()
        while process.poll() is None and not reached.wait(0.02):
            pass
        time.sleep(chance.random() * 0.03)
        hit += process.poll() is None
        process.kill()
        process.communicate()
    server.on_hit = lambda hit: None
    return hit
