"""bantin (bản tin): archived Vietnamese committee bulletins in, a relational dataset out.

>>> import bantin
>>> for m in bantin.extract("Ngày 08/4, Ban Bí thư ban hành Chỉ thị số 20-CT/TW", "2024-04-09").mentions:
...     print(m.family, m.text, m.value)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bantin.engine import Extraction, extract
    from bantin.query import load_dataset
    from bantin.resolve.registry import use_registry
    from bantin.run import run as build_dataset
    from bantin.spacy import load
    from bantin.types import Article, Mention, Reject

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Extraction",
    "Mention",
    "Reject",
    "build_dataset",
    "extract",
    "load",
    "load_dataset",
    "use_registry",
]

_HOME = {
    "Article": ("types", "Article"),
    "Extraction": ("engine", "Extraction"),
    "Mention": ("types", "Mention"),
    "Reject": ("types", "Reject"),
    "build_dataset": ("run", "run"),
    "extract": ("engine", "extract"),
    "load": ("spacy", "load"),
    "load_dataset": ("query", "load_dataset"),
    "use_registry": ("resolve.registry", "use_registry"),
}


def __getattr__(name: str) -> Any:
    # Public names are found on first use, so that `import bantin` (and `bantin --help`) costs nothing.
    if name in _HOME:
        module, attribute = _HOME[name]
        return getattr(import_module(f"bantin.{module}"), attribute)
    raise AttributeError(f"module 'bantin' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
