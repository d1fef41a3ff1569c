"""Every notebook runs from a clean state on the sample archive."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda f: f.stem)
def test_notebook_runs(file: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(file, as_version=4)
    assert all(not c.get("outputs") for c in notebook.cells), "outputs are stripped before a commit"
    monkeypatch.delenv("MPLBACKEND", raising=False)
    monkeypatch.setenv("BANTIN_ARCHIVE", str(root / "corpus" / "archive"))
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    plots = [o for c in notebook.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})]
    assert len(plots) >= 3
