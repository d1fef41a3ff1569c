"""What will be read: order, once each, hidden files, what cannot be listed."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from bantin.errors import InputError
from bantin.read import Source, plan


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_a_folder_is_walked_to_the_bottom_in_order(tmp_path: Path) -> None:
    touch(tmp_path, "b/2.html", "b/1.txt", "a.jsonl", "z.HTM", "c.jsonl.gz")
    sources = plan([tmp_path])
    assert [(s.path.relative_to(tmp_path).as_posix(), s.kind) for s in sources] == [
        ("a.jsonl", "jsonl"),
        ("c.jsonl.gz", "jsonl.gz"),
        ("z.HTM", "html"),
        ("b/1.txt", "text"),
        ("b/2.html", "html"),
    ]
    assert all(s.size == 1 for s in sources)


def test_the_same_file_is_read_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    assert [s.path.name for s in plan([tmp_path, tmp_path / "a.txt"])] == ["a.txt"]


def test_inputs_keep_the_order_in_which_they_were_named(tmp_path: Path) -> None:
    touch(tmp_path, "1.txt", "2.txt")
    assert [s.path.name for s in plan([tmp_path / "2.txt", tmp_path / "1.txt"])] == ["2.txt", "1.txt"]


def test_hidden_files_and_what_a_browser_stores_beside_a_page_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, ".hidden.txt", ".git/x.txt", "page.html", "page_files/frame.html", "page_files/style.css")
    assert [s.path.name for s in plan([tmp_path])] == ["page.html"]


def test_unknown_types_become_sources_that_are_rejected(tmp_path: Path) -> None:
    touch(tmp_path, "README.md", "gold.json")
    assert [s.kind for s in plan([tmp_path])] == ["unsupported", "unsupported"]
    assert plan([tmp_path / "README.md"])[0].kind == "unsupported"


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert plan([tmp_path / "pipe.txt"])[0].kind == "unsupported"


def test_a_missing_path_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere.*check the path"):
        plan([tmp_path / "nowhere"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list any folder")
def test_a_named_folder_that_cannot_be_listed_says_so(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    try:
        with pytest.raises(InputError, match="cannot be listed"):
            plan([locked])
        assert [s.kind for s in plan([tmp_path])] == ["unreadable"]
    finally:
        locked.chmod(0o700)


def test_a_named_folder_that_cannot_be_opened_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(InputError, match=r"cannot be listed \(Permission denied\)"):
        plan([tmp_path])


def test_a_file_name_that_is_not_utf8_can_be_shown(tmp_path: Path) -> None:
    source = Source(Path(os.fsdecode(b"b\xe1o.txt")), "text", 1)
    assert source.label == "b\ufffdo.txt"
    source.label.encode("utf-8")


def test_a_source_is_small_and_goes_to_another_process() -> None:
    source = Source(Path("a.txt"), "text", 3)
    assert pickle.loads(pickle.dumps(source)) == source
    assert len(pickle.dumps(source)) < 400
