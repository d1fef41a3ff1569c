"""Scrapy's HTTP handler behind the guard and the pace: the last step before the network."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from twisted.web._newclient import BODY

from bantin.scrape.frontier import Page
from bantin.scrape.guard import port_of
from bantin.scrape.refusal import Refused
from bantin.scrape.resolver import GuardedResolver
from bantin.scrape.spider import job_of

MAX_HEAD = 256 * 1024
"""Bytes of status lines and headers of one answer, and of the piece of its body that comes with them."""


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Twisted reads headers without an end; this hangs up after MAX_HEAD bytes of them."""

    _head = 0

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._parser is not None and self._parser.state != BODY:
            self._head += len(data)
            if self._head > MAX_HEAD and self.transport is not None:
                self.transport.abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: N802 - Twisted's name
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class PoliteHandler(HTTP11DownloadHandler):
    """The last step before the network, robots.txt included: the address is checked, the host's turn awaited."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory

    async def download_request(self, request: Request) -> Response:
        """One request at its turn."""
        job = job_of(self._crawler)
        page: Page | None = request.meta.get("page")
        ports = job.harvest.sites[page.site].ports if page else request.meta["ports"]
        parts = job.network.check(request.url, ports)
        host = parts.hostname or ""
        async with job.pace.turn(host):
            try:
                response = await super().download_request(request)
            except CannotResolveHostError:
                if refused := GuardedResolver.refused.pop(host, ""):
                    raise Refused("private_host", f"{host} resolves to {refused}") from None
                raise
            if response.ip_address is not None and not job.network.allows(str(response.ip_address), port_of(parts)):
                raise Refused("private_host", f"{host} answered from {response.ip_address}")
            return response
