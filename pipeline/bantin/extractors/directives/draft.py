"""A reference while it is being built: the core is found first, what stands around it is filled in afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field

from bantin.extractors.directives.value import DirectiveKind, DirectiveValue
from bantin.types import Mention, Span


@dataclass(slots=True)
class Draft:
    """One reference. Offsets are code points into the article's text; `chained` joins it to the draft before it."""

    start: int
    end: int
    rule: str
    confidence: float
    kind: DirectiveKind
    type: str | None
    number: str | None = None
    symbol: str | None = None
    session: str | None = None
    term: str | None = None
    issuer: str | None = None
    title: str | None = None
    article_part: str | None = None
    action: str | None = None
    issued_span: Span | None = None
    earlier_days: tuple[Span, ...] = ()
    """Days before its own behind a list of references: those of the references before it."""
    chained: bool = False
    enacted: bool = False
    """The issuer is the subject of "ban hành" before the reference; what "của" names behind it counts for more."""
    flags: list[str] = field(default_factory=list)

    def flag(self, name: str) -> None:
        if name not in self.flags:
            self.flags.append(name)

    def mention(self, text: str) -> Mention[DirectiveValue]:
        """The finished mention; `text` is the article's text."""
        return Mention(
            family="directives",
            start=self.start,
            end=self.end,
            text=text[self.start : self.end],
            rule=self.rule,
            confidence=self.confidence,
            value=DirectiveValue(
                kind=self.kind,
                type=self.type,
                number=self.number,
                symbol=self.symbol,
                issuer=self.issuer,
                term=self.term,
                session=self.session,
                title=self.title,
                article_part=self.article_part,
                action=self.action,
                flags=tuple(self.flags),
                issued_span=self.issued_span,
            ),
        )
