"""Values as text, numbers and JSON, as Terraform converts them; strings with holes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from sovlint.expressions import beyond_limits
from sovlint.expressions.kinds import Failed, NotKnown, Refused, failed
from sovlint.expressions.lifting import lift, plainly_unknown
from sovlint.expressions.limits import MAX_PARTS, MAX_TEXT
from sovlint.expressions.numerals import read, written
from sovlint.model.partial.holes import holes_of, host_of, parts_of
from sovlint.model.partial.parts import tidy
from sovlint.model.value import Known, Unknown, Value

_ESCAPED = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})


def text_of(value: object) -> str | None:
    """A primitive as Terraform converts it to text; ``None`` for null and what has no text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    return written(value) if isinstance(value, float) else None


def needed_text(value: object, wanted: str = "text expected") -> str:
    """A primitive as text. Raises ``Refused``, which says what is ``wanted``."""
    text = text_of(value)
    if text is None:
        raise Refused(wanted)
    return text


def joined(pieces: Iterable[Value]) -> Value:
    """A string made of pieces; what isn't known becomes a hole in its ``parts``."""
    values = list(pieces)
    result = lift(values, _concatenated)
    if isinstance(result, Known) or result.among or isinstance(result, Failed):
        return result
    kept = _within_limits(values)
    cut = next(
        (
            each
            for each in kept
            if isinstance(each, Unknown) and beyond_limits.is_beyond(each)
        ),
        None,
    )
    why = result if cut is None else cut
    return Unknown(
        why.reason,
        why.detail,
        result.because,
        note=None if cut is None else cut.note,
        kind=None if cut is None else cut.kind,
        parts=tidy(part for value in kept for part in _parts(value)),
        sensitive=result.sensitive,
        host_of=host_of(values),
        checkout=_below_checkout(values),
        holes=holes_of(kept),
    )


def _within_limits(values: Sequence[Value]) -> list[Value]:
    """Pieces of a text, each as far as there is room for it: what isn't known of one is one hole then, and what comes
    after the last that has room is one too."""
    kept: list[Value] = []
    room, length = MAX_PARTS - 1, MAX_TEXT
    for value in values:
        parts = _parts(value)
        if len(parts) > room or sum(len(part or "") for part in parts) > length:
            value = (
                beyond_limits.text() if isinstance(value, Known) else plainly_unknown(value)
            )
            parts = _parts(value)
        if room < 1:
            kept.append(beyond_limits.text_parts())
            break
        kept.append(value)
        room -= len(parts)
        length -= sum(len(part or "") for part in parts)
    return kept


def _below_checkout(values: Sequence[Value]) -> str | None:
    """The path below the git root that pieces make: one that is such a path, and known text after it."""
    first = values[0]
    path = first.checkout if isinstance(first, Unknown) else None
    rest = [text_of(value.value) for value in values[1:] if isinstance(value, Known)]
    if path is None or len(rest) < len(values) - 1:
        return None
    return path + "".join(text or "" for text in rest)


def _concatenated(*pieces: object) -> str | Unknown:
    texts = [text for piece in pieces if (text := text_of(piece)) is not None]
    return (
        concatenated(texts) if len(texts) == len(pieces) else failed("a template needs text")
    )


def concatenated(texts: Sequence[str], separator: str = "") -> str:
    """The texts as one; raises ``NotKnown`` where that is too long."""
    if sum(map(len, texts)) + len(separator) * len(texts) > MAX_TEXT:
        raise NotKnown(beyond_limits.text())
    return composed(separator.join(texts))


def composed(text: str) -> str:
    """Text in Unicode's composed form, in which Terraform keeps all text."""
    return text if text.isascii() else normalize("NFC", text)


def _parts(value: Value) -> tuple[str | None, ...]:
    return (text_of(value.value) or "",) if isinstance(value, Known) else parts_of(value)


def number_of(value: object) -> int | float:
    """A number, also one given as text. Raises ``Refused``."""
    number = number_or_none(value)
    if number is None:
        raise Refused("a number expected")
    return number


def number_or_none(value: object) -> int | float | None:
    """A number, also one given as text; ``None`` for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    return read(value) if isinstance(value, str) else None


def whole(value: object) -> int | None:
    """A whole number, given as a number or as text, else ``None``."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        number = read(value)
        return number if isinstance(number, int) else None
    return None


def encoded(data: object) -> str:
    """Plain data as JSON, as Terraform writes it: keys in order, numbers without exponents, what HTML minds as escapes
    (Go's ``encoding/json``)."""
    if isinstance(data, dict):
        return (
            "{"
            + ",".join(f"{encoded(str(key))}:{encoded(data[key])}" for key in sorted(data))
            + "}"
        )
    if isinstance(data, list):
        return "[" + ",".join(map(encoded, data)) + "]"
    if isinstance(data, float):
        return written(data)
    return json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
