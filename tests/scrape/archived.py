"""What stands in an archive, read with warcio alone: the independent judge of what was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator


@dataclass(frozen=True)
class Stored:
    type: str
    url: str
    status: str
    body: bytes
    profile: str


def stored(folder: Path, pattern: str = "*.warc.gz") -> list[Stored]:
    """Responses and revisits of an archive's files, every digest verified."""
    out = []
    for file in sorted(folder.glob(pattern)):
        with file.open("rb") as stream:
            records = ArchiveIterator(stream, check_digests="raise")
            for record in records:
                body = record.content_stream().read()
                if record.rec_type in ("response", "revisit"):
                    head = record.rec_headers
                    out.append(
                        Stored(
                            record.rec_type,
                            head.get_header("WARC-Target-URI"),
                            record.http_headers.get_statuscode(),
                            body,
                            head.get_header("WARC-Profile") or "",
                        )
                    )
            assert records.err_count == 0
    return out
