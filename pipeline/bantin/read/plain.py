"""Plain text to an article: the shape in which old pages were archived, chrome and all."""

from __future__ import annotations

from bantin.errors import ReadError
from bantin.read.build import Fields, Origin, article, build
from bantin.read.label import Labelled, label, label_rows
from bantin.read.language import is_vietnamese, letters_lost
from bantin.read.line import text_lines
from bantin.types import Article, Block

NO_FIELDS = Fields()


def read_plain(source: str, origin: Origin, fields: Fields = NO_FIELDS) -> Article:
    """The article of a text file, or of a page that was archived as text. Raises ReadError `empty` or `not_vietnamese`.

    `fields` are what is known from elsewhere: its address, when it was fetched.
    """
    text, lines = text_lines(source)
    if not lines:
        raise ReadError("empty", "no text")
    check_language(text)
    return build(label(lines, fields.title), origin, fields)


def read_row_text(source: str, origin: Origin, fields: Fields) -> Article:
    """The article of a row's text, which stays as it is but for NFC, line ends and zero-width characters.

    Every non-blank line is a block. Raises ReadError `empty` or, for hundreds of letters, `not_vietnamese`.
    """
    text, lines = text_lines(source, joined=False)
    if not lines:
        raise ReadError("empty", "a row without text")
    check_language(text)
    title = fields.title if isinstance(fields.title, str) else None
    labelled = label(lines, title) if len(lines) > 1 else Labelled()
    blocks = []
    at = 0
    for piece in label_rows(lines, labelled):
        start = text.index(piece.line.text, at)
        at = start + len(piece.line.text)
        raw = piece.line.place.raw(0, len(piece.line.text)) if piece.line.place else (None, None)
        blocks.append(Block(piece.kind, start, at, *raw))
    return article(text, tuple(blocks), labelled, origin, fields)


def check_language(text: str) -> None:
    """Raises ReadError `undecodable` for a text that has lost its letters, `not_vietnamese` for another language."""
    if lost := letters_lost(text):
        raise ReadError("undecodable", f"letters are lost or wrong in {lost} words of the first 20,000 characters")
    if not is_vietnamese(text):
        raise ReadError("not_vietnamese", "hardly a letter of Vietnamese in the first 20,000 characters")
