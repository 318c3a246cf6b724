"""What templates work on: plain values of Go's kinds, and ``TemplateHole`` for what isn't known.

| Go | here |
|---|---|
| nil | ``None`` |
| bool, string | ``bool``; ``str`` (or ``PlacedText``, which remembers where it was written) |
| int | ``int`` |
| int64 | ``Int64`` |
| float64 | ``float``; every number of a values file is one to Helm, though it prints as it is written there |
| map[string]any | ``Map`` or ``dict``, in any order (Go goes through it by sorted keys) |
| []any, []string | ``List`` or ``list`` |
| an object with fields and methods | ``TemplateObject`` |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sovlint.model.source import Span

Method = Callable[..., Any]


class Map(dict[str, Any]):
    """A mapping of which it is remembered where its keys are written. ``rest``: why it may have more keys than are
    known, and other values for those that are; ``None`` where all are known."""

    __slots__ = ("places", "rest")

    def __init__(
        self, entries: Mapping[str, Any] = {}, places: Mapping[str, Span] = {}
    ) -> None:
        super().__init__(entries)
        self.places: dict[str, Span] = dict(places)
        self.rest: Any = None


class List(list[Any]):
    """A list of which it is remembered where its items are written."""

    __slots__ = ("places",)

    def __init__(self, items: Any = (), places: Any = ()) -> None:
        super().__init__(items)
        self.places: list[Span] = list(places)


class NilList(List):
    """A list that Go has no memory for yet (``rest`` of an empty one): it reads as an empty one, and is written as null."""

    __slots__ = ()


class Int64(int):
    """What Sprig's arithmetic gives, and ``--set`` where digits are set: only its type tells it from an int."""

    __slots__ = ()


class TemplateObject:
    """Something with methods that templates may call by name (``.Files.Get``, ``.Capabilities.APIVersions.Has``), and
    perhaps fields."""

    __slots__ = ("fields", "methods", "printed")

    def __init__(
        self, fields: Mapping[str, Any], methods: Mapping[str, Method], printed: str = ""
    ) -> None:
        self.fields = fields
        self.methods = methods
        self.printed = printed


class TextObject(TemplateObject):
    """An object that JSON and YAML have as a text: a point in time, a version. ``go_type`` and ``go_kind`` are what Go
    calls it."""

    __slots__ = ("as_text", "go_kind", "go_type")

    def __init__(
        self,
        fields: Mapping[str, Any],
        methods: Mapping[str, Method],
        printed: str,
        as_text: str,
        called: tuple[str, str],
    ) -> None:
        super().__init__(fields, methods, printed)
        self.as_text = as_text
        self.go_type, self.go_kind = called
