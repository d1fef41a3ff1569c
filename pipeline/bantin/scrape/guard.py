"""The address guard: which URLs may be asked for, and which network addresses may be connected to.

`check_url` judges the text of a URL before anything is looked up; `is_public` judges what a name resolved to, in the
same step as the connection (`resolver.py`), so that a name which changes its answer gains nothing.
Networks: IANA special-purpose address registries (RFC 6890 and its updates).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from bantin.scrape.refusal import Refused

MAX_URL = 2_000
PORTS = frozenset({80, 443})

_REFUSED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",  # the last one: the inside door of a large cloud
        "2001::/23", "2001:db8::/32", "3fff::/20",
    )
)  # fmt: skip
_GLOBAL_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_ISATAP = (0x00005EFE, 0x02005EFE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Network:
    """What a scrape may reach. The two fields exist for the tests; no option of the command line fills them.

    `exempt` holds exact pairs of address and port that are allowed though they are not public. `lookup` stands in for
    the system's resolver: a host name in, addresses out.
    """

    exempt: frozenset[tuple[str, int]] = frozenset()
    lookup: Callable[[str], Sequence[str]] | None = None

    def allows(self, address: str, port: int) -> bool:
        """Whether a connection to this numeric address and port may be opened."""
        return is_public(address) or (address, port) in self.exempt

    def check(self, url: str, ports: frozenset[int] = PORTS) -> SplitResult:
        """The parts of a URL that may be asked for. Raises Refused("address") with the reason."""
        parts = _parts(url)
        host, port = parts.hostname or "", port_of(parts)
        literal = _literal(host)
        if literal is not None and not self.allows(literal, port):
            raise Refused("address", f"{literal} is not a public address")
        allowed = ports | {p for _, p in self.exempt}
        if port not in allowed:
            raise Refused("address", f"port {port} is not one of {', '.join(map(str, sorted(ports)))}")
        return parts


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public Internet, also where it carries an IPv4 address inside."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return False
        inner = _inner(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _GLOBAL_V6:
            return False
    return not any(ip.version == network.version and ip in network for network in _REFUSED)


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a mapped, NAT64, 6to4 or ISATAP address leads to."""
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _SIX_TO_FOUR:
        return IPv4Address(int(ip) >> 80 & 0xFFFFFFFF)
    if int(ip) >> 32 & 0xFFFFFFFF in _ISATAP:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def port_of(parts: SplitResult) -> int:
    """The port of a URL, its scheme's own where none stands there."""
    return parts.port if parts.port is not None else 443 if parts.scheme == "https" else 80


def _parts(url: str) -> SplitResult:
    if len(url) > MAX_URL:
        raise Refused("address", f"longer than {MAX_URL} characters")
    if _UNSAFE.search(url):
        raise Refused("address", "a space, control character or backslash stands in it")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where the port is no number
    except ValueError as e:
        raise Refused("address", f"not a URL: {e}") from None
    if parts.scheme not in ("http", "https"):
        raise Refused("address", f"scheme {parts.scheme or 'missing'}; only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise Refused("address", "credentials stand in it")
    if not (parts.hostname or "").strip("."):
        raise Refused("address", "no host")
    return parts


def _literal(host: str) -> str | None:
    """The numeric address a host is written as, in every form the C library reads (2130706433, 0x7f.1, 0177.1)."""
    bare = host.rstrip(".")
    try:
        return str(ip_address(bare))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, UnicodeError):
        return None
