"""The spaCy side: a tokenizer that keeps every character, the component `bantin`, span groups, DocBin, displaCy.

>>> import bantin
>>> nlp = bantin.load(published="2024-04-09")
>>> doc = nlp("Ngày 08/4, Ban Bí thư ban hành Chỉ thị số 20-CT/TW")
>>> [(span.text, span.label_, span.id_, span._.bantin_value["symbol"]) for span in doc.spans["directives"]]
[('Chỉ thị số 20-CT/TW', 'DIRECTIVE', 'directive.symbol', '20-CT/TW')]

`nlp.add_pipe("bantin")` adds the component to any pipeline. Offsets are those of `Doc.text`, whatever its Unicode form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import regex
import spacy
from msgspec.structs import fields
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import registry
from spacy.vocab import Vocab

from bantin.engine import Extraction, extract, extract_article
from bantin.extractors import extractors
from bantin.tokenize import words
from bantin.types import FAMILIES, Article, Mention, Span

Segmenter = Literal["regex", "underthesea"]

COLORS = {
    "DIRECTIVE": "#f4a261",
    "DATE": "#8ecae6",
    "TIME": "#bde0fe",
    "PERSON": "#a7c957",
    "ROLE": "#d4a5d9",
    "INDICATOR": "#ffd166",
}
"""What displaCy paints each label with."""

_KEY = "bantin"  # of Doc.user_data: what DocBin must keep beside the span groups
_TOKEN = regex.compile(r"[\p{L}\p{M}]+|\p{N}+(?:[.,]\p{N}+)*|\s+|.", regex.DOTALL)


class BantinTokenizer:
    """Letters, numbers and single marks as tokens; `Doc.text` is the text that was given, always.

    With `segmenter="underthesea"` the syllables of a Vietnamese word make one token (about 100 times slower).
    """

    def __init__(self, vocab: Vocab, segmenter: Segmenter = "regex") -> None:
        if segmenter not in ("regex", "underthesea"):
            raise ValueError(f"segmenter is {segmenter!r}; one of regex, underthesea")
        self.vocab = vocab
        self.segmenter = segmenter

    def __call__(self, text: str) -> Doc:
        cut = _TOKEN.findall(text) if self.segmenter == "regex" else _segmented(text)
        tokens: list[str] = []
        spaces: list[bool] = []
        for token in cut:
            rest = token
            if rest.startswith(" ") and tokens and not spaces[-1]:
                spaces[-1] = True
                rest = rest[1:]
            if rest:
                tokens.append(rest)
                spaces.append(False)
        return Doc(self.vocab, words=tokens, spaces=spaces)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:
        """One Doc a text, in order."""
        return (self(text) for text in texts)

    # Nothing to store: the configuration of the pipeline says it all.
    def to_bytes(self, **kwargs: Any) -> bytes:
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> BantinTokenizer:
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        return None

    def from_disk(self, path: str | Path, **kwargs: Any) -> BantinTokenizer:
        return self


def _segmented(text: str) -> list[str]:
    tokens: list[str] = []
    for line in regex.split(r"(\n+)", text):
        at = 0
        for span in words(line) if line.strip() else ():
            tokens += _TOKEN.findall(line[at : span.start])
            tokens.append(line[span.start : span.end])
            at = span.end
        tokens += _TOKEN.findall(line[at:])
    return tokens


def create_tokenizer(segmenter: Segmenter = "regex") -> Callable[[Language], BantinTokenizer]:
    """The tokenizer as a pipeline's configuration names it: `bantin.tokenizer.v1`."""
    return lambda nlp: BantinTokenizer(nlp.vocab, segmenter)


registry.tokenizers("bantin.tokenizer.v1", func=create_tokenizer)


@Language.factory("bantin", default_config={"published": None}, assigns=["doc.spans"])
def create_bantin(nlp: Language, name: str, published: str | None) -> BantinComponent:
    """The component of `nlp.add_pipe("bantin", config={"published": "2024-04-09"})`."""
    return BantinComponent(published)


class BantinComponent:
    """Sets a span group a family: `doc.spans["directives"]`, `dates`, `people`, `roles`, `indicators`.

    The publication date is `doc._.bantin_published` where it is set, else that of the configuration. Raises ValueError
    if it is not an ISO day or minute.
    """

    def __init__(self, published: str | None = None) -> None:
        self.published = published

    def __call__(self, doc: Doc) -> Doc:
        published = doc._.bantin_published or self.published
        return annotate(doc, extract(doc.text, published))


def load(published: str | date | None = None, segmenter: Segmenter = "regex") -> Language:
    """A blank Vietnamese pipeline with bantin's tokenizer and the component `bantin`.

    `published` is the day on which the texts appeared. Where each has its own: `doc = nlp.make_doc(text)`, set
    `doc._.bantin_published`, then `nlp(doc)`.
    """
    nlp = spacy.blank("vi", config=_config(segmenter))
    day = published.isoformat() if isinstance(published, date) else published
    nlp.add_pipe("bantin", config={"published": day})
    return nlp


