"""Jenkinsfiles -> trees: what environments set, and the scripts of steps. Nothing is ever run.

``environment.NAME`` holds a value and ``steps.0`` a script; below ``stages.0`` stand those of the first stage. What a
call gives (``credentials('a')``) isn't known.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from sovlint.documents.errors import MAX_DEPTH
from sovlint.documents.interpolation import computed
from sovlint.documents.tree import Node, Pairs
from sovlint.model.source import SourceFile, Span
from sovlint.rules.keys import KeyPath

_STRING: Final = r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
_TOKEN: Final = re.compile(
    rf"""(?P<skip>//[^\n]*|/\*.*?(?:\*/|\Z))
    |\b(?:sh|bat|powershell|pwsh)\b\s*\(?\s*(?:label\s*:\s*(?:{_STRING})\s*,\s*)?(?:script\s*:\s*)?(?P<script>{_STRING})
    |(?<![\w.])(?P<name>[A-Za-z_]\w*)[ \t]*=(?![=~])[ \t]*(?P<value>{_STRING}|[^\s"'{{}}][^\n{{}}]*)
    |\bwithEnv\s*\(\s*\[(?P<given>[^\]]{{0,2000}})\]\s*\)\s*(?P<with>\{{)
    |\b(?P<head>[A-Za-z_]\w*)\s*(?:\([^(){{}}]*\)\s*)?(?P<open>\{{)
    |(?P<text>{_STRING})|(?P<brace>[{{}}])""",
    re.DOTALL | re.VERBOSE,
)
_GIVEN: Final = re.compile(r"[\"'](\w+)=([^\"']*)[\"']")
_STAGE: Final = "stage"
_ENVIRONMENT: Final = "environment"


def trees(file: SourceFile) -> list[Node]:
    """What a file says; a script stays as it is written."""
    reader = _Reader(file)
    reader.read()
    return [reader.whole.tree(file.path)]


class _Reader:
    """A pass over a file: which blocks are open, and what stands in them."""

    def __init__(self, file: SourceFile) -> None:
        self.whole = Pairs()
        self._file = file
        self._text = file.data.decode("utf-8", "replace")
        self._blocks: list[tuple[str, int]] = []
        self._stages = 0
        self._scripts: Counter[KeyPath] = Counter()
        self._line, self._upto = 1, 0

    def read(self) -> None:
        """Everything, in order."""
        for met in _TOKEN.finditer(self._text):
            if met["script"] is not None:
                self._script(met)
            elif met["name"] is not None:
                self._assigned(met)
            elif met["with"] is not None:
                self._given(met)
            elif met["open"] is not None or met["brace"] == "{":
                self._opened(met["head"] or "")
            elif met["brace"] == "}" and self._blocks:
                self._blocks.pop()

    def _opened(self, name: str) -> None:
        number = self._stages if name == _STAGE else -1
        self._stages += name == _STAGE
        if len(self._blocks) < MAX_DEPTH:
            self._blocks.append((name, number))

    def _scope(self) -> KeyPath:
        """The keys of the innermost stage that is open."""
        numbers = [number for name, number in self._blocks if name == _STAGE]
        return ("stages", str(numbers[-1])) if numbers else ()

    def _script(self, met: re.Match[str]) -> None:
        scope = self._scope()
        keys = (*scope, "steps", str(self._scripts[scope]))
        self._scripts[scope] += 1
        self.whole.add(keys, Node(_bare(met["script"]), self._where(met.start("script"))))

    def _assigned(self, met: re.Match[str]) -> None:
        if not self._blocks or self._blocks[-1][0] != _ENVIRONMENT:
            return
        where = self._where(met.start("name"))
        known = met["value"][:1] in "\"'"
        value = _bare(met["value"]) if known else computed(where)
        self.whole.add((*self._scope(), _ENVIRONMENT, met["name"]), Node(value, where))

    def _given(self, met: re.Match[str]) -> None:
        where = self._where(met.start())
        for name, value in _GIVEN.findall(met["given"]):
            own = Span(where.path, where.line, 1, where.line, 1)
            self.whole.add((*self._scope(), _ENVIRONMENT, name), Node(value, own))
        self._opened("")

    def _where(self, at: int) -> Span:
        self._line, self._upto = self._line + self._text.count("\n", self._upto, at), at
        return Span(self._file.path, self._line, 1, self._line, 1)


def _bare(text: str) -> str:
    size = 3 if text[:3] in ('"""', "'''") else 1
    return text[size:-size]
