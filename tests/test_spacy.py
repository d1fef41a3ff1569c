"""The spaCy side: every character kept, exact spans, values, DocBin, displaCy."""

from __future__ import annotations

import unicodedata

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import bantin
from bantin.spacy import BantinComponent, BantinTokenizer, span_html, to_doc
from bantin.types import FAMILIES, Article, Block

TEXT = (
    "Ngày 08/4, đồng chí Nguyễn Văn An, Bí thư Tỉnh ủy trao 25 suất quà theo Chỉ thị số 20-CT/TW.\n"
    "Hội nghị lần thứ nămHội nghị đánh giá 18,5% chi bộ."
)

VOCAB = Vocab()


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return bantin.load(published="2024-04-09")


def spans(doc: Doc) -> list[tuple[str, str]]:
    return [(family, span.text) for family in FAMILIES for span in doc.spans[family]]


def expected() -> list[tuple[str, str]]:
    return [(f, m.text) for f in FAMILIES for m in bantin.extract(TEXT, "2024-04-09").of(f)]


def test_every_family_has_a_span_group_with_labels_rules_and_values(nlp) -> None:
    doc = nlp(TEXT)
    assert list(doc.spans) == list(FAMILIES)
    assert spans(doc) == expected()
    (directive,) = doc.spans["directives"]
    assert (directive.label_, directive.id_) == ("DIRECTIVE", "directive.symbol")
    assert directive._.bantin_value["symbol"] == "20-CT/TW"
    assert 0 < directive._.bantin_confidence <= 1
    (day,) = doc.spans["dates"]
    assert day._.bantin_value["start_date"] == "2024-04-08"


@pytest.mark.parametrize(
    "change",
    [
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: t.replace(" ", "\u00a0"),
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace("số ", "số\u200b "),
        lambda t: "\ufeff" + t,
    ],
    ids=["NFD", "NBSP", "CRLF", "zero width", "byte order mark"],
)
def test_spans_stand_in_the_text_as_it_was_given(nlp, change) -> None:
    given_text = change(TEXT)
    doc = nlp(given_text)
    assert doc.text == given_text

    def plain(text: str) -> str:
        return unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u200b", "")

    assert [(f, plain(t)) for f, t in spans(doc)] == expected()


def test_linked_spans_are_offsets_of_the_doc(nlp) -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)
    doc = nlp(decomposed)
    role = doc.spans["roles"][0]
    start, end = role._.bantin_value["holder"]
    assert unicodedata.normalize("NFC", decomposed[start:end]) == "Nguyễn Văn An"


def test_the_component_works_in_another_pipeline_and_splits_its_tokens() -> None:
    english = spacy.blank("en")
    english.add_pipe("bantin", config={"published": "2024-04-09"})
    doc = english(TEXT)
    assert doc.text == TEXT
    assert spans(doc) == expected()


def test_each_doc_may_have_its_own_day(nlp) -> None:
    doc = nlp.make_doc("Ngày 08/4, hội nghị khai mạc.")
    doc._.bantin_published = "2019-05-01"
    doc = nlp(doc)
    assert doc.spans["dates"][0]._.bantin_value["start_date"] == "2019-04-08"
    assert doc._.bantin_published == "2019-05-01"


def test_a_wrong_day_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        bantin.load(published="hôm qua")("Ngày 08/4")


def test_docbin_keeps_spans_rules_and_values(nlp) -> None:
    doc = nlp(TEXT)
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    for family in FAMILIES:
        assert [(s.text, s.label_, s.id_, s._.bantin_value) for s in again.spans[family]] == [
            (s.text, s.label_, s.id_, s._.bantin_value) for s in doc.spans[family]
        ]
    assert again._.bantin_published == "2024-04-09"


def test_a_pipeline_is_saved_and_loaded(nlp, tmp_path) -> None:
    nlp.to_disk(tmp_path)
    assert spans(spacy.load(tmp_path)(TEXT)) == expected()


def test_displacy_shows_every_mention(nlp) -> None:
    html = span_html(nlp(TEXT), page=True)
    assert html.startswith("<!DOCTYPE html>")
    for label in ("DIRECTIVE", "DATE", "PERSON", "ROLE", "INDICATOR"):
        assert label in html
    assert "PERSON" not in span_html(nlp(TEXT), families=["dates"])


def test_markup_in_the_text_is_escaped(nlp) -> None:
    assert "<script>" not in span_html(nlp("<script>alert(1)</script> Ngày 08/4"))


def test_a_read_article_keeps_its_publication_day() -> None:
    text = "Ngày 08/4, hội nghị khai mạc."
    article = Article("a", text, (Block("paragraph", 0, len(text)),), published="2021-04-09")
    doc = to_doc(article)
    assert doc._.bantin_published == "2021-04-09"
    assert doc.spans["dates"][0]._.bantin_value["start_date"] == "2021-04-08"


def test_underthesea_joins_the_syllables_of_a_word() -> None:
    doc = bantin.load(segmenter="underthesea")(TEXT)
    assert doc.text == TEXT
    assert any(" " in token.text for token in doc)


def test_an_unknown_segmenter_is_named() -> None:
    with pytest.raises(ValueError, match="regex, underthesea"):
        BantinTokenizer(VOCAB, "pyvi")  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_the_tokenizer_keeps_any_text(text: str) -> None:
    assert BantinTokenizer(VOCAB)(text).text == text


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Chỉ thị số 20-CT/TW", "08/4", " ", "\u00a0", "\r\n", "e\u0301", "\u200b", "18,5%", "đồng chí An"]
        ),
        max_size=12,
    )
)
def test_any_mixture_gives_exact_spans(parts: list[str]) -> None:
    text = "".join(parts)
    doc = BantinComponent()(BantinTokenizer(VOCAB)(text))
    assert doc.text == text
    found = bantin.extract(text)
    assert sum(len(doc.spans[f]) for f in FAMILIES) == len(found.mentions)
    for family in FAMILIES:
        for span, mention in zip(doc.spans[family], found.of(family), strict=True):
            at = found.source_span(mention)
            assert (span.start_char, span.end_char) == (at.start, at.end)
