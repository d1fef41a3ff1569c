"""The script for the article-extraction-benchmark's format, on a folder of that format made of composed pages."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from bantin.pages import load_pages

ROOT = Path(__file__).parents[1]
ENGLISH = "".join(
    f"<p>On day {i} the council of the valley met in the hall, heard {i} reports, and agreed to repair the bridge.</p>"
    for i in range(3, 12)
)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("article_extraction", ROOT / "benchmarks" / "article_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("aeb")
    (folder / "html").mkdir()
    gold = {}
    for page in load_pages(ROOT / "corpus" / "pages"):
        assert page.expected is not None
        name = f"{page.file.parent.name}-{page.file.stem}"
        (folder / "html" / f"{name}.html.gz").write_bytes(gzip.compress(page.file.read_bytes()))
        gold[name] = {"articleBody": "\n".join(page.expected["body"]), "url": page.expected["url"]}
    english = (
        f"<html><body><nav><a href='/'>Home</a></nav><article><h1>The bridge</h1>{ENGLISH}</article></body></html>"
    )
    (folder / "html" / "english.html.gz").write_bytes(gzip.compress(english.encode()))
    gold["english"] = {"articleBody": ENGLISH.replace("<p>", "").replace("</p>", "\n"), "url": "https://b.example/"}
    (folder / "ground-truth.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder


def test_ours_is_at_least_trafilaturas_in_the_same_run(script: ModuleType, folder: Path) -> None:
    scores = script.compare(folder)
    assert scores["bantin"]["f1"] >= scores["trafilatura"]["f1"]
    assert scores["bantin"]["f1"] >= 0.98
    assert scores["trafilatura"]["f1"] > 0.5  # the other side was really asked


def test_the_score_is_the_benchmarks(script: ModuleType) -> None:
    one = script.score(["a b c d e"], ["a b c d f"])
    assert one == {"f1": 0.5, "precision": 0.5, "recall": 0.5}
    assert script.score([""], ["a b c d"])["f1"] == 0
    assert script.score(["a b c d"], ["a b c d"])["f1"] == 1
