"""The card of a rule set: what it consists of, its fingerprint, and its scores with the hash of their gold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bantin import __version__
from bantin.datafile import packaged
from bantin.errors import DataFileError
from bantin.extractors import extractors
from bantin.lexicon import load_lexicon

_PARTS = ("lexicons", "registry", "extractors", "resolve")
_MODULES = (
    "text.py",
    "numbers.py",
    "names.py",
    "organisations.py",
    "rules.py",
    "lexicon.py",
    "engine.py",
    "tokenize.py",
)
CARD = "card.json"


def _walk(node: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for child in sorted(node.iterdir(), key=lambda c: c.name):
        here = f"{path}/{child.name}"
        if child.is_dir():
            if child.name != "__pycache__":
                yield from _walk(child, here)
        elif child.name.endswith((".toml", ".csv", ".py")):
            yield here, child


def fingerprint() -> str:
    """SHA-256 over everything that decides what is found: rules, lexicons, registry, extractors, resolvers."""
    digest = hashlib.sha256()
    root = packaged()
    files = [item for part in _PARTS for item in _walk(root.joinpath(part), part)]
    files += [(name, root.joinpath(name)) for name in _MODULES if root.joinpath(name).is_file()]
    for name, file in files:
        digest.update(f"{name}\0".encode())
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
        digest.update(b"\0")
    return digest.hexdigest()


def counts() -> dict[str, Any]:
    """How many rules, examples and lexicon entries the rule set has."""
    rules = {e.family: list(e.rules) for e in extractors()}
    names = sorted(f.name.removesuffix(".csv") for f in packaged("lexicons").iterdir() if f.name.endswith(".csv"))
    return {
        "rules": {family: len(rs) for family, rs in rules.items()},
        "examples": {family: sum(len(r.yes) + len(r.no) for r in rs) for family, rs in rules.items()},
        "lexicons": {name: len(load_lexicon(name)) for name in names},
    }


def write_card(models: Path, scores: Mapping[str, Any], measured: str) -> Path:
    """Writes `models/<version>/card.json` and `models/CURRENT`. `measured` is the ISO day the scores were taken."""
    folder = models / __version__
    folder.mkdir(parents=True, exist_ok=True)
    card = {
        "version": __version__,
        "fingerprint": fingerprint(),
        "measured": measured,
        "counts": counts(),
        "scores": dict(scores),
    }
    file = folder / CARD
    file.write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (models / "CURRENT").write_text(f"{__version__}\n", encoding="utf-8")
    return file


def read_card(models: Path) -> dict[str, Any]:
    """The card that `models/CURRENT` names. Raises DataFileError if there is none or it is not JSON."""
    current = models / "CURRENT"
    try:
        file = models / current.read_text(encoding="utf-8").strip() / CARD
        card = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise DataFileError(models, "CURRENT", f"no card ({e.filename}); write one with `make models`") from None
    except json.JSONDecodeError as e:
        raise DataFileError(file, f"line {e.lineno}", f"not JSON: {e.msg}") from None
    if not isinstance(card, dict):
        raise DataFileError(file, "-", "expected a JSON object")
    return card


def card_problems(models: Path) -> list[str]:
    """Where the card disagrees with the rule set in this package: version, fingerprint, counts."""
    card = read_card(models)
    now = {"version": __version__, "fingerprint": fingerprint(), "counts": counts()}
    return [
        f"models/{card.get('version')}/{CARD}: {key} is {card.get(key)!r}, the package has {value!r}; run `make models`"
        for key, value in now.items()
        if card.get(key) != value
    ]
