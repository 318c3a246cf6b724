"""What a container's environment is: files of variables, and what the service says on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Final

from sovlint.documents.interpolation import Lookup
from sovlint.documents.syntaxes.dotenv import variables
from sovlint.documents.tree import Node, entries, get, is_null, items
from sovlint.frontends.compose.files import ComposeFiles, ReadingLog, VariableLine, beside
from sovlint.frontends.compose.projects import Loader
from sovlint.frontends.compose.tree import known, scalar
from sovlint.frontends.shell.containers import in_files
from sovlint.model.source import Located, SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value
from sovlint.rules.destination import Setting

MAX_ENTRIES: Final = 200_000
"""Variables of all services of a project: past this many, those of files are left out, which is told."""

SECRETS: Final = "/run/secrets/"
"""Where services find secrets that don't say where."""


class Environments:
    """Works out the environments of a project's services. ``hidden`` gets the files of which no line may be shown;
    ``secrets``: those of the project."""

    def __init__(
        self,
        files: ComposeFiles,
        account: ReadingLog,
        loader: Loader,
        lookup: Lookup,
        hidden: set[str],
        secrets: Mapping[str, Node],
    ) -> None:
        self._secrets = secrets
        self._files = files
        self._account = account
        self._loader = loader
        self._lookup = lookup
        self._hidden = hidden
        self._read: dict[tuple[str, bool], Mapping[str, Value]] = {}
        self._count = 0
        self._absent: dict[str, Span] = {}

    def of(self, service: Node) -> Mapping[str, Setting]:
        """The environment of a service, by name of the variable."""
        found: dict[str, Setting] = {}
        for file in items(get(service, "env_file")):
            read = self._of_file(file)
            self._files.variables.update(_line(setting) for setting in read.values())
            found.update(read)
        for name, node in entries(get(service, "environment")).items():
            value = self._inherited(name, node.where) if is_null(node) else scalar(node)
            if value is not None:
                found[name] = Setting(name, value, node.where)
        found.update(self._of_secrets(service, found))
        self._files.counting.update(_line(setting) for setting in found.values())
        return found

    def _of_secrets(
        self, service: Node, found: Mapping[str, Setting]
    ) -> Iterator[tuple[str, Setting]]:
        """What stands in files of secrets that variables name (``DATABASE_URL_FILE``); unknown where it isn't here."""
        secrets = {
            normpath(
                join(SECRETS, known(get(each, "target")) or known(get(each, "source")))
            ): each
            for each in items(get(service, "secrets"))
        }
        for name, path, setting in in_files(found):
            if path in secrets or path.startswith(SECRETS):
                source = known(get(secrets.get(path), "source"))
                file = get(self._secrets.get(source), "file")
                yield (
                    name,
                    Setting(name, self._held(file, path, setting.where), setting.where),
                )

    def _held(self, file: Node | None, path: str, where: Located) -> Value:
        """What the file of a secret holds, where it is one of the repository."""
        step = Step(where, Note("compose.secret-file", {"path": path}))
        here = beside(dirname(file.where.path), known(file)) if file is not None else ""
        read = self._files.reader.read(here) if here in self._files else None
        if isinstance(read, SourceFile):
            self._hidden.add(here)
            return Known(read.data.decode("utf-8", "replace").strip(), step, sensitive=True)
        return Unknown(Reason.FROM_ENVIRONMENT, path, step)

    def tell_absent(self) -> None:
        """One remark for the files of variables that aren't here, as most aren't in a repository."""
        if self._absent:
            path, where = next(iter(self._absent.items()))
            self._account.remark(
                where, "compose.env-files-absent", count=len(self._absent), path=path
            )

    def _inherited(self, name: str, where: Span) -> Value:
        """A variable without a value has that of the surroundings."""
        found = self._lookup(name)
        if found is not None:
            return found
        step = Step(where, Note("settings.variable", {"name": name}))
        return Unknown(Reason.FROM_ENVIRONMENT, f"${{{name}}}", step)

    def _of_file(self, file: Node) -> Mapping[str, Setting]:
        written = get(file, "path")
        if written is None or not known(written):
            return {}
        path = beside(self._loader.folder_of(written.where), known(written))
        self._account.read.add(path)
        if path not in self._files:
            if known(get(file, "required")) != "false":
                self._absent.setdefault(path, written.where)
            return {}
        raw = known(get(file, "format")) == "raw"
        if (path, raw) not in self._read:
            source = self._files.source(path, self._account)
            self._hidden.add(path)
            self._read[path, raw] = (
                variables(source, self._lookup, raw) if isinstance(source, SourceFile) else {}
            )
        read = self._read[path, raw]
        self._count += len(read)
        if self._count > MAX_ENTRIES:
            self._account.fail(
                written.where, "compose.too-many-variables", count=MAX_ENTRIES, path=path
            )
            return {}
        return {
            name: Setting(name, value, _set_at(value, written.where))
            for name, value in read.items()
        }


def _line(setting: Setting) -> VariableLine:
    span = setting.where.span()
    return span.path, span.line


def _set_at(value: Value, otherwise: Located) -> Located:
    """Where a variable of a file is set: the outermost step of its value."""
    because = value.because
    return because.where if because is not None and because.where is not None else otherwise
