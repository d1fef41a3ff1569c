"""Scrapy's scheduler replaced: it gives out the frontier's pages, each host at its pace."""

from __future__ import annotations

import time

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from bantin.scrape.frontier import Page
from bantin.scrape.spider import FrontierSpider, Job, job_of

_LONGEST_WAIT = 5.0
"""Seconds a page is handed out before its host's turn. A longer pause is waited for in the queue, so that an interrupt
ends the run at once; Scrapy asks again every 5 seconds."""


class FrontierScheduler(BaseScheduler):
    """Gives out the frontier's pages, to each host no more than it has connections."""

    def __init__(self, job: Job) -> None:
        self._job, self._frontier = job, job.harvest.frontier
        self._turn: list[str] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        """Made by Scrapy."""
        return cls(job_of(crawler))

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
