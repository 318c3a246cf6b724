"""A reading as bytes, and back. What hangs on files is written as what it comes to: places, and answers that were given."""

from __future__ import annotations

import functools
import io
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Final

from msgspec.structs import replace

from sovlint.cache.answered import Unanswered
from sovlint.model.resources.resource import Resource
from sovlint.model.source import SourceFile, Span, Stretch

_PROTOCOL: Final = 5
_DEEPEST: Final = 3_000
"""What is nested deeper isn't kept: no stack is endless."""
_ROOMS: Final = (
    "sovlint.cache.", "sovlint.documents.", "sovlint.expressions.", "sovlint.frontends.", "sovlint.model.", "sovlint.rules.",
    "sovlint.settings.",
)  # fmt: skip
"""Where the types are of which readings are made: nothing else is ever made of a kept one."""
_BROKEN = (
    pickle.UnpicklingError, AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What comes of bytes that are no reading of this version."""
_BUILT_IN: Final = frozenset(
    {"builtins.frozenset", "builtins.set", "datetime.date", "msgspec._utils.rebuild"}
)


WrittenAs = Mapping[type, Callable[[Any], Any]]
"""By type, how it is written: as what ``__reduce__`` gives."""


Instead = Mapping[Callable[..., Any], Callable[..., Any]]


def dumped(value: Any, written: WrittenAs = MappingProxyType({})) -> bytes | None:
    """The bytes; ``None`` where something in it can't be kept. ``written``: how other types than usual are written."""
    made = io.BytesIO()
    pickler = pickle.Pickler(made, _PROTOCOL)
    pickler.dispatch_table = {**_WRITTEN, **written}
    try:
        with _bounded():
            pickler.dump(value)
    except (TypeError, AttributeError, RecursionError, pickle.PicklingError):
        return None
    return made.getvalue()


def identified(value: Any) -> bytes | None:
    """Bytes by which a value is told from others; ``None`` where something in it can't be told, such as a function."""
    return dumped(value, {functools.partial: _never})


def loaded(data: bytes, instead: Instead = MappingProxyType({})) -> Any | None:
    """What was dumped; ``None`` for bytes that no reading of this version is made of. ``instead``: by function, what is
    called in its place."""
    try:
        return _Loader(io.BytesIO(data), instead).load()
    except _BROKEN:
        return None


@contextmanager
def _bounded() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(min(before, _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _as_span(stretch: Stretch) -> tuple[type[Span], tuple[Any, ...]]:
    span = stretch.span()
    return Span, tuple(getattr(span, name) for name in Span.__struct_fields__)


def _never(value: object) -> Any:
    raise TypeError(f"{type(value).__name__} isn't kept")


_WRITTEN: Final[dict[type, Callable[[Any], Any]]] = {
    Stretch: _as_span,
    SourceFile: _never,
    functools.partial: lambda _: (Unanswered, ()),
}


class _Loader(pickle.Unpickler):
    """Makes what was dumped, with numbers for its resources that no other of this run has."""

    def __init__(self, file: io.BytesIO, instead: Instead) -> None:
        super().__init__(file)
        self._instead = {
            (key.__module__, key.__name__): each for key, each in instead.items()
        }
        self._numbers: dict[int, int] = {}

    def _resource(self, *fields: Any) -> Resource:
        """A resource; two that had one number have one again."""
        made: Resource = Resource(*fields)
        number = self._numbers.setdefault(made.number, Resource(*fields[:-1]).number)
        return replace(made, number=number)

    def find_class(self, module: str, name: str) -> Any:
        """A type that readings are made of."""
        if (module, name) == (Resource.__module__, Resource.__name__):
            return self._resource
        if (module, name) in self._instead:
            return self._instead[module, name]
        if f"{module}.{name}" not in _BUILT_IN and not module.startswith(_ROOMS):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a reading")
        found = super().find_class(module, name)
        own = isinstance(found, type) and found.__module__ == module
        if (
            f"{module}.{name}" not in _BUILT_IN and not own
        ):  # what a module brings in is no type of its own
            raise pickle.UnpicklingError(f"{module}.{name} is no type of a reading")
        return found
