"""bantin check: every rule, lexicon and gold file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def check(
    corpus: Annotated[Path | None, typer.Option(help="A corpus folder whose gold is checked too.")] = None,
) -> None:
    """Check every data file: rules with their examples, lexicons, the registry, gold. Exit 1 with findings.

    Without --corpus, ./corpus is checked where it exists.

    Example: bantin check --corpus corpus
    """
    from bantin import selfcheck

    findings = [
        *selfcheck.check_rules(),
        *selfcheck.check_pace(),
        *selfcheck.check_lexicons(),
        *selfcheck.check_registry(),
    ]
    if corpus is None and Path("corpus/gold").is_dir():
        corpus = Path("corpus")
    golds = 0
    if corpus is not None:
        from bantin.gold import check_gold, load_gold

        articles = load_gold(corpus / "gold")
        golds = len(articles)
        findings += [p for a in articles for p in check_gold(a)]
    for finding in findings:
        print(finding)
    examples = sum(1 for _ in selfcheck.rule_examples())
    typer.echo(
        f"{examples} rule examples, {len(selfcheck.lexicon_names())} lexicons, {golds} gold files: "
        + (f"{len(findings)} findings" if findings else "all hold"),
        err=True,
    )
    raise typer.Exit(1 if findings else 0)
