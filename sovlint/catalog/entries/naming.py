"""How a plug-in's resources are named by others: texts that it makes of arguments, and names that stand alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from sovlint.model.decoding import SomeText, Texts


class Naming(Struct, frozen=True, kw_only=True):
    """What a plug-in's file says of names: see the keys of the same names in ``catalog/entries/plugins.py``."""

    id: SomeText
    computed: Mapping[str, Mapping[str, SomeText]] = field(default_factory=dict)
    known_as: Mapping[str, Texts] = field(default_factory=dict)
    named_at: Mapping[str, Texts] = field(default_factory=dict)

    def templates(self, kind: str) -> list[str]:
        """The templates of texts that name a resource of a type, each once."""
        made = (text for text in self.computed.get(kind, {}).values() if "{" in text)
        return list(dict.fromkeys((*made, *self.known_as.get(kind, ()))))

    def name_of(self, kind: str, places: Sequence[str]) -> str:
        """The argument that is the bare name of a resource of a type: what its id repeats, or the last in a whole name of
        it. ``places``: arguments that say where it sits."""
        named = self.computed.get(kind, {}).get("id", "")
        if named and "{" not in named:
            return named
        whole = (text for text in self.templates(kind) if "/" in text or ":" in text)
        arguments = (re.findall(r"\{(\w+)\}", text) for text in whole)
        own = ([each for each in found if each not in places] for found in arguments)
        return next((found[-1] for found in own if found), "name")

    @property
    def kinds(self) -> list[str]:
        """The types of which something is said."""
        return list(dict.fromkeys((*self.computed, *self.known_as)))
