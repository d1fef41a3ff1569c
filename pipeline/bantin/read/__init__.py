"""Files in, articles out: labelled blocks in reading order, or a `Reject` that says why.

`plan` lists what will be read, `read` reads one of them. Neither touches the network, and `read` never raises for what
a file holds: a fault becomes a `Reject`.
"""

from __future__ import annotations

from bantin.read.reader import read
from bantin.read.source import KINDS, Source, plan

__all__ = ["KINDS", "Source", "plan", "read"]
