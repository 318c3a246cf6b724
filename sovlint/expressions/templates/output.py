"""What a template writes: pieces in order, put together with where each comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from sovlint.expressions.templates.text import Origin, Origins, PlacedText

NO_VALUE = "<no value>"
"""What Go prints for nil, and Helm takes out of what it has rendered."""

WrittenPiece = tuple[str, Origin | None]
"""A text, and the action that printed it. A text that has origins of its own keeps them; ``None``: as they are."""


def assembled(pieces: list[WrittenPiece]) -> PlacedText:
    """The whole text."""
    texts: list[str] = []
    origins: list[tuple[int, Origin]] = []
    at = 0
    for text, origin in pieces:
        texts.append(text)
        if isinstance(text, PlacedText):
            origins.extend(_printed(text.origins, at, origin))
        elif origin is not None:
            origins.append((at, origin))
        at += len(text)
    whole = PlacedText("".join(texts))
    whole.origins = tuple(origins)
    return whole


def _printed(own: Origins, at: int, action: Origin | None) -> Iterator[tuple[int, Origin]]:
    """The origins of a text that an action printed at ``at``: what no action had printed yet is from there."""
    if action is not None and (not own or own[0][0] > 0):
        yield at, action
    for start, origin in own:
        if origin.where is None and action is not None:
            yield at + start, Origin(action.where, origin.value or action.value)
        else:
            yield at + start, origin


def origin_at(origins: Origins, offset: int) -> Origin | None:
    """Where a character comes from."""
    found = bisect_right(origins, offset, key=_start)
    return origins[found - 1][1] if found else None


def _start(entry: tuple[int, Origin]) -> int:
    return entry[0]


def without_no_value(text: PlacedText) -> PlacedText:
    """A text as Helm hands it on."""
    if NO_VALUE not in text:
        return text
    cuts: list[int] = []
    at = text.find(NO_VALUE)
    while at >= 0:
        cuts.append(at)
        at = text.find(NO_VALUE, at + len(NO_VALUE))
    made = PlacedText(text.replace(NO_VALUE, ""))
    made.origins = tuple(_moved(text.origins, cuts))
    return made


def _moved(origins: Origins, cuts: list[int]) -> Iterator[tuple[int, Origin]]:
    for start, origin in origins:
        before = bisect_right(cuts, start)
        moved = start - before * len(NO_VALUE)
        if before and start < cuts[before - 1] + len(NO_VALUE):
            moved = cuts[before - 1] - (before - 1) * len(NO_VALUE)
        yield moved, origin
