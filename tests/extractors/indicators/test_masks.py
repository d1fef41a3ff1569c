"""The mask of what other families found: any spans, nested and overlapping, asked for any stretch of text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bantin.extractors.indicators.masks import SpanMask
from bantin.text import View
from bantin.types import Span

_SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda at: Span(at[0], at[0] + at[1]))


@given(st.lists(_SPANS, max_size=12), _SPANS)
def test_a_stretch_is_masked_where_any_span_overlaps_it(spans: list[Span], asked: Span) -> None:
    mask = SpanMask(View(""), [], [(span, "title") for span in spans])
    assert (mask.reason(asked.start, asked.end) is not None) == any(span.overlaps(asked) for span in spans)


@given(st.lists(_SPANS, max_size=12), st.integers(0, 40))
def test_the_mask_ends_where_the_last_span_over_an_offset_does(spans: list[Span], at: int) -> None:
    mask = SpanMask(View(""), [], [(span, "title") for span in spans])
    assert mask.end(at) == max((span.end for span in spans if span.start <= at < span.end), default=at)
