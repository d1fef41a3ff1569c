"""bantin check: every rule, lexicon, site profile and gold file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def check(
    corpus: Annotated[
        Path | None, typer.Option(help="A corpus folder whose gold and saved pages are checked too.")
    ] = None,
) -> None:
    """Check every data file: rules with their examples, lexicons, registry, site profiles, gold. Exit 1 with findings.

    Without --corpus, ./corpus is checked where it exists. Its saved pages (pages/SITE/NAME.html) tell whether the
    layout of a site has drifted away from its profile; with the expected article (NAME.json) beside it, whether it is
    read right.

    Example: bantin check --corpus corpus
    """
    from bantin import selfcheck

    findings = [
        *selfcheck.check_rules(),
        *selfcheck.check_pace(),
        *selfcheck.check_lexicons(),
        *selfcheck.check_registry(),
        *selfcheck.check_sites(),
    ]
    if corpus is None and Path("corpus/gold").is_dir():
        corpus = Path("corpus")
    golds = pages = 0
    if corpus is not None:
        from bantin.gold import check_gold, load_gold

        has_pages = (corpus / "pages").is_dir()
        if (corpus / "gold").is_dir() or not has_pages:
            articles = load_gold(corpus / "gold")
            golds = len(articles)
            findings += [p for a in articles for p in check_gold(a)]
        if has_pages:
            from bantin.pages import check_pages, load_pages

            pages = len(load_pages(corpus / "pages"))
            findings += check_pages(corpus / "pages")
    for finding in findings:
        print(finding)
    examples = sum(1 for _ in selfcheck.rule_examples())
    typer.echo(
        f"{examples} rule examples, {len(selfcheck.lexicon_names())} lexicons, {golds} gold files, {pages} pages: "
        + (f"{len(findings)} findings" if findings else "all hold"),
        err=True,
    )
    raise typer.Exit(1 if findings else 0)
