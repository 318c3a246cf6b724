"""Regular expressions that are compiled when they are first asked for: a run needs few, and each takes long to make."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

LatePattern = Callable[[], re.Pattern[str]]
"""Gives a regular expression."""

QUOTE: Final = r"""(?:\\{0,8}["'`]|&(?:quot|apos|\#34|\#39|\#x2[27]);)"""
"""A quotation mark, perhaps escaped, as programs or XML do."""
NEXT: Final = (
    rf"(?:{QUOTE})?"
    r"(?:[ \t]{0,40}(?:,|\\)?[ \t]{0,40}\r?\n[ \t]{0,200}(?:-[ \t]+)?|[ \t]{0,40},[ \t]{0,40}|[ \t]{1,40})"
)
"""What parts two words of a command line: blanks, a line that goes on, the next item of a list in YAML, JSON or HCL."""
WORD: Final = rf"(?:{QUOTE})?[^\s\"'`,]{{1,400}}(?:{QUOTE})?"


def late(pattern: str, flags: int = 0) -> LatePattern:
    """The same regular expression at each call."""
    return cache(lambda: re.compile(pattern, flags))
