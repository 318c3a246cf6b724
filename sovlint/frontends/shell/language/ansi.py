"""``$'...'`` of bash: what its escapes stand for."""

from __future__ import annotations

import re
from typing import Final

from sovlint.model.decoding import late_pattern

_ESCAPE: Final = late_pattern(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|(.))",
    re.DOTALL,
)
_SIGNS: Final = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v",
}  # fmt: skip


def ansi(text: str) -> str:
    """The text that is meant."""
    return _ESCAPE.sub(_meant, text)


def _meant(met: re.Match[str]) -> str:
    digits = met[1] or met[2] or met[3]
    if met[5] is not None:
        return _SIGNS.get(met[5], met[5])
    number = int(digits, 16) if digits else int(met[4], 8)
    is_sign = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if is_sign else ""
