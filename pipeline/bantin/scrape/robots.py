"""What a robots.txt says to this program (RFC 9309). Pure: bytes and a status in, a verdict out."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from protego import Protego

MAX_ROBOTS = 512 * 1024
"""Bytes that are read; RFC 9309 §2.5 asks for at least 500 KiB."""

_AGENT_LINE = re.compile(r"(?im)^([ \t]*user[- ]?agent(?:[ \t]*:[ \t]*|[ \t]+))([a-z_-]+|\*)[^\r\n]*$")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin for one product token. `unreachable` says why nothing may be fetched, or is empty."""

    rules: Protego | None = None
    agent: str = "*"
    unreachable: str = ""
    reason: str = "robots_unreachable"

    def allows(self, url: str) -> bool:
        """Whether this URL may be fetched."""
        return not self.unreachable and (self.rules is None or self.rules.can_fetch(url, self.agent))

    @property
    def delay(self) -> float:
        """Seconds of `Crawl-delay`, 0 where none is asked for."""
        return (self.rules.crawl_delay(self.agent) if self.rules else None) or 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses of `Sitemap` lines, as written."""
        return tuple(self.rules.sitemaps) if self.rules else ()


def read_robots(status: int, body: bytes, token: str) -> Robots:
    """The verdict of one answer. 2xx: its rules; 4xx: everything allowed; anything else: nothing.

    429 counts as unreachable: a server that asks for fewer requests has not said yes (RFC 9309 §2.3.1.3 says "may").
    """
    if 200 <= status < 300:
        return _parse(body[:MAX_ROBOTS], token)
    if 400 <= status < 500 and status != 429:
        return Robots()
    return Robots(unreachable=f"robots.txt answered {status}")


def _parse(body: bytes, token: str) -> Robots:
    encoding = next((name for bom, name in _BOMS if body.startswith(bom)), "utf-8")
    # RFC 9309 §2.2.1: groups are chosen by the product token alone, and groups of the same token are one. Protego would
    # take `ban` for `bantin` and keep `bantin/1.0` apart, so lines are cut to their token and the group is chosen here.
    text = _AGENT_LINE.sub(r"\1\2", body.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n"))
    named = {match[2].lower() for match in _AGENT_LINE.finditer(text)}
    return Robots(Protego.parse(text), token.lower() if token.lower() in named else "*")
