"""How the configuration tells which data class a resource carries; made by ``config``, applied by ``resolve``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from sovlint.model.source import Located

DEFAULT_KEYS = ("data-classification", "data_class", "sovlint-data")
"""Keys of tags and labels that declare a class (design, section 6), compared without case, ``-`` equal to ``_``."""

ClassRule = tuple[Callable[[str], bool], tuple[str, ...], Located]
"""What it applies to, the classes that it gives, and where the rule is written."""


class ClassRules(Struct, frozen=True):
    """``data`` of the configuration.

    ``keys`` are the tag and label keys that declare a class. ``values`` maps a house's own words to class ids;
    ``places`` says where each of these stands.
    ``paths`` rules are asked with the path of a resource relative to the git root, ``addresses`` rules with its
    address; every rule that matches adds its classes. ``assume`` is the class of what carries none (``--assume``).
    """

    keys: tuple[str, ...] = DEFAULT_KEYS
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, Located] = field(default_factory=dict)
    paths: tuple[ClassRule, ...] = ()
    addresses: tuple[ClassRule, ...] = ()
    assume: str | None = None


class Redefined(Struct, frozen=True):
    """A word that names a class and that ``values`` gives another meaning: what it names stays."""

    word: str
    data_class: str
    where: Located
