"""Which repositories a run reads: clones, with what exports say of them, each at a commit and once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.files import git
from sovlint.fleet.addresses import same_address
from sovlint.fleet.owners import LARGEST, PLACES, owners_of_repository
from sovlint.fleet.result import FleetRepository
from sovlint.fleet.sources.found import HEAD, Clone, ExportEntry, SourceContents

# --- The team that owns a repository as a whole, by its CODEOWNERS at a commit.


def whole_owners(git_dir: Path, commit: str) -> tuple[str, ...]:
    """Whom it names for everything; nobody where there is no such file."""
    asked = "".join(f"{commit}:{place}\n" for place in PLACES).encode()
    done = git.run(git_dir, f"--git-dir={git_dir}", "cat-file", "--batch", given=asked)
    return owners_of_repository(dict(zip(PLACES, _texts(done.stdout), strict=False)).get)


def _texts(told: bytes) -> Iterator[str | None]:
    """What is in each file; ``None`` for one that git hasn't, or that isn't a file."""
    while told:
        head, _, told = told.partition(b"\n")
        words = head.split()
        if len(words) != 3:
            yield None
            continue
        size = int(words[2])
        is_file = words[1] == b"blob"
        yield told[: min(size, LARGEST)].decode(errors="replace") if is_file else None
        told = told[size + 1 :]


_AT_ONCE: Final = 8
_ADDRESS: Final = re.compile(r"remote\.(.+)\.url")
_PARTIAL: Final = re.compile(r"remote\..+\.promisor|extensions\.partialclone")


class Skipped(Struct, frozen=True):
    """Something that a source has and that isn't read: its name, and the key of the message that says why."""

    name: str
    why: str
    other: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether nobody looked at what should have been read."""
        return self.why in (NO_CLONE, NO_TEXT)


NO_CLONE: Final = "fleet.skipped-no-clone"
NO_TEXT: Final = "fleet.skipped-name"


class Settled(Struct, frozen=True):
    """What is read, sorted by name, and what isn't."""

    repositories: tuple[FleetRepository, ...]
    skipped: tuple[Skipped, ...] = ()


class _Told(Struct, frozen=True, eq=False):
    """A clone with the addresses that git knows of it, and the entry of an export that it is."""

    clone: Clone
    addresses: tuple[str, ...]
    entry: ExportEntry | None = None
    is_partial: bool = False
    """Whether it may lack objects, which git would fetch when they are asked for."""

    @property
    def name(self) -> str:
        if self.entry is not None and not self.clone.named:
            return self.entry.name
        return self.clone.name


