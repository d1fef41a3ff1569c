"""Posts: title, body, status; the resolver finds who holds them."""

from bantin.extractors.roles.extractor import extractor
from bantin.extractors.roles.value import RoleValue

__all__ = ["RoleValue", "extractor"]
