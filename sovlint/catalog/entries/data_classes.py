"""Entries of data classes, of what suggests one, and of kinds of services."""

from __future__ import annotations

from fnmatch import fnmatchcase

from msgspec import Struct

from sovlint.model.text import Bilingual


class DataClass(Struct, frozen=True):
    """A data class: its labels, what else counts as it, and what a policy on it binds too (``covers``)."""

    id: str
    name: Bilingual
    labels: tuple[str, ...]
    covers: tuple[str, ...] = ()


class KindEntry(Struct, frozen=True):
    """A kind of services, which can take each other's place. ``roles``: the only ones that data has there, where one
    service is of several kinds (``None``: any). ``inventoried``: whether an inventory of SaaS has it, whoever runs
    it."""

    id: str
    name: Bilingual
    roles: tuple[str, ...] | None = None
    inventoried: bool = False


class LexiconTerm(Struct, frozen=True):
    """A term of the lexicon: its words in order (``names.tokens``), and the class it suggests.

    ``unless``: words of longer phrases; a match that lies inside one of them doesn't count (``health_check``).
    """

    tokens: tuple[str, ...]
    data_class: str
    shown: str
    unless: tuple[tuple[str, ...], ...] = ()


class ImageEntry(Struct, frozen=True):
    """Container images whose software keeps a data class: the last ``parts`` of a repository's path, each a glob."""

    parts: tuple[str, ...]
    data_class: str
    intrinsic: bool = True

    def matches(self, image: str) -> bool:
        """Whether an image as it is written is one of these: its registry, tag and digest don't matter."""
        path = image.partition("@")[0].lower().split("/")
        path[-1] = path[-1].partition(":")[0]
        own = path[-len(self.parts) :]
        return len(own) == len(self.parts) and all(map(fnmatchcase, own, self.parts))
