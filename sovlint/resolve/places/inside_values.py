"""Reading inside a value: of an element of a list or map, as if it stood by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from sovlint.catalog.entries import PlacementRule
from sovlint.model.attributes import Attributes, Found
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown
from sovlint.resolve.values import value_of
from sovlint.rules.keys import path_parts

HERE = "."
"""What a path begins with that leads on from the element that a rule looks at."""


def scopes(resource: Resource, rule: PlacementRule) -> Iterator[Resource]:
    """The resource as a rule looks at it: once for each element that it names, else once as it is."""
    if rule.each is None:
        yield resource
        return
    for element in resource.attributes.read(rule.each):
        if not (isinstance(element.value, Known) and element.value.value is None):
            yield replace(resource, attributes=Within(resource.attributes, element))


class Within:
    """Attributes of a resource, where a path that begins with a dot leads on from one element."""

    __slots__ = ("_element", "_own")

    def __init__(self, own: Attributes, element: Found) -> None:
        self._own = own
        self._element = element

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path, in source order; absent: empty."""
        if not path.startswith(HERE):
            return self._own.read(path)
        inner = path.removeprefix(HERE)
        return tuple(walk(self._element, path_parts(inner) if inner else (), _is))


def elements(found: Found) -> Sequence[Found]:
    """The elements of a list, each where it is written itself; anything else is its own only element."""
    inner = value_of(found.value)
    return [_at(found, each) for each in inner] if isinstance(inner, tuple) else (found,)


def as_one(found: Sequence[Found]) -> Sequence[Found]:
    """Several addresses at which one server answers as one text; as they are where one of them isn't known."""
    texts = [
        each.value.value
        for each in found
        if isinstance(each.value, Known) and isinstance(each.value.value, str)
    ]
    if len(found) < 2 or len(texts) < len(found) or not all(texts):
        return found
    return (replace(found[0], value=Known(",".join(texts), found[0].value.because)),)


def walk(
    found: Found, parts: Sequence[str], same: Callable[[str, str], bool]
) -> Iterator[Found]:
    """What stands at a path inside a value; ``same`` says whether a key is what the path calls it.

    A list that the path doesn't mention is gone through: a block may be written as a list of one. Of what isn't known,
    nothing inside is known either.
    """
    value = found.value
    if not parts:
        yield found
    elif isinstance(value, Unknown):
        yield replace(found, value=value.bare())
    elif isinstance(value.value, tuple):
        yield from _in_list(found, value.value, parts, same)
    elif isinstance(value.value, dict):
        yield from _in_map(found, value.value, parts, same)


def _in_list(
    found: Found,
    elements: tuple[object, ...],
    parts: Sequence[str],
    same: Callable[[str, str], bool],
) -> Iterator[Found]:
    for position, inner in enumerate(elements):
        if parts[0] in ("*", str(position)):
            yield from walk(_at(found, inner), parts[1:], same)
        elif not parts[0].isdecimal():
            yield from walk(_at(found, inner), parts, same)


def _in_map(
    found: Found,
    entries: dict[str, object],
    parts: Sequence[str],
    same: Callable[[str, str], bool],
) -> Iterator[Found]:
    part, rest = parts[0], parts[1:]
    if part in ("*", "0") and rest and any(same(key, rest[0]) for key in entries):
        yield from walk(
            found, rest, same
        )  # a block that stands alone, written without a list
        return
    for key, inner in entries.items():
        if part == "*" or same(key, part):
            yield from walk(_at(found, inner), rest, same)


def _at(found: Found, inner: object) -> Found:
    """What stands inside, where it is written itself."""
    value = inner if isinstance(inner, (Known, Unknown)) else Known(inner)
    where = (
        value.because.where
        if value.because is not None and value.because.where is not None
        else found.where
    )
    return replace(found, value=value, where=where)


def _is(key: str, part: str) -> bool:
    return key == part
