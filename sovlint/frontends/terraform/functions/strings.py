"""Functions on text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sovlint.frontends.terraform.values import failed, plain, text_of, unsupported, wrap
from sovlint.model.value import Known, Value

MAX_SUBJECT = 4096
"""Regular expressions are tried on no longer text, so that none runs away."""
_RISKY = re.compile(r"\)[*+{?]|\\[1-9]|\(\?[=!<>P]|[*+}][*+]|(?:[*+][^*+]*){5}")
_VERB = re.compile(r"%(%|(?:\[(\d+)\])?([-+# 0]*)(\d+)?(?:\.(\d+))?([vsdqtfgeEGbxXo]))")


def _text(value: object) -> str:
    text = text_of(value)
    if text is None:
        raise TypeError("text expected")
    return text


def _on_text(function: Callable[[str], str]) -> Callable[..., Value]:
    return lambda value: Known(function(_text(value)))


def _format(pattern: object, *arguments: object) -> Value:
    position = 0

    def verb(match: re.Match[str]) -> str:
        nonlocal position
        whole, explicit, flags, width, precision, kind = match.groups()
        if whole == "%":
            return "%"
        at = int(explicit) - 1 if explicit else position
        position = at + 1
        return _verb(arguments[at], flags, width, precision, kind)

    return Known(_VERB.sub(verb, _text(pattern)))


def _verb(value: object, flags: str, width: str | None, precision: str | None, kind: str) -> str:
    if kind == "v":
        inner = plain(value)
        shown = _text(inner) if not isinstance(inner, (dict, list)) and inner is not None else _json(inner)
    elif kind == "q":
        shown = _json(_text(value))
    elif kind in "st":
        shown = _text(value)[: int(precision) if precision else None]
    else:
        number = float(_text(value))
        spec = ("+" if "+" in flags else "") + (f".{precision}" if precision else "")
        shown = format(int(number), spec.split(".")[0] + kind) if kind in "dbxXo" else format(number, spec + kind)
    if not width or len(width) > 4:
        return shown
    if "-" in flags:
        return shown.ljust(int(width))
    return shown.zfill(int(width)) if "0" in flags and kind not in "svqt" else shown.rjust(int(width))


def _json(value: object) -> str:
    import json

    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _formatlist(pattern: object, *arguments: object) -> Value:
    lists = [plain(argument) for argument in arguments]
    length = max((len(item) for item in lists if isinstance(item, list)), default=1)
    rows = []
    for row in range(length):
        made = _format(pattern, *(item[row] if isinstance(item, list) else item for item in lists))
        rows.append(made)
    return Known(tuple(rows))


def _join(separator: object, *lists: object) -> Value:
    items: list[object] = []
    for item in lists:
        inner = plain(item)
        if not isinstance(inner, list):
            raise TypeError("a list expected")
        items.extend(inner)
    return Known(_text(separator).join(_text(item) for item in items))


def _split(separator: object, value: object) -> Value:
    text, by = _text(value), _text(separator)
    return wrap(text.split(by) if by else list(text))


def _substr(value: object, offset: object, length: object) -> Value:
    text, start, size = _text(value), int(_text(offset)), int(_text(length))
    start = max(0, len(text) + start) if start < 0 else start
    return Known(text[start:] if size < 0 else text[start : start + size])


def _replace(value: object, old: object, new: object) -> Value:
    text, pattern, replacement = _text(value), _text(old), _text(new)
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        compiled = _compiled(pattern[1:-1], text)
        if isinstance(compiled, str):
            return unsupported(compiled)
        return Known(compiled.sub(re.sub(r"\$\{?(\w+)\}?", r"\\g<\1>", replacement.replace("\\", r"\\")), text))
    return Known(text.replace(pattern, replacement))


def _compiled(pattern: str, subject: str) -> re.Pattern[str] | str:
    """A pattern that can't run away on this subject, or why not (RE2, which Terraform uses, has no backtracking)."""
    if len(subject) > MAX_SUBJECT or len(pattern) > 256 or _RISKY.search(pattern):
        return "a regular expression that may run long"
    try:
        return re.compile(pattern)
    except re.error:
        return "a regular expression that can't be read"


def _groups(match: re.Match[str]) -> Value:
    if match.groupdict():
        return wrap(match.groupdict())
    return wrap(list(match.groups())) if match.groups() else Known(match.group())


def _regex(pattern: object, value: object) -> Value:
    compiled = _compiled(_text(pattern), _text(value))
    if isinstance(compiled, str):
        return unsupported(compiled)
    match = compiled.search(_text(value))
    return _groups(match) if match else failed("regex: no match")


def _regexall(pattern: object, value: object) -> Value:
    compiled = _compiled(_text(pattern), _text(value))
    if isinstance(compiled, str):
        return unsupported(compiled)
    return Known(tuple(_groups(match) for match in compiled.finditer(_text(value))))


def _indent(spaces: object, value: object) -> Value:
    return Known(_text(value).replace("\n", "\n" + " " * int(_text(spaces))))


def _title(value: object) -> Value:
    return Known(re.sub(r"(?<![\w'])\w", lambda match: match.group().upper(), _text(value)))


def _trim(value: object, cut: object) -> Value:
    return Known(_text(value).strip(_text(cut)))


def _join_sequence(function: Callable[[str, str], str]) -> Callable[..., Value]:
    return lambda value, other: Known(function(_text(value), _text(other)))


def _tests(function: Callable[[str, str], bool]) -> Callable[..., Value]:
    return lambda value, other: Known(function(_text(value), _text(other)))


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "chomp": _on_text(lambda text: text.rstrip("\r\n")),
    "endswith": _tests(str.endswith),
    "format": _format,
    "formatlist": _formatlist,
    "indent": _indent,
    "join": _join,
    "lower": _on_text(str.lower),
    "regex": _regex,
    "regexall": _regexall,
    "replace": _replace,
    "split": _split,
    "startswith": _tests(str.startswith),
    "strcontains": _tests(lambda text, part: part in text),
    "strrev": _on_text(lambda text: text[::-1]),
    "substr": _substr,
    "title": _title,
    "trim": _trim,
    "trimprefix": _join_sequence(str.removeprefix),
    "trimspace": _on_text(str.strip),
    "trimsuffix": _join_sequence(str.removesuffix),
    "upper": _on_text(str.upper),
}
