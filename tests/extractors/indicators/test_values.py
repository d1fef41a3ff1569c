"""Values of adversarial texts through the whole pipeline: separators, scales, ranges, ratios, units, traps."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bantin.engine import extract

LINES = Path(__file__).with_name("values.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


def test_the_table_is_large() -> None:
    assert len(ROWS) >= 100 and all(len(row) == 3 for row in ROWS)


def printed(number: Decimal) -> Decimal:
    return number.normalize()


@pytest.mark.parametrize(("text", "expected", "why"), ROWS, ids=[row[2] for row in ROWS])
def test_value(text: str, expected: str, why: str) -> None:
    found = []
    for m in extract(text, "2024-04-09").of("indicators"):
        v = m.value
        found.append(
            (printed(v.value), v.value_max and printed(v.value_max), v.denominator and printed(v.denominator), v.unit)
        )
    wanted = []
    for item in [] if expected == "-" else expected.split(" + "):
        number, _, unit = item.partition(" ")
        number, _, whole = number.partition("/")
        low, _, top = number.partition("..")
        wanted.append(
            (
                printed(Decimal(low)),
                printed(Decimal(top)) if top else None,
                printed(Decimal(whole)) if whole else None,
                unit,
            )
        )
    assert found == wanted, why
