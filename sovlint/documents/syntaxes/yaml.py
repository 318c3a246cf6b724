"""Files in YAML -> trees; those too that Ruby (``<%= ENV["DB_HOST"] %>``) or dbt (``{{ env_var('DB_HOST') }}``) fills
in: a variable is written ``${NAME}`` there, or ``${NAME:default}``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from sovlint.documents import load
from sovlint.documents.dialects import GO, variable_pattern
from sovlint.documents.tree import Node, from_document
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile

_MARKED: Final = late_pattern(rb"@@([A-Z][A-Z0-9_]*)@@")
"""A variable of Auth0's tools, which begins with what YAML keeps for itself; in the form of others, as long."""
_TAG: Final = late_pattern(r"<%(=?)((?:[^<%]|<(?!%)|%(?!>))*)%>")
_LONGEST: Final = 500
"""Longer tags look nothing up."""
_VARIABLE: Final = late_pattern(
    r"""\s*ENV(?:\.fetch\s*\(\s*|\s*\[\s*)["'](\w+)["']\s*(?:,\s*(?:["']([^"'{}#\s]+)["'])\s*)?[)\]]
    \s*(?:(?:\|\||\{)\s*["']([^"'{}#\s]+)["']\s*\}?)?(?:\.(?:to_s|to_i|presence|strip))?\s*""",
    re.VERBOSE,
)
_ENV_VAR: Final = variable_pattern(
    GO,
    r"""env_var\(\s*["'](?P<name>\w+)["']\s*,\s*["'](?P<default>[^"'{}#\s]+)["']\s*\)(?:\s*\|\s*\w+)*""",
)


def trees(file: SourceFile) -> list[Node]:
    """The documents of a file. Raises ``DocumentError``."""
    data = _MARKED.sub(rb"__\1__", file.data) if b"@@" in file.data else file.data
    return [from_document(each) for each in load(data, file.path)]


def erb(file: SourceFile) -> list[Node]:
    """The documents of a file with Ruby in it. What else Ruby does there (``if``) is passed over, so that both branches
    count. Raises ``DocumentError``."""
    return _filled(file, _TAG, _written) if b"<%" in file.data else trees(file)


def jinja(file: SourceFile) -> list[Node]:
    """The documents of a file of dbt, whose ``env_var`` may have a default. Raises ``DocumentError``."""
    return _filled(file, _ENV_VAR, lambda met: f"${{{met['name']}:{met['default']}}}")


def _filled(
    file: SourceFile, pattern: re.Pattern[str], written: Callable[[re.Match[str]], str]
) -> list[Node]:
    text = pattern.sub(written, file.data.decode("utf-8", "replace"))
    return trees(SourceFile(file.path, text.encode()))


def _written(tag: re.Match[str]) -> str:
    """What stands for a tag in YAML; each line of it stays one, so that all else stays where it stands."""
    lines = "\n" * tag[0].count("\n")
    if not tag[1]:
        return lines
    met = _VARIABLE.fullmatch(tag[2].removesuffix("-")) if len(tag[2]) <= _LONGEST else None
    default = (met[2] or met[3]) if met is not None else None
    name = met[1] if met is not None else "ruby"
    return (f"${{{name}:{default}}}" if default else f"${{{name}}}") + lines
