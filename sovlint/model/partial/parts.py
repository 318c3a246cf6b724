"""Texts of which some is known: literals, and holes (``None``) for what isn't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Parts = tuple[str | None, ...]
"""A text with holes."""


def tidy(parts: Iterable[str | None]) -> tuple[str | None, ...]:
    """Neighbouring literals joined, neighbouring holes one."""
    found: list[str | None] = []
    for part in parts:
        if part == "":
            continue
        if found and part is not None and found[-1] is not None:
            found[-1] += part
        elif not (found and part is None and found[-1] is None):
            found.append(part)
    return tuple(found)


def whole_text(parts: Parts) -> str | None:
    """The text, where it has no hole."""
    return None if None in parts else "".join(part or "" for part in parts)


def ends_alike(texts: Iterable[Parts]) -> Parts:
    """One text with holes for several: how all begin, and how all end."""
    every = list(texts)
    if len(set(every)) == 1:
        return every[0]
    begin = _common([parts[0] or "" if parts else "" for parts in every])
    end = _common([(parts[-1] or "")[::-1] if parts else "" for parts in every])[::-1]
    shortest = min(len("".join(part or "" for part in parts)) for parts in every)
    return tidy((begin, None, end if len(begin) + len(end) <= shortest else ""))


def may_be(text: str, parts: Sequence[str | None]) -> bool:
    """Whether ``text`` may be what a text with holes stands for."""
    at = 0
    for position, part in enumerate(parts):
        if part is None:
            continue
        if position == 0:
            found = 0 if text.startswith(part) else -1
        elif position == len(parts) - 1:
            found = (
                len(text) - len(part)
                if text.endswith(part) and len(text) - len(part) >= at
                else -1
            )
        else:
            found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return at == len(text) or (not parts and not text) or (bool(parts) and parts[-1] is None)


def _common(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    return first[
        : next(
            (at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
            len(first),
        )
    ]
