"""Whole runs on the fixture site: every content system, what is new, what is unchanged, traps, politeness, faults.

Starting Scrapy takes a second, so many hosts share two runs on one archive (`twice`), and each test looks at its own.
"""

from __future__ import annotations

import fcntl
import itertools
import re
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bantin.read import plan, read
from bantin.types import Article, Reject

from .archived import Stored, stored
from .fixture_site import Ask, Hit, NewsSite, Reply, Server, article, html, links, redirect, rss, urlset, xml
from .runs import begin, finish

FEW = 80
Run = Callable[..., dict[str, Any]]


class Hosts(Server):
    """One server for many host names; a host without a robots.txt of its own has none. `round` is which run it is."""

    def __init__(self) -> None:
        self.round = 1
        self.busy = 2
        super().__init__(self._by_host)

    def _by_host(self, ask: Ask) -> Reply:
        if ask.path == "/robots.txt":
            return Reply(b"Sitemap: /ban-do.xml") if ask.host == "tim.test" else Reply(b"", 404)
        reply: Reply = getattr(self, ask.host.partition(".")[0])(ask)
        return reply

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def of(self, host: str, hits: list[Hit]) -> list[str]:
        return [hit.path for hit in hits if hit.host == host]

    def tim(self, ask: Ask) -> Reply:
        """Feed, sitemap and next page to be detected."""
        match ask.path:
            case "/":
                feed = "<link rel=alternate type='application/rss+xml' href='/rss'>"
                nav = "<a href='/gioi-thieu'>Giới thiệu</a><a href='/trang/2'>Trang sau</a><a href='http://b.vn/a-100.html'>x</a>"
                return html(f"{nav}<a href='/tin-100.html'>tin</a>", feed)
            case "/trang/2":
                return links(["/tin-200.html"])
            case "/rss":
                return rss([self.url("tim.test", "/bai/viet")])
            case "/ban-do.xml":
                return xml(urlset([self.url("tim.test", "/trong-ban-do")]))
        return html("<h1>tin</h1>")

    def mot(self, ask: Ask) -> Reply:
        """An article that is given by its own address."""
        return html("<a href='/khac-200.html'>x</a>", "<meta property='og:type' content='article'>")

    def lai(self, ask: Ask) -> Reply:
        """Validators, equal bytes, changed bytes."""
        if ask.path == "/":
            return links([f"/tin-{k}00.html" for k in "123"])
        k = int(ask.path[5])
        text = article(k + 30 * (self.round - 1) * (k == 3)).encode()
        etag = {"ETag": '"mot"'} if k == 1 else {}
        return Reply(text, headers={"Content-Type": "text/html; charset=utf-8", **etag})

    def ngay(self, ask: Ask) -> Reply:
        """A sitemap whose date of change moves on."""
        stamp = "2001-02-03" if self.round == 1 else "2999-01-01T00:00:00+07:00"
        return xml(urlset([self.url("ngay.test", "/tin-1000.html")], stamp)) if ask.path == "/s.xml" else html(stamp)

    def ban(self, ask: Ask) -> Reply:
        """Busy: one page answers at the third try, one never."""
        if ask.path == "/":
            return links(["/tin-100.html", "/tin-200.html"])
        self.busy -= ask.path == "/tin-100.html"
        ready = ask.path == "/tin-100.html" and self.busy < 0
        return html("tin") if ready else Reply(b"", 503, {"Retry-After": "1"})

    def hong(self, ask: Ask) -> Reply:
        """Fails always, but for the second round."""
        if ask.path == "/":
            return links([f"/tin-{k}00.html" for k in range(1, 31)])
        return html("tin") if self.round == 2 else Reply(b"", 500)

    def rieng(self, ask: Ask) -> Reply:
        """Pages that ask not to be kept."""
        match ask.path:
            case "/":
                return links([f"/tin-{k}00.html" for k in range(1, 6)])
            case "/tin-100.html":
                return html("x", "<meta content='NOINDEX, follow' name=robots>")
            case "/tin-200.html":
                return Reply(b"x", headers={"X-Robots-Tag": "noarchive"})
            case "/tin-300.html":
                return Reply(b"x", headers={"tdm-reservation": "1"})
            case "/tin-400.html":
                return html(
                    "x", "<!-- <meta name=robots content=noindex> --><meta name=robots content='index, follow'>"
                )
        return Reply(b"khong co", 404)

    def lenh(self, ask: Ask) -> Reply:
        """Items that only a script can reach."""
        return html("<ul class=list><li><a href='javascript:mo(12)'>tin</a></li></ul>")

    def doi(self, ask: Ask) -> Reply:
        """Redirects, meta refresh, a redirect to elsewhere."""
        match ask.path:
            case "/":
                return links(["/cu-100.html", "/lam-moi-200.html", "/ngoai-300.html"])
            case "/cu-100.html":
                return redirect("/moi-100.html", 301)
            case "/lam-moi-200.html":
                return html("", "<meta http-equiv=Refresh content='0; URL=/moi-200.html'>")
            case "/ngoai-300.html":
                return redirect("http://khac.example.vn/300.html")
        return html("<h1>tin</h1>")


