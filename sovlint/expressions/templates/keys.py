"""What tells holes apart: a key that is made of what a value was made of, the same whenever it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sovlint.expressions.templates.limits import MAX_KEY
from sovlint.expressions.templates.text import TemplateHole, TemplateHoles, is_hole
from sovlint.expressions.templates.values import Map, TemplateObject


def made_by(name: str, arguments: Sequence[Any], holes: TemplateHoles) -> str:
    """The key of what a function gives of these arguments."""
    return shortened(f"{name}({','.join(key_of(each, holes) for each in arguments)})")


def shortened(key: str) -> str:
    """A key of bounded length, still another one than that of anything else."""
    if len(key) <= MAX_KEY:
        return key
    from hashlib import blake2b  # imported late: few keys are long

    digest = blake2b(key.encode("utf-8", "replace"), digest_size=12).hexdigest()
    return f"{key[: MAX_KEY // 2]}#{digest}"


def key_of(value: Any, holes: TemplateHoles) -> str:
    """What a value is, in a key."""
    if isinstance(value, TemplateHole):
        return f"<{value.key}>"
    if isinstance(value, str):
        return repr(str(value)) if value.isascii() else f"'{_text(value, holes)}'"
    if isinstance(value, Mapping):
        entries = ",".join(
            f"{key_of(key, holes)}:{key_of(value[key], holes)}" for key in sorted(value)
        )
        rest = value.rest if isinstance(value, Map) else None
        return f"{{{entries}{'' if rest is None else '...' + key_of(rest, holes)}}}"
    if isinstance(value, Sequence):
        return f"[{','.join(key_of(each, holes) for each in value)}]"
    if isinstance(value, TemplateObject):
        return f"object {value.printed}"
    return f"{type(value).__name__} {value}"


def _text(text: str, holes: TemplateHoles) -> str:
    return "".join(f"<{holes.hole(each).key}>" if is_hole(each) else each for each in text)


def first_hole(value: Any, holes: TemplateHoles) -> TemplateHole | None:
    """The first thing in a value that isn't known."""
    return next(_holes_in(value, holes), None)


def _holes_in(value: Any, holes: TemplateHoles) -> Iterator[TemplateHole]:
    if isinstance(value, TemplateHole):
        yield value
    elif isinstance(value, str):
        if not value.isascii():
            yield from (holes.hole(each) for each in value if is_hole(each))
    elif isinstance(value, Mapping):
        for key in value:
            yield from _holes_in(key, holes)
            yield from _holes_in(value[key], holes)
        if isinstance(value, Map) and value.rest is not None:
            yield from _holes_in(value.rest, holes)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _holes_in(each, holes)
