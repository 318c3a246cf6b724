"""Decoding what the catalogue's files say into structs. A struct is the form of an entry: see ``catalog/schema.py``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Annotated, Any, AnyStr, ClassVar, Final, TypeVar, cast, overload

from msgspec import Meta, convert

T = TypeVar("T")

SomeText = Annotated[str, Meta(min_length=1)]
Texts = tuple[SomeText, ...]
SomeTexts = Annotated[Texts, Meta(min_length=1)]
"""Texts of which there is at least one."""
EntryId = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
Role = Annotated[str, Meta(extra_json_schema={"$ref": "#/$defs/role"})]
Regex = Annotated[str, Meta(extra_json_schema={"format": "regex"})]
Yes = Annotated[bool, Meta(extra_json_schema={"const": True})]
"""What is said or left out."""

Day = Annotated[
    str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="A day, YYYY-MM-DD.")
]
Period = Annotated[
    str,
    Meta(
        pattern="^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        description="A year, a month or a day. `until` is the last one.",
    ),
]
IN: Final = "x-in"
"""The section that must have an entry of that name."""
SourceKey = Annotated[
    str,
    Meta(
        min_length=1, description="A key under `sources`.", extra_json_schema={IN: "sources"}
    ),
]
StateCode = Annotated[
    str,
    Meta(
        pattern="^([A-Z]{2}|EEA)$",
        description="ISO 3166-1 alpha-2, or EU or EEA: some state of it, not known which.",
        extra_json_schema={IN: "jurisdictions"},
    ),
]
AreaId = Annotated[str, Meta(min_length=1, extra_json_schema={IN: "areas"})]
ClassId = Annotated[str, Meta(min_length=1, extra_json_schema={IN: "classes"})]
EntityId = Annotated[str, Meta(min_length=1, extra_json_schema={IN: "entities"})]
PipelineId = Annotated[str, Meta(min_length=1, extra_json_schema={IN: "pipelines"})]
PluginId = Annotated[str, Meta(min_length=1, extra_json_schema={IN: "plugins"})]
ProviderId = Annotated[str, Meta(min_length=1, extra_json_schema={IN: "providers"})]

KEY: Final = "x-key"
EntryKey = Annotated[str, Meta(extra_json_schema={KEY: True})]
"""The key that an entry stands under: no key of the entry itself."""


def decode(kind: type[T], written: Any) -> T:
    """What is written as a struct, or another type, of that kind; it has its form (``catalog/checks/check.py`` says so)."""
    return convert(written, kind, dec_hook=_from_text)


def _from_text(kind: Any, written: Any) -> Any:
    """A type of our own says by ``from_written`` what is made of what is written."""
    return re.compile(written) if kind == re.Pattern[str] else kind.from_written(written)


class DecodedEntries(Mapping[str, T]):
    """Entries by id, each decoded when it is first asked for: most runs ask for few."""

    __slots__ = ("_data", "_decoded", "_kind")

    def __init__(self, kind: type[T], data: Mapping[str, Any]) -> None:
        self._kind = kind
        self._data = data
        self._decoded: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._decoded:
            self._decoded[name] = decode(self._kind, {"id": name, **self._data[name]})
        return self._decoded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


class LateEntries(Sequence[T]):
    """All entries of a section of the catalogue's index, in order, decoded when one is first asked for: many runs ask for
    none."""

    def __init__(self, kind: type[T], index: Mapping[str, Any], section: str) -> None:
        self._kind = kind
        self._index = index
        self._section = section

    @cached_property
    def _entries(self) -> Sequence[T]:
        return tuple(DecodedEntries(self._kind, self._index[self._section]).values())

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return self._entries[at]

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """Values by key, in order."""
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


class LowerText(str):
    """A text, number or truth value, as a text in lower case."""

    schema: ClassVar = {"type": ["string", "number", "boolean"]}

    @classmethod
    def from_written(cls, written: object) -> LowerText:
        """Of what is written."""
        return cls(str(written).lower())


@cache
def pattern(written: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A regular expression, made when it is first needed: most runs need few."""
    return re.compile(written, flags)


LatePattern = Callable[[], re.Pattern[str]]
"""Gives a regular expression."""


def late(written: str, flags: int = 0) -> LatePattern:
    """A regular expression of our own, which is made at the first call: each takes long to make."""
    return cache(lambda: re.compile(written, flags))


_OF_PATTERN: Final = (
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "pattern", "flags", "groups",
    "groupindex",
)  # fmt: skip


class _LatePattern:
    """Stands for a regular expression, which is made when something is first asked of it."""

    def __init__(self, written: str | bytes, flags: int) -> None:
        self._written = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _OF_PATTERN:
            raise AttributeError(name)
        made = re.compile(self._written, self._flags)
        vars(self).update({each: getattr(made, each) for each in _OF_PATTERN})
        return getattr(made, name)


def late_pattern(written: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression of a module, which is made when it is first used: to make all of them takes a tenth of a
    small scan."""
    return cast("re.Pattern[AnyStr]", _LatePattern(written, flags))
