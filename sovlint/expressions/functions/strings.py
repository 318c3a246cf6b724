"""Functions on text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sovlint.expressions import beyond_limits
from sovlint.expressions.functions.characters import alone, lower, title, upper
from sovlint.expressions.functions.formats import format_function, formatlist
from sovlint.expressions.kinds import Refused, failed, unsupported
from sovlint.expressions.limits import MAX_ELEMENTS, MAX_TEXT
from sovlint.expressions.texts import concatenated, number_of, text_of, whole
from sovlint.expressions.values import plain, wrap
from sovlint.model.value import Known, Value

if TYPE_CHECKING:
    from sovlint.expressions.functions.patterns import MatchSpans

_REFERENCE = re.compile(r"\$(?:(\$)|\{(\w+)\}|(\w+))")


def _text(value: object) -> str:
    text = text_of(value)
    if text is None:
        raise Refused("text expected")
    return text


def _on_text(function: Callable[[str], str]) -> Callable[..., Value]:
    return lambda value: Known(function(_text(value)))


def _join(separator: object, *lists: object) -> Value:
    items: list[object] = []
    for item in lists:
        inner = plain(item)
        if not isinstance(inner, list):
            raise Refused("a list expected")
        items.extend(inner)
    return Known(concatenated([_text(item) for item in items], _text(separator)))


def _split(separator: object, value: object) -> Value:
    text, by = _text(value), _text(separator)
    number = text.count(by) + 1 if by else len(text)
    if number > MAX_ELEMENTS:
        raise beyond_limits.raised(beyond_limits.elements(number))
    return wrap(text.split(by) if by else list(text))  # without a separator Go counts code points as well


def _substr(value: object, offset: object, length: object) -> Value:
    text, start, size = alone(_text(value)), whole(offset), whole(length)
    if start is None or size is None:
        raise Refused("whole numbers expected")
    start = max(0, len(text) + start) if start < 0 else start
    return Known(text[start:] if size < 0 else text[start : start + size])


def _replace(value: object, old: object, new: object) -> Value:
    text, pattern, replacement = _text(value), _text(old), _text(new)
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        found = _matches(pattern[1:-1], text)
        return unsupported(found) if isinstance(found, str) else _substituted(*found, text, replacement)
    if len(text) + text.count(pattern) * len(replacement) > MAX_TEXT:
        raise beyond_limits.raised(beyond_limits.text())
    return Known(text.replace(pattern, replacement))


def _substituted(names: list[str | None], found: list[MatchSpans], text: str, replacement: str) -> Value:
    """``$1``, ``${name}`` and ``$$`` as Go's regexp expands them: a group that isn't there gives nothing."""
    references = replacement.count("$") + 1
    if len(text) * references + len(found) * len(replacement) > MAX_TEXT:
        raise beyond_limits.raised(beyond_limits.text())

    def expanded(spans: MatchSpans) -> str:
        def group(reference: re.Match[str]) -> str:
            dollar, braced, bare = reference.groups()
            if dollar:
                return "$"
            name = braced or bare
            if name.isdecimal():
                numbers = [int(name)] if len(name) < 4 else []
            else:
                numbers = [number for number, each in enumerate(names, 1) if each == name]
            span = next((spans[number] for number in numbers if number < len(spans) and spans[number]), None)
            return text[span[0] : span[1]] if span else ""

        return _REFERENCE.sub(group, replacement)

    pieces, last = [], 0
    for spans in found:
        start, end = spans[0] or (last, last)
        pieces += [text[last:start], expanded(spans)]
        last = end
    return Known("".join([*pieces, text[last:]]))


def _groups(names: list[str | None], spans: MatchSpans, text: str) -> Value:
    """What a match gives: its text, or its groups as a list or, by name, as an object; null for one without part."""
    texts = [text[span[0] : span[1]] if span else None for span in spans]
    if not names:
        return Known(texts[0])
    if None in names:
        return wrap(texts[1:])
    return wrap({str(name): part for name, part in zip(names, texts[1:], strict=True)})


def _matches(pattern: str, text: str) -> tuple[list[str | None], list[MatchSpans]] | str:
    from sovlint.expressions.functions.patterns import matches  # few roots have any

    return matches(pattern, text)


def _found(pattern: object, value: object) -> tuple[list[str | None], list[MatchSpans]] | str:
    found = _matches(_text(pattern), _text(value))
    if not isinstance(found, str) and None in found[0] and any(found[0]):
        raise Refused("groups with and without names")
    return found


def _regex(pattern: object, value: object) -> Value:
    found = _found(pattern, value)
    if isinstance(found, str):
        return unsupported(found)
    names, every = found
    return _groups(names, every[0], _text(value)) if every else failed("regex: no match")


def _regexall(pattern: object, value: object) -> Value:
    found = _found(pattern, value)
    if isinstance(found, str):
        return unsupported(found)
    names, every = found
    return Known(tuple(_groups(names, spans, _text(value)) for spans in every))


def _indent(spaces: object, value: object) -> Value:
    text, width = _text(value), int(number_of(spaces))
    if len(text) + text.count("\n") * max(width, 0) > MAX_TEXT:
        raise beyond_limits.raised(beyond_limits.text())
    return Known(text.replace("\n", "\n" + " " * width))


def _trim(value: object, cut: object) -> Value:
    return Known(_text(value).strip(_text(cut)))


def _join_sequence(function: Callable[[str, str], str]) -> Callable[..., Value]:
    return lambda value, other: Known(function(_text(value), _text(other)))


def _tests(function: Callable[[str, str], bool]) -> Callable[..., Value]:
    return lambda value, other: Known(function(_text(value), _text(other)))


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "chomp": _on_text(lambda text: text.rstrip("\r\n")),
    "endswith": _tests(str.endswith),
    "format": format_function,
    "formatlist": formatlist,
    "indent": _indent,
    "join": _join,
    "lower": _on_text(lower),
    "regex": _regex,
    "regexall": _regexall,
    "replace": _replace,
    "split": _split,
    "startswith": _tests(str.startswith),
    "strcontains": _tests(lambda text, part: part in text),
    "strrev": _on_text(lambda text: alone(text)[::-1]),
    "substr": _substr,
    "title": _on_text(title),
    "trim": _trim,
    "trimprefix": _join_sequence(str.removeprefix),
    "trimspace": _on_text(str.strip),
    "trimsuffix": _join_sequence(str.removesuffix),
    "upper": _on_text(upper),
}
