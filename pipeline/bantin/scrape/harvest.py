"""One answer at a time: into the archive, its links into the frontier, its page settled. The same for an answer from
the network and for one that an interrupted run left in the archive without its entry in the index."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from bantin.scrape.archive import Archive, Group, Shelf
from bantin.scrape.discovery import Discovery, looks_like_article
from bantin.scrape.exchange import Exchange
from bantin.scrape.frontier import Found, Frontier, Kind, Page, Record
from bantin.scrape.guard import Network
from bantin.scrape.links import Links, is_article_page, opted_out, read_links, refresh_of
from bantin.scrape.refusal import Refused
from bantin.scrape.urls import ascii_url, canonical, joined

MAX_HOPS = 10
MAX_ATTEMPTS = 3
MAX_SITEMAP_DEPTH = 4
MAX_RETRY_AFTER = 3_600.0
STOP_AFTER = 5
"""Failures of a host in a row, after which it is left alone until the next run."""

_MOVED = (301, 302, 303, 307, 308)
_BUSY = (429, 503)


@dataclass(frozen=True, slots=True)
class Site:
    """A site under the name that its pages carry in the frontier."""

    name: str
    discovery: Discovery


class Harvest:
    """Ties archive and frontier together. `full` does not stop at known items and asks for whole answers."""

    def __init__(
        self,
        sites: Iterable[Site],
        archive: Archive,
        frontier: Frontier,
        network: Network,
        *,
        full: bool,
        retry_wait: float,
    ) -> None:
        self.sites = {site.name: site.discovery for site in sites}
        self.archive, self.frontier, self.network = archive, frontier, network
        self.full, self._retry_wait = full, retry_wait
        self._failures: dict[str, int] = {}
        self.hold: Callable[[str, float], None] = lambda host, seconds: None

    # before the first request

    def seeds(self, site: Site) -> list[Found]:
        """The addresses a round of a site begins with."""
        discovery = site.discovery
        kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
            ("start", discovery.start), ("feed", discovery.feeds), ("sitemap", discovery.sitemaps),
        )  # fmt: skip
        return [self._found(url, kind, discovery) for kind, urls in kinds for url in urls]

    def recover(self) -> dict[str, int]:
        """Brings index and files together after a run that was killed; how many records each file has lost.

        Whole groups that the index does not know are adopted, with their links; a torn end is cut off; pages whose
        records are gone are queued again.
        """
        known, lost = self.frontier.files(), {}
        for name in self.archive.files():
            size, actual = known.pop(name, 0), (self.archive.folder / name).stat().st_size
            if actual < size:
                lost[name] = self.frontier.lose(name, actual)
                size = self.frontier.files()[name]
            elif actual > size:
                for group in self.archive.groups(name, size):
                    self._adopt(group)
                size = self.archive.whole(name, size)
                self.frontier.keep(name, size)
            self.archive.resume(name, size)
        for name in known:
            lost[name] = self.frontier.lose(name, 0)
        return {name: count for name, count in lost.items() if count}

    def _adopt(self, group: Group) -> None:
        fields = group.fields
        if not fields.get("bantin-key") or not fields.get("bantin-site"):
            return
        kind, url = cast(Kind, fields.get("bantin-kind", "article")), fields.get("bantin-url", group.exchange.url)
        found = Found(
            url, fields["bantin-key"], urlsplit(url).hostname or "", kind, int(fields.get("bantin-depth", 0)),
            int(fields.get("bantin-hops", 0)), group.exchange.request_body or None,
        )  # fmt: skip
        self._settle(self.frontier.adopt(fields["bantin-site"], found), group.exchange, group.record)

    # answers

    def conditions(self, page: Page) -> Mapping[str, str]:
        """Headers that ask for the page only if it has changed since it was archived."""
        record = None if self.full or page.form else self.frontier.latest(page.page_id)
        if record is None:
            return {}
        pairs = {"If-None-Match": record.etag, "If-Modified-Since": record.last_modified}
        return {name: value for name, value in pairs.items() if value}

    def take(self, page: Page, exchange: Exchange) -> None:
        """Archives an answer and settles its page. Raises OutputError when the archive cannot be written."""
        if exchange.status in _BUSY or exchange.status >= 500:
            self._busy(page, exchange)
            return
        self._failures[page.host] = self._failures.get(page.host, 0) + 1 if exchange.status == 403 else 0
        previous = self.frontier.latest(page.page_id)
        if exchange.status == 304 and previous is None:
            self.frontier.settle(
                page, None, refused=("http_304", "unchanged since an answer that the archive does not hold")
            )
            return
        try:
            text = _text(exchange)
            reason = opted_out(text, exchange.header("X-Robots-Tag"), exchange.header("tdm-reservation"))
            if reason and page.kind == "article" and exchange.status == 200:
                raise Refused("opt_out", reason)
        except Refused as e:
            self.frontier.settle(page, None, refused=(e.reason, e.detail))
            return
        shelf: Shelf = "articles" if page.kind == "article" or _alone(page, exchange, text) else "discovery"
        record = self.archive.append(exchange, shelf, _fields(page), previous)
        self._settle(page, exchange, record)
        self._stop_if_failing(page, f"answered {exchange.status}")

    def fail(self, page: Page, reason: str, detail: str) -> None:
        """Settles a page that gave no answer, or leaves it for another attempt."""
        if reason in ("timeout", "connection", "dns"):
            self._failures[page.host] = self._failures.get(page.host, 0) + 1
            if page.attempts + 1 < MAX_ATTEMPTS and self._failures[page.host] < STOP_AFTER:
                self._later(page, self._wait(page), reason, detail)
                return
        self.frontier.settle(page, None, refused=(reason, detail))
        self._stop_if_failing(page, detail)

    def _busy(self, page: Page, exchange: Exchange) -> None:
        reason, wait = f"http_{exchange.status}", self._wait(page)
        asked = _retry_after(exchange.header("Retry-After"))
        self._failures[page.host] = self._failures.get(page.host, 0) + 1
        if asked > MAX_RETRY_AFTER:
            self.frontier.settle(page, None, refused=(reason, f"asks to come back in {asked:,.0f} s"))
            self.frontier.stop(page.host, f"{reason}: asks to come back in {asked:,.0f} s")
        elif page.attempts + 1 < MAX_ATTEMPTS and self._failures[page.host] < STOP_AFTER:
            self._later(page, max(wait, asked), reason, "")
        else:
            self.frontier.settle(page, None, refused=(reason, f"after {page.attempts + 1} attempts"))
            self._stop_if_failing(page, f"answered {exchange.status}")

    def _later(self, page: Page, wait: float, reason: str, detail: str) -> None:
        self.hold(page.host, wait)
        self.frontier.later(page, time.time() + wait, reason, detail)

    def _wait(self, page: Page) -> float:
        return float(self._retry_wait * 2**page.attempts)

    def _stop_if_failing(self, page: Page, detail: str) -> None:
        if self._failures.get(page.host, 0) >= STOP_AFTER:
            self.frontier.stop(page.host, f"{STOP_AFTER} failures in a row; the last: {detail}")

    # what an answer means

    def _settle(self, page: Page, exchange: Exchange, record: Record) -> None:
        discovery = self.sites.get(page.site)
        if discovery is None:  # adopted for a site that this run was not asked for: its links wait for a run that was
            again = "" if page.kind == "article" and exchange.status == 200 else page.url
            self.frontier.settle(page, record, again=again)
            return
        found: list[Found] = []
        refused, note, fingerprint, again = None, "", "", ""
        try:
            if exchange.status in _MOVED:
                found = [self._moved(page, joined(exchange.url, exchange.header("Location")), discovery)]
            elif exchange.status == 200 and record.type == "response":
                text = _text(exchange)
                target = refresh_of(text, exchange.url)
                moved = self._moved(page, target, discovery) if target else None
                if moved is not None and moved.key != canonical(exchange.url):
                    found = [moved]
                elif page.kind != "article" and not _alone(page, exchange, text):
                    links = read_links(exchange.content(), text, exchange.url, discovery, page.depth)
                    found, note, fingerprint = self._follow(page, links, discovery)
            elif exchange.status not in (200, 304):
                raise Refused(f"http_{exchange.status}", "")
        except Refused as e:
            refused = (e.reason, e.detail)
        if found and found[0].key == page.key and found[0].url != page.url and len(found) == 1:
            again, found = found[0].url, []  # the same page under a session id
        self.frontier.settle(
            page, record, refused=refused, found=found, note=note, fingerprint=fingerprint, again=again
        )

    def _moved(self, page: Page, url: str, discovery: Discovery) -> Found:
        if page.hops >= MAX_HOPS:
            raise Refused("redirects", f"more than {MAX_HOPS}; the last to {url}")
        found = self._found(url, page.kind, discovery, depth=page.depth, hops=page.hops + 1)
        if found.refused:
            raise Refused(*found.refused)
        return found

    def _follow(self, page: Page, links: Links, discovery: Discovery) -> tuple[list[Found], str, str]:
        listed = page.kind in ("feed", "sitemap")
        articles = [self._found(url, "article", discovery, updated=updated) for url, updated in links.articles]
        if not listed:  # a page links to half the web; only what belongs to the site concerns us
            articles = [f for f in articles if not f.refused]
        elif discovery.article:
            articles = [f for f in articles if f.refused or discovery.is_article(f.url)]
        out = list(articles)
        out += [self._found(url, "feed", discovery) for url in links.feeds]
        if page.depth < MAX_SITEMAP_DEPTH:
            out += [self._found(url, "sitemap", discovery, depth=page.depth + 1) for url, _ in links.sitemaps]
        note = "script_only" if links.scripted else ""
        if links.next is None or listed or not articles:
            return out, note, ""
        fingerprint = links.fingerprint
        more = page.depth + 1 < discovery.max_pages and not self.frontier.repeated(page.site, fingerprint)
        if more and (self.full or not self.frontier.known(page.site, articles)):
            url, form = links.next
            following = self._found(url, "listing", discovery, depth=page.depth + 1, form=form)
            out += [] if following.refused else [following]
        return out, note, fingerprint

    def _found(
        self, url: str, kind: Kind, discovery: Discovery, *, depth: int = 0, hops: int = 0, updated: str = "",
        form: bytes | None = None,
    ) -> Found:  # fmt: skip
        refused = None
        try:
            url = _on_the_wire(url)
            parts = self.network.check(url, discovery.ports)
            host = (parts.hostname or "").rstrip(".")
            if not discovery.covers(host):
                refused = ("other_host", f"{host} is not part of the site")
            key = canonical(url) + _form_key(form)
        except Refused as e:
            host, refused = "", (e.reason, e.detail)
            key = f"refused:{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()}"
            url = url[:500]
        return Found(url, key, host, kind, depth, hops, form, _utc(updated), refused)

    def sitemaps_of(self, page: Page, urls: Iterable[str]) -> None:
        """Queues the sitemaps that a robots.txt names, where the site looks for them by itself."""
        discovery = self.sites[page.site]
        if discovery.detect and page.kind == "start":
            self.frontier.add(page.site, [self._found(url, "sitemap", discovery) for url in urls])


def _alone(page: Page, exchange: Exchange, text: str) -> bool:
    """Whether a start page is itself the article that the user asked for."""
    return page.kind == "start" and exchange.status == 200 and looks_like_article(page.url) and is_article_page(text)


def _on_the_wire(url: str) -> str:
    try:
        return ascii_url(url)
    except ValueError as e:
        raise Refused("address", f"not a URL: {e}") from None


def _text(exchange: Exchange) -> str:
    from w3lib.encoding import html_to_unicode

    content = exchange.content()
    try:
        return html_to_unicode(exchange.header("Content-Type") or None, content)[1]
    except (LookupError, UnicodeError):  # names a codec that reads no pages: base64, idna
        return content.decode("utf-8", "replace")


def _fields(page: Page) -> dict[str, str]:
    return {
        "bantin-site": page.site, "bantin-kind": page.kind, "bantin-key": page.key, "bantin-url": page.url,
        "bantin-depth": str(page.depth), "bantin-hops": str(page.hops),
    }  # fmt: skip


def _form_key(form: bytes | None) -> str:
    """What tells one postback of a page from another: everything but the page's own state."""
    if form is None:
        return ""
    pairs = sorted(p for p in parse_qsl(form.decode(), keep_blank_values=True) if not p[0].startswith("__VIEW"))
    return f"#{hashlib.sha256(repr(pairs).encode()).hexdigest()[:16]}"


def _retry_after(value: str) -> float:
    """Seconds of a Retry-After header, in either of its forms; 0 where it has none."""
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _utc(updated: str) -> str:
    """A time of a sitemap or feed as the index writes times, "" where it is not one. A day
    without a time is its first moment."""
    try:
        when = datetime.fromisoformat(updated)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):  # the first day of the year 1 has no earlier one in UTC
        return ""
    return f"{when:%Y-%m-%dT%H:%M:%S.%fZ}"
