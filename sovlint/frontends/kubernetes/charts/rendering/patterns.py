"""Patterns of paths as Go's libraries read them -> regular expressions: ``.helmignore`` and ``.Files.Glob``.

Sources: Go's ``path/filepath.Match``; gobwas/glob with a slash as separator, for ``Glob`` (both by background knowledge).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_LONGEST: Final = 1_000
_NEVER: Final = re.compile(r"(?!)")
_TOKEN: Final = re.compile(
    r"(?P<stars>\*+)|(?P<one>\?)|\[(?P<set>[!^]?\]?[^\]]*)\]|\\(?P<escaped>.)|\{(?P<any>[^{}]*)\}|(?P<plain>.)",
    re.DOTALL,
)
_SPECIAL_IN_SET: Final = re.compile(r"([\\\]\[^&~|])")


@lru_cache(maxsize=512)
def path_pattern(written: str) -> re.Pattern[str]:
    """What Go's ``filepath.Match`` matches as a whole: a star stays within a folder."""
    return _compiled(written, deep=False)


@lru_cache(maxsize=512)
def glob_pattern(written: str) -> re.Pattern[str]:
    """What ``.Files.Glob`` matches as a whole: two stars go through folders, braces hold alternatives."""
    return _compiled(written, deep=True)


def _compiled(written: str, deep: bool) -> re.Pattern[str]:
    """One that can't be read matches nothing."""
    try:
        return re.compile(_translated(written[: _LONGEST + 1], deep), re.DOTALL)
    except re.error:
        return _NEVER


def _translated(written: str, deep: bool) -> str:
    return "".join(_piece(found, deep) for found in _TOKEN.finditer(written))


def _piece(found: re.Match[str], deep: bool) -> str:
    text = found[0]
    if found.lastgroup == "stars":
        return ".*" if deep and len(text) > 1 else "[^/]*"
    if found.lastgroup == "one":
        return "[^/]"
    if found.lastgroup == "set":
        return _set(found["set"])
    if found.lastgroup == "any" and deep:
        return f"(?:{'|'.join(_translated(each, deep) for each in found['any'].split(','))})"
    return re.escape(found["escaped"] or text)


def _set(inner: str) -> str:
    """A set of characters, none of which is a slash where it says which ones it doesn't hold."""
    negated = inner[:1] in ("^", "!")
    escaped = _SPECIAL_IN_SET.sub(r"\\\1", inner[1:] if negated else inner)
    return f"(?!/)[^{escaped}]" if negated else f"[{escaped}]"
