"""bantin models: write and verify the card of the rule set."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="The card of the rule set: fingerprint, counts, scores.", no_args_is_help=True)


@app.command()
def write(
    measured: Annotated[str, typer.Option(help="ISO day on which the scores are taken.", show_default=False)],
    corpus: Annotated[Path, typer.Option(help="Corpus with archive/ and gold/.")] = Path("corpus"),
    models: Annotated[Path, typer.Option(help="Folder of the cards.")] = Path("models"),
) -> None:
    """Measure the rule set on the corpus and write its card.

    Example: bantin models write --measured 2026-11-24
    """
    from bantin.models import write_card

    typer.echo(f"wrote {write_card(models, measure(corpus), measured)}", err=True)


@app.command()
def verify(models: Annotated[Path, typer.Option(help="Folder of the cards.")] = Path("models")) -> None:
    """Compare the current card with the rule set that is installed. Exit 1 where they differ.

    Example: bantin models verify
    """
    from bantin.models import card_problems

    problems = card_problems(models)
    for problem in problems:
        print(problem)
    raise typer.Exit(1 if problems else 0)


def measure(corpus: Path) -> dict[str, Any]:
    """Scores on every split of a corpus, each with the hash and size of its gold."""
    from bantin.evaluate import evaluate
    from bantin.gold import gold_hash, load_gold
    from bantin.run import run

    scores: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="bantin-") as folder:
        dataset = Path(folder) / "dataset"
        run([corpus / "archive"], dataset)
        for split in ("train", "dev", "test"):
            gold = load_gold(corpus / "gold" / split)
            result = evaluate(dataset, gold)
            scores[split] = {
                "gold_sha256": gold_hash(gold),
                "articles": len(gold),
                "f1": {f: round(s.f1, 4) for f, s in result.families.items()},
                "interval": {f: [round(x, 4) for x in s.interval()] for f, s in result.families.items()},
                "precision": {f: round(s.precision, 4) for f, s in result.families.items()},
                "recall": {f: round(s.recall, 4) for f, s in result.families.items()},
                "attributes": {k: list(v) for k, v in result.attributes.items()},
            }
    return scores
