"""The spider that hands every answer to the harvest, and what the parts of one run share."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    CloseSpider,
    DownloadCancelledError,
    DownloadTimeoutError,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from bantin.errors import OutputError
from bantin.scrape.exchange import MAX_BODY, Exchange, Headers
from bantin.scrape.frontier import Page
from bantin.scrape.guard import Network
from bantin.scrape.harvest import Harvest
from bantin.scrape.pace import Pace
from bantin.scrape.refusal import Refused


@dataclass
class Job:
    """What the parts below share during one run."""

    harvest: Harvest
    pace: Pace
    network: Network
    user_agent: str
    limit: int
    timeout: float
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
        self._do(response.meta["page"], lambda page: self.job.harvest.take(page, exchange_of(response)))

    def fail(self, failure: Failure) -> None:
        """Errback of every request without an answer."""
        request: Request = failure.request  # type: ignore[attr-defined] # Scrapy puts it there
        reason, detail = reason_of(failure.value or ConnectionError())
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


def job_of(crawler: Crawler) -> Job:
    """The job of a crawl that is running."""
    spider = crawler.spider
    if not isinstance(spider, FrontierSpider):
        raise TypeError(type(spider).__name__)
    return spider.job


def exchange_of(response: Response) -> Exchange:
    """An answer of Scrapy as an exchange."""
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


def reason_of(error: BaseException) -> tuple[str, str]:
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
