"""Which resource answers at what a function makes of the text at which it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sovlint.expressions.kinds import Failed
from sovlint.model.decoding import late_pattern
from sovlint.model.value import Known, Unknown, Value

_PARTS_OF_ADDRESSES: Mapping[str, re.Pattern[str]] = {
    "trimprefix": late_pattern(r"[a-z]+://"),
    "trimsuffix": late_pattern(r"/|:[0-9]+/?"),
    "replace": late_pattern(r"[a-z]+://|:[0-9]+/?"),
}
"""What a function may take off an address, and it stays that of the same host."""


def same_host(name: str, arguments: Sequence[Value], result: Unknown) -> Unknown:
    """What a function gives for an unknown text, with the resource that answers there where that is still the same."""
    first = arguments[0] if arguments else None
    if not isinstance(first, Unknown) or first.host_of is None or isinstance(result, Failed):
        return result
    rest = [each.value for each in arguments[1:] if isinstance(each, Known)]
    taken = _PARTS_OF_ADDRESSES.get(name)
    untouched = name in (
        "lower",
        "trimspace",
        "chomp",
        "tostring",
        "nonsensitive",
        "sensitive",
    )
    cut = (
        taken is not None
        and bool(rest)
        and isinstance(rest[0], str)
        and taken.fullmatch(rest[0]) is not None
    )
    if not (untouched or (cut and (name != "replace" or rest[1:] == [""]))):
        return result
    return result.but(host_of=first.host_of)
