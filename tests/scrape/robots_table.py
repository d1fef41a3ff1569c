"""80 robots.txt answers with the paths that a crawler named `bantin` may and may not fetch (RFC 9309)."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from .fixture_site import Ask, Reply, redirect, zeros

ALL = ("/", "/tin/1.html")


@dataclass(frozen=True)
class Row:
    """`answer` is the text of robots.txt or a function of the request. Paths are asked for as they stand here."""

    answer: str | bytes | Callable[[Ask], Reply]
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    also: dict[str, Reply] = field(default_factory=dict)
    """Other paths of the same host that robots.txt sends to."""


def status(code: int, body: bytes = b"User-agent: *\nAllow: /\n") -> Callable[[Ask], Reply]:
    return lambda ask: Reply(body, code)


def slowly(ask: Ask) -> Reply:
    return Reply((b"#" for _ in range(1_000)), drip=0.05)


def endless(ask: Ask) -> Reply:
    return Reply(b"# " + b"x" * 65_000 + b"\n" for _ in range(100_000))


def chain(length: int, end: bytes) -> tuple[Callable[[Ask], Reply], dict[str, Reply]]:
    """robots.txt behind `length` redirects."""
    stations = [f"/r{k}.txt" for k in range(length)]
    also = {a: redirect(b) for a, b in itertools.pairwise(stations)} | {stations[-1]: Reply(end)}
    return lambda ask: redirect(stations[0], 301), also


NO = "User-agent: *\nDisallow: /"
FIVE, FIVE_ALSO = chain(5, b"User-agent: *\nDisallow: /a\n")
SIX, SIX_ALSO = chain(6, b"")
A, B = ("/a",), ("/b",)
"""Most rows forbid the one and not the other."""

LONG = (
    "User-agent: *\nDisallow: /dau\n"
    + "".join(f"Disallow: /thua-{k:06}\n" for k in range(30_000))
    + "Disallow: /cuoi\n"
)

MANY = "".join(f"User-agent: may{k}\nDisallow: /\n\n" for k in range(3_000)) + "User-agent: *\nDisallow: /a"

ROWS: dict[str, Row] = {
    # answers without rules
    "khong-co": Row(status(404), ALL),
    "da-bo": Row(status(410), ALL),
    "cam": Row(status(403), ALL),
    "dang-nhap": Row(status(401), ALL),
    "am-tra": Row(status(418), ALL),
    "sai-yeu-cau": Row(status(400), ALL),
    "trong": Row("", ALL),
    "204": Row(status(204, b""), ALL),
    "trang-html": Row("<!doctype html><html><body>Không tìm thấy trang</body></html>", ALL),
    "chi-chu-thich": Row("# User-agent: *\n# Disallow: /\n", ALL),
    # answers that mean no
    "500": Row(status(500), (), ALL),
    "502": Row(status(502), (), ALL),
    "503": Row(status(503), (), ALL),
    "504": Row(status(504), (), ALL),
    "599": Row(status(599), (), ALL),
    "429": Row(status(429), (), ALL),
    "304": Row(status(304, b""), (), ALL),
    "het-gio": Row(slowly, (), ALL),
    "vo-tan": Row(endless, (), ALL),
    "bom": Row(lambda ask: Reply(zeros(64 * 1024 * 1024), headers={"Content-Encoding": "gzip"}), (), ALL),
    "nen-hong": Row(lambda ask: Reply(b"\x1f\x8b\x08khong phai", headers={"Content-Encoding": "gzip"}), (), ALL),
    "vong": Row(lambda ask: redirect("/robots.txt"), (), ALL),
    "sau-buoc": Row(SIX, (), ALL, SIX_ALSO),
    "noi-bo": Row(lambda ask: redirect("http://10.1.2.3/robots.txt"), (), ALL),
    "tep": Row(lambda ask: redirect("file:///etc/hosts"), (), ALL),
    # redirects that lead to rules
    "mot-buoc": Row(lambda ask: redirect("/r.txt"), B, A, {"/r.txt": Reply(b"User-agent: *\nDisallow: /a")}),
    "nam-buoc": Row(FIVE, B, A, FIVE_ALSO),
    "308": Row(lambda ask: redirect("/r.txt", 308), (), ALL, {"/r.txt": Reply(NO.encode())}),
    "den-404": Row(lambda ask: redirect("/mat.txt"), ALL, (), {"/mat.txt": Reply(b"", 404)}),
    "den-500": Row(lambda ask: redirect("/hong.txt"), (), ALL, {"/hong.txt": Reply(b"", 500)}),
    # groups
    "moi-nguoi": Row(NO, (), ALL),
    "rieng-ta": Row("User-agent: bantin\nDisallow: /a\nUser-agent: *\nDisallow: /", B, A),
    "khong-phan-biet-hoa": Row("User-Agent: BanTin\nDisallow: /a\n\nUser-agent: *\nDisallow: /", B, A),
    "kem-phien-ban": Row("User-agent: bantin/1.0\nDisallow: /a\n\nUser-agent: *\nAllow: /", B, A),
    "hai-nhom": Row("User-agent: bantin\nDisallow: /a\n\nUser-agent: bantin\nDisallow: /b", ("/c",), A + B),
    "gop": Row("User-agent: bantin\nDisallow: /a\n\nUser-agent: bantin/2\nDisallow: /b", ("/c",), A + B),
    "nhieu-ten-mot-nhom": Row("User-agent: x\nUser-agent: bantin\nDisallow: /a\n\nUser-agent: *\nAllow: /", B, A),
    "dong-trong-giua": Row("User-agent: bantin\n\nDisallow: /a\n", B, A),
    "ten-ngan-hon": Row("User-agent: ban\nAllow: /\n\nUser-agent: *\nDisallow: /", (), ALL),
    "ten-dai-hon": Row("User-agent: bantin-anh\nAllow: /\n\nUser-agent: *\nDisallow: /", (), ALL),
    "ten-khac": Row("User-agent: khac\nDisallow: /", ALL),
    "ten-trong-contact": Row("User-agent: mailto\nAllow: /\n\nUser-agent: *\nDisallow: /", (), ALL),
    "truoc-moi-nhom": Row("Disallow: /a\nUser-agent: *\nDisallow: /b", ("/a", "/c"), ("/b",)),
    "sitemap-giua-nhom": Row("User-agent: *\nSitemap: http://a.vn/s.xml\nDisallow: /a", B, A),
    "sao-sau-ten": Row("User-agent: *\nDisallow: /\nUser-agent: bantin\nDisallow:", ALL),
    "delay-khong-tach-nhom": Row("User-agent: bantin\nCrawl-delay: 0.01\nDisallow: /a", B, A),
    # rules
    "rong": Row("User-agent: *\nDisallow:", ALL),
    "cho-phep-dai-hon": Row("User-agent: *\nDisallow: /a\nAllow: /a/b", ("/a/b/c", "/"), ("/a", "/a/c")),
    "cam-dai-hon": Row("User-agent: *\nAllow: /a\nDisallow: /a/b", ("/a", "/a/c"), ("/a/b/c",)),
    "bang-nhau": Row("User-agent: *\nDisallow: /a\nAllow: /a", ("/a",)),
    "tien-to": Row("User-agent: *\nDisallow: /tin", ("/", "/ti"), ("/tin", "/tintuc", "/tin/x")),
    "thu-muc": Row("User-agent: *\nDisallow: /tin/", ("/tin",), ("/tin/", "/tin/x")),
    "hoa-thuong": Row("User-agent: *\nDisallow: /Tin", ("/tin",), ("/Tin",)),
    "sao": Row("User-agent: *\nDisallow: /*/in", ("/in",), ("/a/in", "/a/b/in?x=1")),
    "duoi": Row("User-agent: *\nDisallow: /*.pdf$", ("/a.pdf?x=1", "/a.html"), ("/a.pdf",)),
    "do-la-giua": Row("User-agent: *\nDisallow: /a$b", ("/a",), ("/a$b",)),
    "truy-van": Row("User-agent: *\nDisallow: /*?", ("/a",), ("/a?x=1",)),
    "tham-so": Row("User-agent: *\nDisallow: /*print=", ("/a?x=1",), ("/a?x=1&print=1",)),
    "phan-tram": Row("User-agent: *\nDisallow: /a%3Cd.html", ("/a",), ("/a%3cd.html", "/a%3Cd.html")),
    "chu-viet": Row("User-agent: *\nDisallow: /tin-tức", ("/tin-tuc",), ("/tin-t%E1%BB%A9c",)),
    "chu-viet-ma-hoa": Row("User-agent: *\nDisallow: /tin-t%e1%bb%a9c", ("/tin-tuc",), ("/tin-t%E1%BB%A9c",)),
    "nhieu-sao": Row("User-agent: *\nDisallow: /" + "*a" * 300 + "b", ("/" + "a" * 900,)),
    "chu-thich-cuoi": Row("User-agent: * # tất cả\nDisallow: /a # mật", B, A),
    "khoang-trang": Row("  User-agent :  *\n\tDisallow :\t/a  ", B, A),
    "viet-hoa-lenh": Row("USER-AGENT: *\nDISALLOW: /a", B, A),
    "dong-cr": Row("User-agent: *\rDisallow: /a\r", B, A),
    "dong-crlf": Row("User-agent: *\r\nDisallow: /a\r\n", B, A),
    "khong-xuong-dong": Row("User-agent: *\nDisallow: /a", B, A),
    "loi-chinh-ta": Row("User-agent: *\nDissallow: /a", B, A),
    "thieu-hai-cham": Row("User-agent *\nDisallow /a", B, A),
    "dong-la": Row("User-agent: *\nNoindex: /b\nHost: x\nDisallow: /a\nFoo", B, A),
    "goc-co-do-la": Row("User-agent: *\nDisallow: /\nAllow: /$", ("/",), ("/a",)),
    # bytes
    "bom-utf8": Row(b"\xef\xbb\xbfUser-agent: *\nDisallow: /a", B, A),
    "utf16": Row("\ufeffUser-agent: *\nDisallow: /a".encode("utf-16-le"), B, A),
    "byte-hong": Row(b"User-agent: *\nDisallow: /a\n\xff\xfe\x00\nDisallow: /b", ("/c",), ("/a", "/b")),
    "gzip": Row(
        lambda ask: Reply(gzip.compress(b"User-agent: *\nDisallow: /a"), headers={"Content-Encoding": "gzip"}), B, A,
    ),
    "dai-qua-512k": Row(LONG, ("/cuoi",), ("/dau", "/thua-000001")),
    "mot-dong-dai": Row("User-agent: *\nDisallow: /" + "x" * 100_000 + "\nDisallow: /a", B, A),
    "nhieu-nhom": Row(MANY, B, A),
    "cham-qua": Row("User-agent: *\nCrawl-delay: 86400", (), ALL),
}  # fmt: skip