@dataclass
class Twice:
    """Two runs on one archive: the servers, and what each run said, asked for and left."""

    news: NewsSite
    hosts: Hosts
    archive: Path
    reports: list[dict[str, Any]] = field(default_factory=list)
    asked: list[list[Hit]] = field(default_factory=list)
    news_asked: list[list[str]] = field(default_factory=list)
    records: list[list[Stored]] = field(default_factory=list)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twice]:
    folder = tmp_path_factory.mktemp("twice")
    news, hosts = NewsSite(FEW), Hosts()
    o = f"{news.origin}/bay"
    sites: dict[str, dict[str, object]] = news.sites() | {
        f"{name}.test": {"start": [hosts.url(f"{name}.test")], "detect": True}
        for name in ("tim", "lai", "ban", "hong", "rieng", "doi")
    }
    sites |= {
        "mot.test": {"start": [hosts.url("mot.test", "/tin-100.html")], "detect": True},
        "ngay.test": {"sitemaps": [hosts.url("ngay.test", "/s.xml")]},
        "lenh.test": {"start": [hosts.url("lenh.test")], "listing": ".list"},
        "lich": {"start": [f"{o}/lich?ngay=1"], "detect": True},
        "moi": {"start": [f"{o}/moi?trang=1"], "detect": True, "max_pages": 6},
        "vong": {"start": [f"{o}/vong-a-111"]},
        "dai": {"start": [f"{o}/dai-1"]},
        "phien": {"start": [f"{o}/phien-222.aspx"]},
    }
    names = {name: [["127.0.0.1"]] for name in sites if name.endswith(".test")}
    out = Twice(news, hosts, folder / "archive")
    for number in (1, 2):
        hosts.round = number
        seen, news_seen = len(hosts.log), len(news.log)
        settings: dict[str, object] = {"connections": 4} | ({"revisit": 0} if number == 2 else {})
        exempt = [(news.address, news.port), (hosts.address, hosts.port)]
        config = {"sites": sites, "exempt": exempt, "names": names, "settings": settings}
        if number == 2:
            news.extra = 1
        out.reports.append(finish(begin(folder, config))["reports"])
        out.asked.append(hosts.log[seen:])
        out.news_asked.append(news.paths()[news_seen:])
        out.records.append(stored(out.archive))
    yield out
    news.close()
    hosts.close()


def numbers(records: list[Stored]) -> Counter[int]:
    """How often each article of the news site stands in an archive, by the number its text gives."""
    ours = (re.search(r"của bài (\d+):", s.body.decode()) for s in records if s.type == "response" and "127.0" in s.url)
    return Counter(int(match[1]) for match in ours if match)


