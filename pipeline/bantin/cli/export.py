"""`bantin export`: a dataset in the form of another standard."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A dataset of `bantin run`.", show_default=False)],
    popolo: Annotated[
        Path, typer.Option("--popolo", metavar="FILE", help="Write people, bodies and posts as Popolo JSON to FILE.")
    ],
) -> None:
    """Write the people of a dataset, with their posts, as Popolo JSON.

    Persons, organizations, posts and memberships. Dates stand as exactly as the evidence tells them; the articles they
    rest on stand as sources.

    \b
    Example: bantin export dataset --popolo people.json
    """
    from bantin.popolo import export_popolo

    counts = export_popolo(folder, popolo)
    said = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    print(f"bantin: {popolo}: {said}", file=sys.stderr)
