"""Turns at a host: how far apart, how many at once, and what a slower robots.txt or a busy server changes."""

from __future__ import annotations

import asyncio
import itertools
import time

from bantin.scrape.pace import Pace


async def visit(pace: Pace, host: str, count: int, lasting: float = 0.0) -> tuple[list[float], list[float], int]:
    """Starts and ends of `count` requests that are all asked for at once, and the most that ran together."""
    starts: list[float] = []
    ends: list[float] = []
    running = most = 0

    async def one() -> None:
        nonlocal running, most
        async with pace.turn(host):
            starts.append(time.monotonic())
            running += 1
            most = max(most, running)
            await asyncio.sleep(lasting)
            running -= 1
            ends.append(time.monotonic())

    await asyncio.gather(*(one() for _ in range(count)))
    return starts, ends, most


def test_one_connection_waits_from_the_end_of_the_last_request() -> None:
    starts, ends, most = asyncio.run(visit(Pace(0.05, 1), "a.vn", 4, 0.03))
    assert most == 1
    assert all(start - end >= 0.05 for end, start in zip(ends, starts[1:], strict=False))


def test_several_connections_start_apart() -> None:
    starts, _, most = asyncio.run(visit(Pace(0.03, 4), "a.vn", 6, 0.2))
    assert 1 < most <= 4
    assert all(b - a >= 0.03 for a, b in itertools.pairwise(starts))


def test_crawl_delay_counts_from_the_request_before_and_takes_one_connection() -> None:
    async def scene() -> tuple[float, list[float], int]:
        pace = Pace(0.0, 8)
        async with pace.turn("a.vn"):  # robots.txt itself
            pass
        ended = time.monotonic()
        pace.slow_down("a.vn", 0.1)
        pace.slow_down("a.vn", 0.05)  # never faster again
        starts, _, most = await visit(pace, "a.vn", 3)
        return ended, starts, most

    ended, starts, most = asyncio.run(scene())
    assert most == 1
    assert starts[0] - ended >= 0.099
    assert all(b - a >= 0.1 for a, b in itertools.pairwise(starts))


def test_a_busy_host_is_held_and_others_are_not() -> None:
    async def scene() -> tuple[float, float]:
        pace, began = Pace(0.0, 1), time.monotonic()
        pace.hold("a.vn", 0.2)
        (other, *_), *_ = await visit(pace, "b.vn", 1)
        (held, *_), *_ = await visit(pace, "a.vn", 1)
        return other - began, held - began

    other, held = asyncio.run(scene())
    assert other < held
    assert held >= 0.2
