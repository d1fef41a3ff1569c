"""What a reference to an issued document says: its kind, identity and attributes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from bantin.types import Span

DirectiveKind = Literal["symbol", "number", "session", "named", "title", "anaphor"]
Resolution = Literal["exact", "context", "ambiguous", "unregistered"]


class DirectiveValue(Struct, frozen=True):
    """One document, as the text refers to it. Fields are the columns of `directive_mentions` (design §5).

    `symbol` is spaced and dashed canonically ("01-KL/TW"); `issued` is EDTF; `term` a Roman numeral; `session` the
    ordinal of a plenum or congress in digits. `issued_span` is where the issue date stands, for the resolver to join.
    """

    kind: DirectiveKind
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    issued: str | None = None
    term: str | None = None
    session: str | None = None
    title: str | None = None
    article_part: str | None = None
    action: str | None = None
    flags: tuple[str, ...] = ()
    directive_id: str | None = None
    resolution: Resolution | None = None
    candidates: tuple[str, ...] = ()
    issued_span: Span | None = None
