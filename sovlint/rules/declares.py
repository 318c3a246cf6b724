"""Files that declare things of a cloud by type and name (CloudFormation): where they stand, and of which types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field

from sovlint.rules.keys import KeyPath, path_parts

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Declares(Struct, frozen=True):
    """Each thing at ``at`` is one of a plug-in's types, which the text at ``type`` tells.

    ``plugins``: by the first word of the types' names. ``types``: those that it doesn't tell by its own name
    (``AWS::Serverless::Function``); any other is called after its first word by ``prefixes``, then what it says in
    small letters (``AWS::RDS::DBInstance`` is ``awscc_rds_db_instance``). ``says``: below which key the thing says
    what it is like, ``tags`` where its tags are, ``condition`` what it may not exist by. ``region``: the format of
    files beside it, and the keys there, that say where it is deployed. ``shared``: by type, where stands what all of it
    say that don't say otherwise.
    """

    at: KeyPath
    type: KeyPath
    plugins: Mapping[str, str]
    prefixes: Mapping[str, str]
    says: KeyPath = ()
    types: Mapping[str, str] = field(default_factory=dict)
    tags: KeyPath = ()
    condition: KeyPath = ()
    region_in: str = ""
    region: tuple[KeyPath, ...] = ()
    shared: Mapping[str, KeyPath] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Declares:
        """From ``declares`` of an entry of ``catalog/configuration``."""
        region = data.get("region", {})
        return cls(
            path_parts(data["at"]),
            path_parts(data["type"]),
            data["plugins"],
            data["prefixes"],
            path_parts(data.get("says", "")),
            data.get("types", {}),
            path_parts(data.get("tags", "")),
            path_parts(data.get("condition", "")),
            region.get("format", ""),
            tuple(path_parts(each) for each in region.get("at", ())),
            {told: path_parts(at) for told, at in data.get("shared", {}).items()},
        )

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
