"""The address guard: what is public, what may be asked for, and a private listener that is never reached."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.scrape.guard import Network, is_public
from bantin.scrape.refusal import Refused

from .fixture_site import Ask, Reply, Server, html, links, redirect, rss, urlset, xml

PUBLIC = ("8.8.8.8", "113.160.1.1", "2001:4860:4860::8888", "2405:4800::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
          "2002:808:808::1")  # fmt: skip
PRIVATE = (
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1",
    "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "2001:10::1",
    "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1",
    "ff02::1", "2405:4800::5efe:127.0.0.1", "2405:4800::200:5efe:10.0.0.1", "khong phai", "", "127.1", "2130706433",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(address)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_python_calls_private_is_never_public(ip: IPv4Address | IPv6Address) -> None:
    if not ip.is_global or ip.is_multicast:
        assert not is_public(str(ip))


@given(st.ip_addresses(v=4))
def test_an_address_inside_an_address_counts_as_itself(ip: IPv4Address) -> None:
    number = int(ip)
    for inside in (0xFFFF << 32 | number, (0x64FF9B << 96) | number, (0x2002 << 112) | number << 80 | 1):
        assert is_public(str(ip_address(inside.to_bytes(16, "big")))) == is_public(str(ip))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hosts", "ftp://a.vn/", "javascript:x()", "data:text/html,x", "gopher://a.vn/", "//a.vn/", "a.vn/",
        "http://", "http:///x", "http://.", "http://u:p@a.vn/", "http://u@a.vn/", "http://a.vn:22/", "http://a.vn:99999/",
        "http://a.vn:x/", "http://a.vn/\r\nX: y", "http://a.vn/\x00", "http://a.vn\\@127.0.0.1/", "http://a b.vn/",
        "http://[::1/", "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/",
        "http://[::ffff:10.0.0.1]/", "http://127.0.0.1./", "http://a.vn/" + "x" * 2_000,
    ],
)  # fmt: skip
def test_urls_that_are_never_asked_for(url: str) -> None:
    with pytest.raises(Refused, match=r"^address: "):
        Network().check(url)


def test_urls_that_are() -> None:
    for url in ("http://a.vn/", "https://xã.vn/tin?x=1#y", "https://a.vn:443/", "http://8.8.8.8/"):
        assert Network().check(url).hostname
    assert Network().check("http://a.vn:8080/", frozenset({80, 8080})).port == 8080


@given(st.text(max_size=60))
def test_any_text_is_allowed_or_refused(text: str) -> None:
    for url in (text, f"http://{text}/"):
        try:
            assert Network().check(url).scheme in ("http", "https")
        except Refused as e:
            assert e.reason == "address"


# the private listener

SPELLINGS = (
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0x7F.0x0.0x0.0x1", "017700000001",
    "0177.0.0.1", "0177.1", "127.0.0.1.", "0", "0.0.0.0", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "noi-bo.test", "noi-bo-6.test",
    "anh-xa.test", "lan-lon.test", "doi-y.test",
)  # fmt: skip
NAMES = {
    "noi-bo.test": [["127.0.0.1"]],
    "noi-bo-6.test": [["::1"]],
    "anh-xa.test": [["::ffff:127.0.0.1"]],
    "lan-lon.test": [["127.0.0.2", "127.0.0.1"]],  # one good address, one bad
    "doi-y.test": [["127.0.0.2"], ["127.0.0.1"]],  # rebinding: good at first, then bad
}
WAYS = ("link", "redirect", "refresh", "sitemap")
MORE = (
    ("feed", "127.0.0.1"), ("feed", "noi-bo.test"), ("next", "0x7f.1"), ("next", "noi-bo.test"), ("base", "2130706433"),
    ("base", "noi-bo.test"), ("postback", "127.1"), ("postback", "noi-bo.test"), ("robots", "127.0.0.1"),
    ("robots", "noi-bo.test"), ("robots", "doi-y.test"), ("robots-sitemap", "noi-bo.test"), ("308", "[::1]"),
    ("rebound", "rebound-0.test"), ("rebound", "rebound-1.test"), ("rebound", "rebound-2.test"),
)  # fmt: skip
ROWS = tuple((way, host) for host in SPELLINGS for way in WAYS) + MORE


class Listener:
    """Counts who connects to a private address; answers nothing."""

    def __init__(self, port: int) -> None:
        self.hits = 0
        self._sockets = []
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            listener = socket.socket(family, socket.SOCK_STREAM)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((address, port))
            except OSError:
                listener.close()
                if family == socket.AF_INET:
                    raise
                continue  # a machine without IPv6
            listener.listen()
            self._sockets.append(listener)
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()

    def close(self) -> None:
        for listener in self._sockets:
            listener.close()


class Lure(Server):
    """A site a row, on 127.0.0.2, that leads to the listener on the same port of 127.0.0.1 in the row's way."""

    def __init__(self) -> None:
        super().__init__(self._row, "127.0.0.2")

    def _row(self, ask: Ask) -> Reply:
        if ask.host.startswith("rebound"):  # the name itself turns: every page closes the connection
            page = links([f"/tin-{k}00.html" for k in range(1, 4)])
            return Reply(page.body, headers={"Connection": "close"})
        if not ask.host.startswith("row-"):
            return html("tin")
        way, host = ROWS[int(ask.host[4:].partition(".")[0])]
        target = f"http://{host}:{self.port}/tin-700.html"
        here = f"http://{ask.host}:{self.port}"
        match way, ask.path:
            case "robots", "/robots.txt":
                return redirect(target)
            case "robots-sitemap", "/robots.txt":
                return Reply(f"Sitemap: {target}".encode())
            case _, "/robots.txt":
                return Reply(b"", 404)
            case "link", "/":
                return links([target, target.replace("700", "701")])
            case "next", "/":
                return links(["/tin-100.html"], f"<a rel=next href='{target}'>sau</a>")
            case "base", "/":
                return html("<a href='/tin-800.html'>x</a>", f"<base href='{target}'>")
            case "postback", "/":
                field = "<input type=hidden name=__VIEWSTATE value=x>"
                button = "<a rel=next href=\"javascript:__doPostBack('a','2')\">sau</a>"
                return html(f"<form action='{target}'>{field}<a href='/tin-100.html'>x</a>{button}</form>")
            case "sitemap", "/sitemap.xml":
                return xml(urlset([target, target.replace("700", "701")]))
            case "feed", "/sitemap.xml":
                return rss([target])
            case "redirect" | "308", "/":
                return redirect(target, 308 if way == "308" else 302)
            case "refresh", "/":
                return html("", f'<meta http-equiv="refresh" content="0;url={target}">')
        return html(f"<a href='{here}/tin-100.html'>x</a>")


