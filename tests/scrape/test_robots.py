"""robots.txt: the table of 80 answers at 1 to 32 connections, and what must hold for any bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.scrape.robots import read_robots

from .fixture_site import Ask, Reply, Server, html
from .robots_table import ROWS, Row


def test_the_table_has_eighty_rows() -> None:
    assert len(ROWS) == 80


class Rows(Server):
    """Every row of the table is a host."""

    def __init__(self) -> None:
        super().__init__(self._row)

    def _row(self, ask: Ask) -> Reply:
        row = ROWS[ask.host.removesuffix(".test")]
        if ask.path == "/robots.txt":
            return self._robots(row, ask)
        return row.also.get(ask.path) or html("<h1>tin</h1>")

    def _robots(self, row: Row, ask: Ask) -> Reply:
        if callable(row.answer):
            return row.answer(ask)
        return Reply(
            row.answer.encode() if isinstance(row.answer, str) else row.answer, headers={"Content-Type": "text/plain"}
        )


def judge(rows: Rows, run: Callable[..., dict[str, Any]], connections: int) -> None:
    tables = {
        f"{name}.test": {"start": [f"http://{name}.test:{rows.port}{p}" for p in (*row.deny, *row.allow, *row.deny)]}
        for name, row in ROWS.items()
    }
    run(
        sites=tables, exempt=[(rows.address, rows.port)], names={name: [[rows.address]] for name in tables},
        settings={"connections": connections, "timeout": 5},
    )  # fmt: skip
    asked = {name: [hit.path for hit in rows.log if hit.host == f"{name}.test"] for name in ROWS}
    disallowed = {name: bad for name, row in ROWS.items() if (bad := set(row.deny) & set(asked[name]))}
    assert disallowed == {}
    missed = {name: lost for name, row in ROWS.items() if (lost := set(row.allow) - set(asked[name]))}
    assert missed == {}
    several = {name: n for name in ROWS if (n := Counter(asked[name])["/robots.txt"]) != 1 and name != "vong"}
    assert several == {}


@pytest.mark.parametrize("connections", [1, 32])
def test_no_disallowed_page_is_fetched(
    connections: int, servers: list[Any], run: Callable[..., dict[str, Any]]
) -> None:
    servers.append(rows := Rows())
    judge(rows, run, connections)


@pytest.mark.soak
@pytest.mark.parametrize("connections", [2, 3, 4, 6, 8, 12, 16, 24])
def test_no_disallowed_page_at_any_number(
    connections: int, servers: list[Any], run: Callable[..., dict[str, Any]]
) -> None:
    servers.append(rows := Rows())
    judge(rows, run, connections)


@given(st.integers(100, 999), st.binary(max_size=2_000))
def test_any_answer_gives_a_verdict(status: int, body: bytes) -> None:
    robots = read_robots(status, body, "bantin")
    verdict = robots.allows("http://a.vn/tin?x=1")
    assert isinstance(verdict, bool)
    if status >= 500 or status < 200:
        assert not verdict
    assert robots.delay >= 0


@given(st.lists(st.sampled_from(["User-agent: *", "User-agent: khac", "Allow: /", "# x", "", "Crawl-delay: 2"])))
def test_a_group_of_our_own_wins_whatever_stands_around_it(lines: list[str]) -> None:
    text = "\n".join([*lines, "", "User-agent: bantin", "Disallow: /", "", "User-agent: *", "Allow: /"])
    assert not read_robots(200, text.encode(), "bantin").allows("http://a.vn/tin")


def test_crawl_delay_and_sitemaps_are_read() -> None:
    robots = read_robots(200, b"Sitemap: /s.xml\nUser-agent: *\nCrawl-delay: 7.5\n", "bantin")
    assert (robots.delay, robots.sitemaps) == (7.5, ("/s.xml",))
