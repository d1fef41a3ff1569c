"""SIGKILLs at random moments: what bantin's scraper loses and archives twice, and what Scrapy's own JOBDIR does.

usage: python benchmarks/scrape.py [--articles 2000] [--kills 20]

Both crawl the fixture site of the tests (tests/scrape/fixture_site.py) on loopback with 8 connections and no pause, are
killed with SIGKILL after the same random numbers of answers, started again each time, and then left to finish. Scrapy
runs a plain spider that knows where everything is, with JOBDIR, and writes each article to a file at once (one line,
flushed), which is the best that a JOBDIR crawl can do. Counted from what stands on disk at the end. A run that has
nothing left to do cannot be killed, so `kills` may be fewer than asked for. Then both crawl once without a kill.
Figures go to benchmarks/scrape.json; exit code 1 where bantin loses or repeats one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "scrape"))
from archived import stored  # noqa: E402
from fixture_site import NewsSite  # noqa: E402
from kills import kill_often  # noqa: E402
from runs import begin  # noqa: E402

CONNECTIONS = 8
NUMBER = re.compile(r"của bài (\d+):")
Start = Callable[[], "subprocess.Popen[str]"]


def peer(folder: Path, origin: str, share: int) -> None:
    """Scrapy as its manual says: a spider, JOBDIR, and an item pipeline that writes at once."""
    from scrapy import FormRequest, Spider
    from scrapy.crawler import AsyncCrawlerProcess

    out = (folder / "articles.jsonl").open("a", encoding="utf-8", buffering=1)

    class News(Spider):
        name = "news"
        start_urls = tuple(origin + path for path in ("/wp/", "/nv/a.xml", "/nv/b.xml.gz", "/vnpt/", "/cong/tin.aspx"))

        def parse(self, response: Any) -> Any:
            if "/nv/" in response.url:
                body = gzip.decompress(response.body) if response.url.endswith(".gz") else response.body
                for url in re.findall(r"<loc>(.*?)</loc>", body.decode()):
                    yield response.follow(url, self.article)
                return
            for url in response.css("ul.list a::attr(href), .tieude a::attr(href)").getall():
                yield response.follow(url, self.article)
            for url in response.css("a[rel=next]::attr(href)").getall():
                yield response.follow(url)
            if "/vnpt/" in response.url and "cur=" not in response.url:
                yield from (response.follow(f"/vnpt/?cur={n}") for n in range(2, -(-share // 20) + 1))
            if call := re.search(r"__doPostBack\('(.*?)','(\d+)'\)", response.text):
                form = {"__EVENTTARGET": call[1], "__EVENTARGUMENT": call[2]}
                yield FormRequest.from_response(response, formdata=form)

        def article(self, response: Any) -> Any:
            yield {"n": int(NUMBER.search(response.text)[1])}

    class Write:
        def process_item(self, item: Any) -> Any:
            out.write(json.dumps(item) + "\n")
            return item

    process = AsyncCrawlerProcess(
        {
            "JOBDIR": str(folder / "job"), "CONCURRENT_REQUESTS": CONNECTIONS, "ITEM_PIPELINES": {Write: 1},
            "CONCURRENT_REQUESTS_PER_DOMAIN": CONNECTIONS, "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": True,
            "USER_AGENT": "bantin/bench", "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
        }
    )  # fmt: skip
    process.crawl(News)
    process.start()


def ours(folder: Path, site: NewsSite) -> Start:
    config = {"sites": site.sites(), "exempt": [(site.address, site.port)], "settings": {"connections": CONNECTIONS}}
    return lambda: begin(folder, config)


def theirs(folder: Path, site: NewsSite) -> Start:
    command = [
        sys.executable,
        __file__,
        "--peer",
        str(folder),
        "--origin",
        site.origin,
        "--articles",
        str(4 * site.share),
    ]
    return lambda: subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def our_articles(folder: Path) -> Counter[int]:
    found = (NUMBER.search(s.body.decode()) for s in stored(folder / "archive") if s.type == "response")
    return Counter(int(match[1]) for match in found if match)


def their_articles(folder: Path) -> Counter[int]:
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return Counter(json.loads(line)["n"] for line in lines if line.endswith("}"))


def measure(start: Start, site: NewsSite, kills: int, seed: int, read: Callable[[], Counter[int]]) -> dict[str, Any]:
    """One crawl through `kills` kills, left to finish; what is on disk then."""
    expected = range(4 * site.share)
    most = max(20, 4 * site.share // max(1, kills) * 3 // 2)
    hit = kill_often(start, site, kills, most, seed)
    began = time.perf_counter()
    out, err = (process := start()).communicate()
    if process.returncode:
        raise RuntimeError(err or out)
    found = read()
    return {
        "kills": hit, "articles": len(expected), "archived": len(found), "lost": len(set(expected) - set(found)),
        "archived twice": sum(count > 1 for count in found.values()),
        "disallowed pages fetched": sum(path.startswith("/cam/") for path in site.paths()),
        "fetched twice": sum(n - 1 for p, n in Counter(site.paths()).items() if "tin-so-" in p or "/tin/" in p),
        "last run s": round(time.perf_counter() - began, 1),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--peer", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--origin", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peer:
        peer(given.peer, given.origin, given.articles // 4)
        return 0
    figures: dict[str, Any] = {"measured": date.today().isoformat(), "python": platform.python_version()}
    sides = {"bantin": (ours, our_articles), "Scrapy JOBDIR": (theirs, their_articles)}
    for label, kills in (("killed", given.kills), ("not killed", 0)):
        for name, (starter, reader) in sides.items():
            site = NewsSite(given.articles)
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder)
                result = measure(starter(place, site), site, kills, 7, lambda p=place, r=reader: r(p))
            site.close()
            figures.setdefault(label, {})[name] = result
            print(f"{label:10} {name:13}", *(f"{k} {v}," for k, v in result.items()), flush=True)
    killed = figures["killed"]
    figures["lost share of Scrapy JOBDIR"] = round(killed["Scrapy JOBDIR"]["lost"] / given.articles, 3)
    (ROOT / "benchmarks" / "scrape.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    missed = [k for k in ("lost", "archived twice", "disallowed pages fetched") if killed["bantin"][k]]
    print("missed: " + ", ".join(missed) if missed else "bantin: nothing lost, nothing twice")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
