"""Addresses of resource instances, taken apart: ``module.a["k"].aws_s3_bucket.b[0]``."""

from __future__ import annotations

import json

from msgspec import Struct

from sovlint.model.decoding import late_pattern

_STEP = late_pattern(r'([^.\[\]"]+)((?:\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\])?)(?:\.|$)')


class Address(Struct, frozen=True):
    """The calls that lead to a resource, each with its key (``a``, ``["k"]``), and its own type, name and key."""

    calls: tuple[tuple[str, str], ...]
    type: str
    name: str
    key: str

    @property
    def base(self) -> str:
        """The address without any key: that of the block, along the calls of modules."""
        return ".".join((*(f"module.{name}" for name, _ in self.calls), self.type, self.name))

    @property
    def names(self) -> tuple[str, ...]:
        """What a person called it, nearest first: name, calls and keys that are text."""
        above = [
            part
            for name, key in reversed(self.calls)
            for part in (name, text_key(key))
            if part
        ]
        own = text_key(self.key)
        return (self.name, *above, *([own] if own else ()))


def parse(text: str) -> Address | None:
    """An address taken apart; ``None`` for what isn't that of a managed resource."""
    steps: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None:
            return None
        steps.append((match[1], match[2]))
        at = match.end()
    calls: list[tuple[str, str]] = []
    while len(steps) > 2 and steps[0] == ("module", ""):
        calls.append(steps[1])
        steps = steps[2:]
    if len(steps) != 2 or steps[0][1] or steps[0][0] == "data":
        return None
    return Address(tuple(calls), steps[0][0], steps[1][0], steps[1][1])


def suffix(key: object) -> str:
    """The suffix of an instance's address for its key: a number, a text or none."""
    return "" if key is None else f"[{json.dumps(key, ensure_ascii=False)}]"


def text_key(key: str) -> str:
    """The text of ``["text"]``; empty for a number or none."""
    if not key.startswith('["'):
        return ""
    try:
        return str(json.loads(key[1:-1]))
    except ValueError:
        return ""
