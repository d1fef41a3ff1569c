"""The output folder: what it refuses, that it appears whole or not at all, and that killed runs leave nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bantin.dataset import folder as folders
from bantin.dataset.folder import OutputFolder, dataset_files
from bantin.errors import OutputError


def make_dataset(where: Path, mark: str) -> Path:
    where.mkdir()
    (where / "articles.parquet").write_text(mark)
    descriptor = {"bantin": {}, "resources": [{"path": "articles.parquet"}]}
    (where / "datapackage.json").write_text(json.dumps(descriptor))
    return where


def publish(out: Path, replace: bool = False, mark: str = "new") -> None:
    with OutputFolder(out, replace) as folder:
        folder.publish(make_dataset(folder.work / "dataset", mark))


def hidden(where: Path) -> list[str]:
    return sorted(p.name for p in where.iterdir() if p.name.startswith("."))


def test_appears_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    publish(tmp_path / "a" / "out")
    assert dataset_files(tmp_path / "a" / "out") == {"articles.parquet", "datapackage.json"}
    assert hidden(tmp_path / "a") == []


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    publish(tmp_path / "out")
    assert (tmp_path / "out" / "articles.parquet").read_text() == "new"


def test_a_dataset_is_replaced_only_on_demand(tmp_path: Path) -> None:
    out = make_dataset(tmp_path / "out", "old")
    with pytest.raises(OutputError, match="--replace"):
        publish(out)
    assert (out / "articles.parquet").read_text() == "old"
    publish(out, replace=True)
    assert (out / "articles.parquet").read_text() == "new"
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("replace", [False, True])
def test_anything_else_is_refused_and_kept(tmp_path: Path, replace: bool) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_text("years of work")
    with pytest.raises(OutputError, match=r"thesis\.docx"):
        publish(out, replace)
    assert (out / "thesis.docx").read_text() == "years of work"
    (out / "datapackage.json").write_text('{"name": "of another tool", "resources": []}')
    with pytest.raises(OutputError, match="not a bantin dataset"):
        publish(out, replace)


def test_a_file_added_to_a_dataset_is_not_deleted(tmp_path: Path) -> None:
    out = make_dataset(tmp_path / "out", "old")
    (out / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"notes\.txt"):
        publish(out, replace=True)
    assert (out / "notes.txt").read_text() == "mine"


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        publish(tmp_path / "out")


def test_a_place_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        publish(tmp_path / "file" / "out")


def test_a_fault_leaves_the_old_dataset(tmp_path: Path) -> None:
    out = make_dataset(tmp_path / "out", "old")
    with pytest.raises(KeyboardInterrupt), OutputFolder(out, True) as folder:
        make_dataset(folder.work / "dataset", "new")
        raise KeyboardInterrupt
    assert (out / "articles.parquet").read_text() == "old"
    assert hidden(tmp_path) == []


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / ".out.bantin-dead"
    (left / "parts").mkdir(parents=True)
    (left / "lock").touch()
    publish(tmp_path / "out")
    assert hidden(tmp_path) == []


def test_a_living_run_is_left_alone(tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "out", False) as other:
        publish(tmp_path / "out")
        assert (other.work / "lock").exists()
    assert hidden(tmp_path) == []


def test_killed_between_the_last_two_steps_the_old_dataset_returns(tmp_path: Path) -> None:
    left = tmp_path / ".out.bantin-dead"
    left.mkdir()
    (left / "lock").touch()
    make_dataset(left / "previous", "old")
    with OutputFolder(tmp_path / "out", True):
        pass
    assert (tmp_path / "out" / "articles.parquet").read_text() == "old"


def test_a_folder_filled_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(OutputError), OutputFolder(tmp_path / "out", False) as folder:
        built = make_dataset(folder.work / "dataset", "new")
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "theirs").touch()
        folder.publish(built)
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["theirs"]


def test_a_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk" / "out")
    publish(tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert dataset_files(tmp_path / "disk" / "out") is not None


def test_no_space_is_said_with_what_to_do() -> None:
    import errno

    error = folders.output_error(OSError(errno.ENOSPC, "No space left on device"), Path("/data/out"))
    assert "nothing was written" in str(error)
    assert "/data" in str(error)
