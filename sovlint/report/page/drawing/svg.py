"""What drawings share: elements with everything in them escaped, texts that fit, and attributes to filter by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Final
from unicodedata import combining, east_asian_width

from sovlint.model.redaction.redact import printable, safe_text

VERDICTS: Final = ("violation", "unproven", "compliant")
"""The worst first."""

_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]{}/ -")
_BROAD: Final = frozenset("mwMWGOQCD@%&—…")


def element(name: str, attributes: Mapping[str, object], *inner: str) -> str:
    """An element; ``inner`` is ready, and scanned text in attributes without secrets. An attribute that is ``None`` is
    left out."""
    written = "".join([
        f' {key}="{escape(_text(value))}"' for key, value in attributes.items() if value is not None
    ])  # fmt: skip
    return f"<{name}{written}>{''.join(inner)}</{name}>" if inner else f"<{name}{written}/>"


def _text(value: object) -> str:
    return (
        f"{value:.1f}".removesuffix(".0")
        if isinstance(value, float)
        else printable(str(value))
    )


def words(text: str) -> str:
    """Text as what an element holds. It is without secrets already: a sentence, or ``fitted``."""
    return escape(printable(text), quote=False)


def title(text: str) -> str:
    """What a pointer that rests on an element shows."""
    return f"<title>{words(text)}</title>"


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """About how broad a text is, in a plain typeface; rather more than less."""
    return size * sum([_broad(char) for char in text])


def _broad(char: str) -> float:
    if combining(char):
        return 0.0
    if char in _NARROW:
        return 0.36
    if char in _BROAD:
        return 1.0
    if east_asian_width(char) in "WF":
        return 1.05
    return 0.72 if char.isupper() else 0.6


@lru_cache(maxsize=4096)
def fitted(text: str, width: float, size: float, tail: float = 0.0) -> str:
    """A text without secrets, as it is shown in ``width``: where it doesn't fit, an ellipsis stands for its end, or for
    its middle, where ``tail`` is the share of the width that its end gets."""
    text = safe_text(text if len(text) <= _LONGEST else f"{text[:_HALF]}…{text[-_HALF:]}")
    if width_of(text, size) <= width:
        return text
    room = (width - width_of("…", size)) / size
    end = _fitting(text[::-1], room * tail)
    start = _fitting(text, room * (1 - tail))
    return f"{text[:start].rstrip()}…{text[len(text) - end :].lstrip()}"


def _fitting(text: str, room: float) -> int:
    """How many of the first characters fit."""
    for number, char in enumerate(text):
        room -= _broad(char)
        if room < 0:
            return number
    return len(text)


_LONGEST: Final = 2_000
"""No text that is longer fits anywhere."""
_HALF: Final = _LONGEST // 2


@lru_cache(maxsize=4096)
def token(text: str) -> str:
    """An id as one word of a ``data-`` attribute: blanks and percent signs in it are written as in an address."""
    return "".join(
        "".join(f"%{byte:02X}" for byte in char.encode())
        if char.isspace() or char == "%"
        else char
        for char in safe_text(text)
    )


def filtered_by(
    classes: Iterable[str],
    roots: Iterable[str],
    companies: Iterable[str],
    verdict: str | None,
) -> dict[str, object]:
    """The attributes that the page filters by: ids, parted by blanks."""
    return {
        "data-class": _tokens(classes),
        "data-root": _tokens(roots),
        "data-company": _tokens(companies),
        "data-verdict": verdict or "",
    }


def _tokens(ids: Iterable[str]) -> str:
    return " ".join(sorted({token(each) for each in ids if each}))


def worst(verdicts: Iterable[str | None]) -> str | None:
    """The worst of some verdicts; ``None`` where nothing was judged."""
    found = set(verdicts)
    return next((verdict for verdict in VERDICTS if verdict in found), None)


def verdict_class(verdict: str | None) -> str:
    """The class of the style for a verdict."""
    return f"verdict-{verdict or 'none'}"
