"""The window between the archive and the index: whatever a kill leaves behind, index and files agree afterwards."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bantin.errors import OutputError
from bantin.scrape.archive import STATE, Archive
from bantin.scrape.discovery import Discovery
from bantin.scrape.exchange import Exchange
from bantin.scrape.frontier import Frontier, Page
from bantin.scrape.guard import Network
from bantin.scrape.harvest import Harvest, Site, _fields

from .archived import stored
from .fixture_site import article

HOME = "http://tinhuy.example.vn/"
LISTING = b"<ul><li><a href='/tin-100.html'>a</a><li><a href='/tin-200.html'>b</a></ul><a rel=next href='/?p=2'>sau</a>"


def exchange(url: str, body: bytes, status: int = 200, **headers: str) -> Exchange:
    given = {"Content-Type": "text/html; charset=utf-8", **headers}
    return Exchange(url, "GET", (("Host", "x"),), b"", status, tuple(given.items()), body, datetime.now(UTC))


@contextmanager
def opened(folder: Path, *names: str) -> Iterator[Harvest]:
    """A harvest as a run opens it, recovered and with its rounds begun."""
    archive, sites = (
        Archive(folder, "bantin/test"),
        [Site(name, Discovery((HOME,), detect=True)) for name in names or "t"],
    )
    frontier = Frontier(folder / STATE / "frontier.sqlite")
    harvest = Harvest(sites, archive, frontier, Network(), full=False, retry_wait=1)
    harvest.lost = harvest.recover()  # type: ignore[attr-defined]
    for site in sites:
        frontier.begin(site.name, harvest.seeds(site))
    try:
        yield harvest
    finally:
        frontier.close()
        archive.close()


def queue(harvest: Harvest) -> list[Page]:
    out: list[Page] = []
    while page := harvest.frontier.next(
        "tinhuy.example.vn", 9e9, taken=[p.page_id for p in out], sites=harvest.sites, closed=()
    ):
        out.append(page)
    return out


def append(harvest: Harvest, page: Page, answer: Exchange) -> None:
    """Only the first half of `take`: the record is on disk, the index does not know."""
    shelf = "articles" if page.kind == "article" else "discovery"
    harvest.archive.append(answer, shelf, _fields(page), None)


def test_a_record_the_index_does_not_know_is_adopted_with_its_links(tmp_path: Path) -> None:
    with opened(tmp_path) as harvest:
        (start,) = queue(harvest)
        append(harvest, start, exchange(HOME, LISTING))
    with opened(tmp_path) as harvest:
        assert [p.url for p in queue(harvest)] == [f"{HOME}tin-100.html", f"{HOME}tin-200.html", f"{HOME}?p=2"]
        one, two, _ = queue(harvest)
        harvest.take(one, exchange(one.url, article(1).encode()))
        append(harvest, two, exchange(two.url, article(2).encode()))
    with opened(tmp_path) as harvest:
        assert [p.url for p in queue(harvest)] == [f"{HOME}?p=2"]
        assert harvest.frontier.latest(two.page_id) is not None
    assert [s.body for s in stored(tmp_path)] == [article(1).encode(), article(2).encode()]


def test_a_torn_record_is_cut_off_at_every_byte(tmp_path: Path) -> None:
    with opened(tmp_path) as harvest:
        (start,) = queue(harvest)
        harvest.take(start, exchange(HOME, LISTING))
        one, two, _ = queue(harvest)
        harvest.take(one, exchange(one.url, article(1).encode()))
        (name,) = [n for n in harvest.archive.files() if not n.startswith(STATE)]
        whole = (tmp_path / name).stat().st_size
        append(harvest, two, exchange(two.url, article(2).encode()))
    data = (tmp_path / name).read_bytes()
    for cut in (*range(whole, whole + 40), *range(whole + 40, len(data), 61), len(data) - 1):
        (tmp_path / name).write_bytes(data[:cut])
        with opened(tmp_path) as harvest:
            assert two.url in [p.url for p in queue(harvest)]
        assert (tmp_path / name).stat().st_size == whole
    with opened(tmp_path) as harvest:
        harvest.take(two, exchange(two.url, article(2).encode()))
    assert [s.body for s in stored(tmp_path)] == [article(1).encode(), article(2).encode()]


def test_garbage_behind_the_last_record_is_cut_off(tmp_path: Path) -> None:
    with opened(tmp_path) as harvest:
        harvest.take(queue(harvest)[0], exchange(HOME, LISTING))
        harvest.take(queue(harvest)[0], exchange(f"{HOME}tin-100.html", b"mot"))
        (name,) = [n for n in harvest.archive.files() if not n.startswith(STATE)]
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole + os.urandom(5_000))
    with opened(tmp_path):
        pass
    assert (tmp_path / name).read_bytes() == whole


def test_records_that_are_gone_are_told_and_fetched_again(tmp_path: Path) -> None:
    with opened(tmp_path) as harvest:
        harvest.take(queue(harvest)[0], exchange(HOME, LISTING))
        for page in queue(harvest)[:2]:
            harvest.take(page, exchange(page.url, page.url.encode()))
        (name,) = [n for n in harvest.archive.files() if not n.startswith(STATE)]
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[:-10])
    with opened(tmp_path) as harvest:
        assert harvest.lost == {name: 1}  # type: ignore[attr-defined]
        assert f"{HOME}tin-200.html" in [p.url for p in queue(harvest)]
        assert len(stored(tmp_path)) == 1
        harvest.take(queue(harvest)[0], exchange(f"{HOME}tin-200.html", b"hai"))
    assert len(stored(tmp_path)) == 2
    (tmp_path / name).unlink()
    with opened(tmp_path) as harvest:
        assert harvest.lost == {name: 2}  # type: ignore[attr-defined]
        assert len([p for p in queue(harvest) if p.kind == "article"]) == 2


def test_an_index_that_was_deleted_is_made_again_from_the_archive(tmp_path: Path) -> None:
    with opened(tmp_path) as harvest:
        harvest.take(queue(harvest)[0], exchange(HOME, LISTING))
        for page in queue(harvest)[:2]:
            harvest.take(page, exchange(page.url, page.url.encode()))
    for file in (tmp_path / STATE).glob("frontier*"):
        file.unlink()
    with opened(tmp_path) as harvest:
        assert [p.url for p in queue(harvest) if p.kind == "article"] == []
        assert len(harvest.frontier.files()) == 2


def test_a_site_that_this_run_was_not_asked_for_keeps_its_links(tmp_path: Path) -> None:
    with opened(tmp_path, "a") as harvest:
        append(harvest, queue(harvest)[0], exchange(HOME, LISTING))
    with opened(tmp_path, "b") as harvest:
        assert [p for p in queue(harvest) if p.site == "a"] == []
    with opened(tmp_path, "a") as harvest:
        harvest.take(queue(harvest)[0], exchange(HOME, LISTING + b" "))
        assert [p.kind for p in queue(harvest)] == ["article", "article", "listing"]


def test_a_write_that_fails_leaves_nothing_of_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as harvest:
        harvest.take(queue(harvest)[0], exchange(HOME, LISTING))
        one, two, _ = queue(harvest)
        harvest.take(one, exchange(one.url, b"mot"))
        (name,) = [n for n in harvest.archive.files() if not n.startswith(STATE)]
        whole = (tmp_path / name).read_bytes()

        def full(descriptor: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="No space left on device"):
            harvest.take(two, exchange(two.url, b"hai"))
        monkeypatch.undo()
        assert (tmp_path / name).read_bytes() == whole
        harvest.take(two, exchange(two.url, b"hai"))
    assert [s.body for s in stored(tmp_path)] == [b"mot", b"hai"]


def test_a_file_is_left_when_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bantin.scrape.archive.MAX_FILE", 2_000)
    with opened(tmp_path) as harvest:
        harvest.take(queue(harvest)[0], exchange(HOME, LISTING))
        for page in queue(harvest)[:2]:
            harvest.take(page, exchange(page.url, os.urandom(3_000)))
    assert len(list(tmp_path.glob("*.warc.gz"))) == 2
    assert len(stored(tmp_path)) == 2


def test_names_of_files_hold_nothing_of_an_address(tmp_path: Path) -> None:
    url = f"{HOME}..%2F..%2Fetc%2Ftin-100.html"
    with opened(tmp_path) as harvest:
        harvest.take(queue(harvest)[0], exchange(HOME, f"<a href='{url}'>x</a><a href='/CON-123'>y</a>".encode()))
        for page in queue(harvest):
            harvest.take(page, exchange(page.url, b"x"))
    names = [p.name for p in tmp_path.rglob("*") if p.suffix == ".gz"]
    assert len(names) == 2
    assert all(
        set(name.removeprefix("bantin-").removesuffix(".warc.gz")) <= set("0123456789abcdefT-") for name in names
    )


def test_header_lines_cannot_be_smuggled_into_a_record(tmp_path: Path) -> None:
    with opened(tmp_path) as harvest:
        harvest.take(queue(harvest)[0], exchange(HOME, LISTING))
        page = queue(harvest)[0]
        hostile = "x\r\n\r\nWARC/1.1\r\nWARC-Type: response"
        harvest.take(page, exchange(page.url, b"mot", ETag=hostile))
        harvest.take(queue(harvest)[0], exchange(f"{HOME}tin-200.html", b"hai"))
    assert [s.body for s in stored(tmp_path)] == [b"mot", b"hai"]
