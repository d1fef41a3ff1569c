"""Why a page is not in the archive: a closed set of reasons, and the exception that carries one."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "robots": "robots.txt disallows it",
    "robots_unreachable": "robots.txt could not be read (RFC 9309: then nothing may be fetched)",
    "crawl_delay": "robots.txt asks for a longer pause than is waited for",
    "address": "not an address that may be fetched",
    "private_host": "the host name leads to an address that is not public",
    "other_host": "leads to a host that is not part of the site",
    "redirects": "too many redirects",
    "too_large": "over the size limit, as sent or decompressed",
    "encoding": "a Content-Encoding that was not asked for, or a damaged one",
    "opt_out": "the page asks not to be stored or mined",
    "hostile": "markup beyond what is parsed for links",
    "timeout": "no whole answer in time",
    "dns": "the host name does not resolve",
    "tls": "the certificate or the TLS handshake fails",
    "connection": "the connection failed",
    "host_stopped": "the host failed or refused several times in a row",
    "internal": "a fault of bantin itself; the detail names it",
    "script_only": "reachable only by running the page's script",
}
"""Reasons and what they mean; beside them stands `http_<status>`, the answer of the server."""

LATER = frozenset({
    "robots", "robots_unreachable", "crawl_delay", "private_host", "timeout", "dns", "tls", "connection",
    "host_stopped", "http_429",
})  # fmt: skip
"""Reasons that may pass: the next run asks again. So are all `http_5xx`."""


class Refused(Exception):  # noqa: N818 - a verdict on one address, not a fault of the program
    """One address is not fetched or not kept. `reason` is one of `REASONS` or `http_<status>`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


def may_pass(reason: str) -> bool:
    """Whether the next run should ask again."""
    return reason in LATER or reason.startswith("http_5")
