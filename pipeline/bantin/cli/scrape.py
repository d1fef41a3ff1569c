"""`bantin scrape`: fetches sites into WARC files, with a progress bar on a terminal and a report a site."""

from __future__ import annotations

import getpass
import os
import shlex
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bantin import __version__
from bantin.cli.terminal import plain

if TYPE_CHECKING:
    from bantin.scrape import Outcome, Report

CONTACT = "BANTIN_CONTACT"


def scrape(
    sites: Annotated[
        list[str], typer.Argument(metavar="SITE", help="Names of site profiles, or addresses.", show_default=False)
    ],
    *,
    archive: Annotated[
        Path, typer.Option("--archive", "-a", metavar="DIR", help="Folder of the WARC files.", show_default=False)
    ],
    contact: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            envvar=CONTACT,
            help="Mail or web address for the sites' people, sent in the User-Agent.",
            show_default="you@this machine",
        ),
    ] = "",
    user_agent: Annotated[
        str, typer.Option(metavar="TEXT", help="The whole User-Agent.", show_default="bantin/VERSION (+CONTACT)")
    ] = "",
    delay: Annotated[float, typer.Option(min=1.0, metavar="SECONDS", help="Pause between requests to one host.")] = 3.0,
    connections: Annotated[int, typer.Option(min=1, max=8, metavar="N", help="Connections to one host.")] = 1,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Articles a site in this run; 0 is all of them.")] = 0,
    revisit: Annotated[
        float | None,
        typer.Option(min=0, metavar="DAYS", help="Ask again for articles fetched longer ago.", show_default=False),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Walk listings past known articles, to their end.")] = False,
) -> None:
    """Fetch news sites politely into WARC files, which `bantin run` reads.

    A SITE is the name of a profile or an address; of an address, the page itself is looked through, with the feeds and
    sitemaps that it and robots.txt name. Run the same command again to go on after an interruption, or later to fetch
    what is new: what stands in the archive is not fetched twice. robots.txt is obeyed with its Crawl-delay; private
    addresses are never connected to.

    \b
    Exit code 0    every page that was found stands in the archive
              1    done; the report tells what was refused, and why
              2    an address or DIR cannot be used, or the disk is full
              130  interrupted; the same command goes on

    \b
    Example: bantin scrape https://tinhuy.example.vn --archive news --contact mailto:you@example.vn
             bantin run news --out dataset
    """
    from bantin.scrape import Settings, site
    from bantin.scrape import scrape as fetch

    chosen = [site(name) for name in dict.fromkeys(sites)]
    agent = user_agent or f"bantin/{__version__} (+{contact or _nobody()})"
    settings = Settings(agent, delay=delay, connections=connections, limit=limit, revisit=revisit, full=full)
    with _progress() as tell:
        outcome = fetch(chosen, archive, settings, tell=tell)
    _print(outcome, archive, limited=bool(limit))
    if not outcome.finished and not limit:
        raise typer.Exit(130)
    raise typer.Exit(1 if outcome.lost or any(r.refused for r in outcome.reports) else 0)


def _nobody() -> str:
    """Who runs this, as far as the machine knows. An honest stopgap, with a word on how to do better."""
    typer.echo(f"no --contact and no {CONTACT}: sites see your user and machine name instead", err=True)
    return f"{getpass.getuser()}@{socket.gethostname()}".encode("ascii", "replace").decode()


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("fetching"), BarColumn(), TaskProgressColumn(),
        TextColumn("{task.completed:,} of {task.total:,} pages found so far"), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1)
        yield lambda settled, queued: bar.update(task, completed=settled, total=settled + queued)


def _print(outcome: Outcome, archive: Path, *, limited: bool) -> None:
    for report in outcome.reports:
        _print_site(report)
    for file, count in outcome.lost.items():
        print(f"\n{file}: {count:,} records that were here are gone; their pages are fetched again")
    if not outcome.finished:
        why = "limited" if limited else "interrupted"
        print(f"\n{why}: the same command goes on where this one stopped")
    if any(archive.glob("*.warc.gz")):
        print(f"\nto read the articles:\n  bantin run {shlex.quote(os.fspath(archive))} --out dataset")


def _print_site(report: Report) -> None:
    from bantin.scrape.refusal import REASONS

    print(f"{report.site}: {report.fetched:,} fetched, {report.unchanged:,} unchanged", end="")
    print(f" ({report.looked_through:,} feeds, sitemaps and listings looked through)")
    for reason, count in sorted(report.refused.items(), key=lambda item: -item[1]):
        print(f"  {count:>7,} refused: {reason}  {REASONS.get(reason, 'the answer of the server')}")
        url, detail = report.examples.get(reason, ("", ""))
        if url:
            print("          " + plain(f"{url}{': ' if detail else ''}{detail}").replace("\n", " "))
    if report.queued:
        print(f"  {report.queued:>7,} still to fetch")
