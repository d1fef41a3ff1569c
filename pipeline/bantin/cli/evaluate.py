"""bantin evaluate: precision, recall and F1 against gold, with every error behind them."""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    dataset: Annotated[
        Path, typer.Argument(help="A dataset of `bantin run`, or inputs to run first.", show_default=False)
    ],
    gold: Annotated[Path, typer.Argument(help="A folder of gold files.", show_default=False)],
    errors: Annotated[list[str] | None, typer.Option(help="Print every miss and wrong row of this family.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write every miss and wrong row as a page to browse.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as one line of JSON only.")] = False,
) -> None:
    """Score a dataset against gold: distinct values per article, a family at a time.

    Optional gold items neither earn nor cost; the interval is a 95 % bootstrap over articles.

    Example: bantin evaluate dataset corpus/gold/dev --errors roles --html errors.html
    """
    from bantin.errors import InputError
    from bantin.evaluate import FAMILIES
    from bantin.evaluate import evaluate as score_dataset
    from bantin.evaluation_report import error_lines, evaluation_html
    from bantin.gold import load_gold

    if unknown := sorted(set(errors or []) - set(FAMILIES)):
        raise InputError(f"no family {', '.join(unknown)}; known: {', '.join(FAMILIES)}")
    articles = load_gold(gold)
    with ExitStack() as stack:
        if not (dataset / "datapackage.json").exists():
            from bantin.run import run

            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bantin-"))) / "dataset"
            run([dataset], folder)
            dataset = folder
        result = score_dataset(dataset, articles)
    scores = {name: round(score.f1, 4) for name, score in result.families.items()}
    scores |= {f"directive_{k}": round(right / asked, 4) for k, (right, asked) in result.attributes.items() if asked}
    if html is not None:
        html.write_text(evaluation_html(result, f"{dataset.name} against {gold}"), encoding="utf-8")
    if as_json:
        print(json.dumps(scores))
        return
    print(
        f"{len(articles)} gold articles of {gold}" + (f"; not in the dataset: {result.absent}" if result.absent else "")
    )
    for name, score in result.families.items():
        tp, fp, fn = score.counts()
        low, high = score.interval()
        print(
            f"{name:11} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f} [{low:.3f}, {high:.3f}]"
            f"   tp {tp} fp {fp} fn {fn}"
        )
    for name, (right, asked) in result.attributes.items():
        print(f"directive {name}: {right}/{asked}")
    for family in errors or []:
        print(f"\n{family}")
        for line in error_lines(result.families[family]):
            print(f"  {line}")
    if html is not None:
        typer.echo(f"every miss and wrong row: {html}", err=True)
