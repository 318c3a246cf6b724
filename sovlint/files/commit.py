"""The commit that a repository stands at, and whether what was read is as it is there.

The commit alone is read from git's own files: what runs git takes longer to import than a small scan has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from sovlint.files.paths import upwards
from sovlint.files.regular_files import regular_bytes
from sovlint.model.decoding import late
from sovlint.model.findings.provenance import Checkout
from sovlint.model.redaction.redact import mask

MOST_FILTERS: Final = 50
"""Filters that git is told to leave alone; with more, it isn't asked."""
MOST_CHANGED: Final = 500
"""Changed files of which is asked whether a filter would write them otherwise."""

_ID: Final = r"(?:[0-9a-f]{40}|[0-9a-f]{64})"
_BRANCH: Final = late(r"ref: (refs/(?!.*\.\.)\S+)")
_FILTER: Final = late(r"filter\.(.*)\.[^.]*", re.DOTALL)
_REMOTE: Final = late(r"remote\.(.+)\.url", re.DOTALL)
_LIKE_SCP: Final = late(r"(?:[^@/:\s]+@)?([\w.-]{2,}):(?!/)(\S+)")
_ADDRESS: Final = late(
    r"(https?|ssh|git)://(?:[^@/\s]*@)?([A-Za-z0-9.-]+(?::\d+)?)(/[A-Za-z0-9._~!$'()*+,;=:/%-]*)"
)


def commit(root: Path) -> str | None:
    """The commit that the repository in a folder stands at; ``None`` where git's files don't show it."""
    folder = _git_folder(root)
    head = _said(folder / "HEAD")
    if found := _BRANCH().fullmatch(head):
        common = folder / _said(folder / "commondir")
        head = _said(common / found[1]) or _packed(common, found[1])
    return head if re.fullmatch(_ID, head) else None


def checkout(root: Path, read: Iterable[str]) -> Checkout:
    """The commit of the repository in a folder, whether it is clean as far as ``read`` (paths in it) was read, and where
    it was cloned from. git is asked, and nothing that the repository brings along is run."""
    settings = _settings(root) if (root / ".git").exists() else None
    if settings is None:
        return Checkout(commit(root))
    found, clean = _state(root, settings, read)
    return Checkout(found, clean, _cloned_from(settings))


def _git_folder(root: Path) -> Path:
    """Where git keeps what it knows: ``.git``, or where a file of that name leads."""
    return root / (_said(root / ".git").removeprefix("gitdir: ") or ".git")


def _packed(folder: Path, name: str) -> str:
    found = re.search(
        rf"^({_ID}) {re.escape(name)}$", _said(folder / "packed-refs"), re.MULTILINE
    )
    return found[1] if found else ""


def _said(path: Path) -> str:
    """What a file of git's says; nothing where there is none."""
    try:
        data = regular_bytes(str(path))
    except (OSError, ValueError):
        return ""
    return data.decode(errors="replace").strip() if isinstance(data, bytes) else ""


def _settings(root: Path) -> Mapping[str, str] | None:
    """How git is configured there, the last value of each key; ``None`` where git can't be run."""
    listed = _ask(root, "config", "--list", "-z")
    if listed is None:
        return None
    return {key: value for key, _, value in (each.partition("\n") for each in listed)}


def _state(
    root: Path, settings: Mapping[str, str], read: Iterable[str]
) -> tuple[str | None, bool | None]:
    """The commit, and whether the tree is clean; git runs none of the filters that are configured."""
    filters = {found[1] for key in settings if (found := _FILTER().fullmatch(key))}
    if len(filters) > MOST_FILTERS or any(
        "=" in name for name in filters
    ):  # that can't be named
        return commit(root), None
    status = _ask(
        root, *_off(filters), "status", "--porcelain=v2", "-z", "--branch", "--no-ahead-behind",
        "--untracked-files=no", "--ignore-submodules=dirty", "--no-renames",
    )  # fmt: skip
    if status is None:
        return commit(root), None
    told = dict(line[2:].split(" ", 1) for line in status if line.startswith("# branch."))
    changed = [line for line in status if not line.startswith("# ")]
    oid = told.get("branch.oid", "")
    if not re.fullmatch(_ID, oid):
        return None, None
    if changed:
        return oid, None if filters and _perhaps_filtered(root, changed) else False
    return oid, _all_tracked(root, read)


def _off(filters: Iterable[str]) -> Iterator[str]:
    """Options by which git runs no filter: it compares what is written with what it keeps, as they are."""
    for name in sorted(filters):
        for key, value in (
            ("clean", ""),
            ("smudge", ""),
            ("process", ""),
            ("required", "false"),
        ):
            yield from ("-c", f"filter.{name}.{key}={value}")


def _perhaps_filtered(root: Path, changed: Sequence[str]) -> bool:
    """Whether all that changed may only seem so: files that a filter would write as git keeps them."""
    entries = [line.split(" ", 8) for line in changed[:MOST_CHANGED]]
    if any(entry[:2] != ["1", ".M"] for entry in entries):
        return False
    told = (
        _ask(root, "check-attr", "-z", "filter", "--", *(entry[8] for entry in entries)) or []
    )
    return all(value not in ("unspecified", "unset") for value in told[2::3])


def _all_tracked(root: Path, read: Iterable[str]) -> bool | None:
    """Whether all that was read is tracked, here or in a submodule that is clean itself."""
    from sovlint.files import git

    listed = git.tracked(root)
    if listed is None:
        return None
    here = frozenset(listed)
    inside: dict[str, list[str]] = {}
    for path in read:
        if path not in here:
            above = next((part for part in upwards(path) if part in here), None)
            if above is None or not (root / above / ".git").exists():
                return False
            inside.setdefault(above, []).append(path[len(above) + 1 :])
    found = [checkout(root / folder, paths).clean for folder, paths in inside.items()]
    return False if False in found else None if None in found else True


def _ask(root: Path, *arguments: str) -> list[str] | None:
    from sovlint.files import git  # imported late: what runs other programs takes 0.01 s

    return git.told(root, *arguments, machine=True)


def _cloned_from(settings: Mapping[str, str]) -> str | None:
    """The address of ``origin``, or of the only remote."""
    remotes = {
        found[1]: url for key, url in settings.items() if (found := _REMOTE().fullmatch(key))
    }
    url = remotes.get("origin") or next(iter(remotes.values()), "") if remotes else ""
    return shown_address(url) if "origin" in remotes or len(remotes) == 1 else None


def shown_address(url: str) -> str | None:
    """An address of a repository that anybody may read, without its user; ``None`` where it is none: a folder, or what
    may hold a secret."""
    if "://" not in url and (found := _LIKE_SCP().fullmatch(url)):
        url = f"ssh://{found[1]}/{found[2]}"
    found = _ADDRESS().fullmatch(url)
    if found is None:
        return None
    shown = f"{found[1]}://{found[2]}{found[3]}"
    return shown if mask(shown) == shown else None
