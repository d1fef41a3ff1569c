"""bantin explain: which rule fired on a text, its parts, its value."""

from __future__ import annotations

import json
from collections import Counter
from typing import Annotated

import typer
from msgspec.structs import asdict

from bantin.cli.registries import Registries, use


def explain(
    text: Annotated[str, typer.Argument(help="A sentence or a paragraph.", show_default=False)],
    published: Annotated[str | None, typer.Option(help="Day of publication, ISO; completes dates.")] = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Also every number that is no indicator, and why.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a mention.")] = False,
    registry: Registries = None,
) -> None:
    """Explain what is found in a text: the rule that fired, why it exists, the value it gave.

    Example: bantin explain "Ngày 08/4, Ban Bí thư ban hành Chỉ thị số 20-CT/TW" --published 2024-04-09
    """
    from bantin.engine import extract
    from bantin.errors import InputError
    from bantin.extractors import extractors

    use(registry)
    try:
        result = extract(text, published)
    except ValueError:
        raise InputError(f"--published {published!r} is not an ISO day such as 2024-04-09") from None
    if as_json:
        for m in result.mentions:
            value = {k: v for k, v in asdict(m.value).items() if v not in (None, (), "")}
            row = {"family": m.family, "text": m.text, "start": m.start, "end": m.end, "rule": m.rule}
            print(json.dumps({**row, "confidence": m.confidence, "value": value}, ensure_ascii=False, default=str))
        return
    whys = {rule.id: rule.why for e in extractors() for rule in e.rules}
    for m in result.mentions:
        print(f"{m.text}")
        print(f"  {m.family}, characters {m.start}-{m.end}, confidence {m.confidence:.2f}")
        print(f"  rule {m.rule}: {whys.get(m.rule, '')}")
        for key, value in asdict(m.value).items():
            if value not in (None, (), "", False):
                print(f"    {key:12} {value}")
    if not result.mentions:
        print("nothing found")
    for check in result.checks:
        print(f"check {check.kind}: {check.message}")
    for r in result.relations:
        print(f"relation: {r.subject.of(result.text)} {r.kind} {r.object.of(result.text)}")
    if numbers:
        from bantin.engine import refused_numbers

        refused = refused_numbers(result)
        for span, reason in refused:
            print(f"no indicator: {span.of(result.text)!r} at {span.start}: {reason}")
        counts = Counter(reason for _, reason in refused)
        print(f"refused: {', '.join(f'{reason} {n}' for reason, n in sorted(counts.items())) or 'none'}")
