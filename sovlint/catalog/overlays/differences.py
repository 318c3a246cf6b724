"""What an entry says otherwise than the one whose place it takes, and which of that decides whose law and which soil
counts: the types of entries say so (``governed``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from msgspec import Struct
from msgspec.structs import fields

from sovlint.catalog.entries.files import FILES

Keys = tuple[str, ...]
_APART: Final = frozenset({"source", "sources", "at", "checked", "id"})
"""Keys that say where a fact is from, not what it is."""
_NOTHING: Final = object()
"""What stands for a key that isn't there: ``null`` says that something isn't known."""


class ChangedKey(Struct, frozen=True):
    """A key that says something else, by the keys that lead to it. What there is nothing of is empty."""

    keys: Keys
    before: str
    after: str
    governed: bool


def differences(kind: type[Struct] | None, before: Any, after: Any) -> Iterator[ChangedKey]:
    """Each key of two entries of a kind that isn't the same."""
    for keys, was, now in _unlike((), before, after):
        yield ChangedKey(keys, was, now, _governed(kind, keys, was))


def entry_kind(kind: str, section: str) -> type[Struct] | None:
    """The type of the entries of a section in a kind of files: the file's own where it is about one thing."""
    of_file = FILES[kind]
    held = {each.encode_name: each.type for each in fields(of_file)}.get(section)
    return of_file if held is None else _struct_in(held)


def _struct_in(held: Any) -> type[Struct] | None:
    """The struct that a type is, or is a collection of."""
    if isinstance(held, type) and issubclass(held, Struct):
        return held
    found = (_struct_in(each) for each in get_args(held))
    return next((each for each in found if each is not None), None)


def _governed(kind: type[Struct] | None, keys: Keys, was: str) -> bool:
    """Whether the types say that a key decides who can compel or where something is. Entries of a mapping
    that are new or gone decide too: a place that nobody knew clears what names it. Of keys that are ``kept``, what is
    gone decides alone."""
    governed, kept = (_said_by(kind, name) for name in ("governed", "kept"))
    if kind is None or not keys:
        return bool(governed)  # an entry that is its only key
    if keys[0] in kept:
        return bool(was)
    if keys[0] not in governed:
        return False
    held = {each.encode_name: each.type for each in fields(kind)}[keys[0]]
    inner = _struct_in(held)
    if not hasattr(inner, "governed"):
        return True
    return len(keys) == 2 or _governed(inner, keys[2:], was)


def _said_by(kind: type[Struct] | None, name: str) -> tuple[str, ...]:
    """What a type says of its keys under a name; nothing where that is the name of one of its keys."""
    found = getattr(kind, name, ())
    return found if isinstance(found, tuple) else ()


def _unlike(keys: Keys, before: Any, after: Any) -> Iterator[tuple[Keys, str, str]]:
    if _plain(before) == _plain(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after} - _APART):
            yield from _unlike(
                (*keys, key), before.get(key, _NOTHING), after.get(key, _NOTHING)
            )
    elif isinstance(before, list) and isinstance(after, list):
        gone, new = _without(before, after), _without(after, before)
        if not (gone or new):  # only the order isn't the same
            gone, new = before, after
        yield keys, ", ".join(map(_text, gone)), ", ".join(map(_text, new))
    else:
        yield keys, _text(before), _text(after)


def _without(these: Sequence[Any], those: Sequence[Any]) -> list[Any]:
    """What these have and those don't."""
    other = [_plain(each) for each in those]
    return [each for each in these if _plain(each) not in other]


def _text(value: Any) -> str:
    if value is _NOTHING:
        return ""
    plain = _plain(value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """A value without what says where it is from."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if key not in _APART}
    return [_plain(each) for each in value] if isinstance(value, list) else value
