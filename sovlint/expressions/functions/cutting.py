"""Functions on texts of which only some is known: what can be told from the parts that are, else nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from sovlint.expressions.kinds import SetOf
from sovlint.expressions.lifting import because, plainly_unknown
from sovlint.expressions.limits import MAX_ELEMENTS
from sovlint.expressions.texts import joined, text_of, whole
from sovlint.model.parts import Parts, may_be, tidy
from sovlint.model.value import Known, Unknown, Value

_VERB = re.compile(r"%(%|s|v|d|[^%]*?[a-zA-Z])")
_PLAIN = re.compile(r"\^([\w-]+)")
"""A pattern that asks for no more than how a text begins."""


def in_part(name: str, arguments: list[Value]) -> Value | None:
    """The value of a function of which an argument isn't known, as far as it follows; ``None``: nothing does."""
    if name in _JOINING:
        return _JOINING[name](arguments) if arguments else None
    if name not in _CUTTING or len(arguments) != _CUTTING[name][0]:
        return None
    last = name in ("contains", "regex", "split")  # the text comes last
    first, rest = (arguments[-1], arguments[:-1]) if last else (arguments[0], arguments[1:])
    if not isinstance(first, Unknown) or not first.parts:
        return None
    if not all(isinstance(each, Known) for each in rest):
        return None
    plain = [each.value for each in rest if isinstance(each, Known)]
    found = _CUTTING[name][1](first, first.parts, plain)
    return None if found is None else because(found, first.because, *(each.because for each in rest))


def _spelt(whole_text: Unknown, parts: Sequence[str | None]) -> Value:
    """A text of parts, in place of ``whole_text``."""
    found = tidy(parts)
    if None not in found:
        return Known("".join(part or "" for part in found), sensitive=whole_text.sensitive)
    return plainly_unknown(whole_text).but(parts=found)


