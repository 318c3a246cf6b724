"""Which verdicts another revision of sovlint gives otherwise, on fixtures and on clones of pinned repositories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from benchmarks import compare

NONE: Final = "none"
"""What a revision says that has no finding there."""
ERROR: Final = "could not be read"


class Changed(Struct, frozen=True, order=True):
    """One verdict that is another now: in which folder and file, of which policy, on what, and the verdicts of both."""

    where: str
    policy: str
    subject: str
    before: str
    after: str


def fixtures(source: Path) -> list[Path]:
    """The fixtures of an exported checkout, each made a repository of its own."""
    found = sorted(each for each in (source / "fixtures").iterdir() if each.is_dir())
    for each in found:
        (each / ".git").mkdir(exist_ok=True)
    return found


def named(folder: Path) -> str:
    """What notes call a folder: its name, and of a clone the commit besides."""
    commit = compare.commit_of(folder)
    return f"{folder.name}@{commit[:12]}" if commit else folder.name


def changed(before: Path, after: Path, folders: Sequence[Path], day: str) -> list[Changed]:
    """What the sovlint in ``after`` judges otherwise than the one in ``before``, by folder, on a day.

    All data is taken for health, and what complies counts too, as in ``make compare``.
    """
    found: list[Changed] = []
    for folder in folders:
        old, new = (
            compare.said(code, "", folder.resolve(), "scan", day) for code in (before, after)
        )
        found += differences(folder.name, old, new)
    return sorted(found)


def differences(folder: str, before: compare.Json, after: compare.Json) -> Iterator[Changed]:
    """The verdicts that two documents of a scan give otherwise. What only moved within its file is the same."""
    old, new = _verdicts(before), _verdicts(after)
    for key in sorted(old.keys() | new.keys()):
        path, policy, subject = key
        one, other = old.get(key, Counter()), new.get(key, Counter())
        if one != other:
            where = f"{folder}/{path}".rstrip("/")
            yield Changed(where, policy, subject, _told(one - other), _told(other - one))


def _verdicts(document: compare.Json) -> Mapping[tuple[str, str, str], Counter[str]]:
    """By path, policy and subject, how often each verdict is given."""
    found: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for each in document.get("findings", ()):
        path, address = each.get("path") or "", each.get("address") or ""
        found[path, each["policy"], address][each["verdict"]] += 1
    for each in document.get("failures", ()):
        found[each.get("path") or "", "", ""][ERROR] += 1
    return found


def _told(verdicts: Counter[str]) -> str:
    return (
        ", ".join(
            name if times == 1 else f"{times} {name}"
            for name, times in sorted(verdicts.items())
        )
        or NONE
    )
