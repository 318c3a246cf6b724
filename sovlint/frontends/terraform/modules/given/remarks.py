"""What is said of values that stand elsewhere: one note a root."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import basename, relpath
from typing import Final

from sovlint.frontends.terraform.modules.given.elsewhere import OtherValues
from sovlint.frontends.terraform.modules.given.rows import OtherValue
from sovlint.frontends.terraform.modules.roots import Root
from sovlint.model.resources.reading import Remark, UnlistedValues
from sovlint.model.source import Span
from sovlint.model.text import Note

MOST: Final = 6
"""As many places are named; how many more there are is said."""


def unlisted(root: Root, others: OtherValues | None) -> Iterator[Remark]:
    """One note of all that gives a root values and wasn't used, if there is any."""
    beside = root.unlisted
    files = tuple(path for path in (others.files if others else ()) if path not in beside)
    handed = others.handed if others else ()
    spans = _first_places(handed)
    places = tuple(dict.fromkeys(f"{each.path}:{each.line}" for each in spans))
    if not (beside or files or places):
        return
    folder = root.folder or "."
    names = (*map(basename, beside), *(relpath(path, folder) for path in files))
    first = (*beside, *files, *(each.path for each in spans))[0]
    shown = tuple(
        (each.glob, f"{span.path}:{span.line}")
        for each in (others.shown if others else ())
        for span in (each.where.span(),)
    )
    yield UnlistedValues(
        _note(folder, names, places), first, root=folder, files=names, shown=shown
    )


def _first_places(handed: Iterable[OtherValue]) -> list[Span]:
    """Where each variable is handed over first, file by file: a Makefile repeats its options in every recipe."""
    found: dict[tuple[str, str], Span] = {}
    for each in sorted(handed, key=lambda each: each.where.span()):
        span = each.where.span()
        found.setdefault((span.path, each.name), span)
    return sorted(found.values())


def _note(folder: str, names: tuple[str, ...], places: tuple[str, ...]) -> Note:
    if not places and all("/" not in name for name in names):
        return Note("terraform.values-not-listed", {"root": folder, "files": names})
    every = (*names, *places)
    said = {"root": folder, "files": every[:MOST]}
    if len(every) <= MOST:
        return Note("terraform.values-elsewhere", said)
    more = len(every) - MOST
    return Note("terraform.values-elsewhere-more", {**said, "count": more})
