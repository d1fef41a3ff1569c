"""The address guard at the moment of connecting: Twisted's resolver, whose every answer is checked."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

from bantin.scrape.guard import Network


@implementer(IHostnameResolver)
class GuardedResolver:
    """Twisted's resolver, whose answers are checked on the way to the connection.

    The endpoint connects to the very addresses that are passed on here and asks nobody else, so a name that changes its
    answer between two questions gains nothing. One bad address in an answer spoils all of it.
    """

    refused: dict[str, str] = {}  # noqa: RUF012 - one reactor a process, one resolver a reactor

    def __init__(self, network: Network, reactor: Any) -> None:
        self._network, self._reactor, self._inner = network, reactor, reactor.nameResolver

    def install_on_reactor(self) -> None:
        """Called by Scrapy."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's name
        self, receiver: Any, host: str, port: int = 0, types: Any = None, semantics: str = "TCP", **named: Any
    ) -> Any:
        """Addresses of `host`, all of them public, or none. See IHostnameResolver."""
        port = named.get("portNumber", port)
        checked = _Checked(receiver, host, port, self._network)
        lookup = self._network.lookup
        if lookup is None:
            return self._inner.resolveHostName(checked, host, port, types, semantics)
        checked.resolutionBegan(self)
        for address in _stand_in(lookup, host):
            checked.addressResolved((IPv6Address if ":" in address else IPv4Address)("TCP", address, port))
        checked.resolutionComplete()
        return self

    def cancel(self) -> None:
        """A stand-in's answer is there at once; nothing to cancel."""


def _stand_in(lookup: Callable[[str], Sequence[str]], host: str) -> Sequence[str]:
    try:  # a number in any of its forms is no name; the C library reads it
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except OSError:
        return [host] if ":" in host else lookup(host)


class _Checked:
    """Receives a resolver's answer, and passes it on when every address in it may be connected to."""

    def __init__(self, receiver: Any, host: str, port: int, network: Network) -> None:
        self._receiver, self._host, self._port, self._network = receiver, host, port, network
        self._addresses: list[Any] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - Twisted's names
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self._addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        bad = [a.host for a in self._addresses if not self._network.allows(a.host, self._port)]
        if bad:
            GuardedResolver.refused[self._host] = bad[0]
        else:
            for address in self._addresses:
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()
