"""Entries of data classes, of what suggests one, and of kinds of services."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct, field

from sovlint.model.decoding import ClassId, EntryKey, Role, SomeText, SourceKey, Texts, Yes
from sovlint.model.text import Bilingual


class NamedEntry(Bilingual, frozen=True, kw_only=True):
    """An entry with its name."""

    id: EntryKey

    @property
    def name(self) -> Bilingual:
        """What it is called."""
        return Bilingual(self.en, self.fr)


class DataClass(NamedEntry, frozen=True, kw_only=True):
    """A data class."""

    told: ClassVar = ("en", "fr")
    kept: ClassVar = ("labels",)
    """Keys from which an overlay takes something only where whoever runs sovlint trusts it."""

    labels: Texts
    covers: tuple[ClassId, ...] = ()
    """Classes that a policy on it binds too."""


class KindEntry(NamedEntry, frozen=True, kw_only=True):
    """A kind of services, which can take each other's place."""

    told: ClassVar = ("en", "fr")

    roles: Annotated[tuple[Role, ...], Meta(min_length=1)] | None = None
    """The only roles that data has there, where one service is of several kinds."""
    takes: Role | None = None
    """Which part data plays that is sent to such a service, whatever the setting is called that has its host. Left out
    where such a host alone shows no data of the sender's: registries, keys, code."""
    asked: Role | None = None
    """The same, where the setting's name or a key beside it shows that something is sent: a CDN in front of an API."""
    inventoried: Yes = False
    """Whether an inventory of SaaS has it though its provider is no vendor of SaaS."""


class WrittenTerm(Struct, frozen=True, kw_only=True):
    """A term that suggests a data class."""

    term: SomeText
    data_class: ClassId = field(name="class")
    unless: Texts = ()
    """Longer phrases; the term doesn't count inside one."""


class LexiconTerm(Struct, frozen=True):
    """A term of the lexicon: its words in order (``names.tokens``), and the class it suggests.

    ``unless``: words of longer phrases; a match that lies inside one of them doesn't count (``health_check``).
    """

    tokens: tuple[str, ...]
    data_class: str
    shown: str
    unless: tuple[tuple[str, ...], ...] = ()


class ImageEntry(Struct, frozen=True, kw_only=True):
    """Container images whose software keeps a data class."""

    image: Annotated[
        str,
        Meta(
            pattern="^[a-z0-9*._-]+(/[a-z0-9*._-]+)*$",
            description="The last parts of the path of an image's repository; "
            "`*` stands within one for any characters.",
        ),
    ]
    data_class: ClassId = field(name="class")
    how: Literal["intrinsic", "inferred"] = "intrinsic"
    source: SourceKey

    @property
    def intrinsic(self) -> bool:
        """Whether they surely keep it."""
        return self.how == "intrinsic"

    def matches(self, image: str) -> bool:
        """Whether an image as it is written is one of these: its registry, tag and digest don't matter."""
        parts = self.image.split("/")
        path = image.partition("@")[0].lower().split("/")
        path[-1] = path[-1].partition(":")[0]
        own = path[-len(parts) :]
        return len(own) == len(parts) and all(map(fnmatchcase, own, parts))
