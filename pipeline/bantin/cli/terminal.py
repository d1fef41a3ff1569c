"""What pages and servers have said, as a terminal may print it."""

from __future__ import annotations


def plain(text: str) -> str:
    """A text without the control characters that would steer the terminal; line breaks stay."""
    return text if text.isprintable() else "".join(c if c.isprintable() or c == "\n" else " " for c in text)
