"""Politeness in time: how many connections a host gets, and how far apart its requests are."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class _Host:
    def __init__(self, delay: float, connections: int) -> None:
        self.delay, self.connections = delay, connections
        self.free_at = self.ended = 0.0
        self.open = asyncio.Semaphore(connections)
        self.starting = asyncio.Lock()


class Pace:
    """Turns at hosts. One connection: a request starts `delay` seconds after the last one ended, so that the gap on the
    server's side is never shorter. Several connections: starts are `delay` seconds apart. `together` requests run at
    once over all hosts; those that wait for their turn do not count. The clock is monotonic."""

    def __init__(self, delay: float, connections: int, together: int = 4) -> None:
        self._delay, self._connections = delay, connections
        self._running = asyncio.Semaphore(max(together, connections))
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits until a request to `host` may start; the body of the `with` is the request."""
        state = self._host(host)
        async with state.open:
            async with state.starting:
                while (wait := state.free_at - time.monotonic()) > 0:
                    await asyncio.sleep(wait)
                await self._running.acquire()
                state.free_at = time.monotonic() + state.delay
            try:
                yield
            finally:
                self._running.release()
                state.ended = time.monotonic()
                if state.connections == 1:
                    state.free_at = max(state.free_at, state.ended + state.delay)

    def slow_down(self, host: str, delay: float) -> None:
        """Sets the pause of a host to at least `delay` seconds, one connection at a time (site profile, Crawl-delay).

        Counts from the last request that ended, also one that ended before this call.
        """
        state = self._host(host)
        if delay > state.delay:
            state.delay = delay
            state.free_at = max(state.free_at, state.ended + delay)
        if delay and state.connections > 1:
            state.connections, state.open = 1, asyncio.Semaphore(1)

    def hold(self, host: str, seconds: float) -> None:
        """No request to `host` starts for `seconds` (Retry-After, back-off)."""
        state = self._host(host)
        state.free_at = max(state.free_at, time.monotonic() + seconds)

    def wait(self, host: str) -> float:
        """Seconds until a request to `host` may start."""
        return max(0.0, self._host(host).free_at - time.monotonic())

    def connections(self, host: str) -> int:
        """How many requests to `host` may be under way at once."""
        return self._host(host).connections

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(self._delay, self._connections)
        return self._hosts[host]
