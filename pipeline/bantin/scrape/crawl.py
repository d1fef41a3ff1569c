"""Scrapy as the downloader: HTTP, TLS, connections. What decides (queue, robots, pace, addresses, archive) is ours.

Everything Scrapy would do by itself beyond downloading is switched off: redirects, retries, cookies, proxies, caches.
Each hop of a redirect is a page of the frontier, so it passes the same gates as any other and survives a kill.
"""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    CloseSpider,
    DownloadCancelledError,
    DownloadTimeoutError,
)
from scrapy.http import Response
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from twisted.python.failure import Failure
from twisted.web._newclient import BODY
from zope.interface import implementer

from bantin.errors import OutputError
from bantin.scrape.exchange import ACCEPT_ENCODING, MAX_BODY, Exchange, Headers
from bantin.scrape.frontier import Page
from bantin.scrape.guard import Network, port_of
from bantin.scrape.harvest import Harvest
from bantin.scrape.pace import Pace
from bantin.scrape.refusal import Refused
from bantin.scrape.robots import Robots, read_robots

TIMEOUT = 60
MAX_CRAWL_DELAY = 300.0
MAX_HEAD = 256 * 1024
"""Bytes of status lines and headers of one answer, and of the piece of its body that comes with them."""

_LONGEST_WAIT = 5.0
"""Seconds a page is handed out before its host's turn. A longer pause is waited for in the queue, so that an interrupt
ends the run at once; Scrapy asks again every 5 seconds."""

_ROBOTS_HOPS = 5


@dataclass
class Job:
    """What the parts below share during one run."""

    harvest: Harvest
    pace: Pace
    network: Network
    user_agent: str
    limit: int
    timeout: float = TIMEOUT
    tell: Callable[[], None] = lambda: None
    taken: dict[int, str] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)
    failed: OutputError | sqlite3.Error | None = None

    @property
    def token(self) -> str:
        """The product token that robots.txt groups are matched with."""
        return self.user_agent.partition("/")[0].strip()

    @property
    def full_sites(self) -> list[str]:
        """Sites that have given as many articles as were asked for."""
        return [site for site, count in self.articles.items() if self.limit and count >= self.limit]


def crawl(job: Job) -> bool:
    """Runs until nothing is left to fetch; False when it was interrupted. Once a process: the reactor cannot restart.

    Raises OutputError when the archive cannot be written, sqlite3.Error when the frontier cannot.
    """
    process = AsyncCrawlerProcess(
        {
            "SCHEDULER": FrontierScheduler,
            "DOWNLOAD_HANDLERS": {
                "http": PoliteHandler,
                "https": PoliteHandler,
                "data": None,
                "file": None,
                "ftp": None,
                "s3": None,
            },
            "TWISTED_DNS_RESOLVER": partial(GuardedResolver, job.network),
            "DOWNLOADER_MIDDLEWARES": {
                RobotsGate: 100,
                **{f"scrapy.downloadermiddlewares.{name}": None for name in _OFF},
            },
            "SPIDER_MIDDLEWARES": {f"scrapy.spidermiddlewares.{name}": None for name in _OFF_SPIDER},
            "COMPRESSION_ENABLED": False,  # bodies are archived as sent; exchange.py opens them within bounds
            "CONCURRENT_REQUESTS": 100,  # most of them wait for their turn: pace.py counts and keeps the distance
            "CONCURRENT_REQUESTS_PER_DOMAIN": 100,
            "DOWNLOAD_DELAY": 0,
            "DOWNLOAD_MAXSIZE": MAX_BODY,
            "DOWNLOAD_WARNSIZE": 0,
            "DOWNLOAD_TIMEOUT": job.timeout,
            "DOWNLOAD_VERIFY_CERTIFICATES": True,
            "USER_AGENT": job.user_agent,
            "DEFAULT_REQUEST_HEADERS": {
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Language": "vi",
                "Accept-Encoding": ACCEPT_ENCODING,
            },
            "SCRAPER_SLOT_MAX_ACTIVE_SIZE": MAX_BODY,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "MEMUSAGE_ENABLED": False,
            "LOG_ENABLED": False,
        }
    )
    crawler = process.create_crawler(FrontierSpider)
    process.crawl(crawler, job=job)
    process.start()
    if job.failed is not None:
        raise job.failed
    return bool(crawler.stats.get_value("finish_reason") == "finished")


_OFF = (
    "offsite.OffsiteMiddleware", "robotstxt.RobotsTxtMiddleware", "httpauth.HttpAuthMiddleware",
    "retry.RetryMiddleware", "redirect.MetaRefreshMiddleware", "redirect.RedirectMiddleware",
    "cookies.CookiesMiddleware", "httpproxy.HttpProxyMiddleware", "httpcache.HttpCacheMiddleware",
    "httpcompression.HttpCompressionMiddleware",
)  # fmt: skip
_OFF_SPIDER = (
    "httperror.HttpErrorMiddleware", "referer.RefererMiddleware", "urllength.UrlLengthMiddleware",
    "depth.DepthMiddleware",
)  # fmt: skip


