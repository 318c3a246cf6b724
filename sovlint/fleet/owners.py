"""Who owns a repository as a whole, by its ``CODEOWNERS``, as GitHub and GitLab read it. Pure: text in, names out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

PLACES: Final = (
    ".github/CODEOWNERS",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    ".gitlab/CODEOWNERS",
)
"""Where the file stands; the first one counts, as with GitHub and GitLab (which know three of these each)."""
EVERYTHING: Final = frozenset({"*", "**", "/", "/**", "**/*", "/**/*"})
"""Patterns that mean the whole repository; ``/*`` means only what lies in its root."""
LARGEST: Final = 3 * 1024 * 1024
"""Bytes of a file that GitHub reads, at most."""
MOST: Final = 20
"""Owners of a repository that are kept."""

_SECTION: Final = re.compile(r"\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?P<owners>.*)")
_ENTRY: Final = re.compile(r"(?P<pattern>(?:\\.|[^\s\\])+)(?P<owners>.*)")
_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#.*")
_OWNER: Final = re.compile(r"@{1,2}[^\s@]+|[^\s@]+@[^\s@]+\.[^\s@]+")


class _Section(Struct):
    """A section of GitLab's: who owns what names nobody, and who owns everything by the last line that says so."""

    default: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


def owners_of_repository(read: Callable[[str], str | None]) -> tuple[str, ...]:
    """The owners of a repository; ``read`` gives the text of a file by its path, ``None`` where there is none."""
    for path in PLACES:
        text = read(path)
        if text is not None:
            return owners_of_everything(text)
    return ()


def owners_of_everything(text: str) -> tuple[str, ...]:
    """Whom the patterns for everything name; none where there is no such pattern.

    The last such line of a section counts, and what sections say adds up. A line without owners takes those of its
    section; outside of sections it says that nobody owns it.
    """
    sections: dict[str, _Section] = {"": _Section()}
    current = sections[""]
    for line in _lines(text[:LARGEST]):
        if head := _SECTION.fullmatch(line):
            current = sections.setdefault(head["name"].strip().casefold(), _Section())
            current.default = _owners(head["owners"]) or current.default
        elif (entry := _ENTRY.fullmatch(line)) and entry["pattern"] in EVERYTHING:
            current.whole = _owners(entry["owners"]) or current.default
    found = dict.fromkeys(each for section in sections.values() for each in section.whole)
    return tuple(found)[:MOST]


def _lines(text: str) -> Iterator[str]:
    """What isn't empty, without comments."""
    for line in text.splitlines():
        written = _COMMENT.sub("", line).strip()
        if written:
            yield written


def _owners(text: str) -> tuple[str, ...]:
    """Users, teams, roles and addresses; whatever else stands there is none."""
    return tuple(each for each in text.split() if _OWNER.fullmatch(each))