def _substr(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    offset, length = (whole(argument) for argument in arguments)
    if offset is None or length is None:
        return None
    if offset < 0:
        last = parts[-1] or ""
        if len(last) < -offset:
            return None
        return Known(last[offset:] if length < 0 else last[offset:][:length], sensitive=text.sensitive)
    first = parts[0] or ""
    if length >= 0 and offset + length <= len(first):
        return Known(first[offset : offset + length], sensitive=text.sensitive)
    return _spelt(text, (first[offset:], *parts[1:])) if length < 0 and offset <= len(first) and first else None


def _split(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    """The pieces in front of the first that isn't known, by their place."""
    separator = arguments[0]
    first = parts[0]
    if not isinstance(separator, str) or not separator or first is None or first.count(separator) > MAX_ELEMENTS:
        return None
    pieces = first.split(separator)[:-1]
    entries: dict[str, Value] = {str(at): Known(piece) for at, piece in enumerate(pieces)}
    return plainly_unknown(text).but(entries=entries, overridable=False) if entries else None


def _replace(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    old, new = (text_of(argument) for argument in arguments)
    if not old or new is None or (len(old) > 1 and old.startswith("/") and old.endswith("/")):
        return None
    if any(_may_reach_over(part, old) for part in parts if part is not None):
        return None
    return _spelt(text, [part if part is None else part.replace(old, new) for part in parts])


def _may_reach_over(part: str, old: str) -> bool:
    """Whether what is looked for may lie partly in a text and partly in the hole beside it."""
    return (
        part in old[1:]
        or part in old[:-1]
        or any(part.endswith(old[:size]) or part.startswith(old[-size:]) for size in range(1, len(old)))
    )


def _trimprefix(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    first, prefix = parts[0], arguments[0]
    if first is None or not isinstance(prefix, str) or (len(first) < len(prefix) and prefix.startswith(first)):
        return None
    return _spelt(text, (first.removeprefix(prefix), *parts[1:]))


def _trimsuffix(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    last, suffix = parts[-1], arguments[0]
    if last is None or not isinstance(suffix, str) or (len(last) < len(suffix) and suffix.endswith(last)):
        return None
    return _spelt(text, (*parts[:-1], last.removesuffix(suffix)))


def _trim(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    """Signs off both ends: an end that consists of nothing else leaves open what lies behind it."""
    signs = arguments[0] if arguments else None
    if signs is not None and not isinstance(signs, str):
        return None
    left = list(parts)
    at = 0 if left[0] is not None else 1  # behind a hole too: what is in it may be trimmed away
    to = len(left) - (1 if left[-1] is not None else 2)
    if not 0 <= at <= to < len(left):
        return None
    left[at] = (left[at] or "").lstrip(signs)
    left[to] = (left[to] or "").rstrip(signs)
    return _spelt(text, left) if left[at] and left[to] else None


def _chomp(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    last = (parts[-1] or "").rstrip("\r\n")
    return _spelt(text, (*parts[:-1], last)) if last else None


def _each(change: Callable[[str], str]) -> Callable[[Unknown, Parts, Sequence[object]], Value | None]:
    return lambda text, parts, arguments: _spelt(text, [part if part is None else change(part) for part in parts])


def _startswith(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    first, prefix = parts[0] or "", arguments[0]
    if not isinstance(prefix, str):
        return None
    return Known(True) if first.startswith(prefix) else None if prefix.startswith(first) else Known(False)


def _endswith(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    last, suffix = parts[-1] or "", arguments[0]
    if not isinstance(suffix, str):
        return None
    return Known(True) if last.endswith(suffix) else None if suffix.endswith(last) else Known(False)


def _strcontains(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    wanted = arguments[0]
    return Known(True) if isinstance(wanted, str) and any(wanted in (part or "") for part in parts) else None


def _regex(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    plain = _PLAIN.fullmatch(arguments[0]) if isinstance(arguments[0], str) else None
    return Known(plain.group(1)) if plain and (parts[0] or "").startswith(plain.group(1)) else None


def _contains(text: Unknown, parts: Parts, arguments: Sequence[object]) -> Value | None:
    """Surely not, where no element can be that text."""
    items = arguments[0]
    if not isinstance(items, tuple) or not all(isinstance(item, Known) for item in items):
        return None
    return None if any(isinstance(item.value, str) and may_be(item.value, parts) for item in items) else Known(False)


def _join(arguments: list[Value]) -> Value | None:
    """A list whose elements are known in number, if not each."""
    separator, lists = arguments[0], arguments[1:]
    pieces: list[Value] = []
    for each in lists:
        inner = each.value if isinstance(each, Known) else None
        unsure = isinstance(inner, SetOf) and any(isinstance(item, Unknown) for item in inner)
        if not isinstance(inner, tuple) or unsure:
            return None
        for item in inner:
            pieces += [separator, item] if pieces else [item]
    return joined(pieces) if pieces else None


def _format(arguments: list[Value]) -> Value | None:
    """``%s``, ``%v`` and ``%d`` in order; anything else isn't told in part."""
    pattern = arguments[0].value if isinstance(arguments[0], Known) else None
    if not isinstance(pattern, str) or any(verb not in "%svd" for verb in _VERB.findall(pattern)):
        return None
    pieces: list[Value] = []
    given = iter(arguments[1:])
    at = 0
    for match in _VERB.finditer(pattern):
        piece = Known("%") if match.group(1) == "%" else next(given, None)
        inner = piece.value if isinstance(piece, Known) else ""
        if piece is None or text_of(inner) is None:
            return None
        pieces += [Known(pattern[at : match.start()]), piece]
        at = match.end()
    return joined([*pieces, Known(pattern[at:])])


def _formatlist(arguments: list[Value]) -> Value | None:
    """Lists whose elements are known in number, if not each; what surely is text is the same for all of them."""
    if not arguments or any(isinstance(each, Unknown) and not _is_text(each) for each in arguments):
        return None
    lists = [each.value for each in arguments if isinstance(each, Known) and isinstance(each.value, tuple)]
    unsure = any(isinstance(each, SetOf) and any(isinstance(item, Unknown) for item in each) for each in lists)
    if unsure or len({len(each) for each in lists}) != 1:
        return None
    rows: list[Value] = []
    for position in range(len(lists[0])):
        row = [
            each.value[position] if isinstance(each, Known) and isinstance(each.value, tuple) else each
            for each in arguments
        ]
        made = _format(row)
        if made is None:
            return None
        rows.append(made)
    return Known(tuple(rows))


def _is_text(value: Unknown) -> bool:
    return bool(value.parts) or (
        bool(value.among) and all(text_of(each.value) is not None for each in value.among or ())
    )


_JOINING: Mapping[str, Callable[[list[Value]], Value | None]] = {
    "format": _format,
    "formatlist": _formatlist,
    "join": _join,
}

_CUTTING: Mapping[str, tuple[int, Callable[[Unknown, Parts, Sequence[object]], Value | None]]] = {
    "chomp": (1, _chomp),
    "contains": (2, _contains),
    "endswith": (2, _endswith),
    "lower": (1, _each(str.lower)),
    "regex": (2, _regex),
    "replace": (3, _replace),
    "split": (2, _split),
    "startswith": (2, _startswith),
    "strcontains": (2, _strcontains),
    "substr": (3, _substr),
    "trim": (2, _trim),
    "trimprefix": (2, _trimprefix),
    "trimspace": (1, _trim),
    "trimsuffix": (2, _trimsuffix),
    "upper": (1, _each(str.upper)),
}
"""By name: how many arguments it takes, and what it tells."""