@pytest.fixture
def lure() -> Iterator[tuple[Lure, Listener]]:
    for _ in range(20):
        lure = Lure()
        try:
            listener = Listener(lure.port)
        except OSError:
            lure.close()
            continue
        yield lure, listener
        lure.close()
        listener.close()
        return
    pytest.fail("no port is free on both addresses")


def test_the_private_listener_is_never_reached(lure: tuple[Lure, Listener], run: Callable[..., dict[str, Any]]) -> None:
    site, listener = lure
    assert len(ROWS) >= 100
    names: dict[str, list[list[str]]] = dict(NAMES)
    tables: dict[str, dict[str, object]] = {}
    for number, (way, host) in enumerate(ROWS):
        own = host if way == "rebound" else f"row-{number}.test"
        names[own] = [["127.0.0.2"]] * (1 + number % 3) + [["127.0.0.1"]] if way == "rebound" else [["127.0.0.2"]]
        page = {"start": [f"http://{own}:{site.port}/"]}
        if way in ("sitemap", "feed"):
            page = {f"{way}s": [f"http://{own}:{site.port}/sitemap.xml"]}
        # the hostile host belongs to the site, so that nothing but the guard stands in the way
        tables[own] = {**page, "detect": True, "hosts": [urlsplit(f"http://{host}/").hostname]}
    outcome = run(
        sites=tables, exempt=[("127.0.0.2", site.port)], names=names, settings={"connections": 4, "timeout": 5}
    )  # fmt: skip
    assert outcome["finished"]
    assert listener.hits == 0
    reached = {hit.host for hit in site.log if hit.host.startswith("row-")}
    assert len(reached) == len(ROWS) - 3  # every row was visited, so the lure was offered
    refused = {name: r["refused"].get("address", 0) for name, r in outcome["reports"].items()}
    for number, (way, host) in enumerate(ROWS):
        if way in ("redirect", "refresh", "sitemap", "308") and host not in NAMES:
            assert refused[f"row-{number}.test"] >= 1, (way, host)
    private = {name: r["refused"].get("private_host", 0) for name, r in outcome["reports"].items()}
    assert all(private[host] >= 1 for way, host in ROWS if way == "rebound")
    assert sum(private.values()) >= 3 + 4  # the rebound ones, and each name that is private from the start

    with socket.create_connection(("127.0.0.1", site.port)):
        pass  # the listener does count
    for _ in range(100):
        if listener.hits:
            break
        threading.Event().wait(0.02)
    assert listener.hits == 1
