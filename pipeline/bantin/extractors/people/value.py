"""A named human being, as one place of the text names them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

MentionType = Literal["mention", "byline", "in_name"]


class PersonValue(Struct, frozen=True):
    """Fields are the columns of `person_mentions` (design §5).

    `name` is the full canonical name, from elsewhere in the article if this mention is short. `context` is what the
    person does here: chair, speaker, attendee, appointee, author_of_work, subject, historical, photographer, author ...
    """

    name: str
    honorific: str | None = None
    mention_type: MentionType = "mention"
    context: str | None = None
    person_id: str | None = None
