"""bantin (bản tin): archived Vietnamese committee bulletins in, a relational dataset out."""

from __future__ import annotations

__version__ = "0.1.0"
