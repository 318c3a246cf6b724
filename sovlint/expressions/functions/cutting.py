"""Functions on texts of which only some is known: what can be told from the parts that are, else nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sovlint.expressions.kinds import SetOf, content, known_text
from sovlint.expressions.lifting import because
from sovlint.expressions.limits import MAX_ELEMENTS
from sovlint.expressions.texts import joined, text_of, whole
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.parts import Parts, may_be, tidy, whole_text
from sovlint.model.value import Known, Unknown, Value

Cut = Sequence[str | None] | dict[str, Value] | bool
"""What is told of a text: its parts, some of the elements of a list that is made of it, or an answer."""

_VERB = late_pattern(r"%(%|s|v|d|[^%]*?[a-zA-Z])")
_PLAIN = late_pattern(r"\^([\w-]+)")
"""A pattern that asks for no more than how a text begins."""


def in_part(name: str, arguments: list[Value]) -> Value | None:
    """The value of a function of which an argument isn't known, as far as it follows; ``None``: nothing does."""
    if name in _JOINING:
        return _JOINING[name](arguments) if arguments else None
    if name not in _CUTTING or len(arguments) != _CUTTING[name][0]:
        return None
    last = name in ("contains", "regex", "split")  # the text comes last
    text, rest = (arguments[-1], arguments[:-1]) if last else (arguments[0], arguments[1:])
    if not isinstance(text, Unknown) or not text.parts:
        return None
    if not all(isinstance(each, Known) for each in rest):
        return None
    found = _CUTTING[name][1](text.parts, *map(content, rest))
    return (
        None
        if found is None
        else because(_told(found, text), text.because, *(each.because for each in rest))
    )


def _told(found: Cut, text: Unknown) -> Value:
    """What is found of ``text`` as a value."""
    if isinstance(found, bool):
        return Known(found)
    if isinstance(found, dict):
        return text.bare().but(entries=found, overridable=False)
    parts = tidy(found)
    known = whole_text(parts)
    return (
        text.bare().but(parts=parts)
        if known is None
        else Known(known, sensitive=text.sensitive)
    )


def _substr(parts: Parts, *arguments: object) -> Cut | None:
    offset, length = map(whole, arguments)
    if offset is None or length is None:
        return None
    if offset < 0:
        last = parts[-1] or ""
        if len(last) < -offset:
            return None
        return (last[offset:] if length < 0 else last[offset:][:length],)
    first = parts[0] or ""
    if length >= 0 and offset + length <= len(first):
        return (first[offset : offset + length],)
    return (
        (first[offset:], *parts[1:])
        if length < 0 and offset <= len(first) and first
        else None
    )


def _split(parts: Parts, separator: object) -> Cut | None:
    """The pieces in front of the first that isn't known, by their place."""
    first = parts[0]
    if (
        not isinstance(separator, str)
        or not separator
        or first is None
        or first.count(separator) > MAX_ELEMENTS
    ):
        return None
    return {
        str(at): Known(piece) for at, piece in enumerate(first.split(separator)[:-1])
    } or None


def _replace(parts: Parts, *arguments: object) -> Cut | None:
    old, new = map(text_of, arguments)
    if not old or new is None or (len(old) > 1 and old.startswith("/") and old.endswith("/")):
        return None
    if any(_may_reach_over(part, old) for part in parts if part is not None):
        return None
    return [part if part is None else part.replace(old, new) for part in parts]


def _may_reach_over(part: str, old: str) -> bool:
    """Whether what is looked for may lie partly in a text and partly in the hole beside it."""
    return (
        part in old[1:]
        or part in old[:-1]
        or any(
            part.endswith(old[:size]) or part.startswith(old[-size:])
            for size in range(1, len(old))
        )
    )


def _trimprefix(parts: Parts, prefix: object) -> Cut | None:
    first = parts[0]
    if (
        first is None
        or not isinstance(prefix, str)
        or (len(first) < len(prefix) and prefix.startswith(first))
    ):
        return None
    return (first.removeprefix(prefix), *parts[1:])


def _trimsuffix(parts: Parts, suffix: object) -> Cut | None:
    last = parts[-1]
    if (
        last is None
        or not isinstance(suffix, str)
        or (len(last) < len(suffix) and suffix.endswith(last))
    ):
        return None
    return (*parts[:-1], last.removesuffix(suffix))


