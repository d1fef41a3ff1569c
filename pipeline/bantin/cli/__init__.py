"""The command line. One thin file a command; each is registered here in one line.

Command modules import nothing heavy when they are loaded, so that `bantin --help` starts at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from bantin import __version__
from bantin.cli import check, evaluate, explain, export, models, query, run, scrape, show
from bantin.cli.guard import guarded

app = typer.Typer(
    name="bantin",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Exit codes: 0 done; 1 done with findings, or refused by a gate; 2 misuse, nothing done; 130 interrupted.",
)
app.command()(scrape.scrape)
app.command()(run.run)
app.command()(show.show)
app.command()(explain.explain)
app.command()(query.query)
app.command()(export.export)
app.command()(evaluate.evaluate)
app.command()(check.check)
app.add_typer(models.app, name="models")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bantin {__version__}")
        raise typer.Exit


@app.callback()
def bantin(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Archived Vietnamese committee bulletins in, a relational dataset out.

    \b
    Example: bantin run corpus/archive --out dataset
             bantin query dataset "SELECT symbol, articles FROM directives ORDER BY articles DESC"
    """


def main() -> None:
    """The command `bantin`. No traceback ever reaches a user."""
    guarded(app)
