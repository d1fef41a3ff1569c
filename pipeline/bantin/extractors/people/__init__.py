"""Named human beings: by form of address, post, act, list, byline and the shape of the name."""

from bantin.extractors.people.extractor import extractor
from bantin.extractors.people.value import PersonValue

__all__ = ["PersonValue", "extractor"]
