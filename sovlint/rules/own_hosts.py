"""Where a repository says at which hosts it answers itself, and which domains it manages: entries of
``catalog/own-hosts.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Final

from msgspec import Meta, Struct

from sovlint.model.decoding import SomeText, SomeTexts, SourceKey, Texts, late_pattern
from sovlint.model.partial.holes import HOLE

_APART: Final = late_pattern(rf"[^\w.*{HOLE}-]+")
_HOST: Final = late_pattern(
    r"(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?\.?"
)
_OPEN_HOST: Final = late_pattern(rf"(?=.*{HOLE})[\w.{HOLE}-]+")
_LONGEST: Final = 10_000
"""Characters of a text that hosts are looked for in."""


class OwnHostsRule(Struct, frozen=True, kw_only=True):
    """What types say at which hosts the repository answers."""

    types: SomeTexts
    hosts: SomeTexts
    """Paths of the hosts: texts, lists or maps of texts."""
    pattern: Annotated[
        str, Meta(description="Finds hosts in a text of a language of its own (group 1).")
    ] = ""
    below: SomeText = ""
    """What a platform puts behind the name for the host: `.azurewebsites.net`."""
    only_with: SomeText = ""
    """A path at which something must stand for the hosts to be the repository's."""
    for_others: bool = False
    """It counts only for other repositories: here the values of a chart are read otherwise."""
    here: bool = False
    """Whether whoever has the resource answers there."""
    leads: Texts = ()
    """Paths of what a DNS record points at."""
    kind: SomeText = ""
    """The path of a record's type."""
    kinds: Texts = ()
    """Types of records that lead anywhere: not those of texts and mail."""
    source: SourceKey

    def hosts_in(self, text: str) -> Iterator[str]:
        """The hosts that a text names: full names, ``*.`` before those that stand for all below, and such with signs for
        what isn't known of them."""
        if len(text) > _LONGEST:
            return
        texts = re.findall(self.pattern, text) if self.pattern else [text]
        for word in (word for each in texts for word in _APART.split(each.lower())):
            if self.below and not word.endswith(self.below):
                word = f"{word}{self.below}"
            if _HOST.fullmatch(word) or _OPEN_HOST.fullmatch(word):
                yield word.rstrip(".")
