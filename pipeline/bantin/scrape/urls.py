"""One key for the many spellings of an address: session ids, tracking marks and letter forms do not make a new page."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

_SESSION_PATH = re.compile(r"/\([SAF]\([A-Za-z0-9]+\)\)|;jsessionid=[^/?#;]*", re.I)
_SESSION_QUERY = re.compile(
    r"(?:phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|sessionid|session_id|utm_\w+|fbclid|gclid|zarsrc|mc_[ce]id)",
    re.I,
)
_LETTERS = re.compile(r"%[0-7][0-9A-Fa-f]|[A-Za-z]?(?:%[89A-Fa-f][0-9A-Fa-f])+")
"""An escaped ASCII character, which stays; or escaped letters with the plain one that their marks may stand on."""


def ascii_url(url: str) -> str:
    """A URL as it goes over the wire: letters and spaces escaped, the host as its A-label (IDNA), no fragment.

    Raises ValueError for what is no URL.
    """
    return str(safe_url_string(url.strip().partition("#")[0]))


def joined(base: str, href: str) -> str:
    """Where a link on the page `base` leads to, without its fragment; "" for none, and for what is no address."""
    try:
        return urljoin(base, href).split("#", 1)[0] if href else ""
    except ValueError:
        return ""


def canonical(url: str) -> str:
    """The key of a URL: what two spellings of one page have in common. It is compared, never fetched.

    Lower-case host, no default port, no fragment, no session id (ASP.NET cookieless, PHP, Java) or tracking parameter,
    parameters sorted, doubled slashes of the path once, letters with marks composed (NFC).
    """
    parts = urlsplit(url)
    path = re.sub(r"/{2,}", "/", _SESSION_PATH.sub("", parts.path)) or "/"
    query = "&".join(p for p in parts.query.split("&") if p and not _SESSION_QUERY.fullmatch(p.partition("=")[0]))
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    netloc = host if port in (None, 443 if parts.scheme == "https" else 80) else f"{host}:{port}"
    return canonicalize_url(urlunsplit((parts.scheme, netloc, _composed(path), _composed(query), "")))


def _composed(text: str) -> str:
    def compose(match: re.Match[str]) -> str:
        if match[0][0] == "%" and match[0][1] < "8":
            return match[0]
        try:
            letters = unquote_to_bytes(match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        return quote(unicodedata.normalize("NFC", letters))

    return _LETTERS.sub(compose, unicodedata.normalize("NFC", quote(text, safe="%/:?#[]@!$&'()*+,;=~-._")))
