"""Command lines of programs that move data: which of their words say where to, by rules of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import translate
from typing import Any

from msgspec import Struct

from sovlint.model.holes import cut_text
from sovlint.model.source import Located
from sovlint.model.value import Known, Value
from sovlint.rules.signature import Setting

ANY, LAST = "any", "last"
"""Which operands a target is: all of them, or the last one; else a number."""


class CommandLine(Struct, frozen=True):
    """A program and its words, as they are run; ``settings``: variables that it gets besides those of its container.

    ``image``: the short name of the image whose program gets the words, where none is named before them.
    """

    words: tuple[Value, ...]
    where: Located
    settings: tuple[Setting, ...] = ()
    image: str = ""


class Where(Struct, frozen=True):
    """Words of a command line: values of ``flags``, operands, variables. ``like``: what a known one must look like.

    ``text``: what is made of it (``https://{}``); ``within``: the group of a pattern that is meant of the target.
    ``names``: the variables as they are written; ``shown``: they count only where somebody is seen to set them.
    """

    flags: tuple[str, ...] = ()
    operand: str | int | None = None
    environment: tuple[re.Pattern[str], ...] = ()
    like: re.Pattern[str] | None = None
    text: str = "{}"
    within: re.Pattern[str] | None = None
    names: tuple[str, ...] = ()
    shown: bool = False

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Where:
        """From a part of an entry of ``catalog/commands.yaml``."""
        return cls(
            tuple(data.get("flags", ())),
            data.get("operand"),
            tuple(re.compile(translate(each)) for each in data.get("environment", ())),
            re.compile(data["like"], re.IGNORECASE) if "like" in data else None,
            data.get("text", "{}"),
            re.compile(data["within"]) if "within" in data else None,
            tuple(data.get("environment", ())),
            data.get("shown", False),
        )


class CommandRule(Struct, frozen=True):
    """What one command of a program does with data: see ``catalog/commands.yaml`` for its parts.

    ``words``: the operands that it begins with, each one of several; ``but``: those that it doesn't begin with.
    ``target``: words that show that data is sent, the first of these that are there; they are where to, unless there is
    an ``address`` to look for, or a ``company`` that gets it. ``needs``: what must be there too. ``told_by``: rules;
    where a command of the same container meets one of them, that has told where this one sends.
    """

    id: str
    role: str
    link: str
    programs: frozenset[str]
    images: frozenset[str]
    target: tuple[Where, ...]
    words: tuple[frozenset[str], ...] = ()
    takes: frozenset[str] = frozenset()
    address: Where | None = None
    region: Where | None = None
    needs: tuple[Where, ...] = ()
    company: str | None = None
    back: bool = False
    told_by: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, data: Mapping[str, Any]) -> CommandRule:
        """From an entry of ``catalog/commands.yaml``."""
        target, needs = (tuple(Where.of(each) for each in data.get(key, ())) for key in ("target", "needs"))
        address, region = (Where.of(data[key]) if key in data else None for key in ("address", "region"))
        named = [flag for part in (*target, *needs, address, region) if part is not None for flag in part.flags]
        switches = frozenset(data.get("switches", ()))
        return cls(
            name, data["role"], data["link"], frozenset(data["programs"]),
            frozenset((*data["programs"], *data.get("images", ()))), target,
            tuple(frozenset(each) for each in data.get("words", ())),
            frozenset((*data.get("takes", ()), *named)) - switches,
            address, region, needs, data.get("company"), data.get("back", False), frozenset(data.get("told_by", ())),
            frozenset(data.get("but", ())),
        )  # fmt: skip


def after(value: Value, count: int) -> Value:
    """A text without its first ``count`` characters, which are known."""
    if isinstance(value, Known):
        return Known(str(value.value)[count:], value.because, value.sensitive)
    return cut_text(value, lambda text: text[count:]).but(among=None)


def written_at(word: Value, line: CommandLine) -> Located:
    """Where a word of a command line is written."""
    return line.where if word.because is None or word.because.where is None else word.because.where
