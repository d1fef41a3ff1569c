"""A site on loopback, served by real sockets: articles of four content systems, their feeds, sitemaps and paging, traps
and bombs. What it serves is composed and a pure function of the address; what was asked for stands in `log`."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PLACES = ("Hòa An", "Phú Lộc", "Đông Sơn", "Mường Vi", "Tân Hiệp", "Ea Knốp", "Bình Lãng", "Cẩm Giang")
ACTS = ("kiểm tra việc thi hành", "sơ kết quý về", "tập huấn cán bộ theo", "giám sát chuyên đề về", "quán triệt")
PER_PAGE = 20
MIB = 1024 * 1024


@dataclass(frozen=True)
class Reply:
    body: bytes | Iterator[bytes] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    drip: float = 0.0
    raw: bool = False
    """`body` is the whole answer, status line and headers included."""


@dataclass(frozen=True)
class Hit:
    at: float
    method: str
    host: str
    path: str
    sent: int


def article(n: int) -> str:
    place, act = PLACES[n % len(PLACES)], ACTS[n % len(ACTS)]
    title = f"Xã {place} {act} Nghị quyết số {n % 90 + 10}-NQ/TW"
    body = "".join(
        f"<p>Đợt {k} của bài {n}: đảng bộ {place} có {n % 700 + k} đảng viên học, đạt {90 + (n + k) % 10},{k} %.</p>"
        for k in range(1, 6)
    )
    return (
        f"<!doctype html><html lang=vi><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>"
        f"<span class=date>{n % 24:02}:{n % 60:02} {n % 28 + 1:02}/{n % 12 + 1:02}/2024</span><article>{body}</article>"
        f"<a href='/tin-lien-quan/'>Tin khác</a></body></html>"
    )


def html(inner: str, head: str = "") -> Reply:
    return Reply(f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{inner}</body></html>".encode())


def links(urls: list[str], more: str = "") -> Reply:
    return html("<ul class=list>" + "".join(f"<li><a href='{u}'>tin</a></li>" for u in urls) + f"</ul>{more}")


def redirect(url: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": url})


def xml(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "application/xml"})


def rss(urls: list[str]) -> Reply:
    return xml(
        "<rss version='2.0'><channel>" + "".join(f"<item><link>{u}</link></item>" for u in urls) + "</channel></rss>"
    )


def urlset(urls: list[str], lastmod: str = "") -> str:
    stamp = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    entries = "".join(f"<url><loc>{u.replace('&', '&amp;')}</loc>{stamp}</url>" for u in urls)
    return f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>"


def zeros(size: int, window: int = 31) -> bytes:
    """`size` bytes of nothing, compressed (31: gzip, 15: zlib)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return b"".join(packer.compress(bytes(MIB)) for _ in range(size // MIB)) + packer.flush()


@dataclass(frozen=True)
class Ask:
    method: str
    host: str
    path: str
    headers: dict[str, str]
    body: bytes


class Server:
    """Answers with `respond` on a free port of a loopback address. `log` is what was asked for, in order."""

    def __init__(self, respond: Callable[[Ask], Reply], address: str = "127.0.0.1") -> None:
        self.log: list[Hit] = []
        self.asked: list[Ask] = []
        self.on_hit: Callable[[Hit], None] = lambda hit: None
        self.respond = respond
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._answer(self)

            do_POST = do_GET

            def log_message(self, *args: object) -> None:
                pass

        class Listener(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request: object, client_address: object) -> None:
                pass  # a crawler that was killed

        self._server = Listener((address, 0), Handler)
        self.address, self.port = address, self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://{self.address}:{self.port}"

    def wrap(self, context: ssl.SSLContext) -> None:
        """From now on this server speaks TLS."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self) -> list[str]:
        return [hit.path for hit in self.log]

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        at = time.monotonic()
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = request.rfile.read(int(headers.get("content-length", 0)))
        ask = Ask(request.command, headers.get("host", "").partition(":")[0], request.path, headers, body)
        self.asked.append(ask)
        reply = self.respond(ask)
        etag = reply.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            reply = Reply(status=304, headers={"ETag": etag})
        whole = isinstance(reply.body, bytes)
        hit = Hit(at, ask.method, ask.host, ask.path, len(reply.body) if whole else -1)
        self.log.append(hit)
        try:
            if reply.raw:
                for chunk in reply.body:
                    request.wfile.write(chunk)
                return
            request.send_response(reply.status)
            for name, value in reply.headers.items():
                request.send_header(name, value)
            if whole:
                if reply.status != 304:
                    request.send_header("Content-Length", str(len(reply.body)))
                request.end_headers()
                request.wfile.write(reply.body)
            else:
                request.send_header("Connection", "close")
                request.close_connection = True
                request.end_headers()
                for chunk in reply.body:
                    request.wfile.write(chunk)
                    request.wfile.flush()
                    if reply.drip:
                        time.sleep(reply.drip)
            self.on_hit(hit)
        except OSError:
            pass


class NewsSite(Server):
    """`count` articles, a quarter for each of four content systems."""

    def __init__(
        self, count: int = 2_000, robots: str = "User-agent: *\nDisallow: /cam/\n", address: str = "127.0.0.1"
    ) -> None:
        self.share, self.extra = count // 4, 0
        self.robots = robots
        self._routes: dict[str, Callable[[str, bytes], Reply]] = {
            "/robots.txt": lambda path, body: Reply(self.robots.encode(), headers={"Content-Type": "text/plain"}),
            "/wp/": self._wordpress,
            "/cong/": self._portal,
            "/nv/": self._nukeviet,
            "/vnpt/": self._liferay,
            "/bay/": self._traps,
            "/cam/": lambda path, body: Reply(b"cam"),
        }
        super().__init__(self._route, address)

    def _route(self, ask: Ask) -> Reply:
        prefix = next((p for p in self._routes if ask.path.startswith(p)), None)
        return self._routes[prefix](ask.path, ask.body) if prefix else Reply(b"khong co", 404)

    def page(self, n: int) -> Reply:
        text = article(n).encode()
        return Reply(text, headers={"Content-Type": "text/html; charset=utf-8", "ETag": f'"{zlib.crc32(text):x}"'})

    def _slice(self, first: int, page: int) -> list[int]:
        start = (page - 1) * PER_PAGE
        return [first + k for k in range(start, min(start + PER_PAGE, self.share))]

    def _wordpress(self, path: str, body: bytes) -> Reply:
        """A feed of the newest, and `page/N/` with rel=next."""
        if path == "/wp/feed/":
            return rss([f"{self.origin}/wp/2024/03/tin-so-{n:06}/" for n in self._slice(0, 1)])
        if "/tin-so-" in path:
            return self.page(int(path.rstrip("/").rpartition("-")[2]))
        number = int(path.split("/page/")[1].strip("/")) if "/page/" in path else 1
        numbers = self._slice(0, number)
        more = (
            f"<a rel=next href='/wp/page/{number + 1}/'>Trang sau »</a>"
            if numbers and numbers[-1] + 1 < self.share
            else ""
        )
        more += "<a href='/cam/1.html'>cấm</a><a href='/bay/lich?ngay=20240101'>lịch</a>"
        return links([f"/wp/2024/03/tin-so-{n:06}/" for n in numbers], more)

    def _portal(self, path: str, body: bytes) -> Reply:
        """ASP.NET: paging only by postback, a session id in the path of every link."""
        parts = urlsplit(path)
        if "chi-tiet" in parts.path:
            return self.page(int(parse_qs(parts.query)["ItemID"][0]))
        number = 1
        if body:
            form = parse_qs(body.decode())
            assert form["__VIEWSTATE"][0].startswith("trang")
            number = int(form["__EVENTARGUMENT"][0])
        numbers = self._slice(self.share, number)
        last = numbers and numbers[-1] + 1 >= 2 * self.share
        more = (
            f"<a class=sau href=\"javascript:__doPostBack('ctl00$pager','{number + 1}')\">Sau</a>" if not last else ""
        )
        form = f"<input type=hidden name=__VIEWSTATE value='trang{number}'>"
        inner = [f"/cong/(S(abc{number}def))/Pages/chi-tiet.aspx?ItemID={n}&PHPSESSID=x{number}" for n in numbers]
        return html(
            f"<form method=post action='/cong/tin.aspx'>{form}"
            + "".join(f"<h3 class=tieude><a href='{u}'>tin</a></h3>" for u in inner)
            + f"{more}</form>"
        )

    def _nukeviet(self, path: str, body: bytes) -> Reply:
        """A sitemap index, two sitemaps, one of them gzip."""
        first, half = 2 * self.share, self.share // 2
        urls = [f"{self.origin}/nv/tin/xa-hoc-tap-{n}.html" for n in range(first, first + self.share + self.extra)]
        if path == "/nv/sitemap.xml":
            return xml(
                "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                + "".join(f"<sitemap><loc>{self.origin}/nv/{f}</loc></sitemap>" for f in ("a.xml", "b.xml.gz"))
                + "</sitemapindex>"
            )
        if path == "/nv/a.xml":
            return xml(urlset(urls[:half]))
        if path == "/nv/b.xml.gz":
            return Reply(gzip.compress(urlset(urls[half:]).encode()), headers={"Content-Type": "application/gzip"})
        return self.page(int(path.removesuffix(".html").rpartition("-")[2]))

    def _liferay(self, path: str, body: bytes) -> Reply:
        """Paging by a counted parameter; past the end the last page comes again and again. Every answer is gzip."""
        parts = urlsplit(path)
        if parts.path.startswith("/vnpt/tin/"):
            reply = self.page(int(parts.path.rpartition("/")[2]))
        else:
            number = min(int(parse_qs(parts.query).get("cur", ["1"])[0]), -(-self.share // PER_PAGE))
            reply = links([f"/vnpt/tin/{n}" for n in self._slice(3 * self.share, number)])
        return Reply(gzip.compress(reply.body), headers=reply.headers | {"Content-Encoding": "gzip"})

    def _traps(self, path: str, body: bytes) -> Reply:
        if path.startswith("/bay/vong"):  # two addresses that send to each other
            return redirect("/bay/vong-b-111" if path.endswith("a-111") else "/bay/vong-a-111")
        if path.startswith("/bay/dai-"):  # a chain without an end
            return redirect(f"/bay/dai-{int(path.rpartition('-')[2]) + 1}")
        if "/phien" in path:  # a new session id with every answer
            return redirect(f"/bay/(S(x{len(self.log)}y))/phien-222.aspx")
        number = int(path.rpartition("=")[2] if "=" in path else 1)
        if path.startswith("/bay/lich"):  # a calendar: always another day, never an article
            return links(
                [f"/bay/lich?ngay={number + k}" for k in range(30)],
                f"<a rel=next href='/bay/lich?ngay={number + 1}'>»</a>",
            )
        return links(
            [f"/bay/bai-{number * 100 + k}.html" for k in range(3)],
            f"<a rel=next href='/bay/moi?trang={number + 1}'>»</a>",
        )

    def sites(self) -> dict[str, dict[str, object]]:
        """The four parts as `[scrape]` tables of profiles."""
        o = self.origin
        return {
            "wp": {"start": [f"{o}/wp/"], "feeds": [f"{o}/wp/feed/"], "listing": "ul.list", "next": "a[rel=next]"},
            "cong": {
                "start": [f"{o}/cong/tin.aspx"],
                "listing": ".tieude a",
                "next": "a.sau",
                "article": r"ItemID=\d+",
            },
            "nv": {"sitemaps": [f"{o}/nv/sitemap.xml"]},
            "vnpt": {"start": [f"{o}/vnpt/"], "listing": "ul.list", "pages": f"{o}/vnpt/?cur={{n}}"},
        }
