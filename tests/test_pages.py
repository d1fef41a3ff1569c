"""The composed pages of fourteen content systems and sites: what is read by profile and without, and drift is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import lxml.html
import pytest

from bantin.pages import Page, body_f1, body_texts, check_pages, load_pages, problems, texts
from bantin.profiles import load_profiles
from bantin.types import Article

FOLDER = Path(__file__).parents[1] / "corpus" / "pages"
PAGES = load_pages(FOLDER)


def name(page: Page) -> str:
    return f"{page.file.parent.name}-{page.file.stem}"


def expected(page: Page) -> dict[str, object]:
    assert page.expected is not None
    return page.expected


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_is_read_by_its_profile(page: Page) -> None:
    assert page.drift() is None
    assert list(problems(page.read(), expected(page))) == []


def test_every_family_and_the_sample_have_pages() -> None:
    named = {p.name for p in load_profiles() if p.marks} | {"sample"}
    assert named == {p.file.parent.name for p in PAGES}
    assert len(named) >= 12
    assert all(p.expected for p in PAGES)


def measured(*, by_profile: bool) -> dict[str, float]:
    """Shares over all pages: fields that are exact, F1 of body, P and R of captions, pages with furniture."""
    read = [(p.read(by_profile=by_profile), expected(p)) for p in PAGES]

    def exact(field: str) -> float:
        return sum(getattr(a, field) == e[field] for a, e in read) / len(read)

    found = [(c, i) for i, (a, _) in enumerate(read) for c in texts(a, ("caption",))]
    wanted = [(c, i) for i, (_, e) in enumerate(read) for c in e["captions"]]  # type: ignore[attr-defined]
    both = len(set(found) & set(wanted))

    def dirty(article: Article, absent: object) -> bool:
        shown = " ".join(body_texts(article) + texts(article, ("caption", "byline", "source")))
        return any(words in shown for words in absent)  # type: ignore[attr-defined]

    return {
        "title": exact("title"),
        "published": exact("published"),
        "author": exact("author"),
        "body": sum(body_f1(body_texts(a), e["body"]) for a, e in read) / len(read),  # type: ignore[arg-type]
        "caption precision": both / len(found),
        "caption recall": both / len(wanted),
        "furniture": sum(dirty(a, e["absent"]) for a, e in read),
        "invented dates": sum(a.published is not None and e["published"] is None for a, e in read),
    }


FLOORS = {
    "title": 0.99,
    "published": 0.99,
    "author": 0.97,
    "body": 0.99,
    "caption precision": 0.97,
    "caption recall": 0.97,
}


@pytest.mark.parametrize("by_profile", [True, False], ids=["by profile", "as a page of no known site"])
def test_fields_reach_what_the_issue_asks(by_profile: bool) -> None:
    figures = measured(by_profile=by_profile)
    assert all(figures[field] >= floor for field, floor in FLOORS.items()), figures
    assert figures["furniture"] == 0, figures
    assert figures["invented dates"] == 0, figures


# --- drift


def redesigned(source: str, selectors: Iterable[str]) -> str:
    """The page after its makers gave other names to every element that one of the selectors finds."""
    root = lxml.html.document_fromstring(source)
    for selector in selectors:
        while found := root.cssselect(selector):
            for element in found:
                element.attrib.clear()
                element.tag = "section"
    return lxml.html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")


@pytest.mark.parametrize("part", ["title", "body", "date"])
@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_layout_that_has_drifted_is_found(page: Page, part: str, tmp_path: Path) -> None:
    if part == "date" and expected(page)["published"] is None:
        return
    source = redesigned(page.source, (s for lay in page.profile.layouts for s in lay.select.get(part, ())))
    folder = tmp_path / page.file.parent.name
    folder.mkdir()
    (folder / page.file.name).write_text(source, encoding="utf-8")
    (folder / page.file.with_suffix(".json").name).write_bytes(page.file.with_suffix(".json").read_bytes())
    (finding, *_) = check_pages(tmp_path)
    assert f"sites/{page.file.parent.name}.toml" in finding
    assert "drifted" in finding
    assert part in finding


@pytest.mark.parametrize("change", [lambda s: s.replace("h1", "h1"), lambda s: f"<!-- x -->{s}", str.strip])
def test_pages_that_did_not_change_raise_no_alarm(change: Callable[[str], str], tmp_path: Path) -> None:
    for page in PAGES:
        folder = tmp_path / page.file.parent.name
        folder.mkdir(exist_ok=True)
        (folder / page.file.name).write_text(change(page.source), encoding="utf-8")
    assert list(check_pages(tmp_path)) == []
