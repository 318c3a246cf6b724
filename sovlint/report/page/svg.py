"""What drawings share: elements with everything in them escaped, texts that fit, and attributes to filter by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final
from unicodedata import combining, east_asian_width

from sovlint.model.redaction.redact import safe_text

VERDICTS: Final = ("violation", "unproven", "compliant")
"""The worst first."""

_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]{}/ -")
_BROAD: Final = frozenset("mwMWGOQCD@%&—…")


def element(name: str, attributes: Mapping[str, object], *inner: str) -> str:
    """An element; ``inner`` is ready. An attribute that is ``None`` is left out; ``_`` in names stands for ``-``."""
    written = "".join(
        f' {key.replace("_", "-")}="{escape(_text(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inner)}</{name}>" if inner else f"<{name}{written}/>"


def _text(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else safe_text(str(value))


def words(text: str) -> str:
    """Text as what an element holds."""
    return escape(safe_text(text), quote=False)


def title(text: str) -> str:
    """What a pointer that rests on an element shows."""
    return f"<title>{words(text)}</title>"


def width_of(text: str, size: float) -> float:
    """About how broad a text is, in a plain typeface; rather more than less."""
    return size * sum(map(_broad, text))


def _broad(char: str) -> float:
    if combining(char):
        return 0.0
    if char in _NARROW:
        return 0.36
    if char in _BROAD:
        return 0.95
    if east_asian_width(char) in "WF":
        return 1.05
    return 0.72 if char.isupper() else 0.6


def fitted(text: str, width: float, size: float) -> str:
    """A text as it is shown in ``width``: its end replaced by an ellipsis where it doesn't fit."""
    text = safe_text(text[:_LONGEST])
    if width_of(text, size) <= width:
        return text
    room = width - width_of("…", size)
    for number, char in enumerate(text):
        room -= size * _broad(char)
        if room < 0:
            return f"{text[:number].rstrip()}…"
    return text


_LONGEST: Final = 2_000
"""No text that is longer fits anywhere."""


def token(text: str) -> str:
    """An id as one word of a ``data-`` attribute: blanks and percent signs in it are written as in an address."""
    return "".join(
        "".join(f"%{byte:02X}" for byte in char.encode()) if char.isspace() or char == "%" else char
        for char in safe_text(text)
    )


def filtered_by(
    classes: Iterable[str], roots: Iterable[str], companies: Iterable[str], verdict: str | None
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
