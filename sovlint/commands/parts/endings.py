"""The ending of a file chooses its format: the one table of endings, and what contradicts it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from sovlint.errors import SovlintError

ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    ".txt": ("text", "table", "concise", "github"),
    ".md": ("markdown",),
    ".html": ("html",),
    ".pdf": ("pdf",),
    ".xlsx": ("xlsx",),
    ".csv": ("csv",),
    ".json": ("json", "sarif", "cyclonedx", "gitlab-codequality", "gitlab-sast"),
    ".sarif": ("sarif",),
    ".xml": ("junit", "cyclonedx-xml"),
    ".zip": ("xbrl-csv",),
    ".ics": ("ics",),
}
"""Ending -> the formats of files that end so. Other endings say nothing."""


def known(place: Path | None) -> str:
    """The ending of a file that says what it is; empty where it says nothing."""
    ending = place.suffix.casefold() if place else ""
    return ending if ending in ENDINGS else ""


def chosen(
    place: Path | None,
    formats: Collection[str],
    given: str | None,
    default: str,
    folders: Collection[str] = (),
) -> str:
    """The format of what goes to a file (``None``: stdout): the one ``given``, else the one of its ending, else the
    default. ``formats`` are those of the command, ``folders`` those of them that make several files.

    Raises ``SovlintError`` where the ending is that of none of them, of several, or of another than the one given.
    """
    ending = known(place)
    if not ending:
        return given or default
    meant = [each for each in formats if each in ENDINGS[ending]]
    single = [each for each in meant if each not in folders]
    if given in meant:
        return given
    if given is not None:
        raise SovlintError(
            f"`{place}` ends in `{ending}`, which isn't the format {given}.",
            f"Name a file that ends in {_listed([given])}, or choose another format.",
        )
    if not single:
        raise _none(place, ending, meant, _listed(formats, folders))
    preferred = [each for each in (ending[1:], default) if each in single]
    if len(single) > 1 and not preferred:
        raise SovlintError(
            f"`{place}` may be any of these by its ending: {', '.join(single)}.",
            "Say with -f which one.",
        )
    return (preferred or single)[0]


def _none(place: Path | None, ending: str, meant: Sequence[str], listed: str) -> SovlintError:
    """What to say where no single file of a command ends so."""
    if meant:
        return SovlintError(
            f"{meant[0]} makes a folder of several files, and `{place}` would be one.",
            f"Name a folder, with `-f {meant[0]}`.",
        )
    return SovlintError(
        f"This command writes nothing that ends in `{ending}`.",
        f"Name a file that ends in {listed}.",
    )


def _listed(formats: Collection[str], folders: Collection[str] = ()) -> str:
    wanted = {*formats} - {*folders}
    return ", ".join(each for each, some in ENDINGS.items() if wanted & {*some})
