"""A post that a person holds, held, or is proposed for."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from bantin.types import Span

RoleStatus = Literal["current", "former", "acting", "proposed", "late"]


class RoleValue(Struct, frozen=True):
    """Fields are the columns of `role_mentions` (design §5).

    `title` is the post without its body, `organisation` the body in full; `inherited` says that the body was stated
    with a neighbouring post. `holder` is the span of the person's mention; None until the resolver has linked it.
    """

    title: str
    organisation: str | None = None
    status: RoleStatus = "current"
    inherited: bool = False
    term: str | None = None
    name: str | None = None
    holder: Span | None = None
    organisation_id: str | None = None
