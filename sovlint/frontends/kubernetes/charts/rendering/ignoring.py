"""``.helmignore``: which files of a chart's folder Helm doesn't load.

It looks like ``.gitignore`` and isn't: a star stays within a folder, two stars are refused, and of a pattern that
begins with ``!`` whatever doesn't match is ignored. Source: Helm's ``pkg/ignore`` (background knowledge), and what the
binary loads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import basename

from msgspec import Struct

from sovlint.frontends.kubernetes.charts.rendering.patterns import path_pattern


class _Rule(Struct, frozen=True):
    """One line: what it matches of a path or of its last part, and whether folders alone."""

    pattern: re.Pattern[str]
    whole: bool
    folder: bool
    negated: bool

    def matches(self, path: str) -> bool:
        return self.pattern.fullmatch(path if self.whole else basename(path)) is not None


class HelmIgnore:
    """The rules of a chart's folder."""

    __slots__ = ("_known", "_rules")

    def __init__(self, text: str = "") -> None:
        self._rules = [*_rules(text.splitlines()), *_rules(("templates/.?*",))]
        self._known: dict[str, bool] = {}

    def ignores(self, path: str) -> bool:
        """Whether a file (by its path in the chart) is left out, or a folder that it is in."""
        parts = path.split("/")
        folders = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
        return any(map(self._folder, folders)) or self._left_out(path, False)

    def _folder(self, path: str) -> bool:
        if path not in self._known:
            self._known[path] = self._left_out(path, True)
        return self._known[path]

    def _left_out(self, path: str, folder: bool) -> bool:
        for rule in self._rules:
            if rule.negated:
                if (rule.folder and not folder) or not rule.matches(path):
                    return True
            elif (folder or not rule.folder) and rule.matches(path):
                return True
        return False


def _rules(lines: Iterable[str]) -> Iterator[_Rule]:
    for line in lines:
        rule = line.strip()
        if not rule or rule.startswith("#") or "**" in rule:
            continue
        negated = rule.startswith("!")
        rule = rule.removeprefix("!")
        folder = rule.endswith("/")
        rule = rule.removesuffix("/")
        whole = "/" in rule
        yield _Rule(path_pattern(rule.removeprefix("/")), whole, folder, negated)
