"""Starts the runner (runner.py) and waits for what it says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).parent / "runner.py"


def begin(folder: Path, config: dict[str, Any]) -> subprocess.Popen[str]:
    """A run into `folder`/archive; the keys of `config` are those of the runner's CONFIG."""
    file = folder / "config.json"
    file.write_text(json.dumps({"archive": str(folder / "archive"), **config}), encoding="utf-8")
    return subprocess.Popen([sys.executable, RUNNER, file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str], seconds: float = 120) -> dict[str, Any]:
    """What `scrape` returned, as a dict, with its reports by site."""
    out, err = process.communicate(timeout=seconds)
    assert process.returncode == 0, err
    outcome: dict[str, Any] = json.loads(out)
    outcome["reports"] = {report["site"]: report for report in outcome["reports"]}
    return outcome
