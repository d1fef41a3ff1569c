"""The robots gate: a page goes on to the network only when its origin's robots.txt lets it."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from bantin.scrape.frontier import Page
from bantin.scrape.refusal import Refused
from bantin.scrape.robots import Robots, read_robots
from bantin.scrape.spider import exchange_of, job_of, reason_of
from bantin.scrape.urls import joined

MAX_CRAWL_DELAY = 300.0
_ROBOTS_HOPS = 5
_ROBOTS_HOLD = 24 * 3_600.0
"""Seconds for which a robots.txt holds (RFC 9309 §2.4)."""


class RobotsGate:
    """Lets a page through only when its origin's robots.txt does. One fetch an origin, whoever waits for it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked: dict[str, tuple[float, asyncio.Task[Robots]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsGate:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises Refused("robots"), ("robots_unreachable"), ("private_host") or ("crawl_delay")."""
        page: Page | None = request.meta.get("page")
        if page is None:
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        asked, task = self._asked.get(origin, (0.0, None))
        if task is None or time.monotonic() - asked > _ROBOTS_HOLD:
            task = asyncio.create_task(self._ask(origin, page))
            self._asked[origin] = (time.monotonic(), task)
        robots = await asyncio.shield(task)
        if robots.unreachable:
            raise Refused(robots.reason, robots.unreachable)
        if not robots.allows(request.url):
            raise Refused("robots", f"disallowed to {robots.agent}")
        if robots.delay > MAX_CRAWL_DELAY:
            raise Refused("crawl_delay", f"{robots.delay:g} s is longer than {MAX_CRAWL_DELAY:g} s")

    async def _ask(self, origin: str, page: Page) -> Robots:
        job = job_of(self._crawler)
        discovery = job.harvest.sites[page.site]
        host = urlsplit(origin).hostname or ""
        job.pace.slow_down(host, discovery.delay)
        robots = await self._fetch(urljoin(origin, "/robots.txt"), discovery.ports)
        if robots.delay <= MAX_CRAWL_DELAY:
            job.pace.slow_down(host, robots.delay)
        job.harvest.sitemaps_of(page, [joined(origin, url) for url in robots.sitemaps])
        return robots

    async def _fetch(self, url: str, ports: frozenset[int]) -> Robots:
        token, own = job_of(self._crawler).token, urlsplit(url).netloc
        for _ in range(_ROBOTS_HOPS + 1):
            try:
                response = await self._crawler.engine.download_async(
                    Request(url, meta={"ports": ports}, dont_filter=True)
                )
                exchange = exchange_of(response)
                location = exchange.header("Location")
                if exchange.status not in (301, 302, 303, 307, 308) or not location:
                    body = exchange.content() if 200 <= exchange.status < 300 else b""
                    return read_robots(exchange.status, body, token)
                url = urljoin(url, location)
            except Exception as e:  # noqa: BLE001 - whatever went wrong, the answer is no (RFC 9309 §2.3.1.4)
                reason, detail = reason_of(e)
                private = reason == "private_host" and urlsplit(url).netloc == own
                if private:
                    return Robots(unreachable=detail, reason=reason)
                return Robots(unreachable=f"{reason}: {detail}")
        return Robots(unreachable=f"robots.txt is behind more than {_ROBOTS_HOPS} redirects")