def _config(segmenter: Segmenter) -> dict[str, Any]:
    return {"nlp": {"tokenizer": {"@tokenizers": "bantin.tokenizer.v1", "segmenter": segmenter}}}


def to_doc(article: Article, vocab: Vocab | None = None) -> Doc:
    """A Doc of an article that was read, with its mentions: the kinds of its blocks are used, as in `bantin run`."""
    return annotate(BantinTokenizer(vocab if vocab is not None else Vocab())(article.text), extract_article(article))


def annotate(doc: Doc, extraction: Extraction) -> Doc:
    """Puts the mentions of an extraction on a Doc of the same text. A token that a mention cuts in two is split."""
    spans = [(m, extraction.source_span(m)) for m in extraction.mentions]
    _split_tokens(doc, {offset for _, span in spans for offset in (span.start, span.end)})
    labels = _labels()
    groups: dict[str, list[DocSpan]] = {family: [] for family in FAMILIES}
    values: dict[str, dict[str, Any]] = {}
    for mention, at in spans:
        span = doc.char_span(
            at.start, at.end, label=labels[mention.rule], span_id=mention.rule, alignment_mode="expand"
        )
        if span is not None:
            groups[mention.family].append(span)
            values[_name(span)] = {"value": _plain(mention, extraction), "confidence": mention.confidence}
    for family, group in groups.items():
        doc.spans[family] = group
    checks = [
        {"kind": c.kind, "found": c.found, "expected": c.expected, "message": c.message} for c in extraction.checks
    ]
    doc._.bantin_published = extraction.article.published
    doc.user_data[_KEY] = {"values": values, "checks": checks}
    return doc


def span_html(doc: Doc, families: Sequence[str] = FAMILIES, page: bool = False) -> str:
    """displaCy's span view of a Doc: every mention of `families`, painted by its label; a whole page with `page`."""
    spans = [
        {"start_token": span.start, "end_token": span.end, "label": span.label_}
        for family in families
        for span in doc.spans.get(family, ())
    ]
    shown = {"text": doc.text, "spans": spans, "tokens": [token.text for token in doc]}
    html = displacy.render(
        shown, style="span", manual=True, page=page, jupyter=False, options={"colors": COLORS, "spans_key": _KEY}
    )
    return str(html)


def _labels() -> Mapping[str, str]:
    return {rule.id: rule.label for extractor in extractors() for rule in extractor.rules}


def _name(span: DocSpan) -> str:
    # Two spans of different families may cover the same characters: spaCy's own extensions cannot tell them apart.
    return f"{span.label_}:{span.start_char}:{span.end_char}:{span.id_}"


def _split_tokens(doc: Doc, offsets: set[int]) -> None:
    """Splits every token that has one of these offsets inside, so that spans are exact."""
    cuts: dict[int, list[int]] = {}
    for offset in offsets:
        token = doc.char_span(offset, offset + 1, alignment_mode="expand")
        if token is not None and token.start_char < offset < token.end_char:
            cuts.setdefault(token.start, []).append(offset - token.start_char)
    if not cuts:
        return
    with doc.retokenize() as retokenizer:
        for i, inner in cuts.items():
            bounds = [0, *sorted(inner), len(doc[i].text)]
            parts = [doc[i].text[a:b] for a, b in pairwise(bounds)]
            retokenizer.split(doc[i], parts, heads=[(doc[i], n) for n in range(len(parts))])


def _plain(mention: Mention[Any], extraction: Extraction) -> dict[str, Any]:
    """The value of a mention in types that DocBin can write; spans as (start, end) of the Doc's text."""

    def plain(value: Any) -> Any:
        if isinstance(value, Span):
            return extraction.offsets.to_source(value.start), extraction.offsets.to_source(value.end)
        return str(value) if isinstance(value, Decimal) else value

    value = mention.value
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}


def _stored(span: DocSpan) -> dict[str, Any]:
    values: dict[str, dict[str, Any]] = span.doc.user_data.get(_KEY, {}).get("values", {})
    return values.get(_name(span), {})


def _register() -> None:
    """The extensions: a span's `bantin_value` and `bantin_confidence`, a Doc's `bantin_published` and `bantin_checks`.

    A value is a dict of the fields of the mention's value (columns of design §5): decimals as text, spans as
    (start, end) into `Doc.text`, so that DocBin (with `store_user_data=True`) keeps it.
    """
    DocSpan.set_extension("bantin_value", getter=lambda span: _stored(span).get("value"), force=True)
    DocSpan.set_extension("bantin_confidence", getter=lambda span: _stored(span).get("confidence"), force=True)
    Doc.set_extension("bantin_published", default=None, force=True)
    Doc.set_extension("bantin_checks", getter=lambda doc: doc.user_data.get(_KEY, {}).get("checks", []), force=True)


_register()
