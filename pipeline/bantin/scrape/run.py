"""`scrape`: opens the archive, brings it in order, crawls, and tells what became of every site."""

from __future__ import annotations

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bantin.errors import InputError, OutputError
from bantin.scrape.archive import STATE, Archive
from bantin.scrape.frontier import Frontier
from bantin.scrape.guard import Network
from bantin.scrape.harvest import Harvest, Site
from bantin.scrape.refusal import Refused

DELAY = 3.0
CONNECTIONS = 1
RETRY_WAIT = 30.0
_TELL_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run behaves. `delay` and `retry_wait` are seconds, `limit` articles a site (0: all), `revisit` days after
    which an article is asked for again (None: only when a sitemap or feed says that it has changed)."""

    user_agent: str
    delay: float = DELAY
    connections: int = CONNECTIONS
    limit: int = 0
    revisit: float | None = None
    full: bool = False
    retry_wait: float = RETRY_WAIT
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Report:
    """One site after a run: articles fetched and unchanged, what else was looked through, refused pages by reason,
    how many pages are still queued (an interrupted or limited run), and for each reason one address with its detail."""

    site: str
    fetched: int
    unchanged: int
    looked_through: int
    moved: int
    refused: Mapping[str, int]
    queued: int
    examples: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run. `lost` counts records that had vanished from a file of the archive since the last run, by file."""

    reports: tuple[Report, ...]
    lost: Mapping[str, int]
    finished: bool


Tell = Callable[[int, int], None]
"""Called with how many pages are settled and how many are queued."""


def scrape(
    sites: Sequence[Site],
    archive: Path,
    settings: Settings,
    network: Network | None = None,
    tell: Tell | None = None,
) -> Outcome:
    """Fetches what is new on `sites` into the folder `archive`. Once a process: Scrapy's reactor cannot start again.

    A run that was killed is gone on with by the next one. Raises InputError for an address that cannot be fetched and
    OutputError for a folder that cannot be written or that another run is writing.
    """
    network = network or Network()
    _check(sites, network, settings)
    store = Archive(archive, f"bantin ({settings.user_agent})")
    try:
        frontier = Frontier(archive / STATE / "frontier.sqlite")
        try:
            return _run(sites, store, frontier, network, settings=settings, tell=tell)
        except sqlite3.Error as e:
            raise OutputError(f"{archive}: the frontier cannot be written ({e}); make room and run again") from None
        finally:
            frontier.close()
    finally:
        store.close()


def _check(sites: Sequence[Site], network: Network, settings: Settings) -> None:
    if not re.fullmatch(r"[A-Za-z_-]+(?:/\S+)? ?[\x20-\x7e]*", settings.user_agent):
        raise InputError(
            f"User-Agent {settings.user_agent!r}: write a name of letters, a slash and a version, then a contact"
        )
    for site in sites:
        for url in (*site.discovery.start, *site.discovery.feeds, *site.discovery.sitemaps):
            try:
                network.check(url, site.discovery.ports)
            except Refused as e:
                raise InputError(f"{url}: cannot be fetched: {e.detail}") from None


def _run(
    sites: Sequence[Site],
    store: Archive,
    frontier: Frontier,
    network: Network,
    *,
    settings: Settings,
    tell: Tell | None,
) -> Outcome:
    from bantin.scrape.crawl import crawl
    from bantin.scrape.pace import Pace
    from bantin.scrape.spider import Job

    fetchable = [site for site in sites if not site.discovery.needs_browser]
    harvest = Harvest(fetchable, store, frontier, network, full=settings.full, retry_wait=settings.retry_wait)
    lost = harvest.recover()
    before = ""
    if settings.revisit is not None:
        before = f"{datetime.now(UTC) - timedelta(days=settings.revisit):%Y-%m-%dT%H:%M:%S.%fZ}"
    for site in fetchable:
        frontier.begin(site.name, harvest.seeds(site), before)
    pace = Pace(settings.delay, settings.connections)
    harvest.hold = pace.hold
    settled, told_at = 0, 0.0

    def told() -> None:
        nonlocal settled, told_at
        settled += 1
        if tell is not None and time.monotonic() - told_at > _TELL_EVERY:
            told_at = time.monotonic()
            tell(settled, sum(frontier.queued(site.name) for site in fetchable))

    finished = crawl(Job(harvest, pace, network, settings.user_agent, settings.limit, settings.timeout, told))
    for site in fetchable:
        finished = frontier.finish(site.name) and finished
    return Outcome(tuple(_report(frontier, site) for site in sites), lost, finished)


def _report(frontier: Frontier, site: Site) -> Report:
    if site.discovery.needs_browser:
        return Report(site.name, 0, 0, 0, 0, {"script_only": 1}, 0)
    fetched = unchanged = looked = moved = 0
    refused: Counter[str] = Counter()
    for kind, state, reason, type_, status, count in frontier.outcomes(site.name):
        if state == "refused":
            refused[reason] += count
        elif status in (301, 302, 303, 307, 308):
            moved += count
        elif kind != "article":
            looked += count
            refused[reason] += count if reason else 0
        elif type_ == "revisit":
            unchanged += count
        else:
            fetched += count
    return Report(
        site.name, fetched, unchanged, looked, moved, dict(+refused), frontier.queued(site.name),
        frontier.examples(site.name),
    )  # fmt: skip
