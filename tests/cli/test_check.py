"""`bantin check` on a corpus whose saved page no longer looks as its profile says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path


def test_a_drifted_layout_is_named_with_its_file_and_selector(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "corpus" / "pages" / "hemera", tmp_path / "pages" / "hemera")
    page = tmp_path / "pages" / "hemera" / "1.html"
    page.write_text(page.read_text(encoding="utf-8").replace("cms-body", "x").replace("article__body", "y"), "utf-8")
    command = [sys.executable, "-m", "bantin", "check", "--corpus", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{page}: sites/hemera.toml: body .cms-body or .article__body matches nothing" in done.stdout
    assert "2 pages: 1 findings" in done.stderr