def test_four_content_systems_give_every_article_once(twice: Twice) -> None:
    names = list(twice.news.sites())
    assert {name: twice.reports[0][name]["fetched"] for name in names} == dict.fromkeys(names, FEW // 4)
    assert numbers(twice.records[0]) == Counter(range(FEW))
    assert {s.body for s in twice.records[0]} >= {article(n).encode() for n in range(FEW) if n < 3 * FEW // 4}
    assert not [path for path in twice.news.paths() if path.startswith("/cam/")]
    assert twice.news_asked[0].count("/robots.txt") == 1


def test_a_second_run_fetches_only_what_is_new(twice: Twice) -> None:
    assert {name: twice.reports[1][name]["fetched"] for name in twice.news.sites()} == {
        "wp": 0, "cong": 0, "nv": 1, "vnpt": 0,
    }  # fmt: skip
    new = 3 * FEW // 4  # the sitemap's new item has the number of the first article of the next part
    assert numbers(twice.records[1]) == Counter([*range(FEW), new])
    assert twice.reports[1]["wp"]["unchanged"] == FEW // 4
    assert not [p for p in twice.news_asked[1] if p.startswith("/wp/page/")]  # nothing new on the first page


def test_revisits_ask_with_validators_and_write_revisit_records(twice: Twice) -> None:
    report = twice.reports[1]["lai.test"]
    assert (report["fetched"], report["unchanged"]) == (1, 2)
    ours = [s for s in twice.records[1] if "//lai.test" in s.url]
    assert sorted((s.status, s.profile.rpartition("/")[2]) for s in ours if s.type == "revisit") == [
        ("200", "identical-payload-digest"),
        ("304", "server-not-modified"),
    ]
    assert [s.body.decode() for s in ours if s.url.endswith("300.html")] == [article(3), article(33)]


def test_a_sitemap_that_dates_a_change_brings_the_page_again(twice: Twice) -> None:
    assert [r["ngay.test"]["fetched"] for r in twice.reports] == [1, 1]


def test_an_address_alone_finds_feed_sitemap_and_next_page(twice: Twice) -> None:
    report = twice.reports[0]["tim.test"]
    assert (report["fetched"], report["refused"]) == (4, {})
    paths = set(twice.hosts.of("tim.test", twice.asked[0]))
    assert {"/tin-100.html", "/tin-200.html", "/bai/viet", "/trong-ban-do"} <= paths
    assert "/gioi-thieu" not in paths


def test_an_article_given_by_its_address_is_archived_alone(twice: Twice) -> None:
    assert [s.url for s in twice.records[0] if "//mot.test" in s.url] == [twice.hosts.url("mot.test", "/tin-100.html")]
    assert "/khac-200.html" not in twice.hosts.paths()


def test_traps_come_to_an_end(twice: Twice) -> None:
    asked = Counter(p.rsplit("/", 1)[1].split("-")[0].split("?")[0] for p in twice.news_asked[0] if "/bay/" in p)
    assert (asked["lich"], asked["moi"], asked["vong"]) == (1, 6, 2)
    assert asked["dai"] <= 11
    assert asked["phien"] <= 11
    assert twice.reports[0]["dai"]["refused"] == {"redirects": 1}
    assert twice.reports[0]["phien"]["refused"] == {"redirects": 1}


def test_a_busy_server_is_given_the_time_it_asks_for(twice: Twice) -> None:
    report = twice.reports[0]["ban.test"]
    assert (report["fetched"], report["refused"]) == (1, {"http_503": 1})
    times = [hit.at for hit in twice.asked[0] if hit.host == "ban.test" and hit.path == "/tin-100.html"]
    assert len(times) == 3
    assert min(b - a for a, b in itertools.pairwise(times)) >= 1.0


def test_a_host_that_only_fails_is_left_alone_until_the_next_run(twice: Twice) -> None:
    report = twice.reports[0]["hong.test"]
    assert report["fetched"] == 0
    assert report["refused"]["host_stopped"] >= 20
    assert len(twice.hosts.of("hong.test", twice.asked[0])) <= 12
    assert twice.reports[1]["hong.test"]["fetched"] == 30


def test_pages_that_ask_not_to_be_kept_are_not_kept(twice: Twice) -> None:
    report = twice.reports[0]["rieng.test"]
    assert (report["fetched"], report["refused"]) == (1, {"opt_out": 3, "http_404": 1})
    kept = [(s.url.rpartition("/")[2], s.status) for s in twice.records[0] if "//rieng.test" in s.url]
    assert sorted(kept) == [("tin-400.html", "200"), ("tin-500.html", "404")]


def test_links_that_only_a_script_follows_are_told(twice: Twice) -> None:
    assert twice.reports[0]["lenh.test"]["refused"] == {"script_only": 1}


def test_redirects_are_pages_of_their_own(twice: Twice) -> None:
    assert twice.reports[0]["doi.test"]["refused"] == {"other_host": 1}
    assert {"/moi-100.html", "/moi-200.html"} <= set(twice.hosts.of("doi.test", twice.asked[0]))
    urls = [s.url for s in twice.records[0] if "//doi.test" in s.url]
    assert sorted(urls) == sorted(set(urls))


def test_bantin_run_reads_the_archive_and_nothing_but_the_articles(twice: Twice) -> None:
    made = [item for source in plan([twice.archive]) for item in read(source)]
    articles = Counter(item.url for item in made if isinstance(item, Article))
    whole = Counter(s.url for s in twice.records[1] if s.type == "response" and s.status == "200")
    ours = {url for url in whole if "127.0.0.1" in url and "/bay/" not in url}
    assert len(ours) == FEW + 1
    assert {url: articles[url] for url in ours} == {url: whole[url] for url in ours}
    assert set(articles) <= set(whole)
    assert {item.reason for item in made if isinstance(item, Reject)} <= {"not_article", "empty", "not_vietnamese"}


def test_requests_keep_their_distance_on_the_servers_clock(servers: list[Any], run: Run) -> None:
    def respond(ask: Ask) -> Reply:
        if ask.path == "/robots.txt":
            return Reply(b"User-agent: *\nCrawl-delay: 0.4" if ask.host == "cham.test" else b"")
        return links([f"/tin-{k}00.html" for k in range(1, 5)]) if ask.path == "/" else html("tin")

    servers.append(site := Server(respond))
    names = {host: [["127.0.0.1"]] for host in ("cham.test", "thuong.test")}
    tables = {h: {"start": [f"http://{h}:{site.port}/"], "detect": True} for h in names}
    run(sites=tables, exempt=[(site.address, site.port)], names=names, settings={"delay": 0.2})
    for host, gap in (("cham.test", 0.4), ("thuong.test", 0.2)):
        times = [hit.at for hit in site.log if hit.host == host]
        assert len(times) == 6
        assert min(b - a for a, b in itertools.pairwise(times)) >= gap


def test_a_limit_leaves_the_rest_and_who_we_are_is_said(servers: list[Any], run: Run, tmp_path: Path) -> None:
    servers.append(news := NewsSite(FEW))
    agent = "bantin/9.9 (+mailto:toi@example.vn)"
    outcome = run(
        sites={"nv": news.sites()["nv"]}, exempt=[(news.address, news.port)], settings={"user_agent": agent, "limit": 5}
    )
    assert (outcome["reports"]["nv"]["fetched"], outcome["finished"]) == (5, False)
    assert outcome["reports"]["nv"]["queued"] == FEW // 4 - 5
    assert {ask.headers["user-agent"] for ask in news.asked} == {agent}
    assert not {"cookie", "referer"} & {name for ask in news.asked for name in ask.headers}


def test_a_full_disk_is_an_error_and_loses_nothing(servers: list[Any], run: Run, tmp_path: Path) -> None:
    servers.append(news := NewsSite(400))
    config = {
        "sites": {"nv": news.sites()["nv"]},
        "exempt": [(news.address, news.port)],
        "settings": {"connections": 4},
    }
    process = begin(tmp_path, config | {"file_limit": 300_000})
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "OutputError" in err and "make room and run again" in err
    assert run(**config)["finished"]
    assert numbers(stored(tmp_path / "archive")) == Counter(range(200, 300))


@pytest.mark.parametrize("sent", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.soak)])
def test_a_run_that_is_asked_to_stop_stops_and_goes_on_later(
    sent: signal.Signals, servers: list[Any], run: Run, tmp_path: Path
) -> None:
    servers.append(news := NewsSite(200))
    asked = threading.Event()
    news.on_hit = lambda hit: asked.set() if len(news.log) > 30 else None
    sites, exempt = {"nv": news.sites()["nv"], "vnpt": news.sites()["vnpt"]}, [(news.address, news.port)]
    process = begin(tmp_path, {"sites": sites, "exempt": exempt, "settings": {"connections": 4}})
    assert asked.wait(30)
    process.send_signal(sent)
    first = finish(process)
    assert not first["finished"]
    assert first["reports"]["nv"]["queued"] + first["reports"]["vnpt"]["queued"] > 0
    assert run(sites=sites, exempt=exempt, settings={"connections": 4})["finished"]
    assert numbers(stored(tmp_path / "archive")) == Counter(range(100, 200))
    assert max(Counter(path for path in news.paths() if "/tin/" in path).values()) == 1


def test_two_runs_on_one_archive_exclude_each_other(servers: list[Any], tmp_path: Path) -> None:
    servers.append(news := NewsSite(FEW))
    (tmp_path / "archive" / ".bantin").mkdir(parents=True)
    with (tmp_path / "archive" / ".bantin" / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = begin(tmp_path, {"sites": {"nv": news.sites()["nv"]}, "exempt": [(news.address, news.port)]})
        _, err = process.communicate(timeout=60)
    assert "another run is writing this archive" in err
    assert news.log == []
