"""Scrapy as the downloader: HTTP, TLS, connections. What decides (queue, robots, pace, addresses, archive) is ours.

Everything Scrapy would do by itself beyond downloading is switched off: redirects, retries, cookies, proxies, caches.
Each hop of a redirect is a page of the frontier, so it passes the same gates as any other and survives a kill.
"""

from __future__ import annotations

from functools import partial

from scrapy.crawler import AsyncCrawlerProcess

from bantin.scrape.exchange import ACCEPT_ENCODING, MAX_BODY
from bantin.scrape.gate import RobotsGate
from bantin.scrape.handler import PoliteHandler
from bantin.scrape.resolver import GuardedResolver
from bantin.scrape.scheduler import FrontierScheduler
from bantin.scrape.spider import FrontierSpider, Job

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
