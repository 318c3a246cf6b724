"""Functions that cut texts. What may be cut from a hole's neighbour, where the hole is empty, becomes part of the hole."""

from __future__ import annotations

from typing import Any

from sovlint.expressions.templates.functions.arguments import (
    data_of,
    is_unknown,
    text,
    text_of,
    whole,
)
from sovlint.expressions.templates.functions.texts.partial import (
    literal_end,
    literal_start,
    with_head,
    with_tail,
)
from sovlint.expressions.templates.running import Execution
from sovlint.expressions.templates.text import (
    TemplateHole,
    has_holes,
    is_hole,
    joined,
    part,
)

SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What Go takes for white space."""


def trunc(run: Execution, size: Any, value: Any) -> Any:
    """The first so many bytes of a text, or the last ones where the number is below zero."""
    if is_unknown(size) or isinstance(value, TemplateHole):
        return run.unknown("trunc", size, value)
    if has_holes(text(value)):
        return _trunc_partial(run, whole(size), value)
    if not value.isascii():
        return _trunc_bytes(value, whole(size))
    if whole(size) >= 0:
        return part(value, 0, size) if len(value) > size else value
    return part(value, len(value) + size, len(value)) if len(value) + size > 0 else value


def _trunc_bytes(value: str, size: int) -> str:
    data = data_of(value)
    if size < 0:
        return text_of(data[len(data) + size :]) if len(data) + size > 0 else value
    return text_of(data[:size])


def _trunc_partial(run: Execution, size: int, value: str) -> Any:
    known = value[: literal_start(value)]
    if size >= 0 and len(data_of(known)) >= size:
        return _trunc_bytes(known, size)
    whole_hole = run.unknown("trunc", size, value)
    if size >= 0:
        return with_tail(run, value, len(known), whole_hole)
    end = literal_end(value)
    if len(data_of(value[end:])) >= -size:
        return _trunc_bytes(value[end:], size)
    return with_head(run, value, end, whole_hole)


def trim(run: Execution, value: Any) -> Any:
    """A text without white space at its ends."""
    return _stripped(run, "trim", SPACE, value)


def trim_all(run: Execution, cut: Any, value: Any) -> Any:
    """A text without any of the given characters at its ends."""
    if is_unknown(cut):
        return run.unknown("trimAll", cut, value)
    return _stripped(run, "trimAll", text(cut), value)


def _stripped(run: Execution, name: str, cut: str, value: Any) -> Any:
    if isinstance(value, TemplateHole):
        return run.unknown(name, cut, value)
    run.afford(len(text(value)))
    if not has_holes(value):
        start = len(value) - len(value.lstrip(cut))
        return part(value, start, max(start, len(value.rstrip(cut))))
    return _stripped_partial(run, name, cut, value)


def _stripped_partial(run: Execution, name: str, cut: str, value: str) -> Any:
    """Holes before the first character that surely stays, and behind the last, are one hole each."""
    kept = [at for at, each in enumerate(value) if each not in cut and not is_hole(each)]
    if not kept:
        return run.unknown(name, cut, value)
    start, end = kept[0], kept[-1] + 1
    holes = run.holes
    before = (
        holes.character(run.unknown(name, cut, value[:start]))
        if has_holes(value[:start])
        else ""
    )
    behind = (
        holes.character(run.unknown(name, cut, value[end:])) if has_holes(value[end:]) else ""
    )
    return joined((before, part(value, start, end), behind))


def trim_suffix(run: Execution, suffix: Any, value: Any) -> Any:
    """A text without an ending, if it has that."""
    if is_unknown(suffix) or isinstance(value, TemplateHole):
        return run.unknown("trimSuffix", suffix, value)
    size, end = len(text(suffix)), literal_end(text(value))
    known = value[end:]
    if not end or len(known) >= size or not suffix.endswith(known):
        cut = bool(size) and known.endswith(suffix)
        return part(value, 0, len(value) - size) if cut else value
    before = value[: end - 1]
    cut_at_most = max(size for size in range(len(suffix) + 1) if _ends(before, suffix[:size]))
    return with_tail(
        run,
        value,
        len(before) - cut_at_most,
        run.unknown("trimSuffix", suffix, value[len(before) - cut_at_most :]),
    )


def _ends(known: str, start: str) -> bool:
    """Whether the last characters may be these: a hole may be any."""
    ending = known[len(known) - len(start) :] if start else ""
    if len(ending) < len(start):
        return has_holes(known)
    return ending == start or has_holes(ending)


def trim_prefix(run: Execution, prefix: Any, value: Any) -> Any:
    """A text without a beginning, if it has that."""
    if is_unknown(prefix) or isinstance(value, TemplateHole):
        return run.unknown("trimPrefix", prefix, value)
    size, start = len(text(prefix)), literal_start(text(value))
    known = value[:start]
    if start == len(value) or len(known) >= size or not prefix.startswith(known):
        cut = bool(size) and known.startswith(prefix)
        return part(value, size, len(value)) if cut else value
    return with_head(
        run,
        value,
        min(len(value), literal_end(value) + size),
        run.unknown("trimPrefix", prefix, value),
    )
