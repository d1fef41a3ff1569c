"""bantin show: one article with its mentions, coloured in the terminal or as HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bantin.cli.registries import Registries, use
from bantin.cli.terminal import plain

if TYPE_CHECKING:
    from rich.text import Text

    from bantin.engine import Extraction

STYLES = {
    "directives": "black on dark_orange",
    "dates": "black on sky_blue2",
    "people": "black on light_green",
    "roles": "black on plum2",
    "indicators": "black on khaki1",
}
"""One style a family, for the terminal."""


def show(
    source: Annotated[Path, typer.Argument(help="A file that bantin run reads.", show_default=False)],
    record: Annotated[int, typer.Option(help="Which article of the file, from 1.", min=1)] = 1,
    html: Annotated[Path | None, typer.Option(help="Write a page with every mention marked instead.")] = None,
    table: Annotated[bool, typer.Option(help="Also list the mentions with their values.")] = True,
    registry: Registries = None,
) -> None:
    """Show one article with everything that was found in it.

    Example: bantin show corpus/archive/a-sharepoint-01.html --html marked.html
    """
    from bantin.annotated import article_html
    from bantin.engine import extract_article
    from bantin.errors import InputError
    from bantin.read import plan, read
    from bantin.types import Reject

    use(registry)
    items = (item for s in plan([source]) for item in read(s))
    chosen = next((item for i, item in enumerate(items, 1) if i == record), None)
    if chosen is None:
        raise InputError(f"{source}: no article {record}; the file holds fewer")
    if isinstance(chosen, Reject):
        raise InputError(f"{source}: {chosen.reason}: {chosen.detail}")
    result = extract_article(chosen)
    if html is not None:
        html.write_text(article_html(chosen, result.mentions), encoding="utf-8")
        typer.echo(f"wrote {html}", err=True)
        return
    _print(result, table)


def _print(result: Extraction, table: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from bantin.annotated import described

    console = Console(highlight=False)
    article = result.article
    head = [("title", article.title), ("published", article.published), ("author", article.author)]
    sources = {e.field: e.source for e in article.evidence if e.used}
    for name, value in head:
        if value:
            console.print(_plain(f"{name}: {value}"), style="bold", end="")
            console.print(_plain(f"  ({sources[name]})" if name in sources else ""), style="dim")
    for block in article.blocks:
        console.print(_marked(result, block.start, block.end))
        console.print()
    counts = {f: len(result.of(f)) for f in STYLES}
    for family, n in counts.items():
        console.print(f" {family} {n} ", style=STYLES[family], end=" ")
    console.print()
    if table:
        listing = Table("family", "text", "value", "rule", box=None, pad_edge=False)
        for m in result.mentions:
            listing.add_row(m.family, _plain(m.text), _plain(described(m)), m.rule)
        console.print(listing)
    for check in result.checks:
        console.print(plain(f"check {check.kind}: {check.message}"), style="red", markup=False)


def _plain(text: str) -> Text:
    """Text that is printed as it is: brackets are no markup, control characters do not reach the terminal."""
    from rich.text import Text

    return Text(plain(text))


def _marked(result: Extraction, start: int, end: int) -> Text:
    from rich.text import Text

    text = Text()
    from bantin.annotated import segments

    for a, b, covering in segments(start, end, result.mentions):
        innermost = min(covering, key=lambda m: m.end - m.start, default=None)
        text.append(_plain(result.text[a:b]).plain, style=STYLES[innermost.family] if innermost else "")
    return text
