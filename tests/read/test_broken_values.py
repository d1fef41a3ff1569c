"""Values that a file of a known kind holds and that cannot be: a reject or a null, never an exception."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from lxml.html import fromstring

from bantin.profiles import Layout, Profile
from bantin.read import plan, read
from bantin.read.profiled import Profiled, read_by
from bantin.read.warc import _moment
from bantin.types import Reject


def test_bytes_of_a_parquet_file_that_are_no_utf8(tmp_path: Path) -> None:
    text = pa.array([b"x\xff" * 50]).cast(pa.binary())
    column = pa.StringArray.from_buffers(1, text.buffers()[1], text.buffers()[2])
    file = tmp_path / "bai.parquet"
    pq.write_table(pa.table({"text": column}), file)
    (found,) = _read(file)
    assert isinstance(found, Reject)
    assert found.reason in ("malformed", "unreadable")


def _read(file: Path) -> list[object]:
    return list(read(plan([file])[0]))


def test_a_moment_before_the_first_in_utc() -> None:
    assert _moment("0001-01-01T00:00:00+14:00") is None


def test_a_page_whose_date_is_no_day_is_still_read() -> None:
    select = {"title": ("h1",), "body": ("div",), "date": ("p",)}
    page = fromstring("<html><body><h1>Tin</h1><p>31/02/2024</p><div>Nội dung</div></body></html>")
    profile = Profile("xa", "sites/xa.toml", layouts=(Layout(select),))
    assert isinstance(read_by(profile, page, None, "family xa"), Profiled)
