"""Instances of services that a text calls otherwise than by a host: the hosts that they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from sovlint.model.holes import HOLE
from sovlint.rules.address_text import MAX_TEXT


class Instances(Struct, frozen=True):
    """How those of one service are called; see ``instances.yaml``."""

    patterns: tuple[re.Pattern[str], ...]
    host: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Instances:
        """From an entry of ``catalog/instances.yaml``."""
        return cls(tuple(re.compile(each) for each in data["patterns"]), data["host"])

    def hosts_in(self, text: str) -> Sequence[str]:
        """The hosts that a text means, each once; a part that isn't known is a hole in both."""
        for pattern in self.patterns if len(text) <= MAX_TEXT else ():
            met = [each.groupdict().get("region") or HOLE for each in pattern.finditer(text)]
            if met:
                return list(dict.fromkeys(self.host.replace("{region}", region) for region in met))
        return ()
