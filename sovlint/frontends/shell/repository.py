"""Scripts of a repository that what runs may start: files of shells, targets of Makefiles and justfiles, and scripts of
a package. They are read only where something starts them."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import basename, dirname, join, normpath
from typing import Final

from sovlint.frontends.addresses import plain
from sovlint.frontends.shell.files import Argument, ContainerFiles, Lines
from sovlint.frontends.shell.language.variables import Text
from sovlint.frontends.shell.makefiles import RecipeScript, recipes
from sovlint.frontends.shell.run_names import MAKEFILES, is_shell
from sovlint.frontends.shell.runs import MAX_BYTES, written
from sovlint.model.decoding import grouped, late_pattern
from sovlint.model.inputs import Reader
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Value

MAX_STARTED: Final = 100
"""Of one pipeline that starts more scripts, no further ones are read."""

_BEGINS: Final = late_pattern(rb"#!\s*\S*(?:/|\s)(?:ba|da|a|z|k)?sh\b")
_MAKING: Final = frozenset({"make", "gmake", "just"})
_FOLDER_FLAGS: Final = frozenset({"-C", "--directory", "-d", "--working-directory"})
_FILE_FLAGS: Final = frozenset({"-f", "--file", "--makefile", "--justfile"})
_PACKAGES: Final = frozenset({"npm", "yarn", "pnpm", "bun"})
_PACKAGE: Final = "package.json"
_ON_PATH: Final = frozenset({"bin", "sbin"})
"""How folders are called whose programs need no path."""


class RepositoryScripts(Mapping[str, Argument]):
    """The scripts of a repository by their paths, each with a slash before it. ``read``: those that were asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._paths = frozenset(reader.paths)
        self._held: dict[str, Argument | None] = {}
        self.read: list[str] = []

    def files_in(self, folder: str) -> ContainerFiles:
        """They, for what runs in a folder."""
        return ContainerFiles(self, normpath(f"/{folder}"), self.recipe, self.any_file, True)

    def __getitem__(self, path: str) -> Argument:
        found = self._script(path.lstrip("/"))
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[str]:
        return (f"/{path}" for path in self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def has(self, path: str) -> bool:
        """Whether the repository has a file, of whatever kind."""
        return path in self._paths

    def below(self, path: str) -> Sequence[str]:
        """A file, or those below a folder: the first of many."""
        return (path,) if path in self._paths else self._reader.listing(path)[:MAX_STARTED]

    def any_file(self, path: str) -> Argument | None:
        """The text of any file."""
        file = self._file(_in_repository(path.lstrip("/")))
        return None if file is None else self._argument(file)

    def _script(self, path: str) -> Argument | None:
        path = _in_repository(path)
        if path not in self._held:
            self._held[path] = self._shell(path)
        return self._held[path]

    def _shell(self, path: str) -> Argument | None:
        file = self._file(path)
        if file is None or not (is_shell(basename(path)) or _BEGINS.match(file.data)):
            return None
        return self._argument(file)

    def _argument(self, file: SourceFile) -> Argument:
        self.read.append(file.path)
        text = file.data.decode("utf-8", "replace")
        where = Span(file.path, 1, 1, 1, 1)
        value = written(text.replace(HOLE, ""), where)
        return Argument(value, value, where, _numbered(file.path, 1))

    def _file(self, path: str) -> SourceFile | None:
        if path not in self._paths or len(self.read) >= MAX_STARTED:
            return None
        file = self._reader.read(path)
        is_small = isinstance(file, SourceFile) and len(file.data) <= MAX_BYTES
        return file if is_small and isinstance(file, SourceFile) else None

    # --- targets

    def recipe(self, words: Sequence[Text], folder: str) -> Argument | None:
        """What ``make target``, ``just target`` or ``npm run script`` runs, as one script."""
        texts = [word.text for word in words]
        program = texts[0].rpartition("/")[2]
        if program in _MAKING:
            return self._made(texts[1:], folder)
        return self._of_package(texts[1:], folder) if program in _PACKAGES else None

    def _made(self, words: Sequence[str], folder: str) -> Argument | None:
        folder, named, targets = _asked(words, folder)
        for name in (named,) if named else MAKEFILES:
            path = normpath(join(folder, name)).lstrip("/")
            file = self._file(path)
            if file is not None:
                self.read.append(path)
                found = recipes(file, f"/{dirname(path)}", folder).scripts
                return _joined(folder, _of_targets(found, targets))
        return None

    def _of_package(self, words: Sequence[str], folder: str) -> Argument | None:
        names = [word for word in words if word != "run" and not word.startswith("-")]
        path = normpath(join(folder, _PACKAGE)).lstrip("/")
        file = self._file(path) if names else None
        text = _package_script(file, names[0]) if file is not None else None
        if file is None or text is None:
            return None
        self.read.append(path)
        line = next((number for number, each in file.lines() if f'"{names[0]}"' in each), 1)
        where = Span(path, line, 1, line, 1)
        value = written(text, where)
        return Argument(value, value, where)


def _in_repository(path: str) -> str:
    """A path from a folder that isn't known: as a rule that is the repository's own."""
    return path.partition("/")[2] if path.startswith(HOLE) else path


class MountedFiles(Mapping[str, Argument]):
    """Files and folders of a repository by the paths at which a container finds them (``at``), and ``texts`` besides.
    They are scripts; ``any_file`` is what any other holds. ``contexts``: folders from which paths may lead."""

    def __init__(
        self,
        scripts: RepositoryScripts,
        at: Iterable[tuple[str, str]],
        texts: Mapping[str, Argument],
        contexts: Sequence[str] = ("",),
    ) -> None:
        self._scripts = scripts
        self._at = grouped((normpath(target), path) for target, path in at if target and path)
        self._texts = texts
        self._contexts = contexts

    def files_in(self, folder: str) -> ContainerFiles:
        """They, for what works in a folder."""
        return ContainerFiles(self, normpath(folder or "/"), any_file=self.any_file)

    def any_file(self, path: str) -> Argument | None:
        """The text of any file."""
        found = self._texts.get(path)
        return self._scripts.any_file(self._path(path)) if found is None else found

    def _path(self, path: str) -> str:
        """Where the repository has what is at a path of the container."""
        above = path
        while True:
            for held in self._at.get(above, ()):
                for context in self._contexts:
                    found = normpath(join(context, held, path[len(above) :].lstrip("/")))
                    if self._scripts.has(found):
                        return found
            if above == dirname(above):
                return ""
            above = dirname(above)

    def __getitem__(self, path: str) -> Argument:
        found = self._texts.get(path)
        return self._scripts[self._path(path)] if found is None else found

    def __iter__(self) -> Iterator[str]:
        yield from self._texts
        for target, paths in self._at.items():
            for path in paths:
                for each in self._scripts.below(path):
                    yield normpath(f"{target}/{each[len(path) :]}")

    def __len__(self) -> int:
        return sum(1 for _ in self)


def copied_files(
    copies: Iterable[tuple[str, Value]], path: str, folder: str, scripts: RepositoryScripts
) -> ContainerFiles:
    """What an image that the file at ``path`` builds finds of what is copied into it, from the folder of that file or
    one above; for what works in ``folder``."""
    at: list[tuple[str, str]] = []
    for target, value in copies:
        source = plain(value) or ""
        holder, name = posixpath.split(normpath(source))
        at.append((target, (holder or ".") if "*" in name else source))
        at.append((join(target, name), source))
        if basename(normpath(target)) in _ON_PATH:
            at.append((join("/", folder, name), source))
        if basename(dirname(target)) in _ON_PATH:
            at.append((join("/", folder, basename(target)), source))
    contexts = [dirname(path)]
    while contexts[-1]:
        contexts.append(dirname(contexts[-1]))
    return MountedFiles(scripts, at, {}, contexts).files_in(join("/", folder))


def _package_script(file: SourceFile, name: str) -> str | None:
    try:
        scripts = json.loads(file.data).get("scripts", {})
    except (ValueError, AttributeError, RecursionError):
        return None
    text = scripts.get(name) if isinstance(scripts, dict) else None
    return text.replace(HOLE, "") if isinstance(text, str) else None


def _asked(words: Sequence[str], folder: str) -> tuple[str, str, list[str]]:
    """The folder, the file and the targets that ``make`` is told."""
    named = ""
    targets: list[str] = []
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        if word in _FOLDER_FLAGS and waiting:
            folder = join(folder, waiting.pop())
        elif word in _FILE_FLAGS and waiting:
            named = waiting.pop()
        elif not word.startswith("-") and "=" not in word:
            targets.append(word)
    return folder, named, targets


def _of_targets(scripts: Sequence[RecipeScript], asked: Sequence[str]) -> list[RecipeScript]:
    """The recipes of targets and of those that they depend on; without a target, the first one's."""
    by_target: dict[str, list[RecipeScript]] = {}
    needs: dict[str, list[str]] = {}
    for each in scripts:
        names, _, rest = each.target.partition(":")
        for name in names.split():
            by_target.setdefault(name, []).append(each)
            needs[name] = rest.split("#")[0].split()
    waiting = list(asked or list(by_target)[:1])
    found: dict[str, list[RecipeScript]] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = by_target.get(name, [])
            waiting += needs.get(name, ())
    return [each for name in reversed(found) for each in found[name]]


def _joined(folder: str, scripts: Sequence[RecipeScript]) -> Argument | None:
    """Recipes as one script, which runs in a folder."""
    if not scripts:
        return None
    first = scripts[0].where
    lines = [first, *(each.where for each in scripts for _ in each.text.split("\n"))]
    text = "\n".join((f"cd '{folder}'", *(each.text for each in scripts)))
    value = written(text, first)
    return Argument(value, value, first, lambda number: lines[min(number, len(lines) - 1)])


def _numbered(path: str, first: int) -> Lines:
    def line(number: int) -> Span:
        return Span(path, first + number, 1, first + number, 1)

    return line