class FrontierSpider(Spider):
    """Hands answers to the harvest. It yields nothing: links go from the harvest into the frontier."""

    name = "bantin"

    def __init__(self, job: Job, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the frontier holds what is to be fetched."""
        return
        yield

    def take(self, response: Response) -> None:
        """Callback of every answer."""
        self._do(response.meta["page"], lambda page: self.job.harvest.take(page, _exchange(response)))

    def fail(self, failure: Failure) -> None:
        """Errback of every request without an answer."""
        request: Request = failure.request  # type: ignore[attr-defined] # Scrapy puts it there
        reason, detail = _reason(failure.value or ConnectionError())
        self._do(request.meta["page"], lambda page: self.job.harvest.fail(page, reason, detail))

    def _do(self, page: Page, settle: Callable[[Page], None]) -> None:
        job = self.job
        if job.failed is not None:
            return
        try:
            settle(page)
        except (OutputError, sqlite3.Error) as e:
            job.failed = e
            raise CloseSpider("output") from None
        except Exception as e:  # noqa: BLE001 - a fault of ours on one page must not ask for it for ever
            job.harvest.frontier.settle(page, None, refused=("internal", repr(e)))
        finally:
            job.taken.pop(page.page_id, None)
        if page.kind == "article":
            job.articles[page.site] = job.articles.get(page.site, 0) + 1
        job.tell()


class FrontierScheduler(BaseScheduler):
    """Gives out the frontier's pages, to each host no more than it has connections."""

    def __init__(self, job: Job) -> None:
        self._job, self._frontier = job, job.harvest.frontier
        self._turn: list[str] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        """Made by Scrapy."""
        return cls(_job(crawler))

    def has_pending_requests(self) -> bool:
        """Whether anything is queued, also what is only to be tried later."""
        return self._job.failed is None and self._frontier.waiting(
            sites=self._job.harvest.sites, closed=self._job.full_sites
        )

    def enqueue_request(self, request: Request) -> bool:
        """Never asked: nothing but the frontier makes requests."""
        return False

    def next_request(self) -> Request | None:
        """The next page of the host that has waited longest."""
        job = self._job
        if job.failed is not None:
            return None
        busy = list(job.taken.values())
        hosts = self._frontier.hosts()
        self._turn = [h for h in self._turn if h in hosts] + [h for h in hosts if h not in self._turn]
        for host in self._turn:
            if busy.count(host) >= job.pace.connections(host) or job.pace.wait(host) > _LONGEST_WAIT:
                continue
            page = self._frontier.next(
                host, time.time(), taken=job.taken, sites=job.harvest.sites, closed=job.full_sites
            )
            if page is not None:
                self._turn.remove(host)
                self._turn.append(host)
                job.taken[page.page_id] = host
                return self._request(page)
        return None

    def _request(self, page: Page) -> Request:
        spider = self._job_spider
        headers = dict(self._job.harvest.conditions(page))
        if page.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return Request(
            page.url, method="GET" if page.form is None else "POST", body=page.form or b"", headers=headers,
            callback=spider.take, errback=spider.fail, meta={"page": page}, dont_filter=True,
        )  # fmt: skip

    def open(self, spider: Spider) -> None:
        """Called by Scrapy before the first request."""
        if not isinstance(spider, FrontierSpider):
            raise TypeError(type(spider).__name__)
        self._job_spider = spider


class PoliteHandler(HTTP11DownloadHandler):
    """The last step before the network, robots.txt included: the address is checked, the host's turn awaited."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory

    async def download_request(self, request: Request) -> Response:
        """One request at its turn."""
        job = _job(self._crawler)
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


class RobotsGate:
    """Lets a page through only when its origin's robots.txt does. One fetch an origin, whoever waits for it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked: dict[str, asyncio.Task[Robots]] = {}

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
        if origin not in self._asked:
            self._asked[origin] = asyncio.create_task(self._ask(origin, page))
        robots = await asyncio.shield(self._asked[origin])
        if robots.unreachable:
            raise Refused(robots.reason, robots.unreachable)
        if not robots.allows(request.url):
            raise Refused("robots", f"disallowed to {robots.agent}")
        if robots.delay > MAX_CRAWL_DELAY:
            raise Refused("crawl_delay", f"{robots.delay:g} s is longer than {MAX_CRAWL_DELAY:g} s")

    async def _ask(self, origin: str, page: Page) -> Robots:
        job = _job(self._crawler)
        discovery = job.harvest.sites[page.site]
        host = urlsplit(origin).hostname or ""
        job.pace.slow_down(host, discovery.delay)
        robots = await self._fetch(urljoin(origin, "/robots.txt"), discovery.ports)
        job.pace.slow_down(host, min(robots.delay, MAX_CRAWL_DELAY))
        job.harvest.sitemaps_of(page, [urljoin(origin, url) for url in robots.sitemaps])
        return robots

    async def _fetch(self, url: str, ports: frozenset[int]) -> Robots:
        token, own = _job(self._crawler).token, urlsplit(url).netloc
        for _ in range(_ROBOTS_HOPS + 1):
            try:
                response = await self._crawler.engine.download_async(
                    Request(url, meta={"ports": ports}, dont_filter=True)
                )
                exchange = _exchange(response)
                location = exchange.header("Location")
                if exchange.status not in (301, 302, 303, 307, 308) or not location:
                    body = exchange.content() if 200 <= exchange.status < 300 else b""
                    return read_robots(exchange.status, body, token)
                url = urljoin(url, location)
            except Exception as e:  # noqa: BLE001 - whatever went wrong, the answer is no (RFC 9309 §2.3.1.4)
                reason, detail = _reason(e)
                private = reason == "private_host" and urlsplit(url).netloc == own
                return Robots(unreachable=f"{reason}: {detail}", reason=reason if private else "robots_unreachable")
        return Robots(unreachable=f"robots.txt is behind more than {_ROBOTS_HOPS} redirects")


@implementer(IHostnameResolver)
class GuardedResolver:
    """Twisted's resolver, whose answers are checked on the way to the connection.

    The endpoint connects to the very addresses that are passed on here and asks nobody else, so a name that changes its
    answer between two questions gains nothing. One bad address in an answer spoils all of it.
    """

    refused: dict[str, str] = {}  # noqa: RUF012 - one reactor a process, one resolver a reactor

    def __init__(self, network: Network, reactor: Any) -> None:
        self._network, self._reactor, self._inner = network, reactor, reactor.nameResolver

    def install_on_reactor(self) -> None:
        """Called by Scrapy."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's name
        self, receiver: Any, host: str, port: int = 0, types: Any = None, semantics: str = "TCP", **named: Any
    ) -> Any:
        """Addresses of `host`, all of them public, or none. See IHostnameResolver."""
        port = named.get("portNumber", port)
        checked = _Checked(receiver, host, port, self._network)
        lookup = self._network.lookup
        if lookup is None:
            return self._inner.resolveHostName(checked, host, port, types, semantics)
        checked.resolutionBegan(self)
        for address in _stand_in(lookup, host):
            checked.addressResolved((IPv6Address if ":" in address else IPv4Address)("TCP", address, port))
        checked.resolutionComplete()
        return self

    def cancel(self) -> None:
        """A stand-in's answer is there at once; nothing to cancel."""


def _stand_in(lookup: Callable[[str], Sequence[str]], host: str) -> Sequence[str]:
    try:  # a number in any of its forms is no name; the C library reads it
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except OSError:
        return [host] if ":" in host else lookup(host)


class _Checked:
    """Receives a resolver's answer, and passes it on when every address in it may be connected to."""

    def __init__(self, receiver: Any, host: str, port: int, network: Network) -> None:
        self._receiver, self._host, self._port, self._network = receiver, host, port, network
        self._addresses: list[Any] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - Twisted's names
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self._addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        bad = [a.host for a in self._addresses if not self._network.allows(a.host, self._port)]
        if bad:
            GuardedResolver.refused[self._host] = bad[0]
        else:
            for address in self._addresses:
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()


def _job(crawler: Crawler) -> Job:
    spider = crawler.spider
    if not isinstance(spider, FrontierSpider):
        raise TypeError(type(spider).__name__)
    return spider.job


def _exchange(response: Response) -> Exchange:
    request = response.request
    if request is None:
        raise ValueError("an answer without its request")
    sent = _pairs(request.headers)
    host = urlsplit(request.url).netloc
    return Exchange(
        request.url, request.method, (("Host", host), *sent), request.body, response.status,
        _pairs(response.headers), response.body, datetime.now(UTC),
        str(response.ip_address) if response.ip_address else None,
    )  # fmt: skip


def _pairs(headers: Any) -> Headers:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )


def _reason(error: BaseException) -> tuple[str, str]:
    """The reason from the closed set for an exception of the downloader."""
    text = str(error) or type(error).__name__
    if isinstance(error, Refused):
        return error.reason, error.detail
    if isinstance(error, DownloadCancelledError):
        return "too_large", f"more than {MAX_BODY:,} bytes"
    if isinstance(error, DownloadTimeoutError | asyncio.TimeoutError):
        return "timeout", text
    if isinstance(error, CannotResolveHostError):
        return "dns", text
    if "SSL" in repr(error) or "certificate" in repr(error).lower():
        return "tls", text
    return "connection", text
