"""Instances of services that a text calls otherwise than by a host: the hosts that they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from sovlint.model.decoding import SomeText, SourceKey, Texts
from sovlint.model.partial.holes import HOLE
from sovlint.rules.values.address_text import MAX_TEXT


class Instances(Struct, frozen=True, kw_only=True):
    """How those of one service are called."""

    patterns: Annotated[tuple[re.Pattern[str], ...], Meta(min_length=1)]
    """The first that a text has counts; the group `region` is what it says of the region."""
    host: SomeText
    """The host that it stands for, with `{region}`."""
    source: SourceKey
    positive: Texts
    """Texts that call one."""
    negative: Texts
    """Texts that call none."""

    def hosts_in(self, text: str) -> Sequence[str]:
        """The hosts that a text means, each once; a part that isn't known is a hole in both."""
        for pattern in self.patterns if len(text) <= MAX_TEXT else ():
            met = [each.groupdict().get("region") or HOLE for each in pattern.finditer(text)]
            if met:
                return list(
                    dict.fromkeys(self.host.replace("{region}", region) for region in met)
                )
        return ()
