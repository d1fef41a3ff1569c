"""The option `--registry`: documents of the user's own, beside the packaged registry."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Registries = Annotated[
    list[Path] | None,
    typer.Option(
        "--registry",
        metavar="FILE",
        help="CSV of your own documents, with the columns of registry/documents.csv; may be given again.",
        show_default=False,
    ),
]


def use(files: list[Path] | None) -> None:
    """Adds the user's files. Raises DataFileError with file, row and fix where one is wrong."""
    from bantin.resolve.registry import use_registry

    use_registry(*files or ())
