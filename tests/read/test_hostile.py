"""Bad input of every kind: a named reject or an article, quickly, in bounded memory, never an exception."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from bantin.read import Source, plan, read
from bantin.types import REJECT_REASONS, Article, Reject

SENTENCE = "Ngày 5/3, Ban Thường vụ Đảng ủy tổ chức hội nghị triển khai nhiệm vụ năm mới với 120 đại biểu tham dự. "
S = SENTENCE.encode()
SECONDS = 2.0  # of CPU
MEMORY = 512 * 1024 * 1024  # bytes of one process with everything it has loaded
NOISE = random.Random(7).randbytes(5000)

REJECTS: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "empty.txt": ("empty", b""),
    "blank.txt": ("empty", b" \n\t\r\n \xc2\xa0"),
    "furniture.txt": ("empty", "Sign In\n.\nTag:\nThống kê truy cập\n".encode()),
    "noise.txt": ("binary", NOISE),
    "picture.html": ("binary", b"\x89PNG\r\n\x1a\n" + NOISE),
    "archive.jsonl": ("binary", b"PK\x03\x04" + NOISE.replace(b"\n", b"")),
    "english.txt": (
        "not_vietnamese",
        b"The committee met on Monday to discuss the annual report of the district. " * 20,
    ),
    "french.html": ("not_vietnamese", ("<p>" + "Le comité a décidé que l'été était très élevé. " * 30).encode()),
    "latin1.txt": ("undecodable", ("Le comité a décidé que l'été était très élevé. " * 20).encode("latin-1")),
    "long.txt": ("too_large", lambda: b"a" * 50_000_000),
    "paragraph.html": ("too_large", lambda: b"<p>" + S * 160_000),
    "attributes.html": ("too_large", lambda: b"<p " + b" ".join(b'a%d="x"' % i for i in range(200_000)) + b">" + S),
    "open.html": ("too_large", lambda: b"<p>x" * 300_000),
    "comments.html": ("too_large", lambda: b"<!--" * 200_000 + S),
    "hidden-attributes.html": (
        "too_large",
        lambda: b'<p title=">" ' + b" ".join(b"a%d" % i for i in range(200_000)) + b">" + S,
    ),
    "quoted.html": ("too_large", lambda: b"<p " + b" ".join(b"a%d='>'" % i for i in range(200_000)) + b">" + S),
    "bodies.html": ("too_large", lambda: b"".join(b"<body a%d=x>" % i for i in range(50_000)) + S),
    "brackets.html": ("too_large", lambda: b"<" * 3_000_000),
    "menu.html": ("empty", b"<ul><li><a href='/'>RSS</a></li></ul>"),
    "nothing.html": ("empty", b"<html><body></body></html>"),
    "list.jsonl": ("malformed", b"[1, 2]\n"),
    "nested.jsonl": ("malformed", b'{"text":' + b"[" * 100_000 + b"\n"),
    "cut.jsonl": ("malformed", b'{"text": "Ng'),
    "keys.jsonl": ("malformed", b'{"txt": "a"}\n'),
    "row.jsonl": ("empty", b'{"text": " \\n "}\n'),
    "line.jsonl": ("too_large", lambda: b'{"text":"' + b"a" * 50_000_000 + b'"}\n'),
    "plain.jsonl.gz": ("unreadable", b'{"text":"a"}'),
    "notes.docx": ("unsupported", b"x"),
}

ARTICLES: dict[str, bytes | Callable[[], bytes]] = {
    "cut.txt": (SENTENCE * 30).encode()[:-2],
    "utf16.txt": (SENTENCE * 5).encode("utf-16"),
    "utf16le.txt": (SENTENCE * 5).encode("utf-16-le"),
    "bom.txt": b"\xef\xbb\xbf" + S,
    "digits.txt": b"1" * 1_000_000,
    "word.txt": "hội ".encode() * 250_000,
    "lines.txt": "hội nghị\n".encode() * 100_000,
    "dots.txt": b".\n" * 100_000 + S,
    "deep.html": b"<div>" * 20_000 + S * 5 + b"</div>" * 20_000,
    "bold.html": b"<b><i>" * 20_000 + S * 5,
    "tables.html": b"<table><tr><td>" * 9_000 + S * 5,
    "long-tags.html": lambda: (b"<p " + b" ".join(b"a%d=x" % i for i in range(1_500)) + b">" + S) * 30,
    "quotes.html": lambda: b'<a title="x"" href=a>\xe1\xbb\x9f</a>' * 12_000 + S * 5,
    "menus.html": b"<div class=menu>" * 20_000 + S * 5,
    "titles.html": b"<div class=title>" * 20_000 + S * 5,
    "entities.html": b"<p>" + b"&amp;" * 500_000 + S,
    "bomb.jsonl": (b" " * 1_000_000 + b"\n") * 20 + json.dumps({"text": SENTENCE}).encode(),
}


def write(folder: Path, name: str, data: bytes | Callable[[], bytes]) -> Source:
    path = folder / name
    path.write_bytes(data() if callable(data) else data)
    (source,) = plan([path])
    return source


@pytest.mark.parametrize("name", REJECTS)
def test_bad_input_is_a_named_reject_in_time(name: str, tmp_path: Path) -> None:
    reason, data = REJECTS[name]
    source = write(tmp_path, name, data)
    begun = time.process_time()
    (found,) = read(source)
    assert time.process_time() - begun < SECONDS
    assert isinstance(found, Reject)
    assert (found.reason, found.stage, found.source_path) == (reason, "read", str(source.path))
    assert found.reason in REJECT_REASONS
    assert 5 < len(found.detail) < 300


@pytest.mark.parametrize("name", ARTICLES)
def test_odd_input_is_read_in_time(name: str, tmp_path: Path) -> None:
    source = write(tmp_path, name, ARTICLES[name])
    begun = time.process_time()
    (found,) = read(source)
    assert time.process_time() - begun < SECONDS
    assert isinstance(found, Article), found
    if name not in ("digits.txt", "word.txt", "lines.txt"):
        assert "Ban Thường vụ Đảng ủy" in found.text


def test_a_row_that_is_too_long_is_passed_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", 1) as file:
        for _ in range(100):
            file.write(b"a" * 1_000_000)
        file.write(b"\n" + json.dumps({"text": SENTENCE}).encode())
    tracemalloc.start()
    first, second = read(plan([path])[0])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(first, Reject)
    assert (first.reason, first.source_record) == ("too_large", "1")
    assert isinstance(second, Article)
    assert (second.text, second.source_record) == (SENTENCE, "2")
    assert peak < 120_000_000


def test_broken_rows_do_not_stop_the_file(tmp_path: Path) -> None:
    rows = [
        '{"text": "a',
        "{}",
        "",
        '{"text": "Năm 2024"}',
        "null",
        '{"text": "a\\ud800b"}',
        '{"html": "<p>Hội nghị.</p>"}',
    ]
    found = list(read(write(tmp_path, "rows.jsonl", "\n".join(rows).encode())))
    assert [(f.source_record, getattr(f, "reason", None) or f.text) for f in found] == [
        ("1", "malformed"),
        ("2", "malformed"),
        ("4", "Năm 2024"),
        ("5", "malformed"),
        ("6", "a\ufffdb"),
        ("7", "Hội nghị."),
    ]


def test_a_gzip_file_that_ends_too_early_gives_its_rows_and_a_reject(tmp_path: Path) -> None:
    data = "".join(json.dumps({"text": f"{SENTENCE}{i}"}) + "\n" for i in range(3000)).encode()
    found = list(read(write(tmp_path, "cut.jsonl.gz", gzip.compress(data)[:-4000])))
    assert len(found) > 100
    assert all(isinstance(f, Article) for f in found[:-1])
    assert isinstance(found[-1], Reject)
    assert found[-1].reason == "unreadable"
    assert "after row" in found[-1].detail


def test_a_file_that_vanished_is_a_reject(tmp_path: Path) -> None:
    source = write(tmp_path, "gone.txt", S)
    source.path.unlink()
    (found,) = read(source)
    assert isinstance(found, Reject)
    assert (found.reason, found.detail) == ("unreadable", "No such file or directory")


def test_a_link_to_nothing_in_a_folder_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    (source,) = plan([tmp_path])
    (found,) = read(source)
    assert isinstance(found, Reject)
    assert found.reason == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read any file")
def test_a_file_without_permission_is_a_reject(tmp_path: Path) -> None:
    source = write(tmp_path, "locked.txt", S)
    source.path.chmod(0)
    (found,) = read(source)
    assert isinstance(found, Reject)
    assert found.reason == "unreadable"


# --- memory, measured in a process of its own

BIG = ("paragraph.html", "attributes.html", "open.html", "long.txt", "comments.html", "entities.html", "long-tags.html")
_READER = """
import json, resource, sys, time
from pathlib import Path
import bantin.read.html, bantin.read.warc
from bantin.read import plan, read

