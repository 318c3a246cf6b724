"""Which projects are there for developers alone: by the names of their files, if nothing here puts them on a server and
they declare no data class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from posixpath import basename

from sovlint.frontends.compose.claims import MAIN, OVERRIDES
from sovlint.frontends.compose.files import ReadingLog
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.resource import Labels, Resource
from sovlint.model.source import SourceFile
from sovlint.model.value import Unknown
from sovlint.rules.developers import DevelopersFiles
from sovlint.rules.tagging import folded

_USUAL = frozenset((*MAIN, *OVERRIDES))
"""Names that a command needn't say."""


class ForDevelopers:
    """Tells the projects of a repository that are for developers. What deploys is only read where a name says that one
    may be."""

    def __init__(self, reader: Reader, options: ReadOptions, files: DevelopersFiles) -> None:
        self._reader = reader
        self._options = options
        self._files = files
        self._keys = frozenset(map(folded, options.class_keys))
        self._deployed: dict[str, bool] = {}

    def alone(
        self,
        paths: Sequence[str],
        variant: bool,
        log: ReadingLog,
        resources: Iterable[Resource],
    ) -> bool:
        """Whether a project of these files and resources is for developers alone. Of a ``variant``, which is laid over
        a main file, the last one decides: the main one is a project by itself. What either includes isn't."""
        own = (*(paths[-1:] if variant else paths), *sorted(log.included))
        return (
            all(map(self._files.says, own))
            and not self._declares({*own}, resources)
            and not any(map(self._is_deployed, own))
        )

    def _declares(self, paths: set[str], resources: Iterable[Resource]) -> bool:
        """Whether a project declares a class, whatever that means: by a label, or by a glob that names it."""
        listed = list(resources)
        by_path, by_address = self._options.declared_paths, self._options.declared_addresses
        return (
            any(map(self._may_declare, (labels for each in listed for labels in each.labels)))
            or any(
                matches(path)
                for matches in by_path
                for path in paths | {each.span.path for each in listed}
            )
            or any(matches(each.address) for matches in by_address for each in listed)
        )

    def _may_declare(self, labels: Labels) -> bool:
        keys = self._keys if labels.keys is None else frozenset(map(folded, labels.keys))
        if isinstance(labels.entries, Unknown):
            return True
        return isinstance(labels.entries.value, dict) and any(
            folded(str(key)) in keys for key in labels.entries.value
        )

    def _is_deployed(self, path: str) -> bool:
        if path not in self._deployed:
            self._deployed[path] = self._deploys(path)
        return self._deployed[path]

    def _deploys(self, path: str) -> bool:
        """Whether a script puts a file on a server, or one that runs there what names it."""
        usual = basename(path) in _USUAL
        said = {
            script: self._files.deploys(script, text, path, usual)
            for script, text in self.scripts.items()
        }
        naming = [script for script, deploys in said.items() if deploys is None]
        return any(said.values()) or any(
            self._files.calls(text, script)
            for script in naming
            for other, text in self.scripts.items()
            if other != script and other in self._speaking
        )

    @cached_property
    def scripts(self) -> dict[str, str]:
        """All files that may deploy, by their paths."""
        return dict(self._read())

    @cached_property
    def _speaking(self) -> frozenset[str]:
        """Those that speak of servers."""
        speaks = self._files.speaks_of_servers
        return frozenset(path for path, text in self.scripts.items() if speaks(text))

    def _read(self) -> Iterator[tuple[str, str]]:
        for path in filter(self._files.may_deploy, self._reader.paths):
            file = self._reader.read(path)
            if isinstance(file, SourceFile):
                yield path, file.data.decode("utf-8", "replace")