def settled(
    found: SourceContents, archived: bool = False, revision: str | None = None
) -> Settled:
    """The repositories of a run; ``archived`` ones only where they are wanted. ``revision``: of all that name none.

    Raises ``SovlintError`` where two different repositories would have one name.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        told = _with_entries([*pool.map(_told, found.clones)], found.entries)
        wanted = [
            each for each in told if archived or not (each.entry and each.entry.archived)
        ]
        looked_at = [*pool.map(partial(_repository, revision=revision), wanted)]
    skipped = [*_not_wanted(told, wanted), *_unmatched(told, found.entries, archived)]
    repositories: dict[str, FleetRepository] = {}
    seen = _Seen()
    for each in looked_at:
        if isinstance(each, Skipped):
            skipped.append(each)
        elif (twin := seen.twin(each)) is not None:
            skipped.append(Skipped(each.name, "fleet.skipped-twice", twin.name))
        elif each.name in repositories:
            raise _same_name(each, repositories[each.name])
        else:
            repositories[each.name] = each
    listed = tuple(repositories[name] for name in sorted(repositories))
    return Settled(listed, tuple(sorted(skipped, key=lambda one: (one.why, one.name))))


def _told(clone: Clone) -> _Told:
    done = git.run(clone.git_dir, f"--git-dir={clone.git_dir}", "config", "--list", "-z")
    said = [
        each.partition("\n")[::2] for each in done.stdout.decode(errors="replace").split("\0")
    ]
    urls = {name[1]: url for key, url in said if (name := _ADDRESS.fullmatch(key))}
    origin = urls.pop("origin", None)
    is_partial = any(_PARTIAL.fullmatch(key) for key, _ in said)
    addresses = tuple(filter(None, (origin, *urls.values())))
    return _Told(clone, addresses, is_partial=is_partial)


def _with_entries(told: Sequence[_Told], entries: Sequence[ExportEntry]) -> list[_Told]:
    """Clones with their entries: by an address, else by the end of their folder."""
    if not entries:
        return [*told]
    by_address = {same_address(url): each for each in entries for url in each.addresses}
    by_name = {each.name.casefold(): each for each in entries}
    return [replace(each, entry=_entry_of(each, by_address, by_name)) for each in told]


def _entry_of(
    told: _Told, by_address: Mapping[str, ExportEntry], by_name: Mapping[str, ExportEntry]
) -> ExportEntry | None:
    for url in told.addresses:
        if (found := by_address.get(same_address(url))) is not None:
            return found
    parts = told.clone.place.resolve().as_posix().removesuffix(".git").casefold().split("/")
    ends = ("/".join(parts[at:]) for at in range(len(parts)))
    return next((by_name[end] for end in ends if end in by_name), None)


def _not_wanted(told: Iterable[_Told], wanted: Sequence[_Told]) -> Iterator[Skipped]:
    left = set(wanted)
    yield from (
        Skipped(each.name, "fleet.skipped-archived") for each in told if each not in left
    )


def _unmatched(
    told: Iterable[_Told], entries: Sequence[ExportEntry], archived: bool
) -> Iterator[Skipped]:
    """Entries that have no clone; clones that no entry has are read all the same, and told."""
    here = {each.entry.name for each in told if each.entry is not None}
    for entry in entries:
        if entry.name not in here and (archived or not entry.archived):
            yield Skipped(entry.name, NO_CLONE)
    if entries:
        yield from (
            Skipped(each.name, "fleet.not-in-export") for each in told if each.entry is None
        )


def _repository(told: _Told, revision: str | None) -> FleetRepository | Skipped:
    """A clone at the commit of its revision. One that has no such commit is a repository all the same, which can't be
    read; but for one that is empty."""
    clone = told.clone
    if not (_is_text(told.name) and _is_text(str(clone.git_dir))):
        return Skipped(_as_text(told.name), NO_TEXT)
    asked = clone.revision or revision
    branch = told.entry.branch if told.entry is not None else None
    wanted = asked or branch or HEAD
    # Nothing else takes the place of what is wanted: nobody would know that it isn't what was read.
    tried = (asked,) if asked else _as_fetched(branch) if branch else (HEAD,)
    found = ((name, _commit(clone.git_dir, name)) for name in tried)
    name, commit = next(((name, at) for name, at in found if at is not None), (wanted, None))
    if commit is None and asked is None and _is_empty(clone.git_dir):
        return Skipped(told.name, "fleet.skipped-no-commit", name)
    one = FleetRepository(
        name=told.name,
        git_dir=str(clone.git_dir),
        revision=name,
        commit="",
        addresses=tuple(dict.fromkeys((*told.addresses, *_of_entry(told)))),
    )
    if commit is None:
        return one
    return replace(
        one,
        commit=commit[0],
        owners=whole_owners(clone.git_dir, commit[0]),
        committed_at=commit[1],
        lacks=_lacks(clone.git_dir, commit[0]) if told.is_partial else "",
    )


def _is_empty(git_dir: Path) -> bool:
    """Whether a repository has no branch and no tag yet, and git can read it."""
    done = git.run(git_dir, f"--git-dir={git_dir}", "for-each-ref", "--count=1")
    return done.returncode == 0 and not done.stdout


def _as_fetched(branch: str) -> tuple[str, ...]:
    """What a branch is called here: as it was fetched, else as it is in a mirror."""
    return f"refs/remotes/origin/{branch}", f"refs/heads/{branch}"


def _of_entry(told: _Told) -> tuple[str, ...]:
    return told.entry.addresses if told.entry is not None else ()


def _commit(git_dir: Path, name: str) -> tuple[str, str] | None:
    """The commit that a name means, and when it was made; ``None`` where there is none."""
    here = f"--git-dir={git_dir}"
    asked = ("log", "-1", "--format=%H %ct", "--end-of-options", f"{name}^{{commit}}", "--")
    done = git.run(git_dir, here, *asked)
    commit, _, seconds = done.stdout.decode(errors="replace").strip().partition(" ")
    if done.returncode or not seconds.isdecimal():
        return None
    return commit, datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _lacks(git_dir: Path, commit: str) -> str:
    """What tells which objects of a commit a partial clone hasn't; empty where it has all."""
    asked = ("rev-list", "--objects", "--no-walk", "--missing=print", commit)
    done = git.run(git_dir, f"--git-dir={git_dir}", *asked)
    missing = sorted(each for each in done.stdout.splitlines() if each.startswith(b"?"))
    return sha256(b"\n".join(missing)).hexdigest() if missing else ""


def _is_text(name: str) -> bool:
    """Whether a name is UTF-8: of a file it may be anything."""
    return _as_text(name) == name


def _as_text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


class _Seen:
    """The repositories so far, by what two clones of one have in common: the commit, with the folder or an address."""

    def __init__(self) -> None:
        self._by_mark: dict[tuple[str, str], FleetRepository] = {}

    def twin(self, one: FleetRepository) -> FleetRepository | None:
        """Another clone of the same repository at the same commit; else this one is seen from now on."""
        marks = [
            (one.commit, each) for each in (one.git_dir, *map(same_address, one.addresses))
        ]
        found = next((self._by_mark[each] for each in marks if each in self._by_mark), None)
        if found is None:
            self._by_mark.update(dict.fromkeys(marks, one))
        return found


def _same_name(one: FleetRepository, other: FleetRepository) -> SovlintError:
    return SovlintError(
        f"Two repositories would be called `{one.name}`: {other.git_dir} ({other.commit[:12]}) and "
        f"{one.git_dir} ({one.commit[:12]}).",
        "Give them names in a list (path[@revision] name), or an export that tells whose each is.",
    )
