"""One pass over the folders below a root: which files there are, and what is left aside. Used by ``discover`` alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from sovlint.files.gitignore import Patterns
from sovlint.files.paths import inside, slashes, upwards
from sovlint.files.regular_files import BOM, regular_bytes
from sovlint.files.tracked import Tracked
from sovlint.model.resources.reading import Remark
from sovlint.model.text import Note

IGNORE_FILE = ".gitignore"
REPOSITORY = ".git"
NEVER = frozenset({".git", ".terraform", ".terragrunt-cache"})
"""Folders that are never scanned: what git, Terraform and Terragrunt keep for themselves."""
MADE = NEVER | {".terragrunt-stack"}
"""Folders that Terraform and Terragrunt fill before they read: what isn't there now may be there then."""
UNLESS_NAMED = frozenset({".venv", "node_modules"})
"""Folders of other people's files: scanned only where they are named on the command line."""
_READ_BY_TERRAFORM = (".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json")
"""Files that Terraform reads whether git ignores them or not."""

Ignores = tuple[tuple[int, Patterns], ...]
"""The ``.gitignore`` files that bear on a folder, outermost first: how much of a path to cut off, and the patterns."""

Exclude = Callable[[str], bool]
"""Told a path relative to the git root (folders end in ``/``), says whether it is left out."""


def nothing_excluded(path: str) -> bool:
    """The ``Exclude`` that leaves nothing out."""
    return False


class Under(Struct, frozen=True):
    """What bears on the entries of a folder: ``ignores``; the ``repositories`` that it is in, outermost first: how much
    of a path to cut off, and what each tracks; and whether the folder is ignored itself, and only looked into for what
    is tracked."""

    ignores: Ignores = ()
    repositories: tuple[tuple[int, Tracked], ...] = ()
    ignored: bool = False

    def tracks(self, path: str) -> bool | None:
        """Whether one of the repositories tracks a path; ``None`` where nobody can tell."""
        answers = [tracked.holds(path[size:]) for size, tracked in self.repositories]
        if any(answers):
            return True
        return None if None in answers or not answers else False


class Listing(Struct, frozen=True):
    """What a walk found, sorted; all but ``linked`` relative to its root.

    ``remarks`` say what was left aside and may matter. ``links`` are links to folders (path -> real path): their files
    are listed once, under the real path; ``linked`` are links to files (path -> absolute real path), listed where they
    stand. ``excluded`` are files and folders that the configuration left out. ``ignores``: the patterns of every folder
    that has some. ``passed`` are folders of other people's files, with what bears on them, and ``held`` files that
    patterns ignore and git tracks all the same. ``aside``: what is there and isn't listed. ``ignored``: files that
    patterns leave out where nobody can tell whether git tracks them. ``starts``: the folders below which all else is.
    """

    paths: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    links: Mapping[str, str] = {}
    linked: Mapping[str, str] = {}
    excluded: tuple[str, ...] = ()
    passed: Mapping[str, Under] = {}
    held: tuple[str, ...] = ()
    ignores: Mapping[str, Patterns] = {}
    aside: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    starts: tuple[str, ...] = ("",)


NOTHING_LISTED = Listing()
"""What there is to list for who reads files by their names alone."""