def names(path):
    return [type(item).__name__ for source in plan([Path(path)]) for item in read(source)]

begun = time.process_time()
bad = names(sys.argv[1])
spent = time.process_time() - begun
good = names(sys.argv[2])
status = Path("/proc/self/status")  # ru_maxrss would count what the parent held when it forked
if status.exists():
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([bad, good, spent, peak]))
"""


def bomb() -> bytes:
    """A WARC record whose body unpacks to 300 MB."""
    body = gzip.compress(b" " * 300_000_000, 1)
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: {len(block)}"
    return head.encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


@pytest.mark.parametrize("name", [*BIG, "bomb.warc"])
def test_memory_and_seconds_of_a_worker(name: str, tmp_path: Path) -> None:
    """The whole process that reads a hostile file and then a good one: its CPU time and its largest resident size."""
    data = bomb if name == "bomb.warc" else REJECTS[name][1] if name in REJECTS else ARTICLES[name]
    path = write(tmp_path, name, data).path
    (tmp_path / "good.txt").write_text(SENTENCE * 3, encoding="utf-8")
    command = [sys.executable, "-c", _READER, str(path), str(tmp_path / "good.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    bad, good, spent, resident = json.loads(done.stdout)
    assert bad == ["Article" if name in ARTICLES else "Reject"]
    assert good == ["Article"]  # the worker survives
    assert spent < SECONDS
    assert resident < MEMORY
