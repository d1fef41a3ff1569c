"""`bantin run`: the main job, with a progress bar on a terminal and a summary of what was written."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bantin.cli.registries import Registries, use

if TYPE_CHECKING:
    from bantin.run import Progress, Summary


def run(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="INPUT", help="Files or folders.", readable=False, show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the dataset.", show_default=False)],
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=1, metavar="N", help="Processes; the bytes are the same.")
    ] = 1,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of the dataset in DIR.")] = False,
    registry: Registries = None,
) -> None:
    """Read bulletins, extract, resolve, and write the dataset.

    An INPUT is a .txt, .html, .jsonl(.gz), .csv, .parquet or .warc(.gz) file, or a folder of them. DIR gets one Parquet
    file a table, bantin.sqlite, and datapackage.json that describes them all. It appears when everything is written; an
    interrupted or failed run leaves it as it was.

    \b
    Exit code 0    every input became an article
              1    done; the table rejects tells what could not be used, and why
              2    an input or DIR cannot be used, or the disk is full; nothing was written
              130  interrupted; nothing was written

    \b
    Example: bantin run corpus/archive --out dataset
             bantin run 2023/ 2024.jsonl.gz --out dataset --workers 4 --replace
    """
    from bantin.run import run as run_batch

    use(registry)
    with _progress() as tell:
        summary = run_batch(inputs, out, workers, replace, tell)
    _print(summary, out)
    raise typer.Exit(1 if summary.rejects else 0)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[articles]:,} articles"),
        TimeRemainingColumn(),
    )
    labels = {"reading": "reading and extracting", "tables": "writing tables", "sqlite": "writing bantin.sqlite"}
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(progress: Progress) -> None:
            stage, total, articles = progress.stage, progress.total, progress.articles
            if stage not in tasks:
                tasks[stage] = bar.add_task(labels[stage], total=total, articles=articles)
            bar.update(tasks[stage], completed=progress.done, total=total, articles=articles)

        yield tell


def _print(summary: Summary, out: Path) -> None:
    from bantin.dataset.schema import TABLE

    print(f"{summary.articles:,} articles ({summary.characters:,} characters) from {_many(summary.sources, 'file')}\n")
    width = max(map(len, summary.tables))
    for name, rows in summary.tables.items():
        if rows:
            print(f"  {name:{width}}  {rows:>9,}  {TABLE[name].description.split('. ')[0].rstrip('.')}")
    empty = [name for name, rows in summary.tables.items() if not rows]
    if empty:
        print(f"  empty: {', '.join(empty)}")
    if summary.rejects:
        reasons = ", ".join(f"{n:,} {reason}" for reason, n in summary.rejects.items())
        print(f"\n{_many(sum(summary.rejects.values()), 'reject')}: {reasons}")
        _print_query(out, "source_path, source_record, reason, detail FROM rejects")
    print(f"\nwritten to {out}: Parquet tables, bantin.sqlite, datapackage.json. To look at it:")
    _print_query(out, "type, symbol, mentions, articles FROM directives ORDER BY articles DESC")
    _print_query(out, "value, unit, object, actor, period_start, period_end FROM indicators")
    print("  bantin show INPUT_FILE")
    print("  notebooks/01-first-dataset.ipynb")


def _print_query(out: Path, select: str) -> None:
    print(f'  bantin query {shlex.quote(str(out))} "SELECT {select}"')


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
