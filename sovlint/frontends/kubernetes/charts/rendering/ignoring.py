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
    """One line. ``whole_path``: its pattern is for the path, not for its last part; ``folders_alone``: it bears on no
    file; ``negated``: what it doesn't match is ignored."""

    pattern: re.Pattern[str]
    whole_path: bool
    folders_alone: bool
    negated: bool

    def matches(self, path: str) -> bool:
        return self.pattern.fullmatch(path if self.whole_path else basename(path)) is not None


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

    def _left_out(self, path: str, is_folder: bool) -> bool:
        for rule in self._rules:
            matches = (is_folder or not rule.folders_alone) and rule.matches(path)
            if matches != rule.negated:
                return True
        return False


def _rules(lines: Iterable[str]) -> Iterator[_Rule]:
    for line in lines:
        rule = line.strip()
        if not rule or rule.startswith("#") or "**" in rule:
            continue
        negated = rule.startswith("!")
        rule = rule.removeprefix("!")
        folders_alone = rule.endswith("/")
        rule = rule.removesuffix("/")
        pattern = path_pattern(rule.removeprefix("/"))
        yield _Rule(pattern, "/" in rule, folders_alone, negated)