class Walk:
    """One pass over the folders below a root. Links to folders are never followed, so that no loop can arise.

    ``links`` are links to folders, ``linked`` those to files, with the real (absolute) file. ``excluded``: what the
    configuration left out, as ``Exclude`` is told of it; nothing below it was looked at. ``ignores``: every
    ``.gitignore`` met, with the folder that it bears on (``""`` or ending in ``/``). ``aside``: what is there and isn't
    listed, for whatever reason; folders end in ``/``. Those that are never scanned are no part of what people keep.
    ``untold``: those of them that are ignored, where nobody can tell whether git tracks them all the same.
    """

    def __init__(self, root: str, exclude: Exclude) -> None:
        self.root = root
        self.exclude = exclude
        self.files: set[str] = set()
        self.links: dict[str, str] = {}
        self.linked: dict[str, str] = {}
        self.excluded: set[str] = set()
        self.aside: set[str] = set()
        self.untold: set[str] = set()
        self.passed: dict[str, Under] = {}
        self.held: set[str] = set()
        self.ignores: dict[str, Patterns] = {}
        self._repositories: set[str] = set()
        self._looked_into: set[str] = set()
        self._folders: set[str] = set()
        self._remarks: list[Remark] = []

    def folder(self, path: str) -> None:
        """List what is below a folder; a ``.gitignore`` above it doesn't count."""
        stack: list[tuple[str, Under]] = [(path, self._above(path))]
        while stack:
            folder, under = stack.pop()
            if folder in self._folders:
                continue
            (self._looked_into if under.ignored else self._folders).add(folder)
            try:
                with os.scandir(os.path.join(self.root, folder)) as found:
                    entries = list(found)
            except OSError as error:
                self._say(
                    "discover.folder-unreadable",
                    folder or ".",
                    problem=error.strerror or str(error),
                )
                self.aside.add(f"{folder}/")
                continue
            prefix = f"{folder}/" if folder else ""
            self.aside.discard(
                prefix
            )  # it may have been named in spite of what leaves it out
            self.untold.discard(prefix)
            under = self._under(prefix, {entry.name for entry in entries}, under)
            stack.extend(self._entries(entries, prefix, under))

    def _above(self, path: str) -> Under:
        """What bears on a folder that a walk starts with: what the repositories that it is in track."""
        under = Under()
        for folder in ("", *reversed(list(upwards(path)))):
            if os.path.lexists(os.path.join(self.root, folder, REPOSITORY)):
                under = self._repository(f"{folder}/" if folder else "", under)
        return under

    def _repository(self, prefix: str, under: Under) -> Under:
        """What bears on the top of a repository: no pattern of the one that it is in ignores anything there."""
        if any(size == len(prefix) for size, _ in under.repositories):
            return under
        tracked = Tracked(os.path.join(self.root, prefix))
        return Under(repositories=(*under.repositories, (len(prefix), tracked)))

    def _under(self, prefix: str, names: set[str], under: Under) -> Under:
        """What bears on the entries of a folder, given what does on the folder."""
        if REPOSITORY in names:
            self._repositories.add(prefix)
            under = self._repository(prefix, under)
        patterns = self._ignore_file(prefix) if IGNORE_FILE in names else None
        if not patterns:
            return under
        self.ignores[prefix] = patterns
        return replace(under, ignores=(*under.ignores, (len(prefix), patterns)))

    def _entries(
        self, entries: list[os.DirEntry[str]], prefix: str, under: Under
    ) -> Iterator[tuple[str, Under]]:
        """Take in the files among the entries of a folder; give the folders to go on with."""
        for entry in entries:
            path = prefix + entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            asked = f"{path}/" if is_folder else path
            if is_folder and entry.name in NEVER:
                self._pass_over(asked, under)
            elif is_folder and entry.name in UNLESS_NAMED:
                self._pass_over(asked, under)
                self.aside.add(asked)
            elif self.exclude(asked):
                self.excluded.add(asked)
                self.aside.add(asked)
            else:
                ignored = under.ignored or _ignored(asked, under.ignores)
                if ignored and self._left_out(asked, under):
                    self.aside.add(asked)
                elif is_folder:
                    yield path, replace(under, ignored=True) if ignored else under
                else:
                    self._file(path, entry)

    def _pass_over(self, asked: str, under: Under) -> None:
        if not asked.endswith(f"{REPOSITORY}/"):  # git's own files are nobody's
            ignored = under.ignored or _ignored(asked, under.ignores)
            self.passed[asked] = replace(under, ignored=ignored)

    def _left_out(self, asked: str, under: Under) -> bool:
        """Whether what is ignored isn't listed: what is neither Terraform's own nor tracked."""
        if asked.endswith(_READ_BY_TERRAFORM):
            return False
        held = under.tracks(asked)
        if held is None:
            self.untold.add(asked)
        elif held and not asked.endswith("/"):
            self.held.add(asked)
        return not held

    def _file(self, path: str, entry: os.DirEntry[str]) -> None:
        if entry.is_symlink():
            self._link(path)
        else:
            self.files.add(path)

    def name(self, path: str) -> None:
        """List a path named on the command line, whatever git ignores; what the configuration excludes stays out."""
        full = os.path.join(self.root, path)
        is_folder = os.path.isdir(full)
        if NEVER.intersection(path.split("/")):
            self._say("discover.never-scanned", path)
        elif self._excluded(path, is_folder):
            self._say("discover.excluded", path)
            self.excluded.add(f"{path}/" if is_folder else path)
            self.aside.add(f"{path}/" if is_folder else path)
        elif is_folder:
            self.folder(path)
        else:
            self.files.add(path)
            self.aside.discard(path)

    def unsaved(self, full: str) -> None:
        """List a file that isn't written yet, by its absolute real path, where it is to be below the root and nothing
        leaves it out."""
        path = slashes(os.path.relpath(full, self.root))
        passed = NEVER | UNLESS_NAMED
        if os.path.lexists(full) or path.startswith("../") or self._excluded(path, False):
            return
        if not passed.intersection(path.split("/")):
            self.files.add(path)

    def listing(self, starts: tuple[str, ...]) -> Listing:
        """What was found from the folders that the walk started with."""
        remarks = tuple(self._finish())
        paths, excluded, held, aside, ignored = (
            tuple(sorted(each))
            for each in (self.files, self.excluded, self.held, self.aside, self._ignored())
        )
        return Listing(
            paths, remarks, self.links, self.linked, excluded, self.passed, held, self.ignores, aside,
            ignored, starts,
        )  # fmt: skip

    def _ignored(self) -> Iterator[str]:
        """The files that are ignored, where nobody can tell whether git tracks them."""
        for path in self.untold:
            files = self._files_below(path) if path.endswith("/") else (path,)
            yield from (each for each in files if each not in self.files)

    def _files_below(self, path: str) -> Iterator[str]:
        """All files below a folder that isn't listed, but those that would never be."""
        for prefix, folders, names in inside(self.root, path):
            folders[:] = [
                name
                for name in set(folders) - NEVER - UNLESS_NAMED
                if not self.exclude(f"{prefix}{name}/")
            ]
            yield from (prefix + name for name in names if not self.exclude(prefix + name))

    def _finish(self) -> list[Remark]:
        """What there is to say, sorted; links to folders that aren't listed included."""
        for link, real in self.links.items():
            if real and real not in self._folders and real not in self._looked_into:
                self._say("discover.link-unlisted", link, target=real)
        if len(self._repositories) > 1 and not os.path.lexists(
            os.path.join(self.root, REPOSITORY)
        ):
            self._several_repositories()
        return sorted(self._remarks, key=lambda remark: (remark.path or "", str(remark.note)))

    def _several_repositories(self) -> None:
        """Say that a folder has repositories of which none goes by its own rules here."""
        first = min(self._repositories).removesuffix("/")
        params = {"count": len(self._repositories), "path": first}
        self._remarks.append(Remark(Note("discover.several-repositories", params)))

    def _link(self, path: str) -> None:
        try:
            real = os.path.realpath(os.path.join(self.root, path))
        except OSError:  # a link of /proc whose process is gone, say
            self._say("discover.link-broken", path)
            return
        inside = real == self.root or real.startswith(os.path.join(self.root, ""))
        if not inside:
            self._say("discover.link-outside", path)
            self.aside.update(
                (path, f"{path}/")
            )  # a file or a folder: what lies outside isn't looked at
        elif os.path.isdir(real):
            relative = slashes(os.path.relpath(real, self.root))
            self.links[path] = "" if relative == "." else relative
            self.aside.add(f"{path}/")
        elif os.path.exists(real):
            self.files.add(path)
            self.linked[path] = real
        else:
            self._say("discover.link-broken", path)

    def _ignore_file(self, prefix: str) -> Patterns | None:
        """The patterns of a folder's ``.gitignore``; ``None`` where it has none or can't be read."""
        path = prefix + IGNORE_FILE
        full = os.path.join(self.root, path)
        try:
            # As git does, a link in place of the file isn't followed.
            data = b"" if os.path.islink(full) else regular_bytes(full)
        except OSError as error:
            self._say(
                "discover.ignore-file-unreadable", path, problem=error.strerror or str(error)
            )
            return None
        if isinstance(data, Note) or not data.strip():
            return None
        return Patterns(data.removeprefix(BOM).decode("utf-8", "surrogateescape").split("\n"))

    def _excluded(self, path: str, is_folder: bool) -> bool:
        return any(
            self.exclude(part if part == path and not is_folder else f"{part}/")
            for part in upwards(path)
        )

    def _say(self, key: str, path: str, **params: str) -> None:
        self._remarks.append(Remark(Note(key, {"path": path, **params}), path))


def _ignored(path: str, ignores: Ignores) -> bool:
    """Whether git ignores a path; the deepest ``.gitignore`` that says something decides."""
    for size, patterns in reversed(ignores):
        answer = patterns.include(path[size:])
        if answer is not None:
            return answer
    return False
