"""Which files are Terragrunt's, and their bodies, each read once."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from sovlint.expressions.nodes import Body
from sovlint.frontends.terraform.claims import is_stack, is_unit
from sovlint.frontends.terraform.modules.shared import Shared
from sovlint.frontends.terraform.syntax import json_syntax
from sovlint.frontends.terraform.syntax.hcl import hcl_ignores
from sovlint.model.exception import Ignore
from sovlint.model.inputs import Reader
from sovlint.model.resources.reading import Failure
from sovlint.model.source import SourceFile

TEMPLATES = frozenset({".boilerplate"})
"""Folders of templates that units are made from: what stands there isn't HCL yet."""
MARK = b"sovlint:"
LABELS = {
    "terraform": 0, "locals": 0, "include": 1, "dependency": 1, "dependencies": 0, "generate": 1, "remote_state": 0,
    "feature": 1, "exclude": 0, "errors": 0, "engine": 0,
}  # fmt: skip
"""Blocks of the JSON syntax that are read as such, with how many labels each has."""


def claimed(paths: Iterable[str]) -> list[str]:
    """The files that are Terragrunt's by their name. Others (``root.hcl``, ``region.hcl``) are read where one of these
    leads to them: anything may be called ``*.hcl``."""
    named = [path for path in paths if is_stack(path) or is_unit(path)]
    twins = set(named)
    return [
        path
        for path in named
        if not (path.endswith(".json") and path[: -len(".json")] in twins)
        and not TEMPLATES.intersection(path.split("/"))
    ]


class Bodies(Struct, eq=False):
    """The bodies of Terragrunt's files, each parsed once; what couldn't be read is in ``failures``."""

    reader: Reader
    shared: Shared
    failures: list[Failure] = []
    ignores: list[Ignore] = []
    read: dict[str, Body | None] = {}
    included: set[str] = set()
    """Files that others include: those of them that can't run alone are no units."""

    def of(self, path: str) -> Body | None:
        """The body of a file, as far as it can be read; ``None`` where it can't at all."""
        if path not in self.read:
            self.read[path] = self._parsed(path)
        return self.read[path]

    def _parsed(self, path: str) -> Body | None:
        found = self.reader.read(path)
        if not isinstance(found, SourceFile):
            self.failures.append(Failure(path, None, None, found))
            return None
        if path.endswith(".json"):
            body, failures = json_syntax.parse_as(found, LABELS)
        else:
            body, failures = self.shared.parse(found)
            self.ignores.extend(hcl_ignores(found) if MARK in found.data else ())
        self.failures.extend(failures)
        return body