def _trim(parts: Parts, signs: object = None) -> Cut | None:
    """Signs off both ends: an end that consists of nothing else leaves open what lies behind it."""
    if signs is not None and not isinstance(signs, str):
        return None
    left = list(parts)
    at = (
        0 if left[0] is not None else 1
    )  # behind a hole too: what is in it may be trimmed away
    to = len(left) - (1 if left[-1] is not None else 2)
    if not 0 <= at <= to < len(left):
        return None
    left[at] = (left[at] or "").lstrip(signs)
    left[to] = (left[to] or "").rstrip(signs)
    return left if left[at] and left[to] else None


def _chomp(parts: Parts) -> Cut | None:
    last = (parts[-1] or "").rstrip("\r\n")
    return (*parts[:-1], last) if last else None


def _each(change: Callable[[str], str]) -> Callable[[Parts], Cut]:
    return lambda parts: [part if part is None else change(part) for part in parts]


def _startswith(parts: Parts, prefix: object) -> Cut | None:
    first = parts[0] or ""
    if not isinstance(prefix, str):
        return None
    return True if first.startswith(prefix) else None if prefix.startswith(first) else False


def _endswith(parts: Parts, suffix: object) -> Cut | None:
    last = parts[-1] or ""
    if not isinstance(suffix, str):
        return None
    return True if last.endswith(suffix) else None if suffix.endswith(last) else False


def _strcontains(parts: Parts, wanted: object) -> Cut | None:
    return (
        True
        if isinstance(wanted, str) and any(wanted in (part or "") for part in parts)
        else None
    )


def _regex(parts: Parts, pattern: object) -> Cut | None:
    plain = _PLAIN.fullmatch(pattern) if isinstance(pattern, str) else None
    return (
        (plain.group(1),) if plain and (parts[0] or "").startswith(plain.group(1)) else None
    )


def _contains(parts: Parts, items: object) -> Cut | None:
    """Surely not, where no element can be that text."""
    if not isinstance(items, tuple) or not all(isinstance(item, Known) for item in items):
        return None
    return (
        None
        if any(isinstance(item.value, str) and may_be(item.value, parts) for item in items)
        else False
    )


def _join(arguments: list[Value]) -> Value | None:
    """A list whose elements are known in number, if not each."""
    separator, *lists = arguments
    pieces: list[Value] = []
    for each in lists:
        inner = content(each)
        if not isinstance(inner, tuple) or _is_unsure(inner):
            return None
        for item in inner:
            pieces += [separator, item] if pieces else [item]
    return joined(pieces) if pieces else None


def _format(arguments: list[Value]) -> Value | None:
    """``%s``, ``%v`` and ``%d`` in order; anything else isn't told in part."""
    pattern = known_text(arguments[0])
    if pattern is None or any(verb not in "%svd" for verb in _VERB.findall(pattern)):
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
    if any(isinstance(each, Unknown) and not _is_text(each) for each in arguments):
        return None
    lists = {
        at: inner
        for at, each in enumerate(arguments)
        if isinstance(inner := content(each), tuple)
    }
    lengths = {len(each) for each in lists.values()}
    if any(map(_is_unsure, lists.values())) or len(lengths) != 1:
        return None
    rows: list[Value] = []
    for position in range(lengths.pop()):
        row = _format(
            [
                lists[at][position] if at in lists else each
                for at, each in enumerate(arguments)
            ]
        )
        if row is None:
            return None
        rows.append(row)
    return Known(tuple(rows))


def _is_unsure(items: tuple[Value, ...]) -> bool:
    """Whether it isn't known how many elements there are: one of a set may be the same as another."""
    return isinstance(items, SetOf) and any(isinstance(item, Unknown) for item in items)


def _is_text(value: Unknown) -> bool:
    if value.among:
        return bool(value.parts) or all(
            text_of(each.value) is not None for each in value.among
        )
    return bool(value.parts)


_JOINING: Mapping[str, Callable[[list[Value]], Value | None]] = {
    "format": _format,
    "formatlist": _formatlist,
    "join": _join,
}

_CUTTING: Mapping[str, tuple[int, Callable[..., Cut | None]]] = {
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
