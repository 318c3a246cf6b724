"""How the configuration tells which data class a resource carries; made by ``config``, applied by ``resolve``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from sovlint.model.source import Located

DEFAULT_KEYS = ("data-classification", "data_class", "sovlint-data")
"""Keys of tags and labels that declare a class, compared without case, ``-`` equal to ``_``."""

OWN_KEY = "sovlint.dev/data"
"""The one key of ours."""
OWN_PREFIX = "sovlint.dev/"
"""How keys begin that are ours, and that mean nothing where nobody knows them."""

BEFORE = " (before)"
"""What the key of a label ends with under which stands what another was laid over: it counts as one further out."""


class ClassRule(Struct, frozen=True):
    """A glob as it is written, what it applies to, the classes that it gives, and where it stands."""

    glob: str
    matches: Callable[[str], bool]
    classes: tuple[str, ...]
    where: Located


class ClassRules(Struct, frozen=True):
    """``data`` of the configuration.

    ``keys`` are the tag and label keys that declare a class: ``own_keys`` of the house, which stand at ``own_keys_at``,
    beside those that always do. ``values`` maps a house's own words to class ids; ``places`` says where each of these
    stands.
    ``paths`` rules are asked with the path of a resource relative to the git root, ``addresses`` rules with its
    address; every rule that matches adds its classes. ``assume`` is the class of what carries none (``--assume``).
    """

    own_keys: tuple[str, ...] = ()
    own_keys_at: Located | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, Located] = field(default_factory=dict)
    paths: tuple[ClassRule, ...] = ()
    addresses: tuple[ClassRule, ...] = ()
    assume: str | None = None
    sren: tuple[str, ...] = ()
    """The globs of data of particular sensitivity, which are among the rules too."""

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys that declare a class, the house's own first."""
        return tuple(dict.fromkeys((*self.own_keys, *DEFAULT_KEYS)))


class Redefined(Struct, frozen=True):
    """A word that names a class and that ``values`` gives another meaning: what it names stays."""

    word: str
    data_class: str
    where: Located
