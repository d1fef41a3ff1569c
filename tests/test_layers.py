"""A module imports only what stands to its left in the design's one line of layers; third-party owners too."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline" / "bantin"

LAYERS: list[set[str]] = [
    {"errors"},
    {"types"},
    {"text"},
    {"datafile"},
    {"lexicon"},
    {"loosen"},
    {"rules"},
    {"numbers"},
    {"names"},
    {"organisations"},
    {"posts"},
    {"profiles"},
    {"tokenize", "scrape", "read", "extractors"},
    {"resolve"},
    {"dataset"},
    {"gold"},
    {"models"},
    {"engine"},
    {"workers"},
    {"run"},
    {"annotated", "spacy"},
    {"evaluate"},
    {"evaluation_report", "mine", "pages", "retrain"},
    {"selfcheck"},
    {"query", "serve"},
    {"popolo"},
    {"cli"},
]
"""Names in one set are blind to each other."""

OWNERS = {
    "underthesea": {"tokenize"},
    "spacy": {"spacy"},
    "lxml": {"read", "scrape"},
    "cssselect": {"read", "profiles", "scrape"},
    "warcio": {"read", "scrape"},
    "bs4": {"read"},
    "trafilatura": {"read"},
    "regex": {"spacy", "text", "rules", "read", "extractors", "names", "organisations", "posts", "resolve"},
    "pyarrow": {"read", "dataset", "run", "query", "evaluate", "resolve"},
    "pandas": {"query"},
    "scrapy": {"scrape"},
    "twisted": {"scrape"},
    "protego": {"scrape"},
    "parsel": {"scrape"},
    "w3lib": {"scrape"},
    "typer": {"cli"},
    "rich": {"cli"},
}
HEAVY = {
    "bs4",
    "pandas",
    "pyarrow",
    "spacy",
    "underthesea",
    "scrapy",
    "twisted",
    "warcio",
    "trafilatura",
    "lxml",
    "rich",
}
FILES = sorted(PACKAGE.rglob("*.py"))


def _layer(module: str) -> int:
    return next(i for i, names in enumerate(LAYERS) if module in names)


def _imports(tree: ast.AST) -> list[tuple[str, ast.stmt]]:
    out: list[tuple[str, ast.stmt]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            out += [(a.name, node) for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            out.append((node.module, node))
            if node.module == "bantin":
                out += [(f"bantin.{a.name}", node) for a in node.names if a.name[0].islower()]
    return out


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_imports_stand_to_the_left(file: Path) -> None:
    relative = file.relative_to(PACKAGE)
    if len(relative.parts) == 1 and relative.name in ("__init__.py", "__main__.py"):
        return  # public names, found on first use; the command line
    own = relative.parts[0].removesuffix(".py")
    for module, _ in _imports(ast.parse(file.read_text(encoding="utf-8"))):
        top, *rest = module.split(".")
        if top != "bantin":
            assert own in OWNERS.get(top, {own}), f"{relative} imports {top}, which belongs to {OWNERS.get(top)}"
            continue
        if not rest:
            continue
        other = rest[0]
        if other == own:
            if own == "extractors" and len(relative.parts) > 2 and len(rest) > 1:
                family = relative.parts[1]
                assert rest[1] in (family, "base"), f"{relative} imports its sibling {module}"
            continue
        if other.startswith("__"):
            continue
        assert _layer(other) < _layer(own), f"{relative} imports bantin.{other}, which stands to its right or beside it"


@pytest.mark.parametrize(
    "module", ["bantin.cli", "bantin.read", "bantin.engine", "bantin.run", "bantin.query", "bantin.scrape"]
)
def test_heavy_libraries_are_imported_where_they_are_used(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({HEAVY!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_pipeline_is_a_source_root_and_no_package() -> None:
    assert not (PACKAGE.parent / "__init__.py").exists()


def test_every_extractor_folder_is_listed() -> None:
    from bantin.types import FAMILIES

    folders = {p.name for p in (PACKAGE / "extractors").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == set(FAMILIES)
