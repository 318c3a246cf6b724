"""Files that declare things of a cloud by type and name (CloudFormation): where they stand, and of which types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from sovlint.model.decoding import EntryId, PluginId, SomeText, Texts, late_pattern
from sovlint.rules.keys import HERE, DottedPath

_HUMP: Final = late_pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class DeployedAt(Struct, frozen=True):
    """Files beside it that say where it is deployed, and at which keys."""

    format: EntryId
    at: tuple[DottedPath, ...]
    files: Texts
    """Names of what is deployed there."""
    file_at: tuple[DottedPath, ...] = ()
    """Keys at which another is named."""


class ExportsAt(Struct, frozen=True):
    """What such a file hands to others by a name that each stack makes its own."""

    at: DottedPath
    """Where each stands."""
    name: DottedPath
    value: DottedPath


class Declares(Struct, frozen=True, kw_only=True):
    """Files that declare things of a cloud by type and name: where they stand, and of which types of a plug-in they
    are."""

    at: tuple[DottedPath, ...]
    """Keys at which they stand."""
    type: DottedPath
    """Where its type stands."""
    within: DottedPath = HERE
    """The key at which what declares them stands, or several of them; all of the file where nothing is said."""
    plugins: Mapping[str, PluginId]
    """By the first word of their types' names."""
    prefixes: Mapping[str, SomeText]
    """By the first word of what is told: `AWS::RDS::DBInstance` is that of AWS, then `_rds_db_instance`."""
    types: Mapping[str, SomeText] = field(default_factory=dict)
    """Types that are called otherwise."""
    says: DottedPath = HERE
    """Below which key it says what it is like."""
    tags: DottedPath = HERE
    condition: DottedPath = HERE
    """Where stands by what it may not exist."""
    shared: Mapping[str, DottedPath] = field(default_factory=dict)
    """By type: where stands what all of that type say that don't say otherwise."""
    region: DeployedAt | None = None
    answers: frozenset[SomeText] = frozenset()
    """Attributes that are an address at which a thing answers itself."""
    known: Mapping[str, SomeText] = field(default_factory=dict)
    """Names that nobody declares and that are the same wherever it is deployed, or nearly."""
    exports: ExportsAt | None = None
    parameters_at: tuple[DottedPath, ...] = ()
    """Keys of the files of `region` at which parameters get other values than their defaults."""
    macros: DottedPath = HERE
    """Where those are named that make other things of the whole file."""
    plain_macros: frozenset[SomeText] = frozenset()
    """Those that make what stands there anyhow."""

    def plugin_of(self, kind: str) -> str:
        """The plug-in whose type it is, by its name."""
        return self.plugins[kind.partition("_")[0]]

    def type_of(self, told: str) -> str | None:
        """A plug-in's name of a type; ``None`` where what is told has another form (``Custom::X``)."""
        if told in self.types:
            return self.types[told]
        first, *rest = told.split("::")
        if first not in self.prefixes or len(rest) != 2:
            return None
        return f"{self.prefixes[first]}_{rest[0].lower()}_{humped(rest[1])}"


def humped(name: str) -> str:
    """A name in small letters, with ``_`` at its humps: ``DBInstance`` is ``db_instance``."""
    return _HUMP.sub("_", name).lower()
