"""Which resource answers at a text made of several: where its host is, as a whole, an address of that resource."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sovlint.expressions.kinds import Failed
from sovlint.expressions.lifting import changed
from sovlint.model.value import Known, Unknown, Value

_OWN, _HOLE = "\x01", "\x00"
_ADDRESS = re.compile(
    rf"\s*(?:(?:jdbc:)?[a-zA-Z{_HOLE}][a-zA-Z0-9+.{_HOLE}-]*://)?(?:[^/?#@\s]*@)?{_OWN}(?::[0-9{_HOLE}]*)?(?:[/?#].*)?",
    re.DOTALL,
)
"""Scheme, user, the address, port and path. With anything else before or behind it the host would be another one."""


def host_of(pieces: Sequence[Value]) -> str | None:
    """The address of the resource that answers at the text that these pieces make, if one surely does."""
    own = next((piece for piece in pieces if isinstance(piece, Unknown) and piece.host_of), None)
    if own is None:
        return None
    text = "".join(_OWN if piece is own else _shown(piece) for piece in pieces)
    return own.host_of if text.count(_OWN) == 1 and _ADDRESS.fullmatch(text) else None


def _shown(piece: Value) -> str:
    if isinstance(piece, Known):
        return str(piece.value).replace(_OWN, "").replace(_HOLE, "")
    return "".join(_HOLE if part is None else part for part in piece.parts or (None,))


_PARTS_OF_ADDRESSES: Mapping[str, re.Pattern[str]] = {
    "trimprefix": re.compile(r"[a-z]+://"),
    "trimsuffix": re.compile(r"/|:[0-9]+/?"),
    "replace": re.compile(r"[a-z]+://|:[0-9]+/?"),
}
"""What a function may take off an address, and it stays that of the same host."""


def same_host(name: str, arguments: Sequence[Value], result: Unknown) -> Unknown:
    """What a function gives for an unknown text, with the resource that answers there where that is still the same."""
    first = arguments[0] if arguments else None
    if not isinstance(first, Unknown) or first.host_of is None or isinstance(result, Failed):
        return result
    rest = [each.value for each in arguments[1:] if isinstance(each, Known)]
    taken = _PARTS_OF_ADDRESSES.get(name)
    untouched = name in ("lower", "trimspace", "chomp", "tostring", "nonsensitive", "sensitive")
    cut = taken is not None and bool(rest) and isinstance(rest[0], str) and taken.fullmatch(rest[0]) is not None
    if not (untouched or (cut and (name != "replace" or rest[1:] == [""]))):
        return result
    kept = changed(result)
    kept.host_of = first.host_of
    return kept
