"""Where what is made here differs from what a program made that is the tests' oracle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Alike = Callable[[Any, Any], bool]
"""Whether two values that hold no others are one."""
Open = Callable[[Any], bool]
"""Whether a key stands for others that nobody knows."""
SHOWN = 160
"""As many characters of a value are shown."""


def is_same(mine: Any, theirs: Any) -> bool:
    """Of one type, and equal."""
    return type(mine) is type(theirs) and bool(mine == theirs)


def differences(
    mine: Any,
    theirs: Any,
    at: str = "",
    alike: Alike = is_same,
    is_open: Open = lambda key: False,
) -> list[str]:
    """Where two plain values differ, path by path. Where one key of mine ``is_open``, theirs may have more."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        open_keys = any(map(is_open, mine))
        return [
            line
            for key in sorted({*mine, *theirs}, key=str)
            for line in (
                differences(mine[key], theirs[key], f"{at}.{key}", alike, is_open)
                if key in mine and key in theirs
                else []
                if open_keys and (key not in mine or is_open(key))
                else [f"{at}.{key}: only {'here' if key in mine else 'there'}"]
            )
        ]
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        pairs = enumerate(zip(mine, theirs, strict=True))
        return [
            line
            for index, (one, other) in pairs
            for line in differences(one, other, f"{at}[{index}]", alike, is_open)
        ]
    if alike(mine, theirs):
        return []
    return [f"{at}: {' here, '.join(_shortened(mine, theirs))} there"]


def _shortened(mine: Any, theirs: Any) -> tuple[str, str]:
    """Two values from where they begin to differ."""
    one, other = (each if isinstance(each, str) else repr(each) for each in (mine, theirs))
    pairs = enumerate(zip(one, other, strict=False))
    start = next(
        (at for at, (here, there) in pairs if here != there), min(len(one), len(other))
    )
    begin = max(0, start - SHOWN // 4)
    shown = tuple(
        ("…" if begin else "") + repr(each[begin : begin + SHOWN]) for each in (one, other)
    )
    return shown[0], shown[1]
