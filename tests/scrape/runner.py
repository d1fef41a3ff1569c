"""Runs `bantin.scrape.scrape` in a process of its own, for the tests: python runner.py CONFIG, JSON on stdout.

The one place where loopback is let in. CONFIG is a file: `sites` (name to a `[scrape]` table), `archive`, `exempt`
(pairs of address and port), `names` (host to the addresses of its answers, the last one for ever after), and fields of
`Settings`. A process, because Scrapy's reactor starts once, and so that it can be killed.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bantin.scrape import Discovery, Settings, Site, scrape
from bantin.scrape.guard import Network


def lookup_of(names: dict[str, list[list[str]]]) -> Any:
    asked: dict[str, int] = {}

    def lookup(host: str) -> Sequence[str]:
        answers = names.get(host.rstrip(".").lower(), [[]])
        asked[host] = asked.get(host, -1) + 1
        return answers[min(asked[host], len(answers) - 1)]

    return lookup


def discovery(table: dict[str, Any]) -> Discovery:
    return Discovery(**{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})


def main() -> None:
    config = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if limit := config.get("file_limit"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    network = Network(
        frozenset((address, port) for address, port in config["exempt"]),
        lookup_of(config["names"]) if "names" in config else None,
    )
    settings = {"user_agent": "bantin/test (+mailto:thu@example.vn)", "delay": 0.0, "retry_wait": 0.1, "timeout": 20}
    outcome = scrape(
        [Site(name, discovery(table)) for name, table in config["sites"].items()],
        Path(config["archive"]),
        Settings(**settings | config.get("settings", {})),
        network,
    )
    status = Path("/proc/self/status")  # ru_maxrss would count what the parent held when it forked
    if status.exists():
        peak = int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**asdict(outcome), "peak_mb": peak}))


if __name__ == "__main__":
    main()
