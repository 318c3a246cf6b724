"""What an entry says otherwise than the one whose place it takes, and which of that may decide whose law and which soil
counts: all but what the types of entries say is there for people alone (``told``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from msgspec import Struct
from msgspec.structs import fields

from sovlint.catalog.entries.files import FILES

Keys = tuple[str, ...]
Sources = Mapping[str, Mapping[str, Any]]
"""Sources by the ids of the index."""
_NO_SOURCES: Final[Sources] = {}
_APART: Final = frozenset({"source", "sources"})
"""Keys that say where a fact is from, not what it is."""
_HEAD: Final = _APART | {"at", "checked", "id"}
"""Those of a whole entry: the key that it stands under, too."""
_CONFIDENCE: Final = ("low", "medium", "high")
_NOTHING: Final = object()
"""What stands for a key that isn't there: ``null`` says that something isn't known."""


class ChangedKey(Struct, frozen=True):
    """A key that says something else, by the keys that lead to it. What there is nothing of is empty."""

    keys: Keys
    before: str
    after: str
    governed: bool


def differences(
    kind: type[Struct] | None, before: Any, after: Any, sources: Sources = _NO_SOURCES
) -> Iterator[ChangedKey]:
    """Each key of two entries of a kind that isn't the same, and of ``sources`` those that weigh more: what only general
    knowledge showed, or an old list, would count for more by them."""
    found = sorted(_unlike((), before, after, sources), key=lambda each: _is_source(each[0]))
    for keys, was, now in found:  # what is otherwise, before by what it is shown
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
    """Whether a key may decide who can compel, where something is or what is asked of it: all do but those that the
    types say are ``told`` to people alone. Of keys that are ``kept``, what is gone decides alone."""
    if kind is None or not keys:
        return True
    if keys[0] in _said_by(kind, "kept"):
        return bool(was)
    if keys[0] in _said_by(kind, "told"):
        return False
    held = {each.encode_name: each.type for each in fields(kind)}.get(keys[0])
    return _governed(_struct_in(held), keys[2:], was)


def _said_by(kind: type[Struct], name: str) -> tuple[str, ...]:
    """What a type says of its keys under a name; nothing where that is the name of one of its keys."""
    found = getattr(kind, name, ())
    return found if isinstance(found, tuple) else ()


def _unlike(
    keys: Keys, before: Any, after: Any, sources: Sources
) -> Iterator[tuple[Keys, str, str]]:
    if _plain(before) == _plain(after):
        yield from _weightier(keys, before, after, sources)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after} - (_APART if keys else _HEAD)):
            yield from _unlike(
                (*keys, key), before.get(key, _NOTHING), after.get(key, _NOTHING), sources
            )
    elif isinstance(before, list) and isinstance(after, list):
        gone, new = _without(before, after), _without(after, before)
        if not (gone or new):  # only the order isn't the same
            gone, new = before, after
        yield keys, ", ".join(map(_text, gone)), ", ".join(map(_text, new))
    else:
        yield keys, _text(before), _text(after)


def _weightier(
    keys: Keys, before: Any, after: Any, sources: Sources
) -> Iterator[tuple[Keys, str, str]]:
    """Sources of two values that are the same but for them, where the second one's weighs more."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in before.keys() & after.keys() - {"sources"}:
            yield from _weightier((*keys, key), before[key], after[key], sources)
        if "source" in after and "source" not in before:
            yield (*keys, "source"), "", _source(after["source"], sources)
    elif isinstance(before, list) and isinstance(after, list):
        for was, now in zip(before, after, strict=True):
            yield from _weightier(keys, was, now, sources)
    elif _is_source(keys) and _weight(after, sources) > _weight(before, sources):
        yield keys, _source(before, sources), _source(after, sources)


def _is_source(keys: Keys) -> bool:
    return keys[-1:] == ("source",)


def _weight(key: Any, sources: Sources) -> tuple[bool, int, str]:
    """What a source counts for: whether it was read, how sure it is, and its day."""
    found = sources.get(key, {})
    confidence = _CONFIDENCE.index(found.get("confidence") or "medium")
    day = str(found.get("date", ""))
    return not found.get("background", True), confidence, day if day[:1].isdigit() else ""


def _source(key: Any, sources: Sources) -> str:
    found = sources.get(key, {})
    said = (found.get("url") or found.get("supports") or str(key), found.get("date", ""))
    return ", ".join(filter(None, said))


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
